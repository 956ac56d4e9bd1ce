"""Who looked at what, as the trail holds it: for whoever asks whether somebody read more than he needed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Q

from bihuan.core import audit


@dataclass(frozen=True, slots=True)
class Reading:
    """One look that the trail holds: when, who in which post, whose data, which fields, and the reason given."""

    at: datetime
    person: int | None
    name: str
    post: str
    what: str
    about: str
    fields: tuple[str, ...]
    reason: str
    table: str
    row: int


def readings(
    *,
    person: str = "",
    about: str = "",
    petitioners: Sequence[int] = (),
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[Reading]:
    """Who looked at what, oldest first: the looks of a person (by number or name), those at a matter, or both.

    `petitioners` are the rows of that matter's petitioners, whose looks name no matter. `since` is included, `until`
    is not.
    """
    of_matter = Q(about=about) | Q(table="petitioner", row__in=petitioners)
    entries = audit.Entry.objects.filter(kind="look").order_by("number")
    for asked, condition in (
        (person, Q(person=int(person)) if person.isdecimal() else Q(name=person)),
        (about, of_matter),
        (since, Q(at__gte=since)),
        (until, Q(at__lt=until)),
    ):
        if asked:
            entries = entries.filter(condition)
    for entry in entries.iterator(2000):
        yield _reading(entry)


def _reading(entry: audit.Entry) -> Reading:
    model = apps.get_model("bihuan", entry.table)
    labels = {column.attname: str(column.verbose_name) for column in model._meta.concrete_fields}
    fields = tuple(labels.get(name, name) for name in entry.deltas)
    what = f"{model._meta.verbose_name} {entry.row}"
    return Reading(
        entry.at, entry.person, entry.name, entry.post, what, entry.about, fields, entry.note, entry.table, entry.row
    )
