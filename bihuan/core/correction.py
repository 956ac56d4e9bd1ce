"""Correcting a mistake (更正): the last step on a matter is set back by the one who took it, until anybody acted on it.

Hides how the trail tells which step was the last and what it changed. No row of a lifecycle, but a property of each.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet

from bihuan.core import audit, reversal
from bihuan.core.audit import Entry
from bihuan.core.outbox import Message
from bihuan.lib.flow import Flow

CORRECT, LABEL = "correct", "更正"
DONE = "已更正，回到上一步。"
NOT_YOURS = "上一步不是您办的，不能由您更正。"
NOTHING = "没有可以更正的步骤。"
ACTED_ON = "已有人接着办理，不能更正。"


@dataclass(frozen=True, slots=True)
class LastStep:
    """The last step on a matter: the entry in which it stands first, and the number of its deed's last one."""

    entry: Entry
    last: int

    @property
    def before(self) -> str:
        """The state from which the step led."""
        return str(self.entry.deltas["state"][0])

    def label(self, flows: Mapping[str, Flow]) -> str:
        """How its correction is called; `flows` are the lifecycles by the table whose state they move."""
        return f"{LABEL}“{flows[self.entry.table].rows(self.entry.step)[0].label}”"


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that somebody took; `is_last` while nothing was done to the matter since."""

    about: str
    step: str
    at: datetime
    appointment: int | None
    is_last: bool


def _acts(about: Collection[str], city: str) -> QuerySet[Entry]:
    """What was done to matters, newest first; reading a message or looking at a row is no act."""
    done = Entry.objects.filter(about__in=about, city=city, kind__in=("create", "change"))
    done = done.exclude(table__in=reversal.KEPT)
    return done.order_by("-number")


def last_step(about: str, city: str, person: int | None = None) -> LastStep | None:
    """The last deed on a matter, where it was a step of a lifecycle (and, if `person` is given, that person's)."""
    last = _acts([about], city).only("deed", "number", "person").first()
    if last is None or (person is not None and last.person != person):
        return None
    step = _acts([about], city).filter(deed=last.deed, kind="change").exclude(step="").last()
    if step is None or step.step == CORRECT:
        return None
    return LastStep(step, last.number)


def steps_of(person: int, city: str, limit: int) -> list[Taken]:
    """The last steps that a person took, newest first, each with whether it is still the last act on its matter."""
    rows = Entry.objects.filter(person=person).exclude(step="").exclude(about="").order_by("-number")
    first: dict[UUID, Entry] = {
        entry.deed: entry for entry in rows.only("deed", "about", "step", "at", "appointment")[: limit * 4]
    }
    taken = [*first.values()][:limit]
    latest = _acts({entry.about for entry in taken}, city).order_by().values("about").annotate(last=Max("number"))
    last = {*Entry.objects.filter(pk__in=[one["last"] for one in latest]).values_list("deed", flat=True)}
    return [
        Taken(entry.about, entry.step, entry.at, entry.appointment, entry.step != CORRECT and entry.deed in last)
        for entry in taken
    ]


def is_acted_on(step: LastStep, about: Collection[str]) -> bool:
    """Whether anybody acted since on one of the matters `about` that build on this step."""
    return _acts(about, step.entry.city).filter(number__gt=step.last).exists()


def is_moved_since(row: audit.Recorded, about: Collection[str]) -> bool:
    """Whether one of these matters stands elsewhere than when a row was last changed; there and back is nowhere."""
    own = Entry.objects.filter(table=row._meta.model_name, row=row.pk).order_by("-number")
    last = own.values_list("number", flat=True).first() or 0
    steps = _acts(about, row.city).filter(table="matter", number__gt=last).exclude(step="").order_by("number")
    return _lead_elsewhere((entry.about, *entry.deltas["state"]) for entry in steps)


def built_upon(deed: UUID) -> frozenset[str]:
    """The matters on which somebody worked after a deed: rows that it wrote stand otherwise than it left them. What
    was done and corrected since counts as nothing.
    """
    later = Entry.objects.filter(table=OuterRef("table"), row=OuterRef("row"), number__gt=OuterRef("number"))
    later = later.exclude(kind="look")
    done = Entry.objects.filter(deed=deed).exclude(table__in=reversal.KEPT)
    touched = done.filter(Exists(later.exclude(deed=deed)))
    about = frozenset(touched.values_list("about", flat=True))
    corrected = Entry.objects.filter(step=CORRECT, about__in=done.values("about"))
    doubtful = about & frozenset(corrected.values_list("about", flat=True))
    rows = touched.filter(about__in=doubtful).values_list("about", "table", "row").distinct()
    standing = {code for code, table, row in rows if _stands_otherwise(table, row, deed)}
    return about - doubtful | standing


def _stands_otherwise(table: str, row: int, deed: UUID) -> bool:
    """Whether a row has another value anywhere than the deed left there."""
    entries = Entry.objects.filter(table=table, row=row).order_by("number")
    last = entries.filter(deed=deed).values_list("number", flat=True).last() or 0
    return _lead_elsewhere(
        (name, *values)
        for entry in entries.filter(number__gt=last)
        for name, values in entry.deltas.items()
        if name != "version"
    )


def _lead_elsewhere(changes: Iterable[tuple[str, Any, Any]]) -> bool:
    """Whether any of these (what, before, after), in their order, ends elsewhere than it began."""
    ways: dict[str, list[Any]] = {}
    for what, before, after in changes:
        ways.setdefault(what, [before])[1:] = [after]
    return any(begun != ended for begun, ended in ways.values())


def take_back(step: LastStep, *, because: str) -> frozenset[int]:
    """Set back what the step changed and mark what it created, inside an action; returns the persons it had told."""
    about, deed = step.entry.about, step.entry.deed
    reversal.reverse(deed, about=about, because=because, step=CORRECT)
    told = Entry.objects.filter(about=about, deed=deed, table=Message._meta.model_name, kind="create")
    lines = Message.objects.filter(pk__in=told.values("row"))
    return frozenset(lines.values_list("person_id", flat=True)) - {audit.deed().by.person}


def take_back_beside(step: LastStep, *, because: str) -> None:
    """Set back what the step changed on other matters than its own (a revision moves deadlines), inside an action."""
    about, deed = step.entry.about, step.entry.deed
    beside = Entry.objects.filter(deed=deed).exclude(table__in=reversal.KEPT).exclude(about=about)
    for other in {*beside.values_list("about", flat=True)}:
        reversal.reverse(deed, about=other, because=because, step=CORRECT)
