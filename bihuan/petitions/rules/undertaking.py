"""The lifecycle of an undertaking (承办): one unit's part of a petition."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity
from bihuan.petitions.rules.petition import PetitionState


class UndertakingState(StrEnum):
    """Where one unit's part stands."""

    WAITING = "waiting"
    HANDLING = "handling"
    COUNTY_REVIEW = "county_review"
    REPORTED = "reported"
    RETURNED = "returned"
    REASSIGNED = "reassigned"
    RELEASED = "released"


STATES: dict[str, str] = {
    UndertakingState.WAITING: "待签收",
    UndertakingState.HANDLING: "办理中",
    UndertakingState.COUNTY_REVIEW: "待县审",
    UndertakingState.REPORTED: "已报",
    UndertakingState.RETURNED: "已退办",
    UndertakingState.REASSIGNED: "已改交",
    UndertakingState.RELEASED: "已同意退办",
}
GIVEN_UP = frozenset({UndertakingState.RETURNED, UndertakingState.REASSIGNED, UndertakingState.RELEASED})
IN = frozenset({UndertakingState.COUNTY_REVIEW, UndertakingState.REPORTED})
"""Where a part stands whose unit has reported."""


@dataclass(frozen=True, slots=True)
class UndertakingFacts:
    """What the steps of one unit's part ask: whether it is still the day of the hand-over; whether the petition is with
    units at all, neither transferred nor back in the tray; whether another unit holds a part; whether its findings are
    filled in, by whoever asks himself (`is_own`), and which sub-items (by their places) no unit has answered, where no
    other unit is still to report; whether its report is no part of an answer yet (`is_in_review`).
    """

    is_hand_over_day: bool
    is_with_units: bool
    other_parts: int = 0
    is_filled: bool = False
    is_own: bool = False
    items_left: tuple[int, ...] = ()
    is_in_review: bool = False


def same_day(facts: UndertakingFacts) -> str:
    """Why it is too late to return it, or ""."""
    return "" if facts.is_hand_over_day else "只能在交办当日退办。"


def with_units(facts: UndertakingFacts) -> str:
    """Why a part of it can no longer be taken further, or ""."""
    return "" if facts.is_with_units else "这件信访已移送或已回到收件，不再由承办单位办理。"


def held_by_others(facts: UndertakingFacts) -> str:
    """Why nobody would be left with the petition, or ""."""
    return "" if facts.other_parts else "没有别的单位在承办，请改交其他单位。"


def filled(facts: UndertakingFacts) -> str:
    """Why there is nothing to report, or ""."""
    return "" if facts.is_filled else "核实情况还没有填。"


def filled_by_another(facts: UndertakingFacts) -> str:
    """Why it may not be reported by who filled it in, or ""."""
    return "核实情况是您自己填的，要由另一个人上报。" if facts.is_own else ""


def items_answered(facts: UndertakingFacts) -> str:
    """Why the whole is not answered yet, or ""."""
    left = "、".join(map(str, facts.items_left))
    return f"分项{left}还没有单位核实，您单位是最后上报的，请填上。" if left else ""


def in_review(facts: UndertakingFacts) -> str:
    """Why a report can no longer be sent back, or ""."""
    return "" if facts.is_in_review else "报的情况已经进入反馈的结果，不能再退回；要重办的请重新办理。"


WITH_UNITS = Condition("信访件在承办单位", with_units)
S, P, C = UndertakingState, PetitionState, Capacity
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
        Move(
            "release",
            "同意退办",
            (S.RETURNED,),
            S.RELEASED,
            OFFICE,
            (WITH_UNITS, Condition("另有单位承办", held_by_others)),
            tells=("responsible",),
        ),
        Move(
            "report_findings",
            "上报核实",
            (S.HANDLING,),
            S.COUNTY_REVIEW,
            UNIT,
            (
                WITH_UNITS,
                Condition("核实情况已填", filled),
                Condition("由另一个人填写", filled_by_another),
                Condition("分项都有单位核实", items_answered),
            ),
            tells=("county", "petition_desk"),
            basis="S2§2",
        ),
        Move("skip_county", "市直单位直接报市", (S.COUNTY_REVIEW,), S.REPORTED, frozenset({C.CONSEQUENCE})),
        Move(
            "county_approve",
            "县级审核通过",
            (S.COUNTY_REVIEW,),
            S.REPORTED,
            frozenset({C.COUNTY}),
            tells=("office", "petition_desk"),
            basis="S2§2",
        ),
        Move(
            "county_return",
            "县级退回",
            (S.COUNTY_REVIEW,),
            S.HANDLING,
            frozenset({C.COUNTY}),
            note_required=True,
            tells=("responsible",),
        ),
        Move(
            "city_return",
            "市级退回",
            (S.REPORTED,),
            S.HANDLING,
            frozenset({C.OFFICE, C.OFFICE_HEAD}),
            (Condition("报的情况还没有进入结果", in_review),),
            note_required=True,
            tells=("responsible", "county"),
        ),
        Move("supplement", "续报", (S.REPORTED,), S.HANDLING, frozenset({C.CONSEQUENCE})),
        Move(
            "handle_again",
            "重新办理",
            (S.REPORTED,),
            S.HANDLING,
            frozenset({C.CONSEQUENCE}),
        ),
    ),
    frozenset({S.REASSIGNED, S.RELEASED}),
)


def following(state: str, parts: Collection[str]) -> tuple[str, str]:
    """Which step of a petition in that state follows where its parts stand, and why; ("", "") where it stays.

    A part that was returned and waits for its answer holds the petition where it is.
    """
    waiting = {*parts} - {S.REASSIGNED, S.RELEASED}
    steps = (
        ("fall_back", "承办单位全部退办", (P.ASSIGNED, P.HANDLING), {*parts} <= GIVEN_UP),
        (
            "county_approve",
            "承办单位的核实情况都已审核",
            (P.HANDLING, P.COUNTY_REVIEW),
            bool(waiting) and waiting <= {S.REPORTED},
        ),
        ("report_findings", "承办单位都已上报", (P.HANDLING,), bool(waiting) and waiting <= IN),
        ("county_return", "有承办单位的核实情况被退回", (P.COUNTY_REVIEW, P.CITY_REVIEW), bool(waiting - IN)),
        ("begin", "首个承办单位已签收", (P.ASSIGNED,), S.HANDLING in parts),
    )
    return next(((name, why) for name, why, sources, is_so in steps if is_so and state in sources), ("", ""))
