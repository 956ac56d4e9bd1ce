"""Papers in the form of official documents (GB/T 9704-2012): A4, margins, fonts, the pitch of the lines.

Hides python-docx. Fonts are named, not shipped.
"""

import io
import re
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph

MARGINS = {"top_margin": Mm(37), "bottom_margin": Mm(35), "left_margin": Mm(28), "right_margin": Mm(26)}
BESIDE = {"top_margin": Mm(28), "bottom_margin": Mm(26), "left_margin": Mm(20), "right_margin": Mm(20)}
TITLE, BODY, HEAD, CELL, CELL_HEAD = (
    ("方正小标宋简体", 22),
    ("仿宋_GB2312", 16),
    ("黑体", 16),
    ("仿宋_GB2312", 10.5),
    ("黑体", 10.5),
)
PITCH, TIGHT = 28.95, 15.0
LONG, SHORT = Mm(297), Mm(210)
_UNFIT = re.compile("[^\t\n\r\x20-\u202d\u202f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # also: turned about


def blank(*, is_wide: bool = False) -> Paper:
    """An empty paper of A4; lying, with margins for a table, where it is wide."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = (LONG, SHORT) if is_wide else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    for name, width in (BESIDE if is_wide else MARGINS).items():
        setattr(section, name, width)
    return paper


def saved(paper: Paper) -> bytes:
    """The paper as a file."""
    data = io.BytesIO()
    paper.save(data)
    return data.getvalue()


def table(paper: Paper, headings: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
    """A table over the whole width, its columns so many parts of it each, its head on every page."""
    section = paper.sections[0]
    whole = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]  # blank() sets all three
    made = paper.add_table(rows=1, cols=len(headings), style="Table Grid")
    made.autofit = False
    parts = [int(whole * width / sum(widths)) for width in widths]
    head = made.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- the library has no name for a repeated head
    for cell, words in zip(head.cells, headings, strict=True):
        line(cell.paragraphs[0], words, CELL_HEAD, centred=True, pitch=TIGHT)
    for row in rows:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            for place, part in enumerate(words.split("\n")):
                line(cell.paragraphs[0] if not place else cell.add_paragraph(), part, CELL, pitch=TIGHT)
    for column, width in zip(made.columns, parts, strict=True):
        column.width = Emu(width)
    for shown in made.rows:
        for cell, width in zip(shown.cells, parts, strict=True):
            cell.width = Emu(width)


def line(
    paragraph: Paragraph,
    words: str,
    font: tuple[str, float] = BODY,
    *,
    centred: bool = False,
    right: bool = False,
    indent: bool = False,
    pitch: float = PITCH,
) -> None:
    """Write words into an empty paragraph, in a font and its size, set as body text unless told otherwise.

    Control characters, which no paper can hold, are left out.
    """
    run = paragraph.add_run(_UNFIT.sub("", words))
    run.font.name, run.font.size = font[0], Pt(font[1])
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font[0])  # noqa: SLF001 -- the library has no name for the East Asian font
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    shape.space_before = shape.space_after = Pt(0)
    shape.first_line_indent = Pt(2 * font[1]) if indent else None
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif right:
        paragraph.alignment, shape.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(4 * font[1])
