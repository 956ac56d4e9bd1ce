"""What is known of a petitioner, and his words as they came in, kept. Hides how a value becomes ciphertext."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bihuan.core import audit, vault
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.vault import Secret
from bihuan.lib.flow import Refused
from bihuan.petitioners.actions import stepping
from bihuan.petitioners.models import Petitioner
from bihuan.petitioners.queries import sight
from bihuan.petitioners.rules.fields import INDEXED, WRITTEN, indexed
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


def keep_originals(kept: Sequence[tuple[Petition, Mapping[str, str]]], *, because: str = "") -> None:
    """Keep, inside an action, the texts of petitions as they came in, where something was masked in the ledger.

    What was kept before of other texts of the same petition stays; whose key was destroyed is left alone.
    """
    known = sight.held_for([petition for petition, _ in kept])
    fresh = []
    for petition, texts in kept:
        row = known.get(petition.pk)
        if row is None:
            row = _sealed_row(petition, {"original": _packed(texts)})
            fresh.append(row)
        elif row.destroyed_on is None:
            before = sight.originals_of(sight.plain_words(row, "original"))
            after = {**before, **texts}
            if after != before or row.is_withdrawn:
                _write(row, {"original": _packed(after)}, because=because, is_withdrawn=False)
    audit.create_many(fresh, because=because)


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
            number = indexed(name, plain)
            columns[f"{name}_index"] = vault.index(number, purpose=name) if number else ""
    return columns


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
