"""What stands below a table: the formula, and why its sums differ from the total."""

from bihuan.petitions.rules import counting
from bihuan.petitions.rules.board import FINISHED, WHERE


def test_the_rate_names_all_that_it_counts() -> None:
    where = dict.fromkeys(WHERE, 1)

    assert counting.finished(where) == len(FINISHED)
    assert all(one in counting.RATE for one in FINISHED)


def test_a_sum_that_equals_the_total_is_not_explained() -> None:
    assert counting.of_table("truth", 205, 0) == [counting.RATE]
    assert counting.of_crossing({"truth": 205, "penalty": 205}, 205, 0, 0) == [counting.CELL]


def test_a_sum_that_differs_says_by_how_many_and_why() -> None:
    assert "各地参与办理合计214件次，比总数205件多9件次" in counting.of_table("region", 205, 9)[1]
    told = counting.of_crossing({"region": 205, "penalty": 230}, 205, 9, 4)
    assert told[1].startswith("各种查处相加230，比205件多25")
    assert "另有9件次" in told[2]
    assert "另有4件次" in told[3]
