"""The lifecycle of an extension (延期) of a problem's or a measure's deadline; the first deadline stays for ever."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity


class ExtensionState(StrEnum):
    """Where an application stands: each agreement is a state, so that whose turn it is can be read off."""

    APPLIED = "applied"
    LEAD_AGREED = "lead_agreed"
    OFFICE_AGREED = "office_agreed"
    GROUP_AGREED = "group_agreed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATES: dict[str, str] = {
    ExtensionState.APPLIED: "已申请",
    ExtensionState.LEAD_AGREED: "牵头同意",
    ExtensionState.OFFICE_AGREED: "整改办同意",
    ExtensionState.GROUP_AGREED: "领导小组同意",
    ExtensionState.APPROVED: "已批准",
    ExtensionState.REFUSED: "不批准",
    ExtensionState.WITHDRAWN: "撤回",
}


FURTHEST = 10  # years; what lies further ahead is a slip in the year


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """What the steps ask: whether whoever asks has applied himself."""

    is_own: bool


def applied_by_another(facts: ExtensionFacts) -> str:
    """Why it may not be agreed to by who asked for it, or ""."""
    return "这份延期是您自己申请的，要由另一个人办。" if facts.is_own else ""


def applied_by_himself(facts: ExtensionFacts) -> str:
    """Why it may be taken back by nobody but who asked for it, or ""."""
    return "" if facts.is_own else "这份延期不是您申请的，不能由您撤回。"


def closed(due_on: date | None, today: date, *, is_pending: bool = False) -> str:
    """Why no extension can be asked for now, whatever is written in it, or ""."""
    if due_on is None:
        return "这一件没有时限，不用申请延期。"
    if today > due_on:
        return f"时限{due_on}已过，不能再申请延期。"
    return "已有一份延期申请还没有办完。" if is_pending else ""


def refusal(due_on: date | None, new_due_on: date, reason: str, steps: str, today: date) -> str:
    """Why this extension cannot be asked for, or ""."""
    shut = closed(due_on, today)
    if shut or due_on is None:
        return shut
    if new_due_on <= due_on:
        return f"延期后的时限要晚于现行时限{due_on}。"
    if new_due_on.year > due_on.year + FURTHEST:
        return f"延期后的时限{new_due_on}在十年以后，请核对年份。"
    if not reason.strip() or not steps.strip():
        return "请写明延期的理由，和延期期间怎样推进。"
    return ""


PAPER = "文号和日期"
S, C = ExtensionState, Capacity
APPLICANTS = frozenset({C.LEAD, C.RESPONSIBLE})
NOT_YOURS = "只有牵头或责任单位的审核人可以申请延期。"
HEAD = frozenset({C.OFFICE_HEAD})
GROUP = frozenset({C.LEADING_GROUP})
PENDING = (S.APPLIED, S.LEAD_AGREED, S.OFFICE_AGREED, S.GROUP_AGREED)
OTHER = (Condition("由另一个人申请", applied_by_another),)
EXTENSION = Flow(
    "extension",
    S.APPLIED,
    STATES,
    (
        Move(
            "lead_agree",
            "牵头单位同意",
            (S.APPLIED,),
            S.LEAD_AGREED,
            frozenset({C.LEAD_HEAD}),
            OTHER,
            tells=("office",),
        ),
        Move("office_agree", "整改办同意", (S.LEAD_AGREED,), S.OFFICE_AGREED, HEAD, OTHER, tells=("leading_group",)),
        Move("group_agree", "领导小组同意", (S.OFFICE_AGREED,), S.GROUP_AGREED, GROUP, OTHER, tells=("office",)),
        Move("approve", "批准", (S.GROUP_AGREED,), S.APPROVED, HEAD, OTHER, asks=PAPER, tells=("lead", "responsible")),
        Move(
            "refuse",
            "不批准",
            PENDING,
            S.REFUSED,
            frozenset({C.LEAD_HEAD}) | HEAD | GROUP,
            note_required=True,
            tells=("lead", "responsible"),
        ),
        Move(
            "withdraw",
            "撤回申请",
            PENDING,
            S.WITHDRAWN,
            APPLICANTS,
            (Condition("由申请人撤回", applied_by_himself),),
        ),
    ),
    frozenset({S.APPROVED, S.REFUSED, S.WITHDRAWN}),
)
