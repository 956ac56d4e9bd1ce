"""The simulated histories by which a forecast is judged: the same each time, true to their curve, and kept apart."""

from itertools import pairwise

from tests.bench.slips import HOLD_OUT, TUNING, Kind, histories


def test_a_history_is_the_same_each_time_and_no_other_worlds() -> None:
    assert list(histories(TUNING, 5, 10)) == list(histories(TUNING, 15))[10:]
    assert list(histories(TUNING, 5)) != list(histories(HOLD_OUT, 5))
    assert TUNING.seed + 1_000_000 < HOLD_OUT.seed


def test_what_is_seen_is_what_happened() -> None:
    for one in histories(TUNING, 30):
        told = one.course.percents or one.course.indicators[0].readings

        assert all(before.value <= after.value for before, after in pairwise(told))
        assert told[-1].value == (100 if one.course.percents else one.course.indicators[0].target)
        assert all(each.known_on <= (one.course.done_on or each.known_on) for each in told)
        assert max(each.value for each in told[:-1]) < told[-1].value


def test_both_ends_come_in_both_worlds() -> None:
    for world in (TUNING, HOLD_OUT):
        late = [one.is_late for one in histories(world, 100)]

        assert 0.35 < sum(late) / len(late) < 0.65
    assert {one.kind for one in histories(TUNING, 100)} == set(Kind)
