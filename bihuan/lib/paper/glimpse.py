"""An attached file at a glance: its words, for the search, and small copies of what is seen, for a page.

Hides which library looks. Nothing in the file is run or followed, and no more is read than was asked for. PDFium and
the decoders of pictures are C, and PDFium bears one caller at a time: a server looks by `guarded.glimpse_guarded`.
"""

import io
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
from pypdfium2 import PdfDocument, PdfiumError

from bihuan.lib import pictures
from bihuan.lib.paper.document import Block, Paragraph, Unreadable, Wordless, of_upload
from bihuan.lib.paper.reading import read_paper
from bihuan.lib.paper.seen import Glimpse

CHARACTERS = 200_000
PAGES = 3
PAGES_SEARCHED = 500
SIDE = 1_400

_DAMAGED = "PDF 文件已损坏，请重新取得原件后再上传。"
_LOCKED = "PDF 文件加了密码，请去掉密码后再上传。"


def glimpse_of(name: str, data: bytes, *, most: int = CHARACTERS, pages: int = PAGES, side: int = SIDE) -> Glimpse:
    """A picture's facts and copy; the words and first pages of a PDF; the words of a Word or Excel file or of a text.

    Refuses by `Unreadable`, and raises nothing else, what is damaged, locked, no such file, or would bring code.
    """
    if pictures.is_picture(data):
        return Glimpse("", (pictures.preview(data, most=side),), pictures.read_picture(data))
    if is_pdf(data):
        return Glimpse(text_of(name, data, most=most), pages_of(data, pages=pages, side=side))
    return Glimpse(text_of(name, data, most=most))


def text_of(name: str, data: bytes, *, most: int = CHARACTERS) -> str:
    """The first `most` characters of a PDF's text layer, of a Word or Excel file, of CSV or of plain text.

    Paragraphs and rows stand on lines, cells are parted by tabs. What holds no words (a scan, a Word file of photos)
    gives none. Refuses as `glimpse_of` does, and pictures as well.
    """
    if is_pdf(data):
        return _cut(_pdf_texts(data), most)
    try:
        return _cut((_written(block) for block in read_paper(name, data).blocks), most)
    except Wordless:
        return ""
    except Unreadable as refusal:
        raise Unreadable(of_upload(str(refusal))) from refusal


def pages_of(data: bytes, *, pages: int = PAGES, side: int = SIDE) -> tuple[bytes, ...]:
    """The first pages of a PDF as JPEGs, no side longer than `side` pixels. Refuses damage and a password."""
    with closing(_opened(data)) as document:
        return tuple(_drawn(document, number, side) for number in range(min(pages, len(document))))


def is_pdf(data: bytes) -> bool:
    """Whether it says that it is one."""
    return b"%PDF-" in data[:1024]


def _cut(pieces: Iterator[str], most: int) -> str:
    """The pieces on lines of their own, until there is enough: what comes after is not even read."""
    text = ""
    for piece in pieces:
        text += f"\n{piece}" if text and piece else piece
        if len(text) >= most:
            break
    return text[:most]


def _written(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    rows: dict[int, list[str]] = {}
    for cell in block.cells:
        if cell.text:
            rows.setdefault(cell.row, []).append(cell.text.replace("\n", " "))
    return "\n".join("\t".join(texts) for texts in rows.values())


def _opened(data: bytes) -> PdfDocument:
    try:
        return PdfDocument(data)
    except PdfiumError as fault:  # where there is no page it names the fault of the file before
        is_locked = fault.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD and b"/Encrypt" in data
        raise Unreadable(_LOCKED if is_locked else _DAMAGED) from fault


def _pdf_texts(data: bytes) -> Iterator[str]:
    with closing(_opened(data)) as document:
        for number in range(min(PAGES_SEARCHED, len(document))):
            yield _words_on(document, number)


def _words_on(document: PdfDocument, number: int) -> str:
    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as words:
            return str(words.get_text_bounded()).replace("\r\n", "\n").replace("\ufffe", "").strip()
    except Exception as fault:  # whatever a damaged page makes it trip over
        raise Unreadable(_DAMAGED) from fault


def _drawn(document: PdfDocument, number: int, side: int) -> bytes:
    try:
        with closing(document[number]) as page:
            scale = side / max(page.get_size())
            with closing(page.render(scale=scale, may_draw_forms=False)) as bitmap:
                image = bitmap.to_pil().convert("RGB")
        image.thumbnail((side, side))  # a part of a pixel more is rounded up
        out = io.BytesIO()
        image.save(out, "JPEG", quality=pictures.QUALITY)
        return out.getvalue()
    except Exception as fault:  # whatever a damaged page makes it trip over
        raise Unreadable(_DAMAGED) from fault
