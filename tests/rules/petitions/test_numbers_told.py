"""Which numbers of a petition's words are the petitioner's own."""

import pytest

from bihuan.petitioners.rules.told import Told, his, numbers_in, others

PHONE, ANOTHER, ID = "13912340001", "13912340002", "130921198001019990"


def told(text: str) -> list[tuple[str, str, bool]]:
    return [(one.kind, one.number, one.is_his) for one in numbers_in(text)]


def test_telephone_and_identity_numbers_are_told_apart() -> None:
    text = f"我叫赵小禾，电话{PHONE}，身份证号{ID}，村东有垃圾。"

    assert told(text) == [("phone", PHONE, True), ("id_number", ID, True)]


@pytest.mark.parametrize(
    "text",
    ["作坊老板电话{}，态度恶劣。", "厂长王某某（{}）拒不整改。", "业主李某某，{}。", "被举报人手机{}。"],
)
def test_the_number_of_whoever_is_complained_of_is_not_his(text: str) -> None:
    assert told(text.format(PHONE)) == []


def test_his_own_is_his_though_another_is_named_before() -> None:
    assert told(f"老板不管，我的电话{PHONE}。") == [("phone", PHONE, True)]


def test_what_was_cleared_is_said_to_be_nobodys() -> None:
    found = numbers_in(f"请回电{PHONE}，或{ANOTHER}。", {"139****0001"})

    assert (his(found, "phone"), others(found, "phone")) == ([ANOTHER], {PHONE})


def test_a_number_written_twice_is_one() -> None:
    assert his([Told("phone", PHONE), Told("phone", "139 1234 0001"), Told("id_number", ID)], "phone") == [PHONE]


def test_no_number_is_in_the_name_of_what_was_told() -> None:
    assert PHONE not in repr(numbers_in(f"请回电{PHONE}。"))
