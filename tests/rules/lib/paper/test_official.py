"""Papers as official documents: whatever somebody typed can be written into one."""

import io

import pytest
from docx import Document

from bihuan.lib.paper.official import blank, line, saved, table


@pytest.mark.parametrize("odd", ["\x00", "\x01", "\x0b", "\x1f", "\ud800", "\ufffe", "\u202e"])
def test_what_no_paper_can_hold_is_left_out_of_it(odd: str) -> None:
    paper = blank()
    line(paper.add_paragraph(), f"前{odd}后")
    table(paper, [f"头{odd}"], [1], [[f"格{odd}内\n第二行"]])

    read = Document(io.BytesIO(saved(paper)))

    assert [one.text for one in read.paragraphs] == ["前后"]
    assert [[cell.text for cell in row.cells] for row in read.tables[0].rows] == [["头"], ["格内\n第二行"]]
