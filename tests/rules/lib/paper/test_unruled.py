"""Tables without lines, from where their characters stand."""

from typing import Any

from bihuan.lib.paper.unruled import find_table

PLACES = (0, 60, 120, 180)
Chars = list[dict[str, Any]]


def line(top: int, *texts: str, places: tuple[int, ...] = PLACES) -> Chars:
    return [
        {"text": char, "x0": place + 10 * at, "x1": place + 10 * at + 9, "top": top, "bottom": top + 10}
        for place, text in zip(places, texts, strict=False)
        for at, char in enumerate(text)
    ]


def table(top: int = 0, step: int = 30) -> Chars:
    rows = (("序号", "问题", "时限", "单位"), ("1", "扬尘", "六月", "某局"), ("2", "噪声", "七月", "某局"))
    return [char for at, row in enumerate(rows) for char in line(top + at * step, *row)]


def test_rows_and_columns_are_parted_by_what_no_character_crosses() -> None:
    found = find_table(table(), ())

    assert found is not None
    assert [tuple(text.strip() for text in row) for row in found.rows] == [
        ("序号", "问题", "时限", "单位"),
        ("1", "扬尘", "六月", "某局"),
        ("2", "噪声", "七月", "某局"),
    ]


def test_prose_and_blanks_are_no_table() -> None:
    prose = [char for top in (0, 30, 60) for char in line(top, "没有表格的一段文字", places=(0,))]

    assert find_table(prose, ()) is None
    assert find_table([{**char, "text": " "} for char in table()], ()) is None


def test_a_line_of_few_words_that_fills_a_gap_ends_the_table() -> None:
    found = find_table([*table(), *line(90, "注某某某某某某某某某某某某某某", places=(0,))], ())

    assert found is not None
    assert (len(found.rows), found.bottom) == (3, 70)


def test_a_wide_space_ends_the_table() -> None:
    found = find_table([*table(), *line(200, "甲", "乙", "丙", "丁")], ())

    assert found is not None
    assert found.bottom == 70


def test_rules_across_the_page_part_the_rows() -> None:
    second = line(42, "", "严重", "", "")

    found = find_table([*table(), *second], (20, 55))

    assert found is not None
    assert [row[1].split() for row in found.rows] == [["问题"], ["扬尘", "严重"], ["噪声"]]


def test_a_table_goes_on_with_its_heading_repeated_on_the_next_page() -> None:
    before = find_table(table(), ())
    assert before is not None
    again = [*line(0, "序号", "问题", "时限", "单位"), *line(30, "3", "油烟", "八月", "某局")]

    found = find_table(again, (), before)

    assert found is not None
    assert [row[0].strip() for row in found.rows] == ["序号", "3"]
    assert found.rows[0] == before.rows[0]


def test_a_character_in_the_middle_of_a_gap_leaves_the_wider_side() -> None:
    before = find_table(table(), ())
    assert before is not None
    middle = sum(before.gaps[0]) / 2
    char = {"text": "甲", "x0": middle - 2, "x1": middle + 1, "top": 30, "bottom": 40}

    found = find_table(
        [*line(0, "序号", "问题", "时限", "单位"), *line(30, "3", "油烟", "八月", "某局"), char], (), before
    )

    assert found is not None
    assert len(found.gaps) == 3
