"""The evidence (佐证) on a petition as somebody may see it: by the petition, never by the file."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.prepared import prepared
from bihuan.matters.models import Evidence
from bihuan.matters.queries import evidence, work
from bihuan.organisation.models import Appointment
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Answering, Capacity
from bihuan.petitions.models import Petition
from bihuan.petitions.queries import findings
from bihuan.petitions.rules.proofs import ADDERS, CHECKERS, OFFICE, shut


def every_file_of(petition: Petition) -> QuerySet[Evidence]:
    """Every file on a petition; void ones, too, which stay readable."""
    return evidence.every_file_on([petition.matter_id])


def files_of(petition: Petition) -> QuerySet[Evidence]:
    """The files that hold."""
    return evidence.files_on([petition.matter_id])


def frozen_rounds(petition: Petition) -> int:
    """Up to which round the files of a petition are frozen: before its last, and that too once it is signed off."""
    return evidence.frozen_rounds(petition.matter, is_closed=work.is_closed(petition.matter))


def answering(petition: Petition) -> tuple[Answering, ...]:
    """The units that hold a part of a petition in its present round; who gave his part up answers no longer."""
    parts = findings.live(findings.parts_of(petition))
    return tuple(one for part in parts for one in findings.answering_for(part))


def able(petition: Petition, by: Actor) -> frozenset[Capacity]:
    """In which capacities this actor may bring evidence; none where the petition takes nothing any more."""
    if shut(petition.matter.state):
        return frozenset()
    return scope.capacities(by, answering(petition)) & adders(petition, by)


def may_add(petition: Petition, by: Actor) -> bool:
    """Whether this actor may bring evidence."""
    return bool(able(petition, by))


def adders(petition: Petition, by: Actor) -> frozenset[Capacity]:
    """Who may bring evidence on a petition, as far as it is this actor: more where his unit checked it on the ground in
    the present round.
    """
    units = {post.unit for post in by.held}
    checked = work.checks_of(petition.matter).filter(round_number=petition.matter.round_number, unit_id__in=units)
    return ADDERS | CHECKERS if checked.exists() else ADDERS


def own_of(files: Collection[Evidence], petition: Petition, by: Actor) -> frozenset[int]:
    """Of these files those (ids) that this actor may pair or declare void: the office every one, a unit what was
    brought for it. Nothing of a round that is frozen.
    """
    live = [one.pk for one in files if one.round_number > frozen_rounds(petition)]
    may = able(petition, by)
    if not live or not may:
        return frozenset()
    if may & OFFICE:
        return frozenset(live)
    units = frozenset().union(*(post.units for post in by.held))
    return frozenset(pk for pk, unit in units_of(live).items() if unit in units)


def units_of(files: Collection[int]) -> dict[int, int]:
    """{file: the unit in whose post it was brought}, as the trail says; nothing where the system brought it."""
    posts = dict(_brought(files))
    units = dict(_seated({*posts.values()}))
    return {row: units[post] for row, post in posts.items() if post in units}


@prepared
def _brought(files: Collection[int]) -> QuerySet[Entry, Any]:
    rows = Entry.objects.filter(table="evidence", row__in=files, kind="create", appointment__isnull=False)
    return rows.values_list("row", "appointment")


@prepared
def _seated(appointments: Collection[int]) -> QuerySet[Appointment, tuple[int, int]]:
    return Appointment.objects.filter(pk__in=appointments).values_list("pk", "post__unit")
