"""The evidence on a problem or a measure as somebody may see it: by the matter, never by the file."""

from typing import Any, TypeGuard

from django.db.models import QuerySet

from bihuan.core.actor import Actor
from bihuan.matters import queries as matters
from bihuan.matters.models import Evidence, Waiver
from bihuan.matters.queries import work
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Capacity
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries import checklist, sight, steps

Subject = Problem | Measure


def subject_of(by: Actor, code: str) -> Subject | None:
    """The problem or the measure with this code, where it is in this actor's scope."""
    problem = sight.problems_for(by).filter(matter__code=code).first()
    return problem or sight.measures_for(by).filter(matter__code=code).first()


def is_problem(subject: Subject) -> TypeGuard[Problem]:
    """Whether it is a problem, not a measure."""
    return isinstance(subject, Problem)


def every_file_of(subject: Subject) -> QuerySet[Evidence]:
    """Every file on a matter, and on the measures of a problem; void ones, too, which stay readable."""
    ids = checklist.members(subject) if isinstance(subject, Problem) else [subject.matter.pk]
    rows = Evidence.objects.filter(matter_id__in=ids).select_related("file", "preview", "matter", "before")
    return rows.order_by("pk")


def files_of(subject: Subject) -> QuerySet[Evidence]:
    """The files that hold."""
    return every_file_of(subject).filter(is_ended=False)


def file_of(subject: Subject, pk: int | None) -> Evidence | None:
    """One file that holds, of the matter itself."""
    found: Evidence | None = _one(Evidence.objects.filter(matter=subject.matter, is_ended=False), pk)
    return found


def waiver_of(subject: Subject, pk: int | None) -> Waiver | None:
    """One thing that is said not to apply, of the matter itself."""
    found: Waiver | None = _one(work.waivers_of(subject.matter), pk)
    return found


def _one(rows: QuerySet[Any], pk: int | None) -> Any:
    return None if pk is None else rows.select_related("matter").filter(pk=pk).first()


def able(subject: Subject, by: Actor) -> frozenset[Capacity]:
    """In which capacities this actor may act on the matter."""
    answering = steps.answering_for(subject) if isinstance(subject, Measure) else matters.answering(subject.matter)
    return scope.capacities(by, answering)
