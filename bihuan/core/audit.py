"""The trail: an append-only chain of entries whose before and after rebuild every business row.

Hides how a row's values become text; how entries are numbered and chained is `chain.py`'s. The only ways to write a
business row are `create`, `create_many` and `change` of this module, inside an action; `look` records a reading.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import models

from bihuan.core import rows
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import plain

GENESIS = "0" * 64
KINDS = {"create": "新增", "change": "更改", "look": "查看"}


class Overtaken(Exception):  # noqa: N818 -- it is an answer, not an error
    """Somebody else changed the row first; nothing of this deed was written."""

    def __init__(self, sentence: str = "他人已先行办理，请刷新后再办。") -> None:
        super().__init__(sentence)


class Untraced(Exception):  # noqa: N818 -- reads as a sentence
    """A write outside an action, or an action that wrote nothing: a fault of the program, never of the person."""


class Recorded(models.Model):
    """A business row: it belongs to a city, counts its versions, and stands whole in the trail.

    `untrailed` names fields that are nobody's business history (the last login), `digested` those that stand in the
    trail as their SHA-256 alone (a password's hash); everything else is folded and compared by `examine` as it is.
    """

    city = models.CharField("市", max_length=12)
    version = models.PositiveIntegerField("版本", default=1)

    untrailed: frozenset[str] = frozenset()
    digested: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    @property
    def about(self) -> str:
        """The code of the matter that this row belongs to, or "" where it belongs to none."""
        return ""


class Entry(models.Model):
    """One row's change: who, in which post, for whom, when, from where, which deed, before → after of every field.

    The database refuses to update or delete it. `changes` is canonical JSON: {field: [before, after]}.
    """

    number = models.BigIntegerField("序号", primary_key=True)
    deed = models.UUIDField("同一办理")
    action = models.CharField("动作", max_length=60)
    step = models.CharField("步骤", max_length=60, blank=True)
    at = models.DateTimeField("时间")
    person = models.BigIntegerField("办理人", null=True)
    name = models.CharField("姓名", max_length=60)
    appointment = models.BigIntegerField("任职", null=True)
    post = models.CharField("职务", max_length=120, blank=True)
    behalf = models.CharField("代", max_length=60, blank=True)
    origin = models.CharField("来处", max_length=60, blank=True)
    request = models.CharField("请求", max_length=40, blank=True)
    city = models.CharField("市", max_length=12)
    kind = models.CharField("类别", max_length=10)
    table = models.CharField("表", max_length=40)
    row = models.BigIntegerField("行")
    about = models.CharField("事项", max_length=40, blank=True)
    note = models.TextField("意见", blank=True)
    changes = models.TextField("前后值")
    previous = models.CharField("前一哈希", max_length=64)
    digest = models.CharField("哈希", max_length=64)

    class Meta:
        verbose_name = "轨迹"
        indexes = [
            models.Index(fields=["about", "number"], name="entry_about"),
            models.Index(fields=["table", "row", "number"], name="entry_row"),
            models.Index(fields=["person", "number"], name="entry_person"),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.action}"

    @property
    def deltas(self) -> dict[str, list[Any]]:
        """{field: [before, after]}."""
        deltas: dict[str, list[Any]] = json.loads(self.changes)
        return deltas


class TrailHead(models.Model):
    """Where the chain ends: one row, whose lock puts the writers in line."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    number = models.BigIntegerField("末号", default=0)
    digest = models.CharField("末哈希", max_length=64, default=GENESIS)

    class Meta:
        verbose_name = "轨迹末端"

    def __str__(self) -> str:
        return f"#{self.number}"


class KeyedDeed(models.Model):
    """A deed that came with an idempotency key: the same person's same key is done once.

    `content` tells what was asked (a digest): the same key with something else is no repetition.
    """

    key = models.CharField("重复键", max_length=80)
    person = models.BigIntegerField("办理人", default=0)
    deed = models.UUIDField("办理")
    action = models.CharField("动作", max_length=60)
    content = models.CharField("内容哈希", max_length=64, blank=True)
    result = models.CharField("结果", max_length=80, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "已办"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="keyed_once")]

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True, slots=True)
class Written:
    """What one entry of a deed says of its own, and in which post it was written; the rest is the deed's."""

    by: Actor
    step: str
    city: str
    kind: str
    table: str
    row: int
    about: str
    note: str
    changes: str


@dataclass
class Deed:
    """What an action is doing now: everything written inside it shares this id, actor and moment."""

    action: str
    by: Actor
    at: datetime
    note: str = ""
    id: UUID = field(default_factory=uuid4)
    entries: list[Written] = field(default_factory=list)


current: ContextVar[Deed | None] = ContextVar("deed", default=None)
Row = TypeVar("Row", bound=Recorded)


def deed() -> Deed:
    """The deed under way; `Untraced` when there is none."""
    now = current.get()
    if now is None:
        raise Untraced("written outside an action")
    return now


def create(row: Row, *, because: str = "", step: str = "") -> Row:
    """Insert one business row and record all its values; `step` where it is what a step leaves."""
    return create_many([row], because=because, step=step)[0]


def create_many(news: Sequence[Row], *, because: str = "", step: str = "") -> Sequence[Row]:
    """Insert business rows of one model in few statements, and record all their values."""
    now = deed()
    if not news:
        return news
    for row in news:
        row.city = row.city or now.by.city
    rows.add(news)
    for row in news:
        after = {name: [None, value] for name, value in plain_row(row).items()}
        _note_entry(now, row, "create", after, because, step)
    return news


def change(row: Row, *, because: str = "", step: str = "", **after: Any) -> Row:
    """Change fields of one business row and record before → after of those that differ.

    Refuses with `Overtaken` when the row is not the version that was read. A call that changes nothing writes nothing.
    """
    now = deed()
    before = plain_row(row)
    for name, value in after.items():
        setattr(row, name, value)
    then = plain_row(row)
    deltas = {name: [before[name], then[name]] for name in then if then[name] != before[name]}
    untrailed = {name: value for name, value in after.items() if name in row.untrailed}
    if not deltas and not untrailed:
        return row
    deltas["version"] = [row.version, row.version + 1]
    _compare_and_set(row, [*after])
    _note_entry(now, row, "change", deltas, because, step)
    return row


def look(row: Row, *fields: str, because: str = "", step: str = "") -> Row:
    """Record that somebody looked at these fields of a row (查看). It changes nothing and counts as no version."""
    _note_entry(deed(), row, "look", {name: [None, None] for name in fields}, because, step)
    return row


def amend(row: Row, *, seen: int | None = None, because: str = "", **after: Any) -> Row:
    """As `change`, for somebody who filled a form: `seen` is the version that he had before him.

    Refuses with `Overtaken` when it is no longer that version, and with a sentence when nothing differs.
    """
    if seen is not None and seen != row.version:
        raise Overtaken
    before = row.version
    if change(row, because=because, **after).version == before:
        raise Refused("没有改动，不用存。")
    return row


def _compare_and_set(row: Recorded, names: Iterable[str]) -> None:
    row.version += 1
    if not rows.update(row, (*names, "version"), id=row.pk, version=row.version - 1):
        row.version -= 1
        raise Overtaken


def _note_entry(
    now: Deed, row: Recorded, kind: str, deltas: dict[str, list[Any]], because: str, step: str = ""
) -> None:
    now.entries.append(
        Written(
            by=now.by,
            step=step,
            city=row.city,
            kind=kind,
            table=str(row._meta.model_name),
            row=row.pk,
            about=row.about,
            note=because or now.note,
            changes=canonical(deltas),
        )
    )


CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces, characters as they are: the same text for the same value, for ever."""
    return CANONICAL.encode(value)


def plain_row(row: Recorded) -> dict[str, Any]:
    """Every trailed field of a row as JSON values: what the trail holds and `examine` compares."""
    values = {
        name: plain_value(getattr(row, name) if as_stored is None else as_stored(getattr(row, name)))
        for name, as_stored in _trailed(type(row))
    }
    return values | {name: _digested(str(values[name])) for name in row.digested}


DIGESTED = "!sha256:"  # Django lets nobody log in with a password that begins so: what a rebuilt account has


def _digested(value: str) -> str:
    return value if value.startswith(DIGESTED) else DIGESTED + hashlib.sha256(value.encode()).hexdigest()


@cache
def _trailed(model: type[Recorded]) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """The trailed fields of a model; with a decimal, what makes it as the database will give it back."""
    return tuple(
        (column.attname, column.to_python if isinstance(column, models.DecimalField) else None)
        for column in model._meta.concrete_fields
        if column.attname not in model.untrailed
    )


SIMPLE = frozenset({type(None), bool, int, float, str})


def plain_value(value: Any) -> Any:
    """A field's value as JSON: dates ISO, moments ISO in UTC, decimals as text without empty digits."""
    if type(value) in SIMPLE:  # nearly all are: an import asks this a hundred thousand times
        return value
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return str(value)
        case list() | tuple():
            return [plain_value(item) for item in value]
        case dict():
            return {key: plain_value(item) for key, item in value.items()}
        case _:
            return _as_text(value)


def _as_text(value: Any) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case Decimal():
            return plain(value)
        case bytes() | memoryview():
            return bytes(value).hex()
        case _:
            return str(value)


def recorded_models() -> Iterator[type[Recorded]]:
    """Every model whose rows the trail must rebuild."""
    from django.apps import apps  # noqa: PLC0415 -- asked when the models are loaded, not while they load

    return (model for model in apps.get_models() if issubclass(model, Recorded))


def newest_city() -> str:
    """The city of the trail's last entry: whose system this is, where it serves one; "" before the first."""
    return Entry.objects.order_by("-number").values_list("city", flat=True).first() or ""


def newest_moment() -> datetime | None:
    """When the trail's last entry was written; None before the first."""
    return Entry.objects.order_by("-number").values_list("at", flat=True).first()


def exported() -> Iterator[str]:
    """The whole trail as JSON lines, oldest first: what docs/verify_trail.py checks without this system."""
    names = [column.attname for column in Entry._meta.concrete_fields]
    for entry in Entry.objects.order_by("number").iterator(2000):
        yield canonical({name: plain_value(getattr(entry, name)) for name in names}) + "\n"


def entries_about(about: str, city: str, joined: Mapping[str, Collection[int]] | None = None) -> models.QuerySet[Entry]:
    """The trail of one matter, newest first; two cities may call a matter alike. `joined` are rows ({table: ids}) that
    stand in no matter's trail and are told in this one, to somebody who may see them.
    """
    wanted = models.Q(about=about)
    for table, ids in (joined or {}).items():
        wanted |= models.Q(table=table, row__in=ids) if ids else models.Q()
    return Entry.objects.filter(wanted, city=city).order_by("-number")
