"""The tray is the same, whether the few that wait are looked up or each batch is asked."""

from datetime import timedelta

import pytest

from bihuan.petitions import queries
from tests.cast import NOON, Cast
from tests.makers import make_batch, make_inspection, make_petition


@pytest.mark.parametrize("few", [0, 500])
def test_the_batches_that_wait_are_listed_the_longest_waiting_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(queries, "_AT_ONCE", few)
    inspection, day = make_inspection(cast), NOON.date()
    for batch_number, days, count in ((2, 1, 1), (1, 2, 2), (3, 0, 0)):
        batch = make_batch(inspection, batch_number, handed_over_on=day - timedelta(days=days))
        for number in range(count):
            make_petition(cast, batch, f"D2HE2022041{days}000{number}")

    assert [(label, count) for label, _, _, count in queries.tray(cast.chen, 9)] == [("第1批", 2), ("第2批", 1)]
    assert [label for label, *_ in queries.tray(cast.chen, 1)] == ["第1批"]
