"""For how long an expert is asked, who stands aside, what an opinion says, when a package is open."""

from datetime import date

import pytest

from bihuan.rectification.rules import experts as rules
from bihuan.rectification.rules.problem import PROBLEM, ProblemState

TODAY = date(2022, 7, 4)


@pytest.mark.parametrize(
    ("today", "since"), [(date(2022, 7, 4), date(2019, 7, 4)), (date(2024, 2, 29), date(2021, 3, 1))]
)
def test_a_post_counts_for_three_years(today: date, since: date) -> None:
    assert rules.former_since(today) == since


@pytest.mark.parametrize(
    ("until", "is_wrong"),
    [(date(2022, 7, 3), True), (TODAY, False), (date(2022, 9, 2), False), (date(2022, 9, 3), True)],
)
def test_an_expert_is_asked_from_today_for_sixty_days_at_most(until: date, is_wrong: bool) -> None:  # noqa: FBT001 -- a row of a table
    assert bool(rules.wrong_days(until, TODAY)) == is_wrong


@pytest.mark.parametrize(
    ("verdict", "words", "why"),
    [
        ("同意", "看过现场照片。", ""),
        ("再议", "看过。", "请选一个结论：同意、有条件同意、不同意。"),
        ("有条件同意", " ", "请写明条件是什么。"),
        ("不同意", "", "请写明意见：看了什么、凭什么。"),
    ],
)
def test_an_opinion_is_a_verdict_with_its_words(verdict: str, words: str, why: str) -> None:
    assert rules.wrong_opinion(verdict, words) == why


def test_a_package_is_open_in_the_states_between_the_claim_and_the_acceptance() -> None:
    """Walked: from the claim on, every state that leads to the acceptance without leaving the way is one of them."""
    for variant, flow in PROBLEM.items():
        [accept] = flow.rows("accept")
        assert {*accept.sources} <= rules.OPEN_IN[variant]
        assert ProblemState.CLAIMED in rules.OPEN_IN[variant]
        assert not rules.OPEN_IN[variant] & {ProblemState.ACCEPTED, ProblemState.RECTIFYING, *flow.final}
