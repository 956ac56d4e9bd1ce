from datetime import UTC, datetime, timedelta

import pytest

from bihuan.lib.slots import Daily, Every

NOON = datetime(2026, 11, 27, 4, 7, 30, tzinfo=UTC)


def test_a_quarter_of_an_hour_begins_on_the_quarter() -> None:
    assert Every(15).slot_of(NOON) == datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
    assert Every(15).slot_of(NOON + timedelta(minutes=8)) == datetime(2026, 11, 27, 4, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (datetime(2026, 11, 26, 19, 9, 59, tzinfo=UTC), datetime(2026, 11, 25, 19, 10, tzinfo=UTC)),
        (datetime(2026, 11, 26, 19, 10, tzinfo=UTC), datetime(2026, 11, 26, 19, 10, tzinfo=UTC)),
        (datetime(2026, 11, 27, 15, 0, tzinfo=UTC), datetime(2026, 11, 26, 19, 10, tzinfo=UTC)),
    ],
)
def test_a_night_begins_at_its_time_in_china(now: datetime, slot: datetime) -> None:
    assert Daily(3, 10).slot_of(now) == slot
