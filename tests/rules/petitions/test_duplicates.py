"""Planted duplicates of a held-out city are proposed, and little else; the rules that hold it are needed."""

import pytest

from bihuan.petitions.rules import repeats
from tests.bench.duplicate_holdout import HOLDOUT
from tests.bench.duplicate_words import TUNING
from tests.bench.duplicates import HOLDOUT_SEEDS, Pool
from tests.bench.lookalikes import world
from tests.bench.repeated import GOAL, Result, result


def mean(figures: list[float]) -> float:
    return sum(figures) / len(figures)


def results(pool: Pool, *seeds: int) -> list[Result]:
    return [result(world(seed, pool)) for seed in seeds]


def test_planted_duplicates_are_proposed_and_little_else() -> None:
    assert all(one.holds for one in results(TUNING, 0, 1, 2))


def test_in_cities_that_nothing_was_tuned_by_the_goal_holds_in_each() -> None:
    assert all(one.holds for one in results(HOLDOUT, *HOLDOUT_SEEDS[:6]))


def test_without_names_too_little_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "sameness", lambda *_: None)

    assert mean([one.recall for one in results(TUNING, 0, 1)]) < GOAL


@pytest.mark.parametrize(("rule", "answer"), [("is_likely", True), ("_other_name", False)])
def test_without_what_contradicts_too_much_is_proposed(
    rule: str, answer: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeats, rule, lambda *_: answer)
    monkeypatch.setattr(repeats, "_other_business", lambda *_: False)

    assert mean([one.precision for one in results(TUNING, 0, 1)]) < GOAL
