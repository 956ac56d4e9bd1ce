"""Numbers of official documents, alone and in running text."""

import pytest

from bihuan.lib.reading.document_numbers import find_document_numbers, read_document_number


@pytest.mark.parametrize(
    ("text", "organ", "year", "serial", "key"),
    [
        ("黑环督呈[2018]53号", "黑环督呈", 2018, "53", "黑环督呈〔2018〕53号"),
        ("桂审报〔2022〕3号", "桂审报", 2022, "3", "桂审报〔2022〕3号"),
        ("孟罚责改〔2018〕034号", "孟罚责改", 2018, "034", "孟罚责改〔2018〕34号"),
        ("清改(2017)4—38号", "清改", 2017, "4—38", "清改〔2017〕4—38号"),
        ("区委办发（２０１８）第34号", "区委办发", 2018, "34", "区委办发〔2018〕34号"),
        ("沧政字 〔二〇二二〕 12 号", "沧政字", 2022, "12", "沧政字〔2022〕12号"),
    ],
)
def test_every_bracket_is_read(text: str, organ: str, year: int, serial: str, key: str) -> None:
    read = read_document_number(text)

    assert read.plain() == {"organ": organ, "year": year, "serial": serial, "doubt": None}
    assert read.key == key


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("昌州环督察办)〔2022〕3号", "机关代字“昌州环督察办)”里多了一个括号，是否为“昌州环督察办”？"),
        ("〔2022〕3号", "文号缺少机关代字。"),
        ("沧政字〔2202〕3号", "文号的年份“2202”不合理，请核对原文。"),
        ("沧政字〔2022〕3", "文号末尾缺少“号”字，请核对原文是否完整。"),
        ("第三号文件", "“第三号文件”不像文号，应写作机关代字〔年份〕序号号。"),
    ],
)
def test_what_looks_wrong_is_asked(text: str, question: str) -> None:
    read = read_document_number(text).question

    assert read is not None
    assert read.text == question


def test_a_stray_bracket_leaves_the_organ_readable() -> None:
    assert read_document_number("昌州环督察办)〔2022〕3号").organ == "昌州环督察办"
    assert read_document_number("第三号文件").key == ""


def test_numbers_in_running_text_are_found_without_the_words_before_them() -> None:
    text = "根据《关于整改的通知》(镇污治指办〔2024〕44号)文件和按照京政办发〔2016〕26号，孟罚责改〔2018〕034号已送达。"

    found = list(find_document_numbers(text))

    assert [text[one.start : one.end] for one in found] == [
        "镇污治指办〔2024〕44号",
        "京政办发〔2016〕26号",
        "孟罚责改〔2018〕034号",
    ]
    assert [one.organ for one in found] == ["镇污治指办", "京政办发", "孟罚责改"]
