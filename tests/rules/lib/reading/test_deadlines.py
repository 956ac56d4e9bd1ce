"""Deadlines as papers write them."""

from datetime import date
from typing import Any

import pytest

from bihuan.lib.reading.deadlines import find_deadlines, read_deadline


def dated(*days: str) -> dict[str, Any]:
    return {"kind": "date" if len(days) == 1 else "dates", "dates": list(days), "start": None, "end": None}


def stretched(kind: str, start: str, end: str) -> dict[str, Any]:
    return {"kind": kind, "dates": [], "start": start, "end": end}


def undated(kind: str) -> dict[str, Any]:
    return {"kind": kind, "dates": [], "start": None, "end": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年10月底", dated("2021-10-31")),
        ("2017年10月底前", dated("2017-10-31")),
        ("2020年底前", dated("2020-12-31")),
        ("2018年年底前", dated("2018-12-31")),
        ("2022底前", dated("2022-12-31")),
        ("22年底前", dated("2022-12-31")),
        ("2018年8月底", dated("2018-08-31")),
        ("2024年2月底前", dated("2024-02-29")),
        ("于2022年10月10日前整改完毕", dated("2022-10-10")),
        ("20 22年10月9日", dated("2022-10-09")),
        ("2018 年 12 月\n底 前", dated("2018-12-31")),
        ("2022年\n10月底前", dated("2022-10-31")),
        ("2022年10月\n15日前", dated("2022-10-15")),
        ("２０２２年１２月３１日", dated("2022-12-31")),
        ("二〇二二年十月底", dated("2022-10-31")),
        ("二0二二年十二月二十一日前", dated("2022-12-21")),
        ("2022-12-31", dated("2022-12-31")),
        ("2022.12.31前", dated("2022-12-31")),
        ("2022/12/31", dated("2022-12-31")),
        ("到2025年", dated("2025-12-31")),
        ("2025年", dated("2025-12-31")),
        ("到2022年10月", dated("2022-10-31")),
        ("2022年上半年", dated("2022-06-30")),
        ("2022年下半年", dated("2022-12-31")),
        ("2022年中", dated("2022-12-31")),
        ("2022年年中", dated("2022-06-30")),
        ("2022年第三季度", dated("2022-09-30")),
        ("2022年二季度末前", dated("2022-06-30")),
        ("2022年6月上旬", dated("2022-06-10")),
        ("2022年6月中旬", dated("2022-06-20")),
        ("2022年2月下旬", dated("2022-02-28")),
        ("2022年6月中前", dated("2022-06-15")),
        ("“十四五”末", dated("2025-12-31")),
        ("十五五期末", dated("2030-12-31")),
        ("整改时限在2020年底须完成的", dated("2020-12-31")),
        ("2022年年底前完成21项整改任务，2023年年底前24项全部整改完成", dated("2022-12-31", "2023-12-31")),
        ("2021年底前制定整改方案;2022年全面实施;2023年底前完成验收", dated("2021-12-31", "2022-12-31", "2023-12-31")),
        ("2025—2027年底前分别整改完成6个、3个、1个", dated("2025-12-31", "2026-12-31", "2027-12-31")),
        ("2022年6月启动，9月底前完成", dated("2022-06-30", "2022-09-30")),
        ("应于2017年10月启动封场", stretched("month", "2017-10-01", "2017-10-31")),
        ("2022.12", stretched("month", "2022-12-01", "2022-12-31")),
        ("2020年6月至2021年12月", stretched("range", "2020-06-01", "2021-12-31")),
        ("2021年6-12月", stretched("range", "2021-06-01", "2021-12-31")),
        ("2021年6月1日至30日", stretched("range", "2021-06-01", "2021-06-30")),
        ("2022年10月1日起至2023年3月31日", stretched("range", "2022-10-01", "2023-03-31")),
        ("2022-2024年", stretched("range", "2022-01-01", "2024-12-31")),
        ("十四五期间", stretched("range", "2021-01-01", "2025-12-31")),
        ("2022年6月底前完成，2022年7月1日起长期坚持", dated("2022-06-30")),
        ("2023年4月1日起长期坚持", undated("open_ended")),
        ("立行立改", undated("immediate")),
        ("立即整改", undated("immediate")),
        ("立行立改、长期坚持", undated("immediate")),
        ("长期坚持", undated("open_ended")),
        ("持续推进", undated("open_ended")),
        ("已经完成，长期坚持", undated("done_long_term")),
        ("已于2021年9月完成，长期坚持", undated("done_long_term")),
        ("短期攻坚、中期推进和长期坚持三个阶段", undated("stage")),
    ],
)
def test_a_deadline_reads_as_an_office_means_it(text: str, expected: dict[str, Any]) -> None:
    read = read_deadline(text).plain()

    assert {name: read[name] for name in ("kind", "dates", "start", "end")} == expected
    assert read["doubt"] is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("每月1日前", {"every": "month", "days": [1]}),
        ("每月10日、25日前", {"every": "month", "days": [10, 25]}),
        ("每年6月底前", {"every": "year", "months": [6], "days": [-1]}),
        ("每季度末", {"every": "quarter", "days": [-1]}),
        ("每周五前", {"every": "week", "weekday": 5}),
        ("每半月", {"every": "half_month"}),
        ("2024年起每年12月底前", {"every": "year", "months": [12], "days": [-1]}),
    ],
)
def test_a_recurring_duty_becomes_a_rule(text: str, rule: dict[str, Any]) -> None:
    read = read_deadline(text, date(2022, 1, 1))

    assert (read.kind, read.recurring, read.due_on) == ("recurring", rule, None)


@pytest.mark.parametrize(
    ("text", "on", "day"),
    [
        ("7月15日前", date(2018, 7, 7), "2018-07-15"),
        ("3月16日前整改完毕", date(2018, 3, 15), "2018-03-16"),
        ("年底前", date(2022, 5, 1), "2022-12-31"),
        ("第三季度末", date(2022, 5, 1), "2022-09-30"),
        ("今年底前", date(2022, 5, 1), "2022-12-31"),
        ("明年6月底", date(2022, 5, 1), "2023-06-30"),
        ("9月28日前", date(2022, 10, 9), "2022-09-28"),
    ],
)
def test_a_missing_year_comes_from_the_context(text: str, on: date, day: str) -> None:
    read = read_deadline(text, on)

    assert read.question is None
    assert [due.iso for due in read.dates] == [day]


@pytest.mark.parametrize(
    ("text", "kept", "question"),
    [
        ("3月16日前整改完毕", ["--03-16"], "时限没有写明年份，应为哪一年？"),
        ("十月底前", ["--10-31"], "时限没有写明年份，应为哪一年？"),
        ("年底前", ["--12-31"], "时限没有写明年份，应为哪一年？"),
        ("明年6月底", ["--06-30"], "时限没有写明年份，应为哪一年？"),
        ("2月底前", [], "时限没有写明年份，应为哪一年？"),
        ("上半年", [], "时限没有写明年份，应为哪一年？"),
        ("2022年2月30日", [], "2月没有30日，请核对原文。"),
        ("2月30日", [], "2月没有30日，请核对原文。"),
        ("2022年13月底", [], "没有13月，请核对原文。"),
        ("2202年10月底", [], "年份“2202”不合理，请核对原文。"),
        ("20222年底", [], "年份“20222”不合理，请核对原文。"),
        ("2024年8月前", [], "是2024年7月31日前，还是2024年8月31日前？"),
        ("2025年前", [], "是2024年12月31日前，还是2025年12月31日前？"),
        ("2022年第四季度前", [], "是2022年9月30日前，还是2022年12月31日前？"),
        ("2020年6月至2021年12月前", [], "是2021年11月30日前，还是2021年12月31日前？"),
        ("2022年5月初", [], "2022年5月初以哪一天为限？"),
        ("2022年初", [], "2022年初以哪一天为限？"),
        ("2022年汛期前", [], "2022年汛期前是哪一天之前？各地起止不同，请写明日期。"),
        ("供暖季前", [], "供暖季前是哪一天之前？各地起止不同，请写明日期。"),
        ("2022年春节前", [], "2022年春节前是哪一天之前？各地起止不同，请写明日期。"),
        ("十四五中期", [], "第14个五年规划中期以哪一天为限？"),
        ("2023年9月至2023年6月", [], "时限的结束早于开始，请核对原文。"),
        ("2021年6月1日至31日", [], "6月没有31日，请核对原文。"),
        (
            "2025—2027年底前分别整改完成6个、3个",
            [],
            "“2025—2027年底前分别整改完成6个、3个”的3个年份与2个数量对不上，各年各为多少？",
        ),
        ("已完成整改", [], "时限写作“已完成整改”，没有写哪一天完成，应为哪一天？"),
        ("收到通知后30日内", [], "时限“收到通知后30日内”从哪一天起算？"),
        ("2023年4月1日起", [], "时限“2023年4月1日起”只写了何时开始，应到哪一天为止？"),
        ("尽快", [], "时限“尽快”读不懂，应为哪一天？"),
        (" ", [], "没有写时限，应为哪一天？"),
    ],
)
def test_what_the_words_leave_open_is_asked(text: str, kept: list[str], question: str) -> None:
    read = read_deadline(text)

    assert read.question is not None
    assert read.question.text == question
    assert read.due_on is None
    assert "—" in text or read.plain()["dates"] == kept


@pytest.mark.parametrize(
    ("text", "on", "choices"),
    [
        ("2024年8月前", None, ["2024-07-31", "2024-08-31"]),
        ("2022年2月30日", None, ["2022-02-28"]),
        ("2022年5月初", None, ["2022-05-01", "2022-05-10"]),
        ("2022年汛期前", None, ["2022-05-31"]),
        ("供暖季前", date(2022, 5, 1), ["2022-11-14"]),
        ("2022年春节前", None, []),
        ("3月底前", date(2022, 12, 20), ["2022", "2023"]),
        ("2021年10月底前制定方案,3月底前完成", None, ["2021", "2022"]),
    ],
)
def test_a_doubt_offers_the_answers_it_can_think_of(text: str, on: date | None, choices: list[str]) -> None:
    doubt = read_deadline(text, on).plain()["doubt"]

    assert doubt["choices"] == choices


def test_each_day_keeps_the_words_that_belong_to_it() -> None:
    text = "2021年底前制定整改方案;2022年全面组织实施;2023年底前完成验收"

    read = read_deadline(text)

    assert [(due.iso, due.text) for due in read.dates] == [
        ("2021-12-31", "制定整改方案"),
        ("2022-12-31", "全面组织实施"),
        ("2023-12-31", "完成验收"),
    ]
    assert [text[due.start : due.end] for due in read.dates] == ["2021年底前", "2022年", "2023年底前"]
    assert read.due_on == date(2023, 12, 31)


def test_the_number_of_a_clause_is_no_word_of_its_day() -> None:
    read = read_deadline("1.2019年6月底前\n（2）2019年10月底前完成6处\n③2020年底前")

    assert [due.text for due in read.dates] == ["", "完成6处", ""]


def test_words_before_the_day_belong_to_it_where_the_clause_opens_with_them() -> None:
    read = read_deadline("整改方案于2021年底前制定完成;验收于2023年底前完成")

    assert [due.text for due in read.dates] == ["整改方案于2021年底前制定完成", "验收于2023年底前完成"]


def test_two_days_without_a_stop_between_them_divide_before_the_second() -> None:
    read = read_deadline("2021年底前完成方案2022年底前完成验收")

    assert [due.text for due in read.dates] == ["完成方案", "完成验收"]


def test_each_year_of_a_span_gets_its_share() -> None:
    read = read_deadline("2025—2027年底前分别整改完成6个、3个、1个问题")

    assert [(due.iso, due.text, due.amount, due.unit) for due in read.dates] == [
        ("2025-12-31", "6个", 6, "个"),
        ("2026-12-31", "3个", 3, "个"),
        ("2027-12-31", "1个", 1, "个"),
    ]


def test_the_json_form_has_the_promised_keys_and_no_others() -> None:
    read = read_deadline("2021年底前制定方案;2022年全面实施;2023年底前完成验收").plain()

    assert list(read) == ["kind", "dates", "start", "end", "recurring", "doubt"]
    assert (read["kind"], read["dates"]) == ("dates", ["2021-12-31", "2022-12-31", "2023-12-31"])


def test_the_quantity_of_a_milestone_is_read() -> None:
    read = read_deadline("2022年6月底前完成管网42公里,2022年12月底前完成60公里")

    assert [(due.amount, due.unit) for due in read.dates] == [(42, "公里"), (60, "公里")]


def test_an_effort_that_goes_on_is_marked() -> None:
    assert read_deadline("2022年12月底前,并长期坚持").sustained
    assert not read_deadline("2022年12月底前").sustained


def test_a_month_is_due_on_its_last_day() -> None:
    assert read_deadline("2022年12月").due_on == date(2022, 12, 31)


def test_a_recurring_phrase_does_not_hide_a_fixed_day() -> None:
    read = read_deadline("2022年底前完成,每月1日前报进展")

    assert [due.iso for due in read.dates] == ["2022-12-31"]


def test_deadlines_in_a_longer_text_are_found_where_they_stand() -> None:
    text = "6月1日督察组反馈。20 22年6月底前,完成方案;到2025年,水质达标;2021年6月至2023年6月修复。序号3\n2021年底前完成"

    found = list(find_deadlines(text, date(2022, 1, 1)))

    assert [(text[one.start : one.end], one.marked) for one in found] == [
        ("6月1日", False),
        ("20 22年6月底前", True),
        ("2025年", True),
        ("2021年6月至2023年6月", False),
        ("2021年底前", True),
    ]
    assert [one.deadline.due_on for one in found] == [
        date(2022, 6, 1),
        date(2022, 6, 30),
        date(2025, 12, 31),
        date(2023, 6, 30),
        date(2021, 12, 31),
    ]
    assert found[1].deadline.dates[0].start == found[1].start


def test_a_day_that_somebody_above_set_beside_the_own_one_is_asked() -> None:
    read = read_deadline("2024年12月底前（省级时限：2025年6月底前）")

    assert read.due_on is None
    assert read.question is not None
    assert read.question.choices == ("2024-12-31", "2025-06-30")
    assert read_deadline("2024年12月底前（省级时限：2024年12月底前）").due_on == date(2024, 12, 31)


def test_the_day_that_a_deadline_replaced_is_none() -> None:
    assert read_deadline("2023年12月31日前（原时限：2024年12月31日前）").due_on == date(2023, 12, 31)
