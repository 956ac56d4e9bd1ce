"""A1: what the chain alone cannot see (a cut tail, a chain hashed anew) disagrees with the heads kept outside."""

import hashlib
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from bihuan.core import audit, chain, examine, witness
from bihuan.core.audit import Entry
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Person
from tests.cast import NOON, Cast
from tests.faults.sizes import SIZES

pytestmark = pytest.mark.broken
Commit = Callable[..., Iterator[object]]


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found() -> list[str]:
    """What is found, but that the triggers are gone."""
    return [str(finding) for finding in examine.findings() if finding.invariant != "I14"]


@pytest.fixture
def trail(cast: Cast, django_capture_on_commit_callbacks: Commit) -> list[Entry]:
    """Twenty deeds of which the witness knows, in a database whose own refusals somebody has taken away."""
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context manager
        for number in range(20):
            appointing.add_person(f"甲{number}", by=cast.chen, at=NOON)
    for trigger in ("update", "delete") if connection.vendor == "sqlite" else ("frozen ON bihuan_entry",):
        sql(f"DROP TRIGGER bihuan_entry_{trigger}")
    return [*Entry.objects.order_by("number")]


def hash_anew(entries: list[Entry]) -> None:
    """Write the whole chain again, every hash right and the head with it, as somebody who knows the program could."""
    previous = audit.GENESIS
    sql("DELETE FROM bihuan_entry")
    for number, entry in enumerate(entries, 1):
        entry.number, entry.previous = number, previous
        previous = entry.digest = chain.digest_of(entry)
    Entry.objects.bulk_create(entries)
    sql("UPDATE bihuan_trailhead SET number = %s, digest = %s", len(entries), previous)


def test_a_trail_that_nobody_touched_agrees(trail: list[Entry]) -> None:
    assert found() == []


def test_a_tail_cut_with_its_rows_and_its_head_is_found(trail: list[Entry]) -> None:
    last = trail[-1]
    sql("DELETE FROM bihuan_person WHERE id = %s", last.row)

    hash_anew(trail[:-1])

    assert found() == [f"I2 轨迹末端：库外链头记到第{last.number}条，链只到第{last.number - 1}条，末尾被截去。"]


def test_a_chain_hashed_anew_with_its_rows_is_found(trail: list[Entry]) -> None:
    entry = trail[-5]
    sql("UPDATE bihuan_person SET name = '改' WHERE id = %s", entry.row)
    entry.changes = entry.changes.replace('"name":[null,"甲15"]', '"name":[null,"改"]')

    hash_anew(trail)

    assert Person.objects.get(pk=entry.row).name == "改"
    assert found() == [f"I2 轨迹#{entry.number}：自此有5次办理与库外链头不符，轨迹被改写过。"]


def test_an_entry_forged_at_the_end_is_found(trail: list[Entry]) -> None:
    last = trail[-1]
    forged = Entry.objects.get(number=last.number)
    forged.changes = audit.canonical({"name": ["甲19", "假"], "version": [1, 2]})
    forged.kind = "change"
    sql("UPDATE bihuan_person SET name = '假', version = 2 WHERE id = %s", last.row)

    hash_anew([*trail, forged])

    assert any("库外链头" in line for line in found())


@pytest.mark.teeth("A1")
def test_a_missing_file_of_heads_is_found(trail: list[Entry]) -> None:
    Path(settings.HEADS).unlink()

    deeds = len({entry.deed for entry in trail})
    assert found() == [f"I2 轨迹#3：自此有{deeds}次办理在库外链头里没有记载。"]


def test_a_deed_that_was_planned_and_undone_is_no_fault(trail: list[Entry], cast: Cast) -> None:
    witness.plan(trail[-1].number + 1, hashlib.sha256(b"x").hexdigest())
    assert found() == []

    appointing.add_person("乙", by=cast.chen, at=NOON)

    assert found() == []


@pytest.mark.promise("A1")
def test_random_acts_are_all_found(trail: list[Entry]) -> None:
    chance, missed = random.Random(1), []  # noqa: S311 -- a seeded test, no secret
    for turn in range(SIZES.acts):
        entries = [*Entry.objects.order_by("number")]
        at, to = sorted(chance.sample(range(len(entries)), 2))
        kind = turn % 6
        with transaction.atomic():
            if kind == 0:
                entries[at].note += "改"
            elif kind == 1:
                del entries[at]
            elif kind == 2:
                entries[at], entries[to] = entries[to], entries[at]
            elif kind == 3:
                entries.insert(to, Entry.objects.get(number=entries[at].number))
            elif kind == 4:
                del entries[at:]
            else:
                entries[at].name, entries[to].name = "别人", "旁人"
            hash_anew(entries)
            if not [*examine.witnessed()]:
                missed.append((kind, at, to))
            transaction.set_rollback(True)

    assert missed == []


def test_two_machines_note_heads_of_their_own_and_both_are_read(trail: list[Entry]) -> None:
    """Even where one planned to end at a number, was undone, and the other ended there."""
    own = Path(settings.HEADS)
    lines = own.read_text().splitlines(keepends=True)
    own.write_text("".join(lines[0::4] + lines[1::4]))
    other = own.with_name("machine2.heads")
    other.write_text("".join([*lines[2::4], *lines[3::4], f"+{trail[0].number} {'0' * 64}\n"]))

    assert found() == []
    other.unlink()
    assert any("没有记载" in line for line in found())


@pytest.mark.teeth("K8")
def test_a_head_that_a_full_disk_took_in_part_is_refused_and_no_later_one_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "HEADS", str(tmp_path / "trail.heads"))
    whole = os.write
    monkeypatch.setattr(witness.os, "write", lambda handle, data: whole(handle, data[:20]))
    with pytest.raises(OSError, match="no room"):
        witness.plan(7, "a" * 64)
    monkeypatch.setattr(witness.os, "write", whole)

    witness.plan(7, "b" * 64)
    witness.confirm(7, "b" * 64)

    heads = witness.Heads()
    assert (heads.planned, heads.done) == ({7: {"b" * 64}}, {7: "b" * 64})
