"""The lifecycle of a sweep (全面排查): drafted, issued to units, looked for place by place, summed up, closed."""

from dataclasses import dataclass
from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity


class SweepState(StrEnum):
    """Where a sweep stands."""

    DRAFTING = "drafting"
    ISSUED = "issued"
    SWEEPING = "sweeping"
    SUMMING = "summing"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


STATES: dict[str, str] = {
    SweepState.DRAFTING: "起草",
    SweepState.ISSUED: "下达",
    SweepState.SWEEPING: "排查中",
    SweepState.SUMMING: "汇总",
    SweepState.CLOSED: "办结",
    SweepState.WITHDRAWN: "撤销",
}
LOOKING = (SweepState.ISSUED, SweepState.SWEEPING)
OPEN = (SweepState.DRAFTING, *LOOKING, SweepState.SUMMING)
NOTHING, SOMETHING = "无同类问题", "有同类问题"
ANSWERS = (NOTHING, SOMETHING)
AS_PROBLEM, ON_THE_SPOT = "列为整改问题", "立行立改"
DECISIONS = (AS_PROBLEM, ON_THE_SPOT)


@dataclass(frozen=True, slots=True)
class SweepFacts:
    """What the steps of a sweep ask: its places, which of them nobody answered, how many findings are undecided."""

    places: int
    unanswered: tuple[str, ...]
    undecided: int
    is_concluded: bool


def places_named(facts: SweepFacts) -> str:
    """Why it may not be issued without a place, or ""."""
    return "" if facts.places else "还没有排查的单位和点位。"


def all_answered(facts: SweepFacts) -> str:
    """Why it may not be summed up or closed yet, or ""."""
    left = facts.unanswered
    more = f"等{len(left)}处" if len(left) > NAMED else ""
    return f"还有{len(left)}处没有答复：{'、'.join(left[:NAMED])}{more}。" if left else ""


def all_decided(facts: SweepFacts) -> str:
    """Why it may not be closed while a finding is undecided, or ""."""
    return f"还有{facts.undecided}个排查发现没有定处置。" if facts.undecided else ""


def concluded(facts: SweepFacts) -> str:
    """Why it may not be closed without a conclusion, or ""."""
    return "" if facts.is_concluded else "还没有写汇总结论。"


NAMED = 5
S, C = SweepState, Capacity
OFFICERS = frozenset({C.OFFICE, C.SUPERVISION, C.OFFICE_HEAD})
ANSWERING = frozenset({C.REPORTING, C.RESPONSIBLE})
ANSWERED = Condition("每一处都已答复", all_answered)
SWEEP = Flow(
    "sweep",
    S.DRAFTING,
    STATES,
    (
        Move("issue", "下达", (S.DRAFTING,), S.ISSUED, OFFICERS, (Condition("排查点位已定", places_named),)),
        Move("begin", "转入排查", (S.ISSUED,), S.SWEEPING, frozenset({C.CONSEQUENCE})),
        Move("sum_up", "汇总", (S.SWEEPING,), S.SUMMING, OFFICERS, (ANSWERED,)),
        Move("resume", "退回补查", (S.SUMMING,), S.SWEEPING, OFFICERS, note_required=True),
        Move(
            "close",
            "办结",
            (S.SUMMING,),
            S.CLOSED,
            frozenset({C.OFFICE_HEAD}),
            (ANSWERED, Condition("发现都已定处置", all_decided), Condition("汇总结论已写", concluded)),
        ),
        Move("withdraw", "撤销", OPEN, S.WITHDRAWN, OFFICERS, note_required=True),
    ),
    frozenset({S.CLOSED, S.WITHDRAWN}),
)
