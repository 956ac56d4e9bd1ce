"""No mask tells what it hides: not the given name, not its length, not the door, not the account."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.lib import masks

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
GIVEN = st.text(HAN, min_size=1, max_size=6)
SURNAMES = st.sampled_from("赵钱孙李周吴郑王张刘陈")
COMPOUND = st.sampled_from(masks.COMPOUND.split("|"))
DIGITS = st.characters(min_codepoint=0x30, max_codepoint=0x39)
WORDS = st.text(st.characters(min_codepoint=0x61, max_codepoint=0x7A), min_size=2, max_size=20)


@pytest.mark.parametrize(
    ("mask", "words", "masked"),
    [
        (masks.name, "赵小禾", "赵某某"),
        (masks.name, "王五", "某某"),
        (masks.name, "欧阳兰", "某某"),
        (masks.name, "欧阳秀兰", "某某"),
        (masks.name, "李氏小兰花", "某某"),
        (masks.name, "古丽·买买提", "某某"),
        (masks.name, "Ann", "某某"),
        (masks.phone, "13912345678", "139****5678"),
        (masks.phone, "+86 139-1234-5678", "139****5678"),
        (masks.phone, "0317-2000012", "****12"),
        (masks.phone, "110", "****"),
        (masks.identity_number, "130921198001019990", f"13{'*' * 14}90"),
        (masks.identity_number, "1309", "****"),
        (masks.address, "沧县杜林镇某某村12号", "沧县杜林镇××"),
        (masks.address, "运河区水月寺街道3号楼2单元", "运河区水月寺街道××"),
        (masks.address, "运河区幸福小区5栋", "运河区××"),
        (masks.address, "幸福小区5栋", "××"),
        (masks.address, "3号院东李镇12号", "××"),
        (masks.email, "anna@qq.com", "a***@qq.com"),
        (masks.email, "anna", "a***"),
        (masks.account, "fan_12345", "f***"),
        (masks.hidden, "晚上方便", "已登记，不显示"),
        (masks.hidden, "晚", "已登记，不显示"),
    ],
)
def test_each_has_its_form(mask: object, words: str, masked: str) -> None:
    assert callable(mask)
    assert mask(words) == masked


@given(SURNAMES, GIVEN)
def test_a_name_of_any_length_becomes_one_of_two_forms_and_loses_what_is_given(surname: str, given_name: str) -> None:
    masked = masks.name(surname + given_name)

    assert masked in (f"{surname}某某", "某某")
    assert (masked == f"{surname}某某") == (len(given_name) == 2)


@given(COMPOUND, st.text(HAN, max_size=4))
def test_a_compound_surname_is_never_told(surname: str, given_name: str) -> None:
    assert masks.name(surname + given_name) == "某某"


@given(st.text(DIGITS, min_size=1, max_size=20))
def test_a_number_never_shows_more_than_seven_digits_and_hides_four(number: str) -> None:
    shown = [digit for digit in masks.phone(number) if digit.isdigit()]

    assert len(shown) <= min(7, max(0, len(number) - 2))


@given(st.text(DIGITS, min_size=1, max_size=20))
def test_an_identity_number_shows_four_places_or_none(number: str) -> None:
    assert sum(place != "*" for place in masks.identity_number(number)) in (0, 4)


@given(st.sampled_from(["沧县杜林镇", "青县", "运河区水月寺街道", "河间市", ""]), st.text(HAN | DIGITS, max_size=12))
def test_an_address_never_shows_a_number(place: str, rest: str) -> None:
    masked = masks.address(f"{place}东庄村{rest}12号")

    assert not any(char.isdigit() for char in masked)
    assert masked.endswith("××")


@given(WORDS, WORDS, st.sampled_from(["qq.com", "163.com"]))
def test_two_addresses_that_begin_and_end_alike_look_alike(one: str, other: str, host: str) -> None:
    assert masks.email(f"a{one}@{host}") == masks.email(f"a{other}@{host}")
    assert masks.account(f"a{one}") == masks.account(f"a{other}")
