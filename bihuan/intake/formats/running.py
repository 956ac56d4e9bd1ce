"""The cells of an office's running ledger beside what was understood of it: by heading, in the row of a record's words.

Hides how a row is found again. What is said there is read by whoever knows the words of problems, or of petitions.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bihuan.intake.formats.returned import HEADS_WITHIN, folded
from bihuan.lib.paper.document import Cell, Document, Table
from bihuan.lib.reading.deadlines import WITHOUT_DAY, read_deadline

SAID_BY_TABLE = "按状态用语对照表"
NOT_SAID = "未注明"  # the answer that the ledger does not say it: recorded as not known
NOBODY_SAYS = f"台账没有写，记作{NOT_SAID}"
BLANK = " \t\n/\\—–-－无"
Heads = Mapping[str, Sequence[str]]
Doubt = dict[str, Any]


class Running:
    """The tables of a document in which some of these headings stand, and what their rows say under them."""

    def __init__(self, document: Document, heads: Heads) -> None:
        self._names = {folded(label): name for name, labels in heads.items() for label in labels}
        tables = {table.index: table for table in document.tables()}
        self._columns = {index: found for index, table in tables.items() if (found := self._of(table))}
        self._rows = {index: _by_row(tables[index]) for index in self._columns}
        self._titles = {index: table.title for index, table in tables.items()}
        self._read = {cell.text.strip() for index in self._columns for cell in self._heads(tables[index])}

    def _heads(self, table: Table) -> Iterator[Cell]:
        return (cell for cell in table.cells if cell.row < HEADS_WITHIN and folded(cell.text) in self._names)

    def _of(self, table: Table) -> dict[str, int]:
        found: dict[str, int] = {}
        for cell in self._heads(table):
            found.setdefault(self._names[folded(cell.text)], cell.column)
        return found

    def said(self, span: Any) -> dict[str, Cell]:
        """{what it says: the cell} in the row where these words stand; {} where that table says nothing of the kind."""
        if not isinstance(span, dict) or span.get("table") not in self._columns:
            return {}
        table, row = span["table"], span["row"]
        places = self._columns[table].items()
        return {name: self._rows[table][row, place] for name, place in places if (row, place) in self._rows[table]}

    def asks(self, span: Any, name: str) -> bool:
        """Whether the table in which these words stand has a column for it, filled in or not."""
        return isinstance(span, dict) and name in self._columns.get(span.get("table", -1), {})

    def place(self, span: Any) -> dict[str, Any]:
        """Where the words stand, as a field: 总台账第4行."""
        return derived(f"{self._titles[span['table']]}第{span['row'] + 1}行", "行号")

    def unread(self, doubts: Sequence[Doubt]) -> list[Doubt]:
        """The doubts without those about a column that is read after all."""
        about = [f"“{head}”" for head in self._read]
        return [one for one in doubts if one["kind"] != "column_unread" or not any(w in one["question"] for w in about)]


def _by_row(table: Table) -> dict[tuple[int, int], Cell]:
    """Every position with the cell that covers it."""
    return {
        (row, column): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }


def field(cell: Cell, value: Any, rule: str | None = None) -> dict[str, Any]:
    """What a cell says, as a field of a record."""
    return {"value": value, "raw": cell.text, "span": cell.at.plain(), "derived": rule}


def unfilled() -> dict[str, Any]:
    """A field whose column is there and says nothing."""
    return {"value": None, "raw": "", "span": None, "derived": None}


def derived(value: Any, rule: str) -> dict[str, Any]:
    """A field that no words of its own hold."""
    return {"value": value, "raw": "", "span": None, "derived": rule}


def is_cell(span: Any, cell: Cell) -> bool:
    """Whether words stand in that cell."""
    at: Any = cell.at.plain()
    return isinstance(span, dict) and all(span.get(part) == at.get(part) for part in ("table", "row", "cell"))


def is_blank(cell: Cell | None) -> bool:
    """Whether nothing is said: an empty cell, or one that was struck out."""
    return cell is None or not cell.text.strip(BLANK)


def day(text: str) -> str | None:
    """The one day that words name, as ISO text."""
    read = read_deadline(text)
    return read.due_on.isoformat() if read.due_on and not read.question else None


def needs_no_day(text: str) -> bool:
    """Whether words of a deadline name no day and need none: 立行立改, 长期坚持."""
    read = read_deadline(text)
    return read.kind in WITHOUT_DAY and not read.question


def asked(name: str, kind: str, question: str, cell: Cell | None, choices: Sequence[tuple[str, Any]] = ()) -> Doubt:
    """A question about a field, with the answers that are offered: (label, value)."""
    offered = [{"label": label, "value": value, "note": ""} for label, value in choices]
    span = cell.at.plain() if cell else None
    return {"field": name, "question": question, "choices": offered, "kind": kind, "span": span}


def unsaid(label: str) -> tuple[tuple[str, str]]:
    """The answer that the ledger does not say it."""
    return ((label, NOT_SAID),)
