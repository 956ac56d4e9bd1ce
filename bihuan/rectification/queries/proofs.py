"""The evidence on a problem or a measure as somebody may see it: by the matter, never by the file."""

from collections.abc import Collection
from typing import TypeGuard

from django.db.models import QuerySet

from bihuan.core.actor import Actor
from bihuan.core.prepared import prepared
from bihuan.lib.flow import Offer
from bihuan.matters import queries as matters
from bihuan.matters.models import Evidence, Extension, Matter, Waiver
from bihuan.matters.queries import evidence, work
from bihuan.matters.rules.evidence import ADDERS
from bihuan.matters.rules.extension import EXTENSION, ExtensionFacts
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Answering, Capacity
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries import called, checklist, steps

Subject = Problem | Measure


def subject_of(by: Actor, code: str) -> Subject | None:
    """The problem or the measure with this code, where it is in this actor's scope."""
    kind = _kind(code, by.city).first()
    return called.measure(by, code) if kind == "measure" else called.problem(by, code)


@prepared
def _kind(code: str, city: str) -> QuerySet[Matter, str]:
    return Matter.objects.filter(code=code, city=city).values_list("kind", flat=True)


def is_problem(subject: Subject) -> TypeGuard[Problem]:
    """Whether it is a problem, not a measure."""
    return isinstance(subject, Problem)


def every_file_of(subject: Subject) -> QuerySet[Evidence]:
    """Every file on a matter, and on the measures of a problem; void ones, too, which stay readable."""
    return evidence.every_file_on(_members(subject))


def files_of(subject: Subject) -> QuerySet[Evidence]:
    """The files that hold."""
    return evidence.files_on(_members(subject))


def _members(subject: Subject) -> list[int]:
    return [*checklist.members(subject)] if isinstance(subject, Problem) else [subject.matter.pk]


def frozen_rounds(subject: Subject) -> int:
    """Up to which round the files of a matter are frozen: before its last, and that too where its problem is closed."""
    problem = subject.problem if isinstance(subject, Measure) else subject
    is_closed = problem is not None and work.is_closed(problem.matter)
    return evidence.frozen_rounds(subject.matter, is_closed=is_closed)


def own_of(files: Collection[Evidence], subject: Subject) -> frozenset[int]:
    """Of these files those (ids) that whoever may bring evidence may pair or declare void here: of the matter itself,
    in no frozen round.
    """
    frozen = frozen_rounds(subject)
    return frozenset(one.pk for one in files if one.matter_id == subject.matter.pk and one.round_number > frozen)


def waiver_of(subject: Subject, pk: int | None) -> Waiver | None:
    """One thing that is said not to apply, of the matter itself."""
    rows = work.waivers_of(subject.matter).select_related("matter")
    return None if pk is None else rows.filter(pk=pk).first()


def able(subject: Subject, by: Actor) -> frozenset[Capacity]:
    """In which capacities this actor may act on the matter."""
    return scope.capacities(by, answering(subject))


def may_add(subject: Subject, by: Actor) -> bool:
    """Whether this actor may bring evidence."""
    return bool(able(subject, by) & ADDERS)


def answering(subject: Subject) -> tuple[Answering, ...]:
    """Who answers for a problem or a measure."""
    return steps.answering_for(subject) if isinstance(subject, Measure) else matters.answering(subject.matter)


def extensions_of(subject: Subject) -> QuerySet[Extension]:
    """The extensions that were asked for a matter, the last one first."""
    rows = Extension.objects.filter(matter=subject.matter).select_related("applied_by", "matter")
    return rows.order_by("-pk")


def extension_offers(subject: Subject, application: Extension, by: Actor) -> tuple[Offer, ...]:
    """The steps that this actor sees on an extension, each with why not yet."""
    facts = ExtensionFacts(is_own=application.applied_by_id == by.person)
    return EXTENSION.offers(application.state, able(subject, by), facts)
