"""The completeness statement as a paper to sign: A4, in the form of official documents (GB/T 9704-2012).

Hides python-docx. Fonts are named, not shipped.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import date

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from bihuan.checkup.queries.statement import Statement
from bihuan.lib.quantity import full_day

MARGINS = {"top_margin": Mm(37), "bottom_margin": Mm(35), "left_margin": Mm(28), "right_margin": Mm(26)}
TITLE, BODY, HEAD = ("方正小标宋简体", 22), ("仿宋_GB2312", 16), ("黑体", 16)
PITCH = 28.95


def statement_docx(stated: Sequence[Statement], office: str, on: date, end: tuple[int, str], findings: int) -> bytes:
    """The paper: each inspection with its sums, what is not whole by name, the trail's end, room for name and seal."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, width in MARGINS.items():
        setattr(section, name, width)
    _line(paper.add_paragraph(), "整改台账完备性说明", TITLE, centred=True)
    _line(paper.add_paragraph(), "")
    whole = all(one.is_whole for one in stated)
    words = "来件全部在账，逐项可加总核对。" if whole else "有对不上的地方，列在各督察之下。"
    _line(paper.add_paragraph(), f"截至{full_day(on)}，{words}体检尚有{findings}处待核对。", indent=True)
    for place, one in enumerate(stated):
        _line(paper.add_paragraph(), f"{'一二三四五六七八九十'[place % 10]}、{one.inspection}", HEAD, indent=True)
        for words in _sentences(one):
            _line(paper.add_paragraph(), words, indent=True)
    number, digest = end
    _line(paper.add_paragraph(), f"以上数据对应轨迹第{number}条，校验值{digest[:16]}。", indent=True)
    for words in ("", "签发人：　　　　　　　　", office, full_day(on)):
        paper.paragraphs[-1].paragraph_format.keep_with_next = True  # no signature alone on a page
        _line(paper.add_paragraph(), words, right=True)
    data = io.BytesIO()
    paper.save(data)
    return data.getvalue()


def _sentences(one: Statement) -> Iterable[str]:
    for kept in one.kinds:
        if not kept.count and not kept.withdrawn:
            continue
        yield f"{kept.label}：{_tight(kept.equation)}{_tight(kept.beside)}。"
    yield f"来件{len(one.papers)}份：{_tight(one.all_papers.equation)}。"
    if one.returned:
        read, changed = (sum(getattr(paper, name) for paper in one.returned) for name in ("read", "changed"))
        yield f"另有交回的台账{len(one.returned)}本，不是来件：读到在账的{read}行，更改{changed}行。"
    for paper in (*one.papers, *one.returned):
        if not paper.is_whole:
            yield f"《{paper.title}》对不上：{_tight(paper.equation)}。"
    for batch in one.batches:
        yield f"{batch.label}印的总数{batch.printed}件，台账里{batch.living}件：{batch.note or '还没有说明'}。"


def _tight(equation: str) -> str:
    """With signs as wide as the characters beside them, as official papers are set."""
    return equation.replace(" = ", "＝").replace(" + ", "＋")


def _line(
    paragraph: Paragraph,
    words: str,
    font: tuple[str, int] = BODY,
    *,
    centred: bool = False,
    right: bool = False,
    indent: bool = False,
) -> None:
    run = paragraph.add_run(words)
    run.font.name, run.font.size = font[0], Pt(font[1])
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font[0])  # noqa: SLF001 -- the library has no name for the East Asian font
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(PITCH)
    shape.space_before = shape.space_after = Pt(0)
    shape.first_line_indent = Pt(2 * font[1]) if indent else None
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif right:
        paragraph.alignment, shape.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(4 * font[1])
