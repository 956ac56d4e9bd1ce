import pytest

from bihuan.intake.rules.batches import batch_number


@pytest.mark.parametrize(
    ("label", "number"),
    [("第20批", 20), ("第二十批", 20), ("第29、30批", 29), ("第35-1批", 35), ("第３批", 3), ("未注明批次", None)],
)
def test_the_number_of_a_batch_is_in_its_label(label: str, number: int | None) -> None:
    assert batch_number(label) == number
