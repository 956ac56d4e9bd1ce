"""Taking matters over (接管) as an office's own ledger has them: where one stands is a fact with its file, no step."""

from collections.abc import Mapping
from typing import Any

from bihuan.core import audit
from bihuan.matters import actions
from bihuan.matters import queries as matters
from bihuan.matters.models import Matter, TakenOver
from bihuan.matters.queries import taken
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.rules.measure import MeasureState
from bihuan.rectification.rules.problem import ProblemState
from bihuan.rectification.rules.taking_over import STANDINGS, Standing

FRESH = (ProblemState.DRAFT, MeasureState.NOT_STARTED)


def take_over(standings: Mapping[str, Standing], *, intake: Any, note: str = "") -> list[TakenOver]:
    """Let matters ({code: where it stands}) stand where the ledger has them, each marked with its file and row, inside
    an action.

    Only those on which nothing was done here: whatever took a step in this system keeps what it has. A problem that
    nobody leads stays a draft, and a measure waits for its problem. Nothing of it is a step: the trail has no 下达, no
    验收 and no 销号 that did not happen.
    """
    city = audit.deed().by.city
    problems = Problem.objects.filter(matter__code__in=standings, matter__city=city).select_related("matter")
    measures = Measure.objects.filter(matter__code__in=standings, matter__city=city)
    done: list[TakenOver] = []
    for problem in problems.order_by("pk"):
        led = any(duty.role == DutyRole.LEAD and duty.unit for duty in matters.answering(problem.matter))
        if led and _is_fresh(problem.matter):
            one = standings[problem.matter.code]
            done.append(_take(problem.matter, one, STANDINGS[one.standing][0], intake, note))
    for measure in measures.select_related("matter", "problem__matter").order_by("pk"):
        if (measure.problem is None or taken.is_taken(measure.problem.matter)) and _is_fresh(measure.matter):
            one = standings[measure.matter.code]
            done.append(_take(measure.matter, one, STANDINGS[one.standing][1], intake, note))
    return done


def _is_fresh(matter: Matter) -> bool:
    """Whether nothing was done on a matter here."""
    return matter.state in FRESH and not taken.is_taken(matter)


def _take(matter: Matter, one: Standing, state: str, intake: Any, note: str) -> TakenOver:
    mark = TakenOver(
        matter=matter,
        intake=intake,
        place=one.place[:80],
        word=one.word[:60],
        standing=one.standing,
        progress=one.progress,
        closed_on=one.closed_on,
        filing_number=one.filing_number[:60],
    )
    first = {"first_due_on": one.first_due_on} if one.is_moved else {}
    because = note or f"接管：原台账写“{one.word}”"
    return actions.take_over(mark, state, because=because, facts_of_round={}, **first)
