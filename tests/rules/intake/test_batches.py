import pytest

from bihuan.intake.rules.batches import batch_drafts, batch_number
from bihuan.intake.rules.records import Row


@pytest.mark.parametrize(
    ("label", "number"),
    [("第20批", 20), ("第二十批", 20), ("第29、30批", 29), ("第35-1批", 35), ("第３批", 3), ("未注明批次", None)],
)
def test_the_number_of_a_batch_is_in_its_label(label: str, number: int | None) -> None:
    assert batch_number(label) == number


def test_a_number_that_stands_twice_keeps_both_rows() -> None:
    fields = {
        "number": {"value": "D1", "raw": "D1", "span": None},
        "batch": {"value": "第1批", "raw": "", "span": None},
    }
    twice = [Row({"type": "petition", "key": f"petition:{n}", "fields": fields}) for n in (1, 2, 3)]

    [batch] = batch_drafts(Row({"type": "paper", "fields": {}}), twice, {})

    assert [one.number_key for one in batch.petitions] == ["D1", "D1#2", "D1#3"]
