"""A5: the stand-alone verifier finds in an exported trail what `examine` finds in the database, and names the entry."""

import importlib.util
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from bihuan.core import audit, chain
from bihuan.organisation.actions import appointing
from tests.cast import NOON, Cast
from tests.faults.sizes import SIZES
from tests.house.source import ROOT

VERIFIER = ROOT / "docs/verify_trail.py"
Commit = Callable[..., Iterator[object]]
Entries = list[dict[str, Any]]


def loaded() -> Any:
    spec = importlib.util.spec_from_file_location("verify_trail", VERIFIER)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier = loaded()


@pytest.fixture
def trail(cast: Cast, tmp_path: Path, django_capture_on_commit_callbacks: Commit) -> Path:
    """The exported trail of twenty deeds of which the heads know."""
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context manager
        for number in range(20):
            appointing.add_person(f"甲{number}", by=cast.chen, at=NOON)
    call_command("trail", "export", to=tmp_path / "trail.jsonl")
    return tmp_path / "trail.jsonl"


def checked(trail: Path, entries: Entries) -> list[str]:
    trail.write_text("".join(audit.canonical(entry) + "\n" for entry in entries), encoding="utf-8")
    return [*verifier.faults_of(trail, Path(settings.HEADS))]


def read(trail: Path) -> Entries:
    return [json.loads(line) for line in trail.read_text(encoding="utf-8").splitlines()]


def test_an_untouched_trail_is_whole_and_needs_nothing_but_python(trail: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", VERIFIER, trail, settings.HEADS], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "轨迹完整，没有发现问题。\n", "")
    assert len(VERIFIER.read_text(encoding="utf-8").splitlines()) <= 100


def test_it_hashes_what_the_chain_hashes() -> None:
    assert [*verifier.SEALED] == chain.SEALED
    assert verifier.GENESIS == audit.GENESIS


@pytest.mark.teeth("A2")
def test_a_changed_entry_is_named_and_the_status_says_so(trail: Path) -> None:
    entries = read(trail)
    entries[6]["note"] += "改"

    assert checked(trail, entries) == ["第7条：内容与哈希不符。"]
    assert verifier.main([str(trail), settings.HEADS]) == 1


def hashed_anew(entries: Entries) -> Entries:
    previous = audit.GENESIS
    for number, entry in enumerate(entries, 1):
        entry |= {"number": number, "previous": previous}
        previous = entry["digest"] = verifier.digest_of(entry)
    return entries


def harm(kind: int, entries: Entries, at: int, to: int) -> tuple[Entries, bool]:
    """The entries after an act of tampering, and whether the chain alone can see it."""
    last = len(entries) - 1
    match kind:
        case 0:
            entries[at]["name"] = "别人"
        case 1:
            del entries[min(at, last - 1)]
        case 2:
            entries[at], entries[to] = entries[to], entries[at]
        case 3:
            entries.insert(to, dict(entries[at]))
        case 4:
            entries.insert(to, entries[at] | {"number": entries[to]["number"], "note": "插入"})
        case 5:
            return entries[: max(at, 1)], False
        case _:
            entries[at]["changes"] = '{"name":[null,"假"]}'
            return hashed_anew(entries), False
    return entries, True


@pytest.mark.promise("A1")
def test_every_random_act_is_found_and_the_entry_named(trail: Path) -> None:
    dice, whole, missed = random.Random(8), trail.read_text(encoding="utf-8").splitlines(), []  # noqa: S311 -- no secret
    for turn in range(SIZES.acts):
        at, to = sorted(dice.sample(range(len(whole)), 2))
        entries, is_seen_inside = harm(turn % 7, [json.loads(line) for line in whole], at, to)
        found = checked(trail, entries)
        named = min((int(line[1 : line.index("条")]) for line in found), default=0)
        if not found or (is_seen_inside and not at <= named <= to + 2):
            missed.append((turn % 7, at, to, found[:2]))

    assert missed == []


@pytest.mark.teeth("A1")
def test_without_the_heads_a_chain_hashed_anew_and_a_cut_tail_go_unseen(trail: Path) -> None:
    entries = read(trail)
    entries[4]["note"] = "改"

    for harmed in (hashed_anew(entries), entries[:-3]):
        assert checked(trail, harmed) != []
        assert [*verifier.faults_of(trail, None)] == []


def test_a_line_that_is_none_is_named(trail: Path) -> None:
    lines = trail.read_text(encoding="utf-8").splitlines()
    trail.write_text("\n".join([*lines[:3], "{", *lines[4:]]) + "\n", encoding="utf-8")

    assert "第4行读不出来。" in [*verifier.faults_of(trail, None)]


@pytest.mark.promise("A2")
def test_a_long_trail_is_checked_in_time(tmp_path: Path) -> None:
    """A2: a million entries within 30 s (SIZES.entries of them, in proportion)."""
    trail, previous = tmp_path / "long.jsonl", audit.GENESIS
    changes = audit.canonical({name: [None, "某村东坑塘堆放生活垃圾"] for name in ("title", "text", "state", "region")})
    with trail.open("w", encoding="utf-8") as file:
        for number in range(1, SIZES.entries + 1):
            entry = dict.fromkeys(verifier.SEALED, "甲") | {"number": number, "changes": changes, "previous": previous}
            previous = entry["digest"] = verifier.digest_of(entry)
            file.write(audit.canonical(entry) + "\n")

    begun = time.perf_counter()
    assert [*verifier.faults_of(trail, None)] == []
    assert time.perf_counter() - begun < 30 * max(SIZES.entries / 1_000_000, 0.1)
