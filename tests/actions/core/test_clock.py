"""What time it is: the real one for an office, its own one for a demonstration."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from bihuan.core import clock

OPENS = datetime(2022, 12, 12, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.DEMO, settings.DEMO_CLOCK = True, str(tmp_path / "data" / "demo-clock")
    clock._behind.cache_clear()
    yield Path(settings.DEMO_CLOCK)
    clock._behind.cache_clear()


def test_a_demonstration_begins_on_its_own_day_and_goes_on() -> None:
    clock.begin_demo(OPENS)

    first = clock.now()
    assert OPENS <= first < OPENS + MINUTE
    assert clock.now() >= first
    assert clock.today().isoformat() == "2022-12-12"


def test_a_second_start_keeps_its_time(kept: Path) -> None:
    kept.parent.mkdir()
    kept.write_text(str(3600))

    clock.begin_demo(OPENS)

    assert abs(timezone.now() - timedelta(hours=1) - clock.now()) < MINUTE  # noqa: TID251 -- the real time, to compare


def test_an_office_never_looks_at_it(settings: Any) -> None:
    clock.begin_demo(OPENS)
    settings.DEMO = False

    assert abs(timezone.now() - clock.now()) < MINUTE  # noqa: TID251 -- as above
