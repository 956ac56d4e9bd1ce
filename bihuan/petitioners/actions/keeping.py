"""What is known of a petitioner, and his words as they came in, kept. Hides how a value becomes ciphertext."""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bihuan.core import audit, vault
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.vault import Secret
from bihuan.lib.flow import Refused
from bihuan.petitioners.actions import stepping
from bihuan.petitioners.models import Petitioner
from bihuan.petitioners.queries import sight
from bihuan.petitioners.rules import told
from bihuan.petitioners.rules.fields import FIELDS, INDEXED, WRITTEN, indexed
from bihuan.petitioners.rules.told import Told
from bihuan.petitions.models import Petition


@action
def record_identity(
    petition: Petition, values: Mapping[str, Secret], *, by: Actor, at: datetime, seen: int | None = None
) -> Petitioner:
    """Write or correct what is known of a petitioner: fields that are not given stay, an empty one is cleared.

    Refuses whoever may not see him, a form that another overtook, and one that changes nothing.
    """
    stepping.refuse_strangers(by, petition, at)
    row = sight.standing(petition)
    if row is None:
        row = _opened_for(petition)
    elif seen is not None and seen != row.version:
        raise audit.Overtaken("他人已先行办理，请刷新后再办。")
    given = {name: values[name].plain.strip() for name in WRITTEN if name in values}
    changed = {name: words for name, words in given.items() if words != _plain(row, name)}
    if not changed:
        raise Refused("没有改动，不用存。")
    return _write(row, changed)


@dataclass(frozen=True, slots=True)
class Came:
    """What came in of one petition: the texts of it that were masked, and the numbers that its words tell."""

    petition: Petition
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    numbers: Sequence[Told] = ()


def keep_originals(came: Sequence[Came], *, because: str = "") -> None:
    """Keep, inside an action, the texts of petitions as they came in, where something was masked in the ledger, and
    the petitioner's numbers among their words, by which he is found again.

    What was kept before of other texts of the same petition stays, and so does what the desk wrote; whose key was
    destroyed is left alone.
    """
    known = sight.held_for([one.petition for one in came])
    fresh = []
    for one in came:
        row = known.get(one.petition.pk)
        if row is None:
            words = _numbers(None, one) | ({"original": _packed(one.texts)} if one.texts else {})
            fresh += [_sealed_row(one.petition, words)] if words else []
        elif row.destroyed_on is None:
            words = _numbers(row, one) | _texts(row, one)
            if words:
                _write(row, words, because=because, is_withdrawn=False)
    audit.create_many(fresh, because=because)


def index_again(rows: Collection[int]) -> None:
    """Let these petitioners be found by the numbers that they have, after a deed was taken back, inside an action."""
    for row in Petitioner.objects.filter(pk__in=rows, destroyed_on__isnull=True).order_by("pk"):
        digests = {f"{name}_index": _digest(name, _plain(row, name)) for name in INDEXED}
        if any(getattr(row, name) != digest for name, digest in digests.items()):
            audit.change(row, **digests)


def _texts(row: Petitioner, one: Came) -> dict[str, str]:
    before = sight.originals_of(sight.plain_words(row, "original"))
    after = {**before, **one.texts}
    return {"original": _packed(after)} if one.texts and (after != before or row.is_withdrawn) else {}


def _numbers(row: Petitioner | None, one: Came) -> dict[str, str]:
    """What the numbers that came in change: the first of a kind where none is held, a line in the note for each other.

    One that is said to be no petitioner's goes out again, unless the desk wrote this petitioner down itself.
    """
    is_held = row is not None and not row.is_withdrawn
    own = is_held and _is_written(row)
    now = {name: _plain(row, name) if row is not None and is_held else "" for name in (*INDEXED, "note")}
    words, more = dict(now), []
    for name in INDEXED:
        if not own and indexed(name, now[name]) in told.others(one.numbers, name):
            words[name] = ""
        numbers = told.his(one.numbers, name) if not own or not _held_before(row, one) else []
        words[name] = words[name] or next(iter(numbers), "")
        taken = indexed(name, words[name])
        more += [f"来件里还有{FIELDS[name].label}：{number}" for number in numbers if indexed(name, number) != taken]
    lines = [line for line in more if line not in now["note"]]
    words["note"] = "\n".join([*filter(None, [now["note"]]), *lines]) if lines else now["note"]
    return {name: one for name, one in words.items() if one != now[name] and len(one) <= FIELDS[name].most}


def _held_before(row: Petitioner | None, one: Came) -> bool:
    return row is not None and not _texts(row, one)


def _is_written(row: Petitioner | None) -> bool:
    """Whether the desk has written down what is known of this petitioner."""
    entries = Entry.objects.filter(table=Petitioner._meta.model_name, row=row.pk if row is not None else 0)
    return entries.filter(action__endswith=record_identity.__name__).exists()


def _opened_for(petition: Petition) -> Petitioner:
    """The row for a petition that has none, or the one that was withdrawn with an import."""
    withdrawn = Petitioner.objects.filter(petition=petition).first()
    return withdrawn or _sealed_row(petition, {})


def _sealed_row(petition: Petition, words: Mapping[str, str]) -> Petitioner:
    code = secrets.token_hex(8)
    row = Petitioner(petition=petition, city=petition.city, code=code)
    row.wrapped_key = vault.new_key(purpose=sight.key_purpose(row))
    for name, value in _sealed(row, words).items():
        setattr(row, name, value)
    return row


def _sealed(row: Petitioner, words: Mapping[str, str]) -> dict[str, Any]:
    """The columns that these words become."""
    if row.destroyed_on is not None:
        raise Refused(stepping.GONE)
    columns: dict[str, Any] = {}
    for name, plain in words.items():
        of, purpose = sight.key_purpose(row), sight.purpose_of(row, name)
        columns[name] = vault.seal_under(row.wrapped_key, plain, of=of, purpose=purpose) if plain else b""
        if name in INDEXED:
            columns[f"{name}_index"] = _digest(name, plain)
    return columns


def _digest(name: str, plain: str) -> str:
    number = indexed(name, plain)
    return vault.index(number, purpose=name) if number else ""


def _write(row: Petitioner, words: Mapping[str, str], *, because: str = "", **more: Any) -> Petitioner:
    columns = _sealed(row, words)
    if row.pk is not None:
        return audit.change(row, because=because, **columns, **({"is_withdrawn": False} | more))
    for name, value in columns.items():
        setattr(row, name, value)
    return audit.create(row, because=because)


def _plain(row: Petitioner, name: str) -> str:
    return sight.plain_words(row, name) if row.destroyed_on is None else ""


def _packed(texts: Mapping[str, str]) -> str:
    return json.dumps(dict(texts), ensure_ascii=False, sort_keys=True)
