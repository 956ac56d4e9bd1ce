"""Planted recurrences of a held-out city are found, and hardly anything else; the rules that hold it are needed."""

import pytest

from bihuan.matters.rules import likeness
from tests.bench.linked import FALSE, LINKED, result
from tests.bench.recurrence_words import HOLDOUT
from tests.bench.recurrences import HOLDOUT_SEEDS, World, world


@pytest.fixture(scope="module")
def city() -> World:
    """A smaller city than the bench's, with as many new items."""
    return world(HOLDOUT_SEEDS[0], HOLDOUT, matters=450)


def test_planted_recurrences_are_linked_and_hardly_anything_else(city: World) -> None:
    found = result(city)

    assert (len(found.linked) >= LINKED, found.false <= FALSE) == (True, True)


def test_without_what_contradicts_too_much_is_linked(city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "_contradict", lambda *_: False)

    assert result(city).false > FALSE


def test_without_names_too_little_is_linked(city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "sameness", lambda *_: None)

    assert len(result(city).linked) < LINKED
