"""What a running petition ledger's words mean: the table of states, and what of it contradicts itself."""

from collections import Counter

import pytest

from bihuan.petitions.rules.petition import PETITION
from bihuan.petitions.rules.taking_over import STANDINGS, WORDS, is_contradicted, standing_by, standing_of
from bihuan.petitions.rules.undertaking import UNDERTAKING


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_word_of_the_table_means_its_standing(standing: str) -> None:
    assert {standing_of(f" {word}。") for word in (standing, *WORDS[standing])} == {standing}


def test_no_word_means_two_standings() -> None:
    words = Counter(word for standing, said in WORDS.items() for word in {standing, *said})

    assert [word for word, times in words.items() if times > 1] == []


def test_every_standing_is_a_state_of_the_lifecycles() -> None:
    assert {state for state, _, _ in STANDINGS.values()} <= {*PETITION.states}
    assert {part for _, part, _ in STANDINGS.values() if part} <= {*UNDERTAKING.states}


def test_words_beside_the_table_mean_nothing() -> None:
    assert [standing_of(word) for word in ("催了几次", "", "基本办结", "退回", "已受理", "公示")] == [None] * 6


def test_a_word_across_a_line_break_is_one() -> None:
    assert standing_of("阶段性\n办结") == "阶段性办结"


@pytest.mark.parametrize(
    ("closing", "stands"),
    [("已办结", "已办结"), ("正在办理", "办理中"), ("已验收销号", "已销号"), ("办得不错", None), (None, None)],
)
def test_whether_it_is_closed_says_where_it_stands(closing: str | None, stands: str | None) -> None:
    assert standing_by(closing) == stands


@pytest.mark.parametrize(
    ("standing", "closing", "is_so"),
    [
        ("办理中", "已办结", True),
        ("已交办", "已验收销号", True),
        ("已销号", "正在办理", True),
        ("已销号", "已办结", False),
        ("办理中", "正在办理", False),
        ("办理中", "阶段性办结", False),
        ("已反馈", "正在办理", False),
        ("办理中", "", False),
    ],
)
def test_two_columns_can_contradict_each_other(standing: str, closing: str, *, is_so: bool) -> None:
    assert is_contradicted(standing, closing) is is_so
