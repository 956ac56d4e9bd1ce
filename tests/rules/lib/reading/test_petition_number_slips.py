"""Petition numbers one stroke wrong: every spelling of a number is that number, and a wrong place is named.

Measured over the eighteen known forms, 3,931 numbers one stroke wrong. 745 are another spelling and read as the number
itself; 1,219 could be numbers as well (another serial, another day) and are left to what stands beside them. Of the
1,967 that could be no number, all are asked about: 1,661 name the place, 236 say how many digits there should be.
"""

from collections import Counter
from collections.abc import Iterator

import pytest

from bihuan.lib.reading import petition_numbers
from bihuan.lib.reading.petition_numbers import read_petition_number
from tests.rules.lib.reading.mutated_numbers import FORMS, SPELLINGS, mutations, outcome


def outcomes() -> Iterator[tuple[str, str, str, str]]:
    """(form, kind, what the number became, what the reader made of it)."""
    for form, number in FORMS.items():
        for kind, at, wrong in mutations(number):
            yield form, kind, wrong, outcome(number, kind, at, wrong)


@pytest.mark.parametrize("number", FORMS.values(), ids=FORMS)
def test_every_known_form_is_accepted(number: str) -> None:
    read = read_petition_number(number)

    assert read.question is None
    assert read.form != "unknown"
    assert read.serial is not None


def test_another_spelling_is_the_same_number() -> None:
    unlike = [(wrong, told) for _, kind, wrong, told in outcomes() if kind in SPELLINGS and told != "same"]

    assert unlike == []


def shares() -> dict[str, Counter[str]]:
    told: dict[str, Counter[str]] = {}
    for form, kind, _, made in outcomes():
        if kind not in SPELLINGS and "serial" not in form.split(",")[0].split():
            told.setdefault(kind, Counter())[made] += 1
    return told


PLACED = {
    "letter for a digit": 1.0,
    "letter like a digit": 1.0,
    "digit for a letter": 0.95,
    "other letter": 0.99,
    "other digit": 0.98,
    "turned round": 0.97,
}


@pytest.mark.parametrize(("kind", "floor"), PLACED.items())
def test_what_could_be_no_number_is_asked_about_with_its_place(kind: str, floor: float) -> None:
    told = shares()[kind]
    broken = told["placed"] + told["counted"] + told["asked"]

    assert broken
    assert told["placed"] / broken >= floor


def test_a_digit_left_out_or_twice_is_counted_or_placed() -> None:
    for kind, floor in (("left out", 0.9), ("twice", 0.7)):
        told = shares()[kind]
        broken = told["placed"] + told["counted"] + told["asked"]
        assert (told["placed"] + told["counted"]) / broken >= floor, (kind, told)


def test_of_the_long_forms_no_digit_can_be_lost_or_doubled() -> None:
    for form in ("central", "code", "letters of a city"):
        for kind, at, wrong in mutations(FORMS[form]):
            if kind in ("left out", "twice") and FORMS[form][at].isdecimal() and at > 1:
                assert outcome(FORMS[form], kind, at, wrong) in ("counted", "placed"), wrong


def test_what_breaks_province_round_or_date_is_never_taken() -> None:
    """Of a central number: letters of no province, a round that is still to come, a day that is none."""
    number = FORMS["central"]
    for kind, at, wrong in mutations(number):
        if kind == "other digit" and at == 1 and wrong[1] not in "123":
            assert "第2位的轮次" in str(read_petition_number(wrong).question), wrong
        if kind == "other letter" and at in (2, 3) and wrong[2:4] not in {*petition_numbers.PROVINCE_LETTERS, "HH"}:
            assert "第3、4位" in str(read_petition_number(wrong).question), wrong
        if kind == "other digit" and at in (8, 9) and not "01" <= wrong[8:10] <= "12":
            assert "月份" in str(read_petition_number(wrong).question), wrong


@pytest.mark.parametrize(
    ("text", "question", "right"),
    [
        ("D2HE2O2204170031", "编号“D2HE2O2204170031”第6位应为数字，现为“O”。", "D2HE202204170031"),
        ("D41000020l806230057", "编号“D41000020L806230057”第10位应为数字，现为“L”。", "D410000201806230057"),
        ("2DHE202204170031", "编号“2DHE202204170031”第1、2位“2D”像是写颠倒了，应为“D2”。", "D2HE202204170031"),
        ("2HE202204170031", "编号“2HE202204170031”缺少第1位的D(来电)或X(来信)。", None),
        ("DHE202204170031", "编号“DHE202204170031”缺少第2位的轮次。", None),
        ("DD2HE202204170031", "编号“DD2HE202204170031”第1位的“D”多余。", "D2HE202204170031"),
        ("D2HE202224170031", "编号“D2HE202224170031”第9位“2”有误：月份24不存在。", None),
        ("D2HE202204470031", "编号“D2HE202204470031”第11位“4”有误：日期04月47日不存在。", None),
        ("D2HE202304310031", "编号“D2HE202304310031”第9至12位的日期04月31日不存在。", None),
        ("D8HE202204170031", "编号“D8HE202204170031”第2位的轮次8有误：2022年还没有第八轮中央督察。", None),
        ("D410010201806230057", "编号“D410010201806230057”第6位“1”有误：行政区划代码410010不存在。", None),
        ("D41000020186230057", "编号“D41000020186230057”应为19位(区划代码6位、日期8位、流水号4位)，现为18位。", None),
        ("访受〔2O21〕0518031号", "编号“访受〔2O21〕0518031号”第5位应为数字，现为“O”。", "访受〔2021〕0518031号"),
        ("D00S", "编号“D00S”第4位应为数字，现为“S”。", "D005"),
    ],
)
def test_the_place_is_named_and_what_could_only_be_meant_is_offered(
    text: str, question: str, right: str | None
) -> None:
    read = read_petition_number(text).question

    assert read is not None
    assert read.text == question
    assert read.choices == ((right,) if right else ())


@pytest.mark.parametrize(
    ("text", "key", "region", "serial"),
    [
        ("受理编号：D2HE202204170031", "D2HE202204170031", "河北省", 31),
        ("信访件编号:X2HE202204170031*", "X2HE202204170031", "河北省", 31),
        ("NO.D2HE202204170031", "D2HE202204170031", "河北省", 31),
        ("D2HE-20220417-0031", "D2HE202204170031", "河北省", 31),
        ("Ｄ2ＨＥ20220417—0031", "D2HE202204170031", "河北省", 31),
        ("D2HE202204170031、", "D2HE202204170031", "河北省", 31),
        ("*X2HE202204170031", "X2HE202204170031", "河北省", 31),
        ("河北-2018-0057", "河北-2018-0057", "河北省", 57),
        ("沧州-2018-D-057号", "沧州-2018-D-057号", "沧州市", 57),
        ("第二十二批D008号", "第22批D008", None, 8),
        ("第22批第8号", "第22批8", None, 8),
        ("D008(第22批)", "第22批D008", None, 8),
        ("SD20170818—15", "SD20170818-15", "山东省", 15),
    ],
)
def test_what_stands_around_a_number_is_no_part_of_it(text: str, key: str, region: str | None, serial: int) -> None:
    read = read_petition_number(text)

    assert read.question is None
    assert (read.number_key, read.region, read.serial) == (key, region, serial)
    assert read.key_case == ("*" in text)


def test_a_reader_that_takes_every_day_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The teeth of what is measured here: a reader that knows no month lets twenty numbers pass."""
    monkeypatch.setattr(petition_numbers, "_dated", lambda number, *_: number)
    read_petition_number.cache_clear()
    try:
        with pytest.raises(AssertionError):
            test_what_breaks_province_round_or_date_is_never_taken()
    finally:
        read_petition_number.cache_clear()
