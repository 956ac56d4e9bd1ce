"""PDF files with a text layer are read; scans, damage and passwords are refused with the way out."""

import io
import re

import pytest
from PIL import Image

from bihuan.intake.formats.kinds import understand
from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.guarded import read_guarded
from bihuan.lib.paper.pdf import PAGES
from bihuan.lib.paper.reading import read_paper

_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    b"/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]"
    b"/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 800/StemV 90>>>>]>>"
)


def pdf(content: bytes, *, pages: int = 1, trailer: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    """A PDF of `pages` equal pages with this content stream."""
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        _FONT,
    ]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<</Font<</F1 4 0 R>>>>/Contents 3 0 R>>" % box
    objects += [page] * pages
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def line(text: str, left: int, base: int) -> bytes:
    return b"BT /F1 16 Tf %d %d Td <%s> Tj ET " % (left, base, text.encode("utf-16-be").hex().encode())


def _hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().encode()


def box(left: int, bottom: int, width: int, height: int) -> bytes:
    return b"%d %d %d %d re S " % (left, bottom, width, height)


def test_lines_that_run_to_the_edge_are_joined() -> None:
    content = line("关于整改情况的公示", 200, 780)
    content += line("一二三四五六七八九十" * 3, 50, 740) + line("末行", 50, 710) + line("新的一段", 82, 680)

    document = read_paper("公示.pdf", pdf(content))

    assert [block.text for block in document.paragraphs()] == [
        "关于整改情况的公示",
        "一二三四五六七八九十" * 3 + "末行",
        "新的一段",
    ]


def test_a_heading_or_label_is_not_joined_to_the_full_line_above() -> None:
    full = "一二三四五六七八九十" * 3
    lines = (full, "（二）标题", full + "。", "责任单位：某局", full + "，", "责任单位：某局", full[:-2], "末行")
    content = b"".join(line(text, 50, 780 - 30 * at) for at, text in enumerate(lines))

    document = read_paper("方案.pdf", pdf(content))

    assert [block.text for block in document.paragraphs()] == [
        full,
        "（二）标题",
        full + "。",
        "责任单位：某局",
        full + "，责任单位：某局",
        full[:-2] + "末行",
    ]


def test_page_numbers_are_left_out() -> None:
    document = read_paper("公示.pdf", pdf(line("正文", 50, 700) + line("— 12 —", 280, 40)))

    assert [block.text for block in document.paragraphs()] == ["正文"]


def test_a_ruled_table_is_read_with_its_merges() -> None:
    content = line("台账", 250, 780)
    content += box(50, 650, 100, 80) + box(150, 690, 200, 40) + box(150, 650, 100, 40) + box(250, 650, 100, 40)
    content += line("序号", 60, 680) + line("单位", 160, 700) + line("甲局", 160, 660) + line("乙局", 260, 660)

    document = read_paper("台账.pdf", pdf(content))

    (table,) = document.tables()
    assert [block.text for block in document.paragraphs()] == ["台账"]
    assert {cell.text: (cell.row, cell.column, cell.rows, cell.columns) for cell in table.cells} == {
        "序号": (0, 0, 2, 1),
        "单位": (0, 1, 1, 2),
        "甲局": (1, 1, 1, 1),
        "乙局": (1, 2, 1, 1),
    }


def test_a_scan_is_refused_with_the_way_out() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(picture, "PDF")
    sentence = "PDF 是扫描件，没有可读的文字，请先做文字识别（OCR），或导入 Word 原件。"

    with pytest.raises(Unreadable, match=f"^{re.escape(sentence)}$"):
        read_paper("扫描.pdf", picture.getvalue())


def test_a_password_is_refused() -> None:
    locked = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (b"11" * 32, b"22" * 32)

    with pytest.raises(Unreadable, match=r"^PDF 文件加了密码，请去掉密码后再导入。$"):
        read_paper("加密.pdf", pdf(line("正文", 50, 700), trailer=locked))


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"^PDF 有 501 页，超过 500 页，请拆成几份后再导入。$"):
        read_paper("长.pdf", pdf(line("页", 50, 700), pages=PAGES + 1))


def test_damage_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"^PDF "):
        read_paper("坏.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 9 0 R>>endobj trailer<</Root 1 0 R>>")


_LEFTS = (30, 70, 230, 390, 470)
_HEADS = ("序号", "受理编号", "反映情况", "区域", "属实")
_TEXTS = (
    ("1", ("D012",), ("东街作坊夜里排", "放污水，很臭。"), ("青县",), ("属实",)),
    ("2", ("D013",), ("料场没有苫盖。",), ("献县",), ("不属", "实")),
    ("3", ("X014",), ("加工声音大，", "影响休息。"), ("沧县",), ("属实",)),
)


def _unruled(*, middle: bool = False, space: int = 14) -> bytes:
    """A table of which only the words are printed."""
    content = line("公开情况表", 230, 800)
    content += b"".join(line(head, left, 760) for head, left in zip(_HEADS, _LEFTS, strict=True))
    top = 760 - 20 - space
    for row in _TEXTS:
        columns = [(cell,) if isinstance(cell, str) else cell for cell in row]
        height = max(map(len, columns))
        for left, column in zip(_LEFTS, columns, strict=True):
            first = top - ((height - len(column)) * 10 if middle else 0)
            content += b"".join(line(words, left, first - 20 * at) for at, words in enumerate(column))
        top -= 20 * height + space
    return pdf(content)


@pytest.mark.parametrize("paper", [_unruled(), _unruled(middle=True)])
def test_a_table_without_rules_is_read_by_where_its_words_stand_and_said_to_be_doubtful(paper: bytes) -> None:
    document = read_paper("公开.pdf", paper)

    (table,) = document.tables()
    grid = [[cell.text if cell else "" for cell in row] for row in table.grid()]
    assert grid[0] == list(_HEADS)
    assert grid[1:] == [["\n".join(cell) if isinstance(cell, tuple) else cell for cell in row] for row in _TEXTS]
    assert [block.text for block in document.paragraphs()] == ["公开情况表"]
    assert ["没有完整的框线" in remark for remark in document.remarks] == [True]
    assert read_guarded("公开.pdf", paper).remarks == document.remarks
    doubts = understand(document).doubts
    assert doubts[0].kind == "reading_incomplete" and doubts[0].question == document.remarks[0]


def test_a_table_without_rules_whose_rows_stand_close_is_parted_by_its_first_column() -> None:
    (table,) = read_paper("公开.pdf", _unruled(space=0)).tables()

    assert [row[2].text if row[2] else "" for row in table.grid()[1:]] == ["\n".join(row[2]) for row in _TEXTS]


def test_cells_that_break_off_are_said_to() -> None:
    words = "一二三四五六七八九十" * 2
    content = b"".join(
        box(50, 700 - 40 * at, 60, 40) + line(str(at), 60, 710 - 40 * at)
        + box(110, 700 - 40 * at, 400, 40) + line(words, 120, 710 - 40 * at)
        for at in range(5)
    )  # fmt: skip

    cut = read_paper("公开.pdf", pdf(content))
    ended = read_paper("公开.pdf", pdf(content.replace(_hex(words), _hex(words[:-1] + "。"))))

    assert ["可能截去了文字" in remark for remark in cut.remarks] == [True]
    assert not ended.remarks


def test_running_text_is_no_table() -> None:
    rows = [line("一二三四五六七八九十" * 3, 50, 740 - 30 * at) for at in range(5)]
    signed = line("联系人", 50, 500) + line("某某", 150, 500) + line("电话", 300, 500) + line("公开", 450, 500)

    document = read_paper("公示.pdf", pdf(b"".join(rows) + signed))

    assert not list(document.tables()) and not document.remarks
