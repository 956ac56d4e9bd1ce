"""An official paper as the readers see it: blocks of raw text, each knowing where it stands.

Hides the container (Word, Excel, PDF, CSV, pasted text): every reader in this package returns a `Document`, and
whoever understands it never learns which it was. The raw text is kept as it stood; cleaning happens in a `Clean` copy
that can lead every character back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# How far apart the lines of one text may stand: blank lines, an indent, the number of a page.
INDENT = 120
# The hidden sheet of a ledger that was taken out to be filled in: what stood where then.
BASE = "闭环底稿"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of raw characters: of one paragraph, of one table cell, or (pasted text) of the whole text.

    `start` and `end` count characters, `end` not included. Exactly one of these holds: `paragraph` is set; `table`,
    `row` and `cell` are all set; none is set and the span counts from the first character of the text. Words that go on
    in other paragraphs or cells stand there in the spans of `also`.
    """

    start: int
    end: int
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    also: tuple["Span", ...] = ()

    @property
    def is_of_text(self) -> bool:
        """Whether it counts in the whole of a pasted text."""
        return self.paragraph is None and self.table is None

    def plain(self) -> list[int] | dict[str, Any]:
        """The form that leaves the system: `[start, end]`, or a mapping naming the place, `also` only where needed.

        In a pasted text it reaches over the indents of the lines on which the words go on, and not as far as to words
        that were only joined to them from elsewhere.
        """
        if self.is_of_text:
            end = self.end
            for span in self.also:
                end = max(end, span.end) if 0 <= span.start - end <= INDENT else end
            return [self.start, end]
        place: dict[str, Any] = {"start": self.start, "end": self.end}
        place = {"paragraph": self.paragraph, **place} if self.paragraph is not None else self._in_cell() | place
        return {**place, "also": [span.plain() for span in self.also]} if self.also else place

    def _in_cell(self) -> dict[str, Any]:
        return {"table": self.table, "row": self.row, "cell": self.cell}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `at` is the span of its whole text; `level` is a heading's depth (1 = highest), 0 for body."""

    text: str
    at: Span
    level: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell as it stands in its own row and column, with how far it was merged.

    A merged cell appears once, at its top left corner; `rows` and `columns` say how many it covers.
    """

    text: str
    at: Span
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """One table (a sheet of a workbook is one, too): cells in reading order, `title` the sheet's name if it has one."""

    index: int
    cells: tuple[Cell, ...]
    title: str = ""

    @property
    def height(self) -> int:
        """How many rows it has."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max((cell.column + cell.columns for cell in self.cells), default=0)

    def grid(self) -> list[list[Cell | None]]:
        """Every position of the table, a merged cell standing in each position that it covers."""
        width = self.width  # asked once: it looks at every cell
        grid: list[list[Cell | None]] = [[None] * width for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    grid[row][column] = cell
        return grid


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that was read: its blocks in reading order, its file's name and SHA-256 (hex).

    `text` is set for pasted text only, and is what spans without a paragraph or cell count in. `remarks` say what the
    reading itself may have missed, a sentence each.
    """

    name: str
    sha256: str
    blocks: tuple[Block, ...] = field(default=())
    text: str = ""
    remarks: tuple[str, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs outside tables."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        """The tables, sheets included."""
        return (block for block in self.blocks if isinstance(block, Table))


class Unreadable(Exception):  # noqa: N818 -- reads as a sentence where it is raised
    """The file cannot be taken in; the message is one Chinese sentence that says why and what to do."""


class Wordless(Unreadable):
    """The file is whole and holds no words."""


def of_upload(sentence: str) -> str:
    """A reader's refusal, said to somebody who attaches a file and imports nothing."""
    return sentence.replace("导入", "上传")
