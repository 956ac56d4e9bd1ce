"""I10: nobody's identity stands in the clear: not in a row, not in the trail, not in a message.

An identity number or a bank card stands nowhere at all. Where petitions are told, neither does a telephone, a plate, or
a name or an address that somebody gives as his own. Elsewhere telephones are those of offices, units and named contacts
and are for work, unless the vault knows the number as a petitioner's. What a person has said is no petitioner's
(不是举报人信息，保留) stays, and what he had said so of once stays in the trail.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import Any

from django.db.models import CharField, JSONField, QuerySet, TextField

from bihuan.core import vault
from bihuan.core.audit import Entry, Recorded
from bihuan.core.examine import Finding, models_in_use
from bihuan.core.prepared import PAGE, in_pages, prepared
from bihuan.intake.models import IntakeDoubt
from bihuan.intake.queries.drafting import PERSONAL
from bihuan.lib import redact
from bihuan.petitioners.models import Petitioner
from bihuan.petitioners.rules.fields import INDEXED, indexed
from bihuan.petitioners.rules.told import FIELDS_OF

TOLD = (
    "petition",
    "subitem",
    "batch",
    "undertaking",
    "message",
    "intake",
    "intakedoubt",
    "storedfile",
    "opening",
    "export",
)
NOWHERE = ("id", "card")
MACHINES = {("storedfile", "sha256"), ("storedfile", "seal")}  # digits that nobody wrote, which may look like a card's
UNSEARCHED = {
    ("entry", "digest"),
    ("entry", "previous"),
    ("account", "password"),
    ("person", "office_phone"),
    *MACHINES,
}


class Known:
    """What the vault knows a petitioner by, and which masked forms somebody has cleared: now, and at any time."""

    def __init__(self) -> None:
        self.numbers = {(name, one) for row in _indexes() for name, one in zip(INDEXED, row, strict=True) if one}
        doubts = [*_of_persons()]
        self.cleared = {_form(one) for one in doubts if one.answer and one.answer.get("value") is None}
        once = {row for row, changes in _answered([one.pk for one in doubts]) if _clears(changes)}
        self.cleared_once = self.cleared | {_form(one) for one in doubts if one.pk in once}
        self.of_plans = frozenset(_of_plans())

    def is_petitioners(self, hit: redact.Hit) -> bool:
        """Whether the vault knows a number as a petitioner's."""
        field = FIELDS_OF.get(hit.kind, "")
        number = indexed(field, hit.text) if field else ""
        return bool(number) and (field, vault.index(number, purpose=field)) in self.numbers


@prepared
def _indexes() -> QuerySet[Petitioner, Any]:
    return Petitioner.objects.filter(destroyed_on__isnull=True).values_list(*(f"{name}_index" for name in INDEXED))


@prepared
def _of_persons() -> QuerySet[IntakeDoubt]:
    return IntakeDoubt.objects.filter(kind=PERSONAL)


@prepared
def _answered(doubts: Collection[int]) -> QuerySet[Entry, tuple[int, str]]:
    return Entry.objects.filter(table="intakedoubt", kind="change", row__in=doubts).values_list("row", "changes")


@prepared
def _of_plans() -> QuerySet[IntakeDoubt, int]:
    return IntakeDoubt.objects.filter(intake__kind="plan").values_list("pk", flat=True)


@prepared
def _words(model: type[Recorded], start: int) -> QuerySet[Any, Any]:
    """The key of each row from there on, and everything in it that is written in words."""
    names = (
        column.attname
        for column in model._meta.concrete_fields
        if isinstance(column, CharField | TextField | JSONField)
        and (model._meta.model_name, column.attname) not in UNSEARCHED
    )
    return model._default_manager.filter(pk__gte=start).order_by("pk").values_list("pk", *names)[:PAGE]


@prepared
def _told(start: int) -> QuerySet[Entry, tuple[int, str, int, str, str]]:
    found = Entry.objects.filter(number__gte=start).order_by("number")
    return found.values_list("number", "table", "row", "note", "changes")[:PAGE]


def nothing_in_the_clear() -> Iterator[Finding]:
    """I10: the rows first, then the trail."""
    known = Known()
    for model in models_in_use():
        yield from _rows(model, known)
    for number, table, row, note, changes in in_pages(_told, lambda entry: (entry[0] + 1,)):
        if redact.is_likely(note) or redact.is_likely(changes):
            is_told = _is_told(table, row, known)
            kinds = _kinds((note, _written(table, changes)), known, known.cleared_once, is_told=is_told)
            yield from _findings(f"轨迹#{number}", kinds)


def _rows(model: type[Recorded], known: Known) -> Iterator[Finding]:
    table = str(model._meta.model_name)
    for pk, *values in in_pages(partial(_words, model), lambda row: (row[0] + 1,)):
        if any(redact.is_likely(one) for one in _texts(values)):
            kinds = _kinds(values, known, known.cleared, is_told=_is_told(table, pk, known))
            yield from _findings(f"{model._meta.verbose_name} {pk}", kinds)


def _findings(where: str, kinds: Iterable[str]) -> Iterator[Finding]:
    for kind in kinds:
        yield Finding("I10", where, f"有明写的{redact.LABELS[kind]}，应当在保险库里。")


def _is_told(table: str, row: int, known: Known) -> bool:
    return table in TOLD and not (table == "intakedoubt" and row in known.of_plans)


def _kinds(values: Any, known: Known, cleared: set[str], *, is_told: bool) -> list[str]:
    """The kinds of personal data that stand in the clear in these values."""
    hits = (hit for text in _texts(values) if redact.is_likely(text) for hit in redact.scan(text))
    found = (
        hit.kind
        for hit in hits
        if (is_told or hit.kind in NOWHERE or known.is_petitioners(hit)) and redact.alone(hit) not in cleared
    )
    return sorted(set(found))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from _texts([*value.values()])
        case list() | tuple():
            for one in value:
                yield from _texts(one)


def _loaded(changes: str) -> Any:
    try:
        return json.loads(changes)
    except ValueError:
        return changes


def _written(table: str, changes: str) -> Any:
    """What an entry says, but what the machine itself made."""
    told = _loaded(changes)
    return (
        {name: pair for name, pair in told.items() if (table, name) not in MACHINES} if isinstance(told, dict) else told
    )


def _clears(changes: str) -> bool:
    """Whether an entry of a doubt about personal data says that it is no petitioner's."""
    _, after = (_loaded(changes) or {}).get("answer") or (None, None)
    return isinstance(after, dict) and after.get("value") is None


def _form(doubt: IntakeDoubt) -> str:
    return str(doubt.choices[0]["value"])
