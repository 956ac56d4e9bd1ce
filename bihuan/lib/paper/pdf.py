"""PDF files with a text layer: lines joined into paragraphs, ruled tables as tables, others by where their words stand.

Hides pdfplumber. Nothing in the file is run or followed; a scanned page has no text and is refused, with the way out.
"""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from bihuan.lib import chinese
from bihuan.lib.paper.document import Cell, Paragraph, Span, Table, Unreadable
from bihuan.lib.paper.unruled import Region, find_table

PAGES = 500
UNRULED = "PDF 里第{table}个表（第{page}页起）没有完整的框线，是按文字位置读的，读到的可能不全，请逐行对照原件。"

CLIPPED = "PDF 里第{table}个表多数格子的话没有说完，制作时可能截去了文字，请对照原件。"

_RULE, _LONG = 12.0, 20
_ENDED = re.compile(r"[。.;；!！?？)）”\"、:：]\s*$")
_STOPPED, _LABEL = re.compile(r"[。；;：:]\s*$"), re.compile(r"\s*【?[\u4e00-\u9fff]{2,10}(?:】|[:：])")
_SCANNED = "PDF 是扫描件，没有可读的文字，请先做文字识别（OCR），或导入 Word 原件。"
_DAMAGED = "PDF 文件已损坏，请重新取得原件，或导入 Word 原件。"
_PAGE_NUMBER = re.compile(r"^[\s—–\-]*(?:第\s*)?\d{1,4}(?:\s*页)?[\s—–\-]*$")


def read_pdf(data: bytes) -> tuple[tuple[Paragraph | Table, ...], tuple[str, ...]]:
    """The paragraphs and tables, page by page, and what to look at again.

    Refuses a password, damage, more than 500 pages, and scans.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return _Reader().blocks(pdf.pages)
    except Unreadable:
        raise
    except (PDFPasswordIncorrect, PdfminerException) as fault:
        locked = isinstance(fault, PDFPasswordIncorrect) or "Password" in repr(fault)
        raise Unreadable("PDF 文件加了密码，请去掉密码后再导入。" if locked else _DAMAGED) from fault
    except Exception as fault:  # pdfminer raises whatever a damaged file makes it trip over
        raise Unreadable(_DAMAGED) from fault


class _Reader:
    def __init__(self) -> None:
        self._blocks: list[Paragraph | Table] = []
        self._paragraphs = 0
        self._tables = 0
        self._unruled: Region | None = None
        self._remarks: list[str] = []
        self._unruled_on = -1

    def blocks(self, pages: list[Any]) -> tuple[tuple[Paragraph | Table, ...], tuple[str, ...]]:
        if len(pages) > PAGES:
            raise Unreadable(f"PDF 有 {len(pages)} 页，超过 {PAGES} 页，请拆成几份后再导入。")
        for page in pages:
            self._page(page)
            page.close()
        if not self._blocks:
            raise Unreadable(_SCANNED)
        return tuple(self._blocks), tuple(self._remarks)

    def _page(self, page: Any) -> None:
        tables = [table for table in page.find_tables() if len(table.rows) > 1 or len(table.cells) > 1]
        outside = page
        for table in tables:
            outside = outside.outside_bbox(table.bbox, strict=False)
        unruled = find_table(outside.chars, [] if tables else _rules(page), None if tables else self._unruled)
        self._unruled = unruled
        if unruled:
            top, bottom = unruled.top, unruled.bottom
            outside = outside.filter(lambda one: one["object_type"] != "char" or not top <= one["top"] < bottom)
        placed: list[tuple[float, Any]] = [(top, text) for top, text in _paragraphs(outside.extract_text_lines())]
        placed.extend((table.bbox[1], table) for table in tables)
        placed.extend([(unruled.top, unruled)] if unruled else [])
        for _, thing in sorted(placed, key=lambda pair: pair[0]):
            if isinstance(thing, str):
                self._blocks.append(Paragraph(thing, Span(0, len(thing), paragraph=self._paragraphs)))
                self._paragraphs += 1
            elif isinstance(thing, Region):
                self._table(_texts(self._tables, thing), page.page_number)
            else:
                self._table(_cells(self._tables, thing))

    def _table(self, found: Iterator[Cell], unruled_on: int = 0) -> None:
        """Keep the cells as a table; where it had no rules, say so once for each run of pages."""
        cells = tuple(found)
        if not any(cell.text for cell in cells):
            return
        if unruled_on and unruled_on != self._unruled_on + 1:
            self._remarks.append(UNRULED.format(table=self._tables + 1, page=unruled_on))
        self._unruled_on = unruled_on or self._unruled_on
        long = [cell.text for cell in cells if len(cell.text) >= _LONG]
        if len(long) > 3 and sum(not _ENDED.search(text) for text in long) * 5 > len(long) * 3:
            self._remarks.append(CLIPPED.format(table=self._tables + 1))
        self._blocks.append(Table(self._tables, cells))
        self._tables += 1


def _paragraphs(lines: list[dict[str, Any]]) -> Iterator[tuple[float, str]]:
    """Lines joined where one runs to the right edge and the next is not indented."""
    lines = [line for line in lines if not _PAGE_NUMBER.match(line["text"])]
    if not lines:
        return
    left, right = min(line["x0"] for line in lines), max(line["x1"] for line in lines)
    top, text, full, height = 0.0, "", False, 0.0
    for line in lines:
        size = max(line["bottom"] - line["top"], 1.0)
        goes_on = full and line["x0"] - left < size and abs(size - height) < 0.1 * size
        if text and goes_on and not _begins(text, line["text"]):
            text += line["text"]
        else:
            if text:
                yield top, text
            top, text = line["top"], line["text"]
        # A figure, a bracket or a stop that must not begin a line may leave three characters' room at its end.
        full, height = right - line["x1"] < 3.5 * size, size
    yield top, text


def _begins(before: str, line: str) -> bool:
    """Whether a line begins a paragraph though the one before is full: a heading, or a number or label after a stop."""
    mark = chinese.enumerator(line)
    if mark and mark.style in ("chapter", "heading", "section"):
        return True
    return bool(_STOPPED.search(before)) and (mark is not None or bool(_LABEL.match(line)))


def _rules(page: Any) -> list[float]:
    """The heights of lines that run across the page."""
    return [edge["top"] for edge in page.edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > _RULE]


def _texts(index: int, region: Region) -> Iterator[Cell]:
    for row, texts in enumerate(region.rows):
        for column, text in enumerate(texts):
            yield Cell(text, Span(0, len(text), table=index, row=row, cell=column), row, column)


def _cells(index: int, table: Any) -> Iterator[Cell]:
    """The cells with their merges, worked out from where their edges stand among all edges."""
    texts = {box: text for row, line in zip(table.rows, table.extract(), strict=True)
             for box, text in zip(row.cells, line, strict=True) if box}  # fmt: skip
    lefts = sorted({round(box[0]) for box in texts})
    tops = sorted({round(box[1]) for box in texts})
    for box, found in sorted(texts.items(), key=lambda pair: (round(pair[0][1]), pair[0][0])):
        row, column = tops.index(round(box[1])), lefts.index(round(box[0]))
        rows = sum(1 for top in tops[row:] if top < round(box[3]) - 1)
        columns = sum(1 for left in lefts[column:] if left < round(box[2]) - 1)
        text = (found or "").strip()
        at = Span(0, len(text), table=index, row=row, cell=column)
        yield Cell(text, at, row, column, max(1, rows), max(1, columns))
