"""Word documents (.docx): paragraphs and tables in the order of the page, with the numbers that Word prints.

Hides WordprocessingML: merged cells, automatic numbers, soft line breaks, tracked changes, text boxes. What a reader
of the page does not see (deleted or hidden text, headers and footers, field codes) is left out.
"""

import re
from collections.abc import Iterator

from bihuan.lib.paper.container import Package
from bihuan.lib.paper.document import Cell, Paragraph, Span, Table, Unreadable
from bihuan.lib.paper.markup import Element, W, parse, word_attribute, word_number
from bihuan.lib.paper.numbering import Numbering, Styles

_ROWS, _COLUMNS = 200_000, 200
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BREAKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_UNSEEN = {
    W + name
    for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText", "rt", "txbxContent", "footnoteReference")
} | {_MARKUP + "Fallback"}


def read_docx(package: Package) -> tuple[Paragraph | Table, ...]:
    """The blocks of the document, in reading order. Refuses a package without a readable main part."""
    main = _main_part(package)
    folder = main.rsplit("/", 1)[0]
    body = parse(package.parts[main]).find(W + "body")
    if body is None:
        raise Unreadable("Word 文件里没有正文，请用 Word 打开后重新另存再导入。")
    reader = _Reader(
        Styles(_side_part(package, f"{folder}/styles.xml")),
        Numbering.read(_side_part(package, f"{folder}/numbering.xml")),
    )
    return tuple(reader.blocks(body))


def _main_part(package: Package) -> str:
    relations = package.part("_rels/.rels") or b""
    for tag in re.findall(rb"<[^>]*Relationship\b[^>]*>", relations):
        target = re.search(rb"Target\s*=\s*[\"']/?([^\"']+)", tag)
        if re.search(rb"relationships/officeDocument[\"']", tag) and target:
            name = target[1].decode("utf-8", "replace")
            if package.part(name) is not None:
                return name
    if package.part("word/document.xml") is None:
        raise Unreadable("Word 文件里没有正文，请用 Word 打开后重新另存再导入。")
    return "word/document.xml"


def _side_part(package: Package, name: str) -> Element | None:
    content = package.part(name)
    return None if content is None else parse(content)


class _Reader:
    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, body: Element) -> Iterator[Paragraph | Table]:
        for element in _contents(body):
            if element.tag == W + "tbl":
                yield self._table(element)
                continue
            for text, level in self._texts(element):
                yield Paragraph(text, Span(0, len(text), paragraph=self._paragraphs), level)
                self._paragraphs += 1

    def _texts(self, paragraph: Element) -> Iterator[tuple[str, int]]:
        """The paragraph, then the paragraphs of the text boxes anchored in it."""
        text = _text(paragraph).strip("\n")
        if text.strip():
            yield self._labelled(paragraph, text), self._styles.depth(paragraph)
        for box in _boxes(paragraph):
            for inner in _contents(box):
                if inner.tag == W + "p":
                    yield from self._texts(inner)

    def _labelled(self, paragraph: Element, text: str) -> str:
        counted = self._styles.numbering(paragraph)
        if counted is None:
            return text
        label = self._numbering.next(*counted)
        if label and (label[-1].isalnum() or (text[0].isdigit() and label[-1].isascii())):
            label += " "  # "1." before "2021年" must not become the number 1.2021
        return label + text

    def _table(self, table: Element) -> Table:
        index = self._tables
        self._tables += 1
        grid = _Grid()
        rows = [row for row in _contents(table, W + "tr") if row.find(f"{W}trPr/{W}del") is None]
        if len(rows) > _ROWS:
            raise Unreadable(f"第 {index + 1} 个表格超过 20 万行，请拆成几份后再导入。")
        for place, row in enumerate(rows):
            self._row(place, row, grid)
        return Table(index, grid.cells(index))

    def _row(self, place: int, row: Element, grid: "_Grid") -> None:
        column = max(0, word_number(row.find(f"{W}trPr/{W}gridBefore"), "val"))
        for cell in _contents(row, W + "tc"):
            width = max(1, word_number(cell.find(f"{W}tcPr/{W}gridSpan"), "val", 1))
            if column + width > _COLUMNS:
                raise Unreadable(f"表格第 {place + 1} 行超过 200 列，请拆成几份后再导入。")
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            continues = merge is not None and word_attribute(merge, "val") != "restart"
            if not (continues and grid.reach_down(place, column)):
                grid.put(place, column, width, self._cell_text(cell))
            column += width

    def _cell_text(self, cell: Element) -> str:
        lines: list[str] = []
        for element in _contents(cell):
            if element.tag == W + "p":
                lines.extend(text for text, _ in self._texts(element))
            else:  # a table inside a cell: a line for each of its rows
                lines.extend(
                    "\t".join(self._cell_text(inner) for inner in _contents(row, W + "tc"))
                    for row in _contents(element, W + "tr")
                )
        return "\n".join(line for line in lines if line.strip())


class _Grid:
    """The cells of one table while it is read; a merged cell grows downwards."""

    def __init__(self) -> None:
        self._sizes: dict[tuple[int, int], list[int]] = {}
        self._texts: dict[tuple[int, int], str] = {}
        self._lowest: dict[int, int] = {}

    def put(self, row: int, column: int, width: int, text: str) -> None:
        self._sizes[row, column] = [1, width]
        self._texts[row, column] = text
        self._lowest[column] = row

    def reach_down(self, row: int, column: int) -> bool:
        """Lets the cell above cover this row, too; false if none ends just above."""
        top = self._lowest.get(column)
        if top is None or top + self._sizes[top, column][0] != row:
            return False
        self._sizes[top, column][0] += 1
        return True

    def cells(self, table: int) -> tuple[Cell, ...]:
        return tuple(
            Cell(text, Span(0, len(text), table=table, row=row, cell=column), row, column, *self._sizes[row, column])
            for (row, column), text in self._texts.items()
        )


def _contents(parent: Element, *tags: str) -> Iterator[Element]:
    """The children that carry content (paragraphs and tables unless other tags are named), wrappers opened."""
    wanted = tags or (W + "p", W + "tbl")
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in {W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml", W + "smartTag"}:
            yield from _contents(child, *tags)


def _boxes(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == W + "txbxContent":
            yield child
        elif child.tag != _MARKUP + "Fallback":
            yield from _boxes(child)


def _text(parent: Element) -> str:
    pieces: list[str] = []
    for child in parent:
        if child.tag in {W + "t", _MATH_TEXT}:
            pieces.append(child.text or "")
        elif child.tag in _BREAKS:
            pieces.append(_BREAKS[child.tag])
        elif child.tag not in _UNSEEN and isinstance(child.tag, str) and not _hidden(child):
            pieces.append(_text(child))
    return "".join(pieces)


def _hidden(run: Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish") if run.tag == W + "r" else None
    return vanish is not None and word_attribute(vanish, "val") not in {"0", "false", "off"}
