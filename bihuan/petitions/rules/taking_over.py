"""Taking over (接管) what an office's own petition ledger says: where each petition stands, in its words and in ours.

Nothing here is a step: a petition that is taken over as signed off was signed off elsewhere, and says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as holding
from datetime import date

from bihuan.lib.chinese import half_width
from bihuan.organisation.rules.duties import DutyRole
from bihuan.petitions.rules.petition import PetitionState
from bihuan.petitions.rules.undertaking import UndertakingState

P, U = PetitionState, UndertakingState
# How a ledger calls where a petition stands → what it means: its state, that of each unit's part, whether it is closed.
STANDINGS: dict[str, tuple[PetitionState, UndertakingState | None, str]] = {
    "未交办": (P.IN_TRAY, None, ""),
    "已交办": (P.ASSIGNED, U.WAITING, ""),
    "办理中": (P.HANDLING, U.HANDLING, "正在办理"),
    "待县审": (P.COUNTY_REVIEW, U.COUNTY_REVIEW, "正在办理"),
    "待市审": (P.CITY_REVIEW, U.REPORTED, "正在办理"),
    "已反馈": (P.ANSWERED, U.REPORTED, ""),
    "已公开": (P.DISCLOSED, U.REPORTED, ""),
    "阶段性办结": (P.ANSWERED, U.REPORTED, "阶段性办结"),
    "已办结": (P.ANSWERED, U.REPORTED, "已办结"),  # and not signed off: that is still to be applied for
    "验收中": (P.ACCEPTING, U.REPORTED, "已办结"),
    "已销号": (P.SIGNED_OFF, U.REPORTED, "已办结"),
    "已移送": (P.TRANSFERRED, None, ""),
    "并案": (P.MERGED, None, ""),
}
WORDS: dict[str, tuple[str, ...]] = {
    "未交办": ("未转办", "待交办", "待转办", "未分办", "待分办", "收件", "已收件", "已登记", "已退办"),
    "已交办": (
        "交办",
        "转办",
        "已转办",
        "已转交",
        "已分办",
        "已派发",
        "已派单",
        "已下发",
        "已下派",
        "待签收",
        "未签收",
        "已交办未签收",
        "已转办未签收",
    ),
    "办理中": (
        "签收",
        "已签收",
        "在办",
        "办理",
        "正在办理",
        "正在办理中",
        "未办结",
        "尚未办结",
        "待办结",
        "未完成",
        "未完成办结",
        "未完成整改",
        "核查中",
        "正在核查",
        "调查中",
        "正在调查",
        "调查核实中",
        "正在调查核实",
        "处理中",
        "整改中",
        "正在整改",
        "正在推进",
        "推进中",
        "延期办理",
        "延期办理中",
        "超期未办结",
        "逾期未办结",
    ),
    "待县审": ("县级审核", "县级审核中", "县审核中", "待县级审核"),
    "待市审": ("已上报", "已报", "已上报待审", "待审核", "审核中", "市级审核", "市级审核中", "待市级审核"),
    "已反馈": ("已答复", "已回复", "已回告"),
    "已公开": ("已向社会公开",),
    "阶段性办结": ("已阶段性办结", "阶段办结", "阶段性完成"),
    "已办结": (
        "办结",
        "已办完",
        "办理完毕",
        "已办理完毕",
        "已完成",
        "完成",
        "已完成整改",
        "完成整改",
        "整改完成",
        "已整改完成",
        "已整改完毕",
        "已整改到位",
        "已整改",
        "已办结待销号",
    ),
    "验收中": ("待验收", "正在验收", "已申请验收", "已申请销号", "申请销号", "待销号"),
    "已销号": ("销号", "已验收销号", "验收销号", "已办结销号", "办结销号", "已办结并销号", "完成销号", "已完成销号"),
    "已移送": ("移送", "已移交", "移交", "不予受理"),
    "并案": ("已并案", "并案处理", "并案办理", "已合并办理"),
}
CLOSINGS = frozenset(closing for _, _, closing in STANDINGS.values() if closing)
_MEANT = {word: standing for standing, words in WORDS.items() for word in (standing, *words)}
BORNE = frozenset(standing for standing, (_, part, _) in STANDINGS.items() if part)
"""Handed over: some unit answers for it."""
RUNNING = frozenset({"已交办", "办理中", "待县审", "待市审"})
"""With units, since some day."""
FINISHED = frozenset({"已办结", "已销号"})
"""Closed on some day."""
ENDED = frozenset({"已销号", "已移送", "并案"})
"""In a state that a step closes."""
_OPEN = RUNNING | {"未交办"}
_BY_CLOSING = {
    "正在办理": "办理中",
    "阶段性办结": "阶段性办结",
    "已办结": "已办结",
    "验收中": "验收中",
    "已验收销号": "已销号",
}


@dataclass(frozen=True, slots=True)
class PetitionStanding:
    """Where one petition stood in the ledger that was taken over: its words, what they mean, and from which row.

    `bearers` are, by role, {unit: its words}. `reply_due_on` is the day of the reply, where `due_on` is that.
    """

    standing: str
    word: str
    place: str
    closing: str = ""
    progress: str = ""
    handed_over_on: date | None = None
    signed_on: date | None = None
    closed_on: date | None = None
    first_due_on: date | None = None
    due_on: date | None = None
    reply_due_on: date | None = None
    filing_number: str = ""
    bearers: Mapping[DutyRole, Mapping[int, str]] = holding(default_factory=dict)


def standing_of(word: str) -> str | None:
    """What a ledger's word means; None where it is not known, and must be asked."""
    return _MEANT.get(re.sub(r"[\s。.；;，,、]+", "", half_width(word)))


def standing_by(closing: str | None) -> str | None:
    """Where a petition stands of which the ledger says no more than whether it is closed (是否办结)."""
    return _BY_CLOSING.get(closing or "")


def is_contradicted(standing: str, closing: str) -> bool:
    """Whether a ledger says in one column that a petition is closed and in the other that it is not."""
    said = standing_by(closing)
    if said in FINISHED:
        return standing in _OPEN
    return said == "办理中" and standing in FINISHED
