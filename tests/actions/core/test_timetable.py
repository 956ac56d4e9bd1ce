"""K11 and what comes again and again: each slot once over any number of workers, whatever the clock does."""

from datetime import UTC, datetime, timedelta

import pytest

from bihuan.core import jobs, timetable
from bihuan.core.jobs import Job
from bihuan.core.timetable import Pulse
from bihuan.lib.slots import Every

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
TABLE = {"backup": Every(15)}


def ask(at: datetime, *, workers: int = 2) -> int:
    """As many workers look at the table; how many jobs came of it, which are then done."""
    for _ in range(workers):
        timetable.ask_due(TABLE, at, city="130900")
    count = Job.objects.filter(state=jobs.WAITING).count()
    while job := jobs.claim(at):
        jobs.finish(job, at)
    return count


def test_the_first_slot_is_waited_for_and_each_comes_once() -> None:
    assert [ask(NOON + plus * QUARTER / 3) for plus in range(7)] == [0, 0, 0, 1, 0, 0, 1]


def test_two_workers_that_saw_the_same_ask_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ask(NOON)
    seen = [*Pulse.objects.values_list("name", "slot")]

    class Stale:
        """What a worker read before the other moved the slot on."""

        def values_list(self, *_: str) -> list[tuple[str, datetime]]:
            return seen

        def filter(self, **where: object) -> object:
            return Pulse._default_manager.filter(**where)

    assert ask(NOON + QUARTER, workers=1) == 1
    monkeypatch.setattr(Pulse, "objects", Stale())
    assert ask(NOON + QUARTER, workers=1) == 0


@pytest.mark.parametrize("jump", [timedelta(days=-3), timedelta(days=1), timedelta(days=400)])
def test_a_clock_that_jumps_and_returns_does_no_slot_twice_and_none_never(jump: timedelta) -> None:
    ask(NOON)

    assert ask(NOON + QUARTER) == 1
    assert [ask(NOON + jump + plus * QUARTER) for plus in range(4)] == [1, 1, 1, 1]
    assert [ask(NOON + jump + 3 * QUARTER) for _ in range(3)] == [0, 0, 0]
    assert [ask(NOON + plus * QUARTER) for plus in range(2, 5)] == [1, 1, 1]


def test_what_is_still_under_way_is_not_asked_for_again() -> None:
    ask(NOON)
    timetable.ask_due(TABLE, NOON + QUARTER, city="130900")
    held = jobs.claim(NOON + QUARTER)
    assert held is not None

    timetable.ask_due(TABLE, NOON + 2 * QUARTER, city="130900")

    assert Job.objects.count() == 1


def test_a_worker_gives_signs_of_life() -> None:
    assert not timetable.is_alive(NOON)

    timetable.note_alive(NOON)

    assert timetable.is_alive(NOON + timetable.DEAD_AFTER - timedelta(seconds=1))
    assert not timetable.is_alive(NOON + timetable.DEAD_AFTER)
