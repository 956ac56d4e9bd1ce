"""Which backups stay: three by hour, seven by day, twelve by month; and when a drill is due."""

from datetime import UTC, datetime, timedelta

from bihuan.safekeeping.rules import is_drill_due, kept

NOON = datetime(2026, 11, 27, 12, 50, tzinfo=UTC)


def test_a_backup_every_quarter_hour_leaves_three_hours_seven_days_and_the_months() -> None:
    made = [NOON - timedelta(minutes=15 * count) for count in range(4 * 24 * 400)]

    stay = sorted(kept(made), reverse=True)

    assert [moment.isoformat()[11:16] for moment in stay[:3]] == ["12:50", "11:50", "10:50"]
    assert [moment.day for moment in stay[3:9]] == [26, 25, 24, 23, 22, 21]
    assert [f"{moment:%Y-%m-%d}" for moment in stay[9:12]] == ["2026-10-31", "2026-09-30", "2026-08-31"]
    assert len(stay) == 3 + 6 + 11


def test_the_newest_stays_and_so_does_all_of_a_young_folder() -> None:
    young = {NOON, NOON - timedelta(hours=1), NOON - timedelta(hours=2)}

    assert kept(young) == young
    assert kept([]) == set()


def test_two_of_one_hour_are_one_generation() -> None:
    assert kept([NOON, NOON - timedelta(minutes=15)]) == {NOON}


def test_a_drill_is_due_after_a_quarter_or_where_none_went_well() -> None:
    assert is_drill_due(None, NOON)
    assert is_drill_due(NOON - timedelta(days=93), NOON)
    assert not is_drill_due(NOON - timedelta(days=91), NOON)
