"""Every stretch of the paper that a field's words stand in is lit, and one of them is where its link leads."""

from typing import Any

from bihuan.intake.formats.petitions import understand_petitions
from bihuan.lib.paper.document import Document
from bihuan.web import intake_view
from tests.rules.intake.plan_papers import tables

HEADS = ["序号", "受理编号", "交办问题基本情况", "行政区域", "调查核实情况", "是否属实"]
UPPER = ["1", "D3FJ202406100021", "古田县某镇网箱养殖污染水质。", "古田县", "经查，网箱超出规划，", "属实"]
LOWER = ["", "", "", "", "确有32口网箱。", ""]


def plain(document: Document) -> dict[str, Any]:
    """The understood paper as its page is given it."""
    understood = understand_petitions(document, on=None, directory=None).plain()
    cells = [
        {"text": cell.text, "at": cell.at.plain(), "row": cell.row, "column": cell.column, "rows": 1, "columns": 1}
        for table in document.tables()
        for cell in table.cells
    ]
    return understood | {"blocks": [{"table": 0, "title": "", "cells": cells}]}


def test_words_that_go_on_in_another_cell_are_lit_there_too() -> None:
    paper = plain(tables([HEADS, UPPER, LOWER]))
    (block,) = intake_view.blocks(paper, [], 0, is_masked=False)
    marks = [piece for row in block["rows"] for box in row for piece in box["pieces"] if not isinstance(piece, str)]
    findings = intake_view.span_id(paper["records"][0]["fields"]["findings"]["span"])

    own = [mark for mark in marks if mark["span"] == findings]
    assert [mark["text"] for mark in own] == ["经查，网箱超出规划，", "确有32口网箱。"]
    assert [mark["is_first"] for mark in own] == [True, False]
    firsts = [mark["span"] for mark in marks if mark["is_first"]]
    assert len(firsts) == len(set(firsts))
