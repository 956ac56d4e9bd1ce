"""A table of a paper on its page: nothing slips under another column's heading."""

from typing import Any

from bihuan.web.sheet_view import laid_out


def cell(text: str, row: int, column: int, rows: int = 1, columns: int = 1) -> dict[str, Any]:
    return {"text": text, "at": None, "row": row, "column": column, "rows": rows, "columns": columns}


def drawn(*cells: dict[str, Any]) -> list[list[tuple[str, int]]]:
    return [[(one["text"], one["columns"]) for one in row] for row in laid_out(cells)]


def test_an_empty_cell_keeps_its_place() -> None:
    heads = [cell("序号", 0, 0), cell("责任单位", 0, 1), cell("交办时间", 0, 2), cell("办理状态", 0, 3)]

    assert drawn(*heads, cell("6", 1, 0), cell("2022-11-14", 1, 2), cell("已销号", 1, 3))[1] == [
        ("6", 1),
        ("", 1),
        ("2022-11-14", 1),
        ("已销号", 1),
    ]
    assert drawn(*heads, cell("已销号", 1, 3))[1] == [("", 3), ("已销号", 1)]


def test_what_is_merged_over_rows_below_leaves_no_gap_there() -> None:
    merged = [cell("第1项", 0, 0, rows=2), cell("措施一", 0, 1), cell("措施二", 1, 1)]

    assert drawn(*merged) == [[("第1项", 1), ("措施一", 1)], [("措施二", 1)]]


def test_a_title_goes_across_the_table() -> None:
    heads = [cell("序号", 1, 0), cell("受理编号", 1, 1)]

    assert drawn(cell("信访举报件办理台账", 0, 0), *heads)[0] == [("信访举报件办理台账", 2)]
    assert drawn(cell("说明", 0, 0, rows=2), cell("见附件", 0, 1), cell("另见", 1, 1))[1] == [("另见", 1)]
