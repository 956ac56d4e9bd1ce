"""The lifecycle of a petition (群众信访举报件), moved by the office and, as a consequence, by its undertakings."""

from dataclasses import dataclass
from enum import StrEnum

from bihuan.lib.flow import SAME, Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity
from bihuan.petitions.rules.closings import CLOSED as CLOSED_OUT
from bihuan.petitions.rules.closings import STAGED


class PetitionState(StrEnum):
    """Where a petition stands. Closing (正在办理 / 阶段性办结 / 已办结) is a fact beside it."""

    IN_TRAY = "in_tray"
    ASSIGNED = "assigned"
    HANDLING = "handling"
    COUNTY_REVIEW = "county_review"
    CITY_REVIEW = "city_review"
    ANSWERED = "answered"
    DISCLOSED = "disclosed"
    ACCEPTING = "accepting"
    SIGNED_OFF = "signed_off"
    TRANSFERRED = "transferred"
    MERGED = "merged"


STATES: dict[str, str] = {
    PetitionState.IN_TRAY: "收件",
    PetitionState.ASSIGNED: "已交办",
    PetitionState.HANDLING: "办理中",
    PetitionState.COUNTY_REVIEW: "待县审",
    PetitionState.CITY_REVIEW: "待市审",
    PetitionState.ANSWERED: "已反馈",
    PetitionState.DISCLOSED: "已公开",
    PetitionState.ACCEPTING: "验收中",
    PetitionState.SIGNED_OFF: "已销号",
    PetitionState.TRANSFERRED: "已移送",
    PetitionState.MERGED: "并案",
}
CLOSED = frozenset({PetitionState.SIGNED_OFF, PetitionState.TRANSFERRED, PetitionState.MERGED})


@dataclass(frozen=True, slots=True)
class PetitionFacts:
    """What the steps of a petition ask: whether its place is known; what its units' reports make of its truth; its
    closing; what the units report since the answer (`proposed`, "" where nothing new, and `behind` who has not); the
    places of the sub-items that no unit answers (`items_left`); how the last call-back went, and whether whoever asks
    recorded it himself; `merge_refused` why it goes into no other one.
    """

    has_region: bool
    truth: str = ""
    closing: str = ""
    proposed: str = ""
    behind: tuple[str, ...] = ()
    items_left: tuple[int, ...] = ()
    is_dissatisfied: bool = False
    is_own_call: bool = False
    merge_refused: str = "要先有提出可能是同一件事的另一件；在“可能是同一件事”里选定并入哪一件，再并案。"


NO_REGION = "还没有行政区域，请打开这一件定行政区域，或在导入里改答存疑、在信访台账取出填报后交回。"


def region_named(facts: PetitionFacts) -> str:
    """Why it may not be handed over while its place is unknown, or ""."""
    return "" if facts.has_region else NO_REGION


def truth_told(facts: PetitionFacts) -> str:
    """Why there is no answer to give, or ""."""
    return "" if facts.truth else "还没有是否属实的结论。"


def items_answered(facts: PetitionFacts) -> str:
    """Why the answer is not whole, or ""."""
    left = "、".join(map(str, facts.items_left))
    return f"分项{left}还没有单位核实，请退回承办单位补报。" if left else ""


def all_staged(facts: PetitionFacts) -> str:
    """Why 阶段性办结 cannot be stated, or ""."""
    return _reported(facts, STAGED)


def all_closed(facts: PetitionFacts) -> str:
    """Why 已办结 cannot be stated, or ""."""
    return _reported(facts, CLOSED_OUT)


def _reported(facts: PetitionFacts, closing: str) -> str:
    if facts.behind:
        return f"{'、'.join(facts.behind)}的续报还没有审核。"
    if not facts.proposed:
        return "反馈以后承办单位没有新的续报。"
    return "" if facts.proposed == closing else f"承办单位续报的是{facts.proposed}。"


def closed(facts: PetitionFacts) -> str:
    """Why an acceptance cannot be applied for, or ""."""
    return (
        ""
        if facts.closing == CLOSED_OUT
        else f"还没有认定已办结{f'（现在是{facts.closing}）' if facts.closing else ''}。"
    )


def not_dissatisfied(facts: PetitionFacts) -> str:
    """Why it cannot be signed off after the last call-back, or ""."""
    return "最近一次回访不满意，请先重新办理，或回访到满意。" if facts.is_dissatisfied else ""


def decided_by_another(facts: PetitionFacts) -> str:
    """Why whoever recorded that the petitioner is dissatisfied does not decide himself, or ""."""
    return "不满意的回访是您记的，是否重新办理要由另一个人定。" if facts.is_own_call else ""


def merges(facts: PetitionFacts) -> str:
    """Why it may not be merged into another one, or ""."""
    return facts.merge_refused


S, C = PetitionState, Capacity
OFFICE = frozenset({C.OFFICE, C.OFFICE_HEAD, C.PETITION_DESK})
CITY = frozenset({C.OFFICE_HEAD, C.OFFICE})
SYSTEM = frozenset({C.CONSEQUENCE})
ANSWERED = (S.ANSWERED, S.DISCLOSED)
AFTER_ANSWER = (*ANSWERED, S.ACCEPTING, S.SIGNED_OFF)
"""Where a petition stands that has an answer: it is told to the public, and its petitioner is asked about it."""


def outdated(state: str, round_number: int, truth: str) -> str:
    """Of which round before the present one the result is that stands of a petition until its new answer, or ""."""
    if round_number < 2 or not truth or state in AFTER_ANSWER:
        return ""
    return f"{'第1轮' if round_number == 2 else '以前轮次'}的结论，已决定重新办理"


PETITION = Flow(
    "petition",
    S.IN_TRAY,
    STATES,
    (
        Move(
            "assign",
            "交办",
            (S.IN_TRAY,),
            S.ASSIGNED,
            OFFICE,
            (Condition("行政区域已定", region_named),),
            tells=("responsible",),
            basis="S2§1",
        ),
        Move("begin", "转入办理", (S.ASSIGNED,), S.HANDLING, SYSTEM),
        Move("fall_back", "全部退办", (S.ASSIGNED, S.HANDLING), S.IN_TRAY, SYSTEM, tells=("petition_desk",)),
        Move("report_findings", "承办单位都已上报", (S.HANDLING,), S.COUNTY_REVIEW, SYSTEM),
        Move(
            "county_approve",
            "转入市级审核",
            (S.HANDLING, S.COUNTY_REVIEW),
            S.CITY_REVIEW,
            SYSTEM,
            tells=("office", "petition_desk"),
        ),
        Move("county_return", "退回办理", (S.COUNTY_REVIEW, S.CITY_REVIEW), S.HANDLING, SYSTEM),
        Move(
            "approve",
            "市级审核通过并反馈",
            (S.CITY_REVIEW,),
            S.ANSWERED,
            CITY,
            (Condition("总体属实已定", truth_told), Condition("分项都有单位核实", items_answered)),
            tells=("responsible", "county", "petition_desk"),
            basis="S2§2",
        ),
        Move(
            "disclose",
            "公开",
            (S.ANSWERED,),
            S.DISCLOSED,
            frozenset({C.PUBLICITY}),
            basis="S2§3",
        ),
        Move("stage", "认定阶段性办结", ANSWERED, SAME, CITY, (Condition("承办单位都报阶段性办结", all_staged),)),
        Move("close", "认定已办结", ANSWERED, SAME, CITY, (Condition("承办单位都报已办结", all_closed),)),
        Move(
            "apply",
            "申请验收",
            ANSWERED,
            S.ACCEPTING,
            frozenset({C.RESPONSIBLE}),
            (Condition("已认定办结", closed),),
            tells=("accepting", "office"),
        ),
        Move(
            "accept",
            "验收销号",
            (S.ACCEPTING,),
            S.SIGNED_OFF,
            frozenset({C.ACCEPTING, C.OFFICE_HEAD}),
            (Condition("回访没有不满意", not_dissatisfied),),
            tells=("responsible", "petition_desk"),
        ),
        Move(
            "refuse",
            "验收退回",
            (S.ACCEPTING,),
            S.HANDLING,
            frozenset({C.ACCEPTING, C.OFFICE_HEAD}),
            note_required=True,
            tells=("responsible",),
        ),
        Move(
            "transfer",
            "移送或不予受理",
            (S.IN_TRAY, S.ASSIGNED),
            S.TRANSFERRED,
            OFFICE,
            note_required=True,
            tells=("responsible",),
        ),
        Move(
            "rework",
            "重新办理",
            (S.ANSWERED, S.DISCLOSED, S.ACCEPTING, S.SIGNED_OFF),
            S.HANDLING,
            OFFICE,
            (Condition("由记回访以外的人定", decided_by_another),),
            note_required=True,
            opens_round=True,
            tells=("responsible",),
        ),
        Move(
            "rework",
            "重新办理",
            (S.TRANSFERRED, S.MERGED),
            S.IN_TRAY,
            OFFICE,
            note_required=True,
            opens_round=True,
            tells=("petition_desk",),
        ),
        Move(
            "merge",
            "并案",
            (S.IN_TRAY, S.ASSIGNED),
            S.MERGED,
            OFFICE,
            (Condition("选定并入的一件", merges),),
            note_required=True,
            tells=("responsible",),
        ),
    ),
)
WEIGHTY = {name: PETITION.rows(name)[0].label for name in ("disclose", "accept")}
"""The steps before which a person shows again who he is: what they do stands before the public, or for good;
as they are called."""
