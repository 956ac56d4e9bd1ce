"""What a workbook's rows say of a measure: one entry, or the sentence why not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bihuan.rectification.rules.filled_in import BOTH, INDICATOR, MERGED, MILESTONE, TWICE, Entry, Row, entries, key_of

TODAY = date(2022, 12, 12)
CODE = "HE2-M008-02"


def row(key: str = CODE, **cells: str) -> Row:
    return Row("进展填报表第4行", key, cells)


def read(*rows: Row) -> Any:
    return [*entries(rows, TODAY)]


def one(*rows: Row) -> Entry:
    [entry] = read(*rows)
    assert isinstance(entry, Entry)
    return entry


def test_rows_of_one_measure_are_one_entry_wherever_they_stand() -> None:
    rows = (
        row(key_of(CODE, MILESTONE, 7), reached_on="2022年10月15日"),
        row("HE2-M008-03", reason="正在办理前期手续", on="2022-12-12"),
        row(key_of(CODE, INDICATOR, 12), figure="1,4２"),
        row(done="封填14眼", on="2022-12-10", expected_on="2022-12-20", answer="以现场为准"),
    )

    entry, other = read(*rows)

    told = entry.filled
    assert (told.on, told.done, told.expected_on) == (date(2022, 12, 10), "封填14眼", date(2022, 12, 20))
    assert (told.readings, told.reached) == ({12: Decimal(142)}, {7: date(2022, 10, 15)})
    assert (entry.answer, told.is_unchanged, entry.refusal) == ("以现场为准", False, "")
    assert other.filled.is_unchanged
    assert other.filled.reason == "正在办理前期手续"


def test_a_row_in_which_only_the_day_stands_says_nothing() -> None:
    assert read(row(on="2022-12-12", last="封填9眼", about="措施")) == []


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"figure": "约一半"}, "看不懂数字“约一半”"),
        ({"figure": "1e99"}, "看不懂数字"),
        ({"figure": "NaN"}, "看不懂数字"),
        ({"figure": "0.0001"}, "最多三位小数"),
        ({"done": "封填14眼", "on": "2022年12月"}, "看不懂日期"),
        ({"done": "封填14眼", "expected_on": "2022-13-40"}, "看不懂日期"),
        ({"done": "封" * 2001}, "最多2000字"),
        ({"done": "封填14眼", "reason": "冬季停工"}, BOTH),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(cells: dict[str, str], words: str) -> None:
    entry = one(row(**cells))

    assert words in entry.refusal
    assert entry.place == "进展填报表第4行"


@pytest.mark.parametrize("key", [f"{CODE}/X1", f"{CODE}/Zx", f"{CODE}/Z"])
def test_a_key_that_was_changed_is_refused(key: str) -> None:
    assert "不认得" in one(row(key, figure="3")).refusal


def test_a_percentage_and_full_width_figures_are_read() -> None:
    assert one(row(figure="４５%", done="主体完工")).filled.percent == 45


def test_two_filled_rows_of_the_same_are_refused_and_a_copy_that_says_nothing_is_left_alone() -> None:
    first, copy = row(done="封填14眼"), Row("进展填报表第9行", CODE, {"on": "2022-12-01"})
    second = Row("进展填报表第9行", CODE, {"done": "封填三眼"})

    assert one(first, copy) == one(copy, first) == one(first)
    assert (one(first, second).place, one(first, second).refusal) == (
        "进展填报表第9行",
        TWICE.format(place="进展填报表第4行"),
    )
    readings = [Row(place, key_of(CODE, INDICATOR, 12), {"figure": "3"}) for place in ("第5行", "第6行")]
    assert one(first, *readings).refusal == TWICE.format(place="第5行")


def test_a_cell_that_several_rows_share_is_refused_where_it_says_something() -> None:
    shared = Row("第4行", CODE, {"done": "封填14眼"}, merged=("done", "about"))

    assert one(shared).refusal == MERGED.format(column="本期进展")
    assert one(replace(shared, merged=("about", "reason"))).refusal == ""
