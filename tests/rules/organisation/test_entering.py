from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bihuan.organisation.rules import entering
from bihuan.organisation.rules.duties import Role

START = datetime(2022, 7, 4, 8, tzinfo=UTC)


def at(*minutes: float) -> list[datetime]:
    return [START + timedelta(minutes=one) for one in minutes]


@pytest.mark.parametrize(
    ("wrong", "opens_after"),
    [
        ([0, 0, 0, 0], None),
        ([0, 0, 0, 0, 0], 1),
        ([0, 0, 0, 0, 0, 1], 3),
        ([0, 0, 0, 0, 0, 1, 3], 7),
        ([0, 0, 0, 0, 0, 1, 3, 7], 15),
        ([0, 0, 0, 0, 0, 1, 3, 7, 15], 30),
        ([0, 0, 0, 0, 0, 1, 3, 7, 15, 30], 45),
        ([0, 0, 0, 0, 0, 31], None),  # half an hour later a new series begins
    ],
)
def test_each_further_wrong_one_waits_longer(wrong: list[float], opens_after: int | None) -> None:
    opens = entering.open_from(at(*wrong))

    assert opens == (None if opens_after is None else START + timedelta(minutes=opens_after))


@given(some.lists(some.integers(0, 600), min_size=1, max_size=40))
def test_nobody_waits_longer_than_a_quarter_of_an_hour(minutes: list[int]) -> None:
    wrong = at(*sorted(minutes))

    opens = entering.open_from(wrong)

    assert opens is None or timedelta(minutes=1) <= opens - wrong[-1] <= timedelta(minutes=15)


def test_a_day_of_guessing_tries_few_passwords() -> None:
    moment, wrong = START, list[datetime]()
    while moment < START + timedelta(days=1):
        wrong.append(moment)
        moment = max(entering.open_from(wrong) or moment, moment)

    assert len(wrong) <= 105


@pytest.mark.parametrize(
    ("roles", "policy", "owes"),
    [
        ({Role.REPORTER}, "all", True),
        ({Role.REPORTER}, "weighty", False),
        ({Role.REPORTER, Role.UNIT_APPROVER}, "weighty", True),
        ({Role.COUNTY_CLERK, Role.FIELD_SUPERVISOR}, "weighty", False),
        ({Role.SYSTEM_ADMIN}, "weighty", True),
        (set(), "weighty", True),
    ],
)
def test_who_needs_a_second_factor(roles: set[Role], policy: str, owes: object) -> None:
    assert entering.owes_second_factor(roles, policy) is owes


def test_administrators_have_one_session_and_less_time() -> None:
    limits = entering.Limits(timedelta(minutes=30), timedelta(minutes=15), timedelta(hours=12))

    assert [entering.sessions_allowed({role}) for role in (Role.AUDIT_ADMIN, Role.REPORTER)] == [1, 3]
    assert [limits.idle_for({role}) for role in (Role.AUDIT_ADMIN, Role.REPORTER)] == [
        timedelta(minutes=15),
        timedelta(minutes=30),
    ]
