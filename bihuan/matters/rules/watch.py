"""The lifecycle of a watch hit (反弹线索): raised by likeness, judged by a person; nothing happens by itself."""

from dataclasses import dataclass
from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity


class WatchState(StrEnum):
    """Where a hit stands."""

    RAISED = "raised"
    CONFIRMED = "confirmed"
    UNRELATED = "unrelated"
    FOLLOWED = "followed"
    REBOUNDED = "rebounded"
    LAPSED = "lapsed"


STATES: dict[str, str] = {
    WatchState.RAISED: "待研判",
    WatchState.CONFIRMED: "线索成立",
    WatchState.UNRELATED: "无关",
    WatchState.FOLLOWED: "另行关注",
    WatchState.REBOUNDED: "已认定反弹",
    WatchState.LAPSED: "不再研判",
}
WAITING = (WatchState.RAISED, WatchState.FOLLOWED)
LIVE = (*WAITING, WatchState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class WatchFacts:
    """What the steps of a hit ask: whether its matter still stands as signed off, in the round that was hit;
    whether its two matters are linked (关联事项).
    """

    is_still_closed: bool
    is_linked: bool = False


def still_closed(facts: WatchFacts) -> str:
    """Why nothing is to be judged any more, or ""."""
    return "" if facts.is_still_closed else "对照的那一件已不在销号状态，不用再研判。"


def not_linked(facts: WatchFacts) -> str:
    """Why the two cannot be called unrelated, or ""."""
    return "这两件已作关联事项，说无关的请先解除关联。" if facts.is_linked else ""


S, C = WatchState, Capacity
JUDGES = frozenset({C.OFFICE, C.SUPERVISION, C.OFFICE_HEAD})
CLOSED = Condition("对照的一件仍是销号状态", still_closed)
WATCH = Flow(
    "watch",
    S.RAISED,
    STATES,
    (
        Move("confirm", "确认反弹线索", WAITING, S.CONFIRMED, JUDGES, (CLOSED,), tells=("office",)),
        Move(
            "dismiss",
            "无关",
            WAITING,
            S.UNRELATED,
            JUDGES,
            (Condition("两件没有作关联事项", not_linked),),
            note_required=True,
        ),
        Move("follow", "另行关注", (S.RAISED,), S.FOLLOWED, JUDGES),
        Move("judge_again", "重新研判", (S.CONFIRMED, S.UNRELATED), S.RAISED, JUDGES, (CLOSED,), note_required=True),
        Move("rebound", "认定反弹", (S.CONFIRMED,), S.REBOUNDED, frozenset({C.CONSEQUENCE})),
        Move("lapse", "不再研判", WAITING, S.LAPSED, frozenset({C.CONSEQUENCE})),
    ),
    frozenset({S.REBOUNDED, S.LAPSED}),
)
