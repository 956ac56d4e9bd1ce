"""Numerals, heading numbers, and texts cleaned so that each word leads back to where it stood."""

import opencc
import pytest

from bihuan.lib import chinese
from bihuan.lib.reading.regions import places


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("廿三", 23),
        ("一百零八", 108),
        ("一千二百三十四", 1234),
        ("三万五千", 35000),
        ("二〇二二", 2022),
        ("二0二二", 2022),
        ("两", 2),
        ("⑫", 12),
        ("", None),
        ("若干", None),
    ],
)
def test_numerals_become_numbers(text: str, value: int | None) -> None:
    assert chinese.number(text) == value


def test_ordinals_are_written_as_they_are_read() -> None:
    assert [chinese.numeral(value) for value in (1, 10, 12, 20, 23, 108, 110, 112, 300)] == [
        "一", "十", "十二", "二十", "二十三", "一百零八", "一百一十", "一百一十二", "三百"
    ]  # fmt: skip
    assert all(chinese.number(chinese.numeral(value)) == value for value in range(1, 1000))
    for value in (0, -1, 1000):
        with pytest.raises(ValueError, match=str(value)):
            chinese.numeral(value)


@pytest.mark.parametrize(
    ("text", "style", "number", "rest"),
    [
        ("一、总体要求", "heading", 1, "总体要求"),
        ("（十二）加强监管", "section", 12, "加强监管"),
        ("1.建设管网", "item", 1, "建设管网"),
        ("10、建设管网", "item", 10, "建设管网"),
        ("2．建设管网", "item", 2, "建设管网"),
        ("1.2021年底前完成", "item", 1, "2021年底前完成"),
        ("1.6月底前完成", "item", 1, "6月底前完成"),
        ("(2) 建设管网", "subitem", 2, "建设管网"),
        ("③建设管网", "circled", 3, "建设管网"),
        ("二是加强监管", "word", 2, "加强监管"),
        ("第十一项 散煤污染", "ordinal", 11, "散煤污染"),
        ("序号21", "ordinal", 21, ""),
        ("问题三:散煤污染", "ordinal", 3, "散煤污染"),
        ("第三部分 保障措施", "chapter", 3, "保障措施"),
        ("  4、建设管网", "item", 4, "建设管网"),
        ("1 、建设管网", "item", 1, "建设管网"),
        ("(\n2）建设管网", "subitem", 2, "建设管网"),
        ("2\n．202\n2年底前完成", "item", 2, "202\n2年底前完成"),
        ("【问题2】", "ordinal", 2, ""),
        ("序号21（省方案第18项）", "ordinal", 21, "（省方案第18项）"),
    ],
)
def test_the_number_a_paragraph_opens_with_is_read(text: str, style: str, number: int, rest: str) -> None:
    read = chinese.enumerator(text)

    assert read is not None
    assert (read.style, read.number, text[read.length :]) == (style, number, rest)


@pytest.mark.parametrize("text", ["1.5公里管网", "3个问题", "12年来", "一是否则", "整改目标", ""])
def test_a_figure_is_not_a_heading_number(text: str) -> None:
    assert chinese.enumerator(text) is None


def test_half_width_keeps_the_length() -> None:
    text = "（２０２２）年：ＡＢ　，。"

    assert chinese.half_width(text) == "(2022)年:AB ,。"


def test_a_copied_page_is_cleaned_of_glosses_and_traditional_characters() -> None:
    raw = "滄州市推進(jìn)問(wèn)題臺(tái)賬，我們(men)新建管網(wǎng)42公里(km)\u200b。"

    assert chinese.clean(raw).text == "沧州市推进问题台账，我们新建管网42公里(km)。"


def test_a_reading_behind_its_whole_word_is_a_gloss() -> None:
    raw = "一、問題(wèn tí)清單，噪聲（zào shēng），新建管網42公里(km)，氮氧化物(NOx)，企業(PM)。"

    assert chinese.clean(raw).text == "一、问题清单，噪声，新建管网42公里(km)，氮氧化物(NOx)，企业(PM)。"


def test_cleaned_words_lead_back_to_the_raw_ones() -> None:
    raw = "建立問(wèn)題臺(tái)賬"
    clean = chinese.clean(raw)
    at = clean.text.index("问题台账")

    start, end = clean.starts[at], clean.starts[at + 3] + 1

    assert raw[start:end] == "問(wèn)題臺(tái)賬"
    assert len(clean.starts) == len(clean.text)


def test_characters_only_change_where_the_simplified_form_differs() -> None:
    assert chinese.clean("确保件件有著落，乾隆年间，譟音").text == "确保件件有著落，乾隆年间，噪音"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("乾安县", "乾安县"),
        ("於潜镇", "於潜镇"),
        ("乾安縣餘糧問題", "乾安县余粮问题"),
        ("竣工後於晾曬場乾燥", "竣工后于晾晒场干燥"),
    ],
)
def test_what_simplified_writing_knows_is_turned_in_a_traditional_text_only(raw: str, text: str) -> None:
    assert chinese.clean(raw).text == text


def test_every_place_of_the_country_keeps_its_name() -> None:
    names = [region.name for region in places().by_code.values()]

    assert [name for name in names if chinese.clean(name).text != name] == []


def test_radicals_that_a_pdf_prints_become_the_characters_they_stand_for() -> None:
    raw = "⼤⽓污染，⾏政区域⼀览表，2024年6⽉13⽇，51分⻉，居⺠，⻓江，⻋间"
    read = chinese.clean(raw)

    assert read.text == "大气污染，行政区域一览表，2024年6月13日，51分贝，居民，长江，车间"
    assert read.starts == tuple(range(len(raw)))


def test_a_conversion_that_changes_the_length_falls_back_to_single_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    # No phrase of the shipped table does this today; a later table may.
    real = opencc.OpenCC("t2s")

    class Shortening:
        def convert(self, text: str) -> str:
            return real.convert(text)[: max(1, len(text) - 1)]

    monkeypatch.setattr(chinese, "_converter", Shortening)

    assert chinese.clean("問題").text == "问题"


def test_markup_of_a_web_page_is_taken_out() -> None:
    cleaned = chinese.clean("1.责令整改。<br>2.罚&nbsp;款")

    assert cleaned.text == "1.责令整改。2.罚款"
    assert cleaned.starts[7] == 11


def test_a_gap_of_very_many_blanks_is_shorter_and_keeps_its_line_end() -> None:
    read = chinese.clean(f"上{' ' * 3000}文\n{' ' * 30}\n下")
    broken = chinese.clean(f"上{' ' * 100}\n{' ' * 100}下")

    assert read.text == f"上{' ' * 40}文\n{' ' * 30}\n下"
    assert read.starts[read.text.index("文")] == 3001
    assert broken.text == f"上{' ' * 20}\n{' ' * 20}下"
