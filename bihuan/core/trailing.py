"""The trail as an auditor reads it: who did what to which row when, and which fields; never a value, never a text.

Hides how a question becomes a query, and how the whole chain is held against itself while others go on writing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import Count, Q, QuerySet

from bihuan.core import examine
from bihuan.core.audit import KINDS, Entry, TrailHead, recorded_models
from bihuan.core.clock import SHANGHAI

NAMED = 10  # faults that a verification names


@dataclass(frozen=True, slots=True)
class Question:
    """What an auditor asks of the trail; what is empty asks nothing. Days are whole days where the offices are."""

    person: str = ""
    after: date | None = None
    before: date | None = None
    action: str = ""
    table: str = ""
    about: str = ""

    def __bool__(self) -> bool:
        return any((self.person, self.after, self.before, self.action, self.table, self.about))


@dataclass(frozen=True, slots=True)
class Line:
    """One entry without its values: `fields` are the names of what it changed or showed."""

    number: int
    at: datetime
    who: str
    post: str
    behalf: str
    action: str
    kind: str
    table: str
    row: int
    about: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """Until which number the chain was held against itself and the heads outside, and what was wrong."""

    until: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often an action was done in a month: deeds, entries that they wrote, persons who did it."""

    action: str
    deeds: int
    entries: int
    persons: int


def entries_asked(city: str, question: Question) -> QuerySet[Entry]:
    """The entries of a city that a question means, newest first."""
    plain = {"action": question.action, "table": question.table, "about": question.about}
    found = Entry.objects.filter(city=city, **{name: value for name, value in plain.items() if value})
    if question.person:
        found = found.filter(Q(name__icontains=question.person) | Q(behalf__icontains=question.person))
    if question.after:
        found = found.filter(at__gte=_morning(question.after))
    if question.before:
        found = found.filter(at__lt=_morning(question.before + timedelta(days=1)))
    return found.order_by("-number")


def lines(entries: Sequence[Entry]) -> list[Line]:
    """These entries as lines."""
    return [_line(entry) for entry in entries]


def tables() -> dict[str, str]:
    """Every table that the trail speaks of: {its name: what it is called}."""
    return {str(model._meta.model_name): str(model._meta.verbose_name) for model in recorded_models()}


def verified() -> Verified:
    """Hold the chain against itself and against the heads outside the database, now.

    Somebody who writes meanwhile makes the end look wrong once; what is wrong twice is wrong.
    """
    faults = _faults()
    if faults:
        again = _faults()
        faults = [fault for fault in faults if fault in again]
    head = TrailHead.objects.filter(pk=1).first()
    return Verified(head.number if head else 0, tuple(faults[:NAMED]))


def counts(city: str, month: date) -> list[Tally]:
    """What was done in the month that the day lies in, the most frequent first."""
    first = month.replace(day=1)
    then = (first + timedelta(days=32)).replace(day=1)
    within = Entry.objects.filter(city=city, at__gte=_morning(first), at__lt=_morning(then)).order_by()
    found = within.values("action").annotate(
        deeds=Count("deed", distinct=True), entries=Count("number"), persons=Count("person", distinct=True)
    )
    return sorted((Tally(**row) for row in found), key=lambda one: (-one.deeds, one.action))


def _faults() -> list[str]:
    found = (finding for check in (examine.chain, examine.witnessed) for finding in check())
    return [str(finding) for finding in islice(found, NAMED)]


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _line(entry: Entry) -> Line:
    columns = _columns(entry.table)
    return Line(
        number=entry.number,
        at=entry.at,
        who=entry.name,
        post=entry.post,
        behalf=entry.behalf,
        action=entry.action,
        kind=KINDS.get(entry.kind, entry.kind),
        table=tables().get(entry.table, entry.table),
        row=entry.row,
        about=entry.about,
        fields=tuple(columns.get(name, name) for name in entry.deltas if name not in ("id", "version", "city")),
    )


def _columns(table: str) -> dict[str, str]:
    model: Any = next((one for one in apps.get_models() if one._meta.model_name == table), None)
    return {column.attname: str(column.verbose_name) for column in model._meta.concrete_fields} if model else {}
