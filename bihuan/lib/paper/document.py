"""An official paper as the readers see it: blocks of raw text, each knowing where it stands.

Hides the container (Word, Excel, PDF, CSV, pasted text): every reader in this package returns a `Document`, and
whoever understands it never learns which it was. The raw text is kept as it stood; cleaning happens in a `Clean` copy
that can lead every character back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of raw characters: of one paragraph, of one table cell, or (pasted text) of the whole text.

    `start` and `end` count characters, `end` not included. Exactly one of these holds: `paragraph` is set; `table`,
    `row` and `cell` are all set; none is set and the span counts from the first character of the text. Words that run
    on over several paragraphs end in the paragraph `last`, and `end` counts there.
    """

    start: int
    end: int
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    last: int | None = None

    def plain(self) -> list[int] | dict[str, int]:
        """The form that leaves the system: `[start, end]`, or a mapping naming the place."""
        if self.paragraph is not None:
            place = {"paragraph": self.paragraph, "start": self.start, "end": self.end}
            return place if self.last is None else {**place, "last_paragraph": self.last}
        if self.table is not None and self.row is not None and self.cell is not None:
            return {"table": self.table, "row": self.row, "cell": self.cell, "start": self.start, "end": self.end}
        return [self.start, self.end]


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
        grid: list[list[Cell | None]] = [[None] * self.width for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    grid[row][column] = cell
        return grid


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that was read: its blocks in reading order, its file's name and SHA-256 (hex).

    `text` is set for pasted text only, and is what spans without a paragraph or cell count in.
    """

    name: str
    sha256: str
    blocks: tuple[Paragraph | Table, ...] = field(default=())
    text: str = ""

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs outside tables."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        """The tables, sheets included."""
        return (block for block in self.blocks if isinstance(block, Table))


class Unreadable(Exception):  # noqa: N818 -- reads as a sentence where it is raised
    """The file cannot be taken in; the message is one Chinese sentence that says why and what to do."""
