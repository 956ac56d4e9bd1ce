"""Petitioners as somebody may see them: `view_for` is the only way in which a value leaves the vault, but for the file
that two persons agreed on (`exports.taken_for`).

Hides keys and ciphertext. Whoever is complained of sees nothing here, whatever post he holds; the head of the office
sees who asked and why, never a value.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from bihuan.core import vault
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.clock import SHANGHAI, day_of
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.models import Opening, Petitioner
from bihuan.petitioners.queries import accused
from bihuan.petitioners.rules.fields import FIELDS, indexed, labels
from bihuan.petitioners.rules.opening import OpeningState
from bihuan.petitions.models import Petition

READERS = (Role.PETITION_DESK,)
OVERSEERS = (*READERS, Role.OFFICE_HEAD)


@dataclass(frozen=True, slots=True)
class Shown:
    """One field as this person may read it: masked, or plain while it stands open to him; "" where none is held."""

    name: str
    label: str
    words: str
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see of a petitioner now: until when, and under which watermark, where anything is plain."""

    fields: tuple[Shown, ...]
    until: datetime | None = None
    watermark: str = ""

    @property
    def held(self) -> tuple[Shown, ...]:
        """The fields of which something is held."""
        return tuple(one for one in self.fields if one.words)


def view_for(by: Actor, petition: Petition, at: datetime, *, is_masked: bool = False) -> Sight | None:
    """The petitioner of a petition as this person may see him at this moment; None where he may see nothing at all.

    `is_masked` for what leaves the page: nothing in it is plain, whatever stands open.
    """
    if not may_read(by, petition, day_of(at)):
        return None
    row = standing(petition)
    if row is None:
        return Sight(tuple(Shown(name, held.label, "") for name, held in FIELDS.items()))
    opened = None if is_masked else open_to(by, row, at)
    plain = frozenset(opened.fields) if opened else frozenset()
    shown = tuple(_shown(row, name, is_plain=name in plain) for name in FIELDS)
    if opened is None or opened.until is None:
        return Sight(shown)
    moment = at.astimezone(SHANGHAI)
    return Sight(shown, opened.until, f"{by.name} {moment:%Y-%m-%d %H:%M} 查看")


def _shown(row: Petitioner, name: str, *, is_plain: bool) -> Shown:
    held = FIELDS[name]
    if not getattr(row, name):
        return Shown(name, held.label, "")
    if row.destroyed_on is not None:
        return Shown(name, held.label, "已销毁，不能再读")
    words = plain_words(row, name)
    return Shown(name, held.label, words if is_plain else held.mask(words), is_plain)


def plain_words(row: Petitioner, name: str) -> str:
    """What a field says. For this house and its actions alone; everybody else asks `view_for`."""
    sealed = getattr(row, name)
    if not sealed:
        return ""
    return vault.unseal_under(row.wrapped_key, sealed, of=key_purpose(row), purpose=purpose_of(row, name))


def key_purpose(row: Petitioner) -> str:
    """What a petitioner's key is bound to."""
    return f"petitioner:{row.code}"


def purpose_of(row: Petitioner, name: str) -> str:
    """What a field's ciphertext is bound to: it opens in no other field and for no other petitioner."""
    return f"petitioner:{row.code}:{name}"


def originals_of(words: str) -> dict[str, str]:
    """{place: the words that came in} of a petition's original texts."""
    texts: dict[str, str] = json.loads(words) if words else {}
    return texts


def standing(petition: Petition) -> Petitioner | None:
    """What is held of a petition's petitioner, unless it was withdrawn with its import."""
    return Petitioner.objects.filter(petition=petition, is_withdrawn=False).first()


def may_read(by: Actor, petition: Petition, day: date) -> bool:
    """Whether this person may see the identity side at all: the petition desk, and never one who is complained of."""
    return scope.has_role(by, READERS) and not accused.is_accused(by, petition, day)


def may_oversee(by: Actor, petition: Petition, day: date) -> bool:
    """Whether this person may see who opened it and why: the petition desk and the head of the office."""
    return scope.has_role(by, OVERSEERS) and not accused.is_accused(by, petition, day)


def open_to(by: Actor, row: Petitioner, at: datetime) -> Opening | None:
    """The opening under which fields stand open to this person at this moment."""
    mine = Opening.objects.filter(petitioner=row, asked_by_id=by.person or 0, state=OpeningState.OPENED)
    return mine.filter(opened_at__lte=at, until__gt=at).order_by("-pk").first()


def found_by(by: Actor, field: str, words: str, day: date) -> list[Petitioner]:
    """The petitioners with exactly that number, of petitions whose identity side this person may see."""
    digest = vault.index(indexed(field, words), purpose=field)
    rows = Petitioner.objects.filter(city=by.city, is_withdrawn=False, **{f"{field}_index": digest})
    return [row for row in rows.select_related("petition__matter").order_by("pk") if may_read(by, row.petition, day)]


def readings(row: Petitioner) -> QuerySet[Entry]:
    """Every reading of a petitioner's fields, newest first: who, in which post, when, which fields, why."""
    return Entry.objects.filter(table=Petitioner._meta.model_name, row=row.pk, kind="look").order_by("-number")


def labels_held(row: Petitioner | None) -> list[str]:
    """How the fields are called of which something is held."""
    return labels([name for name in FIELDS if row is not None and getattr(row, name)])


def held_for(petitions: Sequence[Petition]) -> dict[int, Petitioner]:
    """{petition: what is held of its petitioner, withdrawn or not}."""
    keys = [petition.pk for petition in petitions]
    parts = (keys[start : start + accused.AT_ONCE] for start in range(0, len(keys), accused.AT_ONCE))
    return {row.petition_id: row for part in parts for row in Petitioner.objects.filter(petition__in=part)}
