"""Word documents are read as the page shows them."""

import random

import docx
import pytest
from docx.oxml import OxmlElement

from bihuan.lib.paper.document import Document, Table, Unreadable
from bihuan.lib.paper.reading import read_paper
from tests.rules.lib.paper.papers import paragraph, saved, table_document, word

_LEVELS = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="(%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3.%4"/></w:lvl>'
    "</w:abstractNum>"
)
_NUMBERING = _LEVELS + (
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def counted(text: str, level: int, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def lines(document: Document) -> list[str]:
    return [block.text for block in document.paragraphs()]


def read(body: str, **parts: str | bytes) -> Document:
    return read_paper("方案.docx", word(body, **parts))


def only_table(document: Document) -> Table:
    (table,) = document.tables()
    return table


def test_blocks_come_in_the_order_of_the_page() -> None:
    data = table_document("整改任务清单", [["序号", "问题"], ["1", "河道黑臭"]])

    document = read_paper("清单.docx", data)

    assert document.name == "清单.docx"
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Table"]
    assert lines(document) == ["整改任务清单"]
    assert [[cell.text for cell in row if cell] for row in only_table(document).grid()] == [
        ["序号", "问题"],
        ["1", "河道黑臭"],
    ]


def test_a_paragraph_knows_its_place() -> None:
    document = read(paragraph("甲") + paragraph("  ") + paragraph("乙丙"))

    assert [block.at.plain() for block in document.paragraphs()] == [
        {"paragraph": 0, "start": 0, "end": 1},
        {"paragraph": 1, "start": 0, "end": 2},
    ]


def test_the_numbers_that_word_prints_are_part_of_the_text() -> None:
    body = counted("总体要求", 0) + counted("目标", 1) + counted("控尘", 2) + counted("控油", 2) + counted("措施", 1)

    document = read(body, word__numbering_xml=_NUMBERING)

    assert lines(document) == ["一、总体要求", "(一)目标", "1.控尘", "2.控油", "(二)措施"]


def test_a_deeper_count_starts_again_below_the_next_heading() -> None:
    body = counted("甲", 0) + counted("a", 1) + counted("b", 1) + counted("乙", 0) + counted("c", 1)

    assert lines(read(body, word__numbering_xml=_NUMBERING))[-1] == "(一)c"


def test_a_list_may_begin_again() -> None:
    body = counted("甲", 0) + counted("乙", 0) + counted("丙", 0, number=2) + counted("丁", 0, number=2)

    assert lines(read(body, word__numbering_xml=_NUMBERING)) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_a_printed_number_does_not_grow_together_with_a_year() -> None:
    body = counted("甲", 0) + counted("2021年底前完成", 2) + counted("污水", 3)

    assert lines(read(body, word__numbering_xml=_NUMBERING)) == ["一、甲", "1. 2021年底前完成", "1.1.1 污水"]


def test_numbers_and_depth_may_come_from_a_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:outlineLvl w:val="0"/>'
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H1"><w:basedOn w:val="H"/></w:style>'
    )

    document = read(
        paragraph("目标", '<w:pStyle w:val="H1"/>') + paragraph("正文"),
        word__numbering_xml=_NUMBERING,
        word__styles_xml=styles,
    )

    assert [(block.text, block.level) for block in document.paragraphs()] == [("一、目标", 1), ("正文", 0)]


def test_a_broken_numbering_costs_only_the_numbers() -> None:
    assert lines(read(counted("甲", 0, number=77), word__numbering_xml=_NUMBERING)) == ["甲"]


def test_a_bullet_is_no_number_and_a_lost_place_leaves_none() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%9%2)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>'
    )

    document = read(counted("甲", 0, number=3) + counted("乙", 1, number=3), word__numbering_xml=numbering)

    assert lines(document) == ["甲", "1)乙"]


def test_a_level_may_be_told_never_to_begin_again_and_be_replaced() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:lvlRestart w:val="0"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1、"/></w:lvl></w:lvlOverride></w:num>'
    )
    body = "".join(counted(text, level, number=4) for text, level in (("甲", 0), ("a", 1), ("乙", 0), ("b", 1)))

    assert lines(read(body, word__numbering_xml=numbering)) == ["I、甲", "(1)a", "II、乙", "(2)b"]


def test_a_table_that_is_too_wide_is_refused() -> None:
    cells = "<w:tc><w:p/></w:tc>" * 201

    with pytest.raises(Unreadable, match=r"^表格第 1 行超过 200 列，请拆成几份后再导入。$"):
        read(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")


def test_a_table_that_is_too_long_is_refused() -> None:
    noise = random.Random(1).randbytes(20_000).hex()  # noqa: S311 -- keeps the package from looking like a bomb

    with pytest.raises(Unreadable, match=r"^第 1 个表格超过 20 万行，请拆成几份后再导入。$"):
        read(f"<w:tbl>{'<w:tr/>' * 200_001}</w:tbl><!--{noise}-->")


def test_a_merge_that_nothing_began_is_a_cell() -> None:
    cell = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>孤</w:t></w:r></w:p></w:tc>"

    assert [cell.text for cell in only_table(read(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")).cells] == ["孤"]


def test_merged_cells_say_how_far_they_reach() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "序号"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "单位"
    table.cell(2, 2).text = "市水利局"

    read_back = only_table(read_paper("表.docx", saved(document)))

    sizes = {cell.text: (cell.row, cell.column, cell.rows, cell.columns) for cell in read_back.cells if cell.text}
    assert sizes == {"序号": (0, 0, 2, 1), "单位": (0, 1, 1, 2), "市水利局": (2, 2, 1, 1)}


def test_a_table_in_a_cell_is_read_line_by_line() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "外"
    inner = cell.add_table(rows=2, cols=2)
    for place, text in enumerate("甲乙丙丁"):
        inner.cell(place // 2, place % 2).text = text

    assert only_table(read_paper("表.docx", saved(document))).cells[0].text == "外\n甲\t乙\n丙\t丁"


def test_soft_line_breaks_stay() -> None:
    assert lines(read("<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t></w:r></w:p>")) == ["上\n下\t右"]


def test_what_the_page_does_not_show_is_left_out() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins><w:r><w:t>留下</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏着</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )

    assert lines(read(body)) == ["留下"]


def test_a_deleted_row_is_left_out() -> None:
    body = (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>留</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )

    assert [cell.text for cell in only_table(read(body)).cells] == ["留"]


def test_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "页眉"

    assert lines(read_paper("文.docx", saved(document))) == ["正文"]


def test_text_in_a_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>第3批</w:t></w:r></w:p></w:txbxContent>"
    namespace = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f"<w:p {namespace}><w:r><w:t>标题</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    assert lines(read(body)) == ["标题", "第3批"]


def test_content_controls_are_opened() -> None:
    document = docx.Document()
    body = document.element.body
    control = OxmlElement("w:sdt")
    content = OxmlElement("w:sdtContent")
    control.append(content)
    content.append(document.add_paragraph("控件里的文字")._p)
    body.insert(0, control)

    assert lines(read_paper("文.docx", saved(document))) == ["控件里的文字"]
