"""Exporting (导出) petitioners' data: one asks, another agrees, one file is made, its password goes another way."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.lib.quantity import span
from bihuan.organisation.rules.duties import Capacity
from bihuan.petitioners.rules.fields import WRITTEN

REASONS = {
    "inspection": "督察组调阅",
    "police": "公安机关依法调取",
    "discipline": "纪检监察机关依法调取",
    "court": "检察院、法院依法调取",
    "transfer": "依法移送办理",
    "other": "其他",
}
EXPORTED = WRITTEN
"""What may be exported; the original text is read on its page, petition by petition."""
MOST = 500  # petitions of one file
AGREED_FOR = timedelta(hours=24)
PASSWORD_FOR = timedelta(hours=24)
PASSWORD_GROUPS = 5  # about a hundred bits: copied once by hand


class Purpose(NamedTuple):
    """What for: the reason of the list, words, to whom the file is handed, by which paper."""

    reason: str
    words: str
    recipient: str
    paper: str


class ExportState(StrEnum):
    """Where an export stands."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    MADE = "made"
    SHOWN = "shown"


STATES: dict[str, str] = {
    ExportState.ASKED: "待批准",
    ExportState.AGREED: "已批准",
    ExportState.REFUSED: "未批准",
    ExportState.WITHDRAWN: "已撤回",
    ExportState.MADE: "已生成，密码未取",
    ExportState.SHOWN: "已生成，密码已取",
}


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """What the steps ask: who acts beside who asked and agreed, whether his post lasts, and how long ago what was."""

    is_asker: bool
    is_another: bool
    is_agreer: bool
    is_lasting: bool
    has_password: bool = True
    since_agreed: timedelta | None = None
    since_made: timedelta | None = None


def by_another(facts: ExportFacts) -> str:
    """Why the one who asked may not decide, or ""."""
    return "" if facts.is_another else "自己提出的，不能由自己批准。"


def in_a_lasting_post(facts: ExportFacts) -> str:
    """Why somebody whose post ends within the day may not decide, or ""."""
    return "" if facts.is_lasting else "导出的信息收不回来，应急启封期间不批；请等主任回来办。"


def by_asker(facts: ExportFacts) -> str:
    """Why somebody else may not make the file or take the request back, or ""."""
    return "" if facts.is_asker else "只有提出的人可以办。"


def in_time(facts: ExportFacts) -> str:
    """Why an approval no longer holds, or ""."""
    is_over = facts.since_agreed is not None and facts.since_agreed > AGREED_FOR
    return f"批准已过{span(AGREED_FOR)}，请重新提出。" if is_over else ""


def by_agreer(facts: ExportFacts) -> str:
    """Why somebody else may not see the password, or ""."""
    return "" if facts.is_agreer else "密码只给批准的人看。"


def password_kept(facts: ExportFacts) -> str:
    """Why the password cannot be shown any more, or ""."""
    is_over = facts.since_made is not None and facts.since_made > PASSWORD_FOR
    if not is_over and facts.has_password:
        return ""
    return f"密码已过{span(PASSWORD_FOR)}，已经抹去；这份文件打不开了，请重新提出。"


S, C = ExportState, Capacity
HEAD, DESK = frozenset({C.OFFICE_HEAD}), frozenset({C.PETITION_DESK})
ANOTHER = Condition("不是自己提出的", by_another)
LASTING = Condition("不在应急启封期间", in_a_lasting_post)
ASKER = Condition("本人提出的", by_asker)
IN_TIME = Condition(f"批准在{span(AGREED_FOR)}内", in_time)
EXPORT = Flow(
    "export",
    S.ASKED,
    STATES,
    (
        Move("agree", "批准导出", (S.ASKED,), S.AGREED, HEAD, (ANOTHER, LASTING), note_required=True),
        Move("refuse", "不批准导出", (S.ASKED,), S.REFUSED, HEAD, (ANOTHER, LASTING), note_required=True),
        Move("make", "生成并下载文件", (S.AGREED,), S.MADE, DESK, (ASKER, IN_TIME)),
        Move("withdraw", "撤回申请", (S.ASKED, S.AGREED), S.WITHDRAWN, DESK, (ASKER,)),
        Move(
            "show",
            "看密码",
            (S.MADE,),
            S.SHOWN,
            HEAD,
            (ANOTHER, Condition("本人批准的", by_agreer), Condition(f"生成在{span(PASSWORD_FOR)}内", password_kept)),
        ),
    ),
    frozenset({S.REFUSED, S.WITHDRAWN, S.SHOWN}),
)
LEFT_OVER = "批准过期，没有生成"
LOST = "已生成，密码过期抹去"


WAITS_FOR = {
    ExportState.ASKED: "等整改办主任",
    ExportState.AGREED: "等申请人生成文件",
    ExportState.MADE: "等批准人看密码",
}


def standing(state: str, facts: ExportFacts) -> str:
    """How an export stands now, in words: its state and who is waited for, or that its time is over."""
    if state == ExportState.AGREED and in_time(facts):
        return LEFT_OVER
    if state == ExportState.MADE and password_kept(facts):
        return LOST
    waits = WAITS_FOR.get(ExportState(state))
    return f"{EXPORT.label(state)}，{waits}" if waits else EXPORT.label(state)
