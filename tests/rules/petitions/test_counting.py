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


def test_a_range_of_batches_names_those_that_it_lacks() -> None:
    assert counting.of_span({1, 2, 3}) == counting.of_span({4}) == counting.of_span(()) == ""
    assert counting.of_span({1, 2, 4, 8, 9}) == "（1-9批中，台账里没有第3批、第5-7批，共5批。）"
    assert counting.of_span({1, 40}) == "（1-40批中，台账里有38批没有，共2批。）"


def test_what_is_handled_elsewhere_is_told_beside_the_count() -> None:
    assert counting.of_elsewhere("累计", 12, {}, 0) == ""
    assert (
        counting.of_elsewhere("累计", 12, {"已移送": 2, "并案": 1}, 0) == "累计12件里含已移送2件、并案1件，台账里另列。"
    )
    assert "其中1件没有办结结论，通报里数在未办结里" in counting.of_elsewhere("本批", 3, {"并案": 1}, 1)


def test_batches_of_the_same_name_are_said_to_stand_together() -> None:
    assert counting.BATCHES in counting.of_table("batch", 205, 0)
    assert counting.BATCHES in counting.of_crossing({"batch": 205, "truth": 205}, 205, 0, 0)
