"""Many rows at once: what can be done to the chosen rows of a ledger, and doing it, each row a deed of its own."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404

from bihuan.core.action import Repeated
from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.gate.shelves import SHELVES
from bihuan.lib.flow import Flow, Refused
from bihuan.organisation.rules import duties
from bihuan.petitions import actions as petition_actions
from bihuan.petitions import queries as petitions
from bihuan.petitions.rules.petition import PETITION, PetitionState
from bihuan.petitions.rules.undertaking import UNDERTAKING
from bihuan.rectification.actions.handing_over import move_measure, move_problem
from bihuan.rectification.queries import sight
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PROBLEM
from bihuan.web.drawing import Act, Selection

NONE = "none"  # what the first button of the bar asks: nothing
MOST_ROWS = 200
NAMED = 10
UNKNOWN = "没有这一件，或您看不到"


@dataclass(frozen=True, slots=True)
class Many:
    """One step that many rows may take: its lifecycle and name, from which states, and the action for one row."""

    flow: Flow
    step: str
    label: str
    states: tuple[str, ...]
    run: Callable[..., Any]

    def is_for(self, by: Actor) -> bool:
        """Whether this actor could take the step on some row or other."""
        who = {capacity for move in self.flow.rows(self.step) for capacity in move.who}
        return bool(duties.possible(by.held) & who)


def _of(flow: Flow, step: str, move: Callable[..., Any]) -> Many:
    [row] = flow.rows(step)
    return Many(flow, step, row.label, row.sources, lambda subject, **deed: move(subject, step, **deed))


ACTS: dict[str, tuple[Many, ...]] = {
    "problems": (
        _of(PROBLEM[ACCEPT_FIRST], "issue", move_problem),
        _of(PROBLEM[ACCEPT_FIRST], "receive", move_problem),
    ),
    "measures": (_of(MEASURE, "start", move_measure),),
    "petitions": (
        Many(PETITION, "assign", "交办给属地", (PetitionState.IN_TRAY,), petition_actions.assign_to_place),
        Many(
            UNDERTAKING,
            "receive",
            "签收",
            (PetitionState.ASSIGNED, PetitionState.HANDLING),
            petition_actions.receive_petition,
        ),
    ),
}
ROWS: dict[str, Callable[[Actor], Any]] = {
    "problems": sight.problems_for,
    "measures": sight.measures_for,
    "petitions": petitions.petitions_for,
}
STATES: dict[str, Flow] = {"problems": PROBLEM[ACCEPT_FIRST], "measures": MEASURE, "petitions": PETITION}


def selection(name: str, by: Actor, url: str) -> Selection | None:
    """The bar under a ledger: the steps that this actor could take on its rows; None where there are none."""
    acts = [Act(one.step, one.label) for one in ACTS.get(name, ()) if one.is_for(by)]
    return Selection(url, acts) if acts else None


def refusals_of(name: str, by: Actor) -> Callable[[Any], dict[str, str]]:
    """For a row: which of the bar's steps its state does not allow, and why. Asks nothing of the database."""
    acts = [one for one in ACTS.get(name, ()) if one.is_for(by)]

    def refused(row: Any) -> dict[str, str]:
        state = row.matter.state
        return {one.step: f"现在是{STATES[name].label(state)}" for one in acts if state not in one.states}

    return refused


def do_all(
    name: str, act: str, codes: Sequence[str], *, by: Actor, at: datetime, note: str, key: str
) -> tuple[int, list[tuple[str, str]]]:
    """Take one step on each of these rows: how many were done, and (row as the table calls it, why not) of the others.

    Each row is a deed of its own with a key of its own, so that one refusal stops no other and a second click repeats
    nothing. At most 200 rows; what is out of scope is unknown, and has no name but its code.
    """
    step = next((one for one in ACTS.get(name, ()) if one.step == act), None)
    if step is None:
        raise Http404
    chosen = [*dict.fromkeys(codes)]
    rows = {row.matter.code: row for row in ROWS[name](by).filter(matter__code__in=chosen[: MOST_ROWS + NAMED])}
    called = _called(name, rows)
    refused = [(code, UNKNOWN) for code in chosen[:MOST_ROWS] if code not in rows]
    for code in (one for one in chosen[:MOST_ROWS] if one in rows):
        try:
            step.run(rows[code], by=by, at=at, note=note, key=f"{key}:{code}" if key else "")
        except (Refused, Overtaken) as refusal:
            refused.append((called[code], str(refusal)))
        except Repeated:
            pass
    refused += [(called.get(code, code), f"一次最多办{MOST_ROWS}件") for code in chosen[MOST_ROWS:]]
    return len(chosen) - len(refused), refused


def _called(name: str, rows: Mapping[str, Any]) -> dict[str, str]:
    """{code: what the table calls the row}, with its inspection where two of them are called the same."""
    names = {code: SHELVES[name].ledger.called(row) for code, row in rows.items()}
    often = Counter(names.values())
    return {
        code: f"{one}（{rows[code].matter.inspection.name}）" if often[one] > 1 else one for code, one in names.items()
    }


def said(refused: list[tuple[str, str]], counted: str) -> str:
    """The refused rows in one sentence, the first ten by name."""
    named = "；".join(f"{code} {why.rstrip('。')}" for code, why in refused[:NAMED])
    more = f"；等{len(refused)}{counted}" if len(refused) > NAMED else ""
    return f"{len(refused)} {counted}没有办：{named}{more}。"
