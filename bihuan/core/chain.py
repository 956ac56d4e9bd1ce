"""The chain of the trail: entries get their numbers and hashes at the end of a deed, under the head row's lock.

Hides how numbers stay gapless under many writers, and what a hash covers.
"""

import hashlib
from functools import partial
from typing import Any

from django.db import connection, transaction

from bihuan.core import rows, still, witness
from bihuan.core.audit import Deed, Entry, TrailHead, Written, canonical, plain_value

HEAD = TrailHead._meta.db_table


def flush(now: Deed) -> None:
    """Number and chain what the deed wrote, and let the witness outside know where the chain will end.

    The head row's lock keeps numbers gapless among many writers.
    """
    number, previous = _take_numbers(len(now.entries))
    chained = []
    for one in now.entries:
        number += 1
        sealed = _sealed(now, number, one)
        digest = _digest(previous, sealed)
        chained.append({**sealed, "previous": previous, "digest": digest})
        previous = digest
    rows.insert(Entry, chained)
    now.entries = []
    still.moved()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {HEAD} SET digest = %s WHERE id = 1", [previous])  # noqa: S608 -- our own table's name
    witness.plan(number, previous)
    transaction.on_commit(partial(witness.confirm, number, previous), robust=True)


def hold() -> None:
    """Let every deed wait until this transaction ends: for whoever reads rows and writes what they come to."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {HEAD} SET number = number WHERE id = 1")  # noqa: S608 -- our own table's name


def _take_numbers(count: int) -> tuple[int, str]:
    """Take so many numbers for this deed, which locks the head row; where the chain ended before."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {HEAD} SET number = number + %s WHERE id = 1", [count])  # noqa: S608 -- our own table's name
        if not cursor.rowcount:
            TrailHead.objects.create(pk=1, number=count)
        cursor.execute(f"SELECT number, digest FROM {HEAD} WHERE id = 1")  # noqa: S608 -- as above
        number, digest = cursor.fetchone()
    return number - count, digest


def _sealed(now: Deed, number: int, one: Written) -> dict[str, Any]:
    """The fields of an entry that its digest covers, by name, in the order of `SEALED`."""
    return {
        "number": number,
        "deed": now.id,
        "action": now.action,
        "step": one.step,
        "at": now.at,
        "person": one.by.person,
        "name": one.by.name,
        "appointment": one.by.appointment,
        "post": one.by.post,
        "behalf": one.by.behalf,
        "origin": one.by.origin,
        "request": one.by.request,
        "city": one.city,
        "kind": one.kind,
        "table": one.table,
        "row": one.row,
        "about": one.about,
        "note": one.note,
        "changes": one.changes,
    }


SEALED = [
    "number",
    "deed",
    "action",
    "step",
    "at",
    "person",
    "name",
    "appointment",
    "post",
    "behalf",
    "origin",
    "request",
    "city",
    "kind",
    "table",
    "row",
    "about",
    "note",
    "changes",
]


def digest_of(entry: Entry) -> str:
    """The SHA-256 of an entry and of the one before it, over canonical JSON of its fields in a fixed order."""
    return _digest(entry.previous, {name: getattr(entry, name) for name in SEALED})


def _digest(previous: str, sealed: dict[str, Any]) -> str:
    body = canonical([previous, *map(plain_value, sealed.values())])
    return hashlib.sha256(body.encode()).hexdigest()
