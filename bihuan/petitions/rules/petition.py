"""The lifecycle of a petition (群众信访举报件), moved by the office and, as a consequence, by its undertakings."""

from dataclasses import dataclass
from enum import StrEnum

from bihuan.lib.flow import SAME, Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity


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
    """What the steps of a petition ask: whether its place is known, and what its units' reports make of its truth."""

    has_region: bool
    truth: str = ""


def region_named(facts: PetitionFacts) -> str:
    """Why it may not be handed over while its place is unknown, or ""."""
    return "" if facts.has_region else "还没有行政区域。"


def truth_told(facts: PetitionFacts) -> str:
    """Why there is no answer to give, or ""."""
    return "" if facts.truth else "还没有是否属实的结论。"


S, C = PetitionState, Capacity
OFFICE = frozenset({C.OFFICE, C.OFFICE_HEAD, C.PETITION_DESK})
CITY = frozenset({C.OFFICE_HEAD, C.OFFICE})
SYSTEM = frozenset({C.CONSEQUENCE})
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
            (Condition("总体属实已定", truth_told),),
            tells=("responsible", "county", "petition_desk"),
            basis="S2§2",
        ),
        Move(
            "disclose",
            "公开",
            (S.ANSWERED,),
            S.DISCLOSED,
            frozenset({C.PUBLICITY}),
            awaits="经审批的脱敏公开文本",
            basis="S2§3",
        ),
        Move(
            "stage",
            "认定阶段性办结",
            (S.HANDLING, S.COUNTY_REVIEW, S.CITY_REVIEW, S.ANSWERED, S.DISCLOSED),
            SAME,
            CITY,
            awaits="处理和整改情况",
        ),
        Move(
            "close",
            "认定已办结",
            (S.HANDLING, S.COUNTY_REVIEW, S.CITY_REVIEW, S.ANSWERED, S.DISCLOSED),
            SAME,
            CITY,
            awaits="处理和整改情况",
        ),
        Move(
            "apply",
            "申请验收",
            (S.ANSWERED, S.DISCLOSED),
            S.ACCEPTING,
            frozenset({C.RESPONSIBLE}),
            awaits="已办结的认定和回访记录",
        ),
        Move(
            "accept",
            "验收销号",
            (S.ACCEPTING,),
            S.SIGNED_OFF,
            frozenset({C.ACCEPTING, C.OFFICE_HEAD}),
            awaits="验收意见和回访记录",
        ),
        Move(
            "refuse",
            "验收退回",
            (S.ACCEPTING,),
            S.HANDLING,
            frozenset({C.ACCEPTING, C.OFFICE_HEAD}),
            note_required=True,
            awaits="验收意见",
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
            (S.ANSWERED, S.DISCLOSED, S.ACCEPTING, S.SIGNED_OFF, S.TRANSFERRED, S.MERGED),
            S.HANDLING,
            OFFICE,
            note_required=True,
            opens_round=True,
            awaits="群众回访或复查记录",
            tells=("responsible",),
        ),
        Move("merge", "并案", (S.IN_TRAY, S.ASSIGNED), S.MERGED, OFFICE, note_required=True, awaits="并入的信访件"),
    ),
)
