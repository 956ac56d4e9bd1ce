"""The lifecycle of an undertaking (承办): one unit's part of a petition."""

from dataclasses import dataclass
from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity


class UndertakingState(StrEnum):
    """Where one unit's part stands."""

    WAITING = "waiting"
    HANDLING = "handling"
    COUNTY_REVIEW = "county_review"
    REPORTED = "reported"
    RETURNED = "returned"
    REASSIGNED = "reassigned"


STATES: dict[str, str] = {
    UndertakingState.WAITING: "待签收",
    UndertakingState.HANDLING: "办理中",
    UndertakingState.COUNTY_REVIEW: "待县审",
    UndertakingState.REPORTED: "已报",
    UndertakingState.RETURNED: "已退办",
    UndertakingState.REASSIGNED: "已改交",
}
GIVEN_UP = frozenset({UndertakingState.RETURNED, UndertakingState.REASSIGNED})


@dataclass(frozen=True, slots=True)
class UndertakingFacts:
    """What signing for and returning ask: whether it is still the day of the hand-over, and whether the petition is
    with units at all, neither transferred nor back in the tray.
    """

    is_hand_over_day: bool
    is_with_units: bool


def same_day(facts: UndertakingFacts) -> str:
    """Why it is too late to return it, or ""."""
    return "" if facts.is_hand_over_day else "只能在交办当日退办。"


def with_units(facts: UndertakingFacts) -> str:
    """Why a part of it can no longer be taken further, or ""."""
    return "" if facts.is_with_units else "这件信访已移送或已回到收件，不再由承办单位办理。"


WITH_UNITS = Condition("信访件在承办单位", with_units)
S, C = UndertakingState, Capacity
UNIT = frozenset({C.RESPONSIBLE})
OFFICE = frozenset({C.OFFICE, C.OFFICE_HEAD, C.PETITION_DESK})
UNDERTAKING = Flow(
    "undertaking",
    S.WAITING,
    STATES,
    (
        Move("receive", "签收", (S.WAITING,), S.HANDLING, UNIT, (WITH_UNITS,), tells=("petition_desk",), basis="S2§1"),
        Move(
            "return",
            "退办",
            (S.WAITING,),
            S.RETURNED,
            UNIT,
            (WITH_UNITS, Condition("交办当日", same_day)),
            note_required=True,
            tells=("petition_desk",),
        ),
        Move("reassign", "改交", (S.RETURNED,), S.REASSIGNED, OFFICE, (WITH_UNITS,), tells=("responsible",)),
        Move(
            "refuse_return",
            "不同意退办",
            (S.RETURNED,),
            S.WAITING,
            OFFICE,
            (WITH_UNITS,),
            note_required=True,
            tells=("responsible",),
        ),
        Move("report_findings", "上报核实", (S.HANDLING,), S.COUNTY_REVIEW, UNIT, awaits="分项核实情况", basis="S2§2"),
        Move(
            "county_approve", "县级审核通过", (S.COUNTY_REVIEW,), S.REPORTED, frozenset({C.COUNTY}), awaits="核实情况"
        ),
        Move(
            "county_return",
            "县级退回",
            (S.COUNTY_REVIEW,),
            S.HANDLING,
            frozenset({C.COUNTY}),
            note_required=True,
            awaits="核实情况",
        ),
    ),
    frozenset({S.REPORTED, S.REASSIGNED}),
)
