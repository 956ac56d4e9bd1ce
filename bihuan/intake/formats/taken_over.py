"""What an office's own running ledger says beside the plan: where each matter stands, its progress, its later deadline.

Hides the headings that offices use. Works on what was understood of the plan, and finds the rows by its spans; adds
fields and questions to the records, and takes back the question about a column that is read after all.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bihuan.intake.formats.returned import HEADS_WITHIN, folded
from bihuan.lib.paper.document import Cell, Document, Table
from bihuan.lib.reading.deadlines import read_deadline
from bihuan.rectification.rules.taking_over import STANDINGS, of_problem, standing_of

HEADS: dict[str, tuple[str, ...]] = {
    "standing": (
        "整改状态",
        "状态",
        "目前状态",
        "当前状态",
        "完成状态",
        "完成情况",
        "整改完成情况",
        "是否完成",
        "是否销号",
        "销号情况",
        "验收销号情况",
        "办理状态",
        "进度状态",
    ),
    "last_progress": ("整改进展情况", "整改进展", "进展情况", "工作进展", "最新进展", "目前进展", "整改落实情况"),
    "closed_on": ("销号时间", "销号日期", "完成时间", "完成日期", "验收销号时间", "办结时间"),
    "moved": ("调整后时限", "调整后整改时限", "现时限", "现行时限", "延期后时限", "延期时限", "展期时限", "延期至"),
}
_NAMES = {folded(label): name for name, labels in HEADS.items() for label in labels}
ASKED = "standing_unknown"
SAID_BY_TABLE = "按状态用语对照表"
Fields = dict[str, Any]


def with_standings(plain: dict[str, Any], document: Document) -> dict[str, Any]:
    """What was understood of a plan, with where each of its problems and measures stands."""
    columns = {table.index: found for table in document.tables() if (found := _columns(table))}
    rows = {table.index: _by_row(table) for table in document.tables() if table.index in columns}
    records = [_read(record, columns, rows, document) for record in plain["records"]]
    read = {cell.text for table in document.tables() if table.index in columns for cell in _heads(table)}
    doubts = [one for one in plain["doubts"] if one["kind"] != "column_unread" or not _is_about(one, read)]
    return {**plain, "records": _settled(records), "doubts": doubts, "takes_over": True}


def _is_about(doubt: Mapping[str, Any], heads: set[str]) -> bool:
    return any(f"“{head.strip()}”" in doubt["question"] for head in heads)


def _heads(table: Table) -> Iterator[Cell]:
    return (cell for cell in table.cells if cell.row < HEADS_WITHIN and folded(cell.text) in _NAMES)


def _columns(table: Table) -> dict[str, int]:
    """{what is read: its column} of a table whose headings name it."""
    found: dict[str, int] = {}
    for cell in _heads(table):
        found.setdefault(_NAMES[folded(cell.text)], cell.column)
    return found


def _by_row(table: Table) -> dict[tuple[int, int], Cell]:
    """Every position with the cell that covers it."""
    return {
        (row, column): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }


def _read(
    record: dict[str, Any],
    columns: Mapping[int, Mapping[str, int]],
    rows: Mapping[int, Mapping[tuple[int, int], Cell]],
    document: Document,
) -> dict[str, Any]:
    span = (record["fields"].get("text") or record["fields"].get("title") or {}).get("span")
    if record["type"] not in ("problem", "measure") or not isinstance(span, dict) or span.get("table") not in columns:
        return record
    table, row = span["table"], span["row"]
    said = {name: rows[table][row, place] for name, place in columns[table].items() if (row, place) in rows[table]}
    title = next(one.title for one in document.tables() if one.index == table)
    fields, doubts = dict(record["fields"]), [*record["doubts"]]
    if "standing" in said:
        fields["standing"] = _field(said["standing"], standing_of(said["standing"].text), SAID_BY_TABLE)
        fields["stood_at"] = {"value": f"{title}第{row + 1}行", "raw": "", "span": None, "derived": "行号"}
    if "last_progress" in said:
        fields["last_progress"] = _field(said["last_progress"], said["last_progress"].text)
    if "closed_on" in said:
        fields["closed_on"] = _field(said["closed_on"], _day(said["closed_on"].text))
    if "moved" in said:
        _move(fields, doubts, said["moved"])
    return {**record, "fields": fields, "doubts": doubts}


def _move(fields: Fields, doubts: list[dict[str, Any]], cell: Cell) -> None:
    """A later deadline is the one in force; what the plan said stays the first."""
    day = _day(cell.text)
    if day is None:
        question = f"调整后的时限“{cell.text}”是哪一天？"
        asked = {"field": "deadline", "question": question, "choices": [], "kind": "deadline_unknown"}
        doubts.append({**asked, "span": cell.at.plain()})
        return
    first = fields.get("due_on") or {"value": None, "raw": "", "span": None, "derived": None}
    fields["first_due_on"], fields["due_on"] = first, _field(cell, day)


def _field(cell: Cell, value: Any, derived: str | None = None) -> dict[str, Any]:
    return {"value": value, "raw": cell.text, "span": cell.at.plain(), "derived": derived}


def _day(text: str) -> str | None:
    read = read_deadline(text)
    day: date | None = None if read.question else read.due_on
    return day.isoformat() if day else None


def _settled(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each problem as its measures' own rows have it, and a question wherever a word is not known."""
    known = {record["key"]: record for record in records}
    return [_asked(_summed(record, records), known.get(record["parent"])) for record in records]


def _row(record: Mapping[str, Any]) -> Any:
    return ((record["fields"].get("standing") or {}).get("span") or {}).get("row")


def _summed(record: dict[str, Any], records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    theirs = [one for one in records if _is_of(one, record)]
    if record["type"] != "problem" or all(_row(one) == _row(record) for one in theirs):
        return record
    value = of_problem([said for one in theirs if (said := one["fields"]["standing"]["value"])])
    own = record["fields"].get("standing") or theirs[0]["fields"]["standing"]
    summed = {**own, "value": value, "derived": "按各措施的状态"}
    place = record["fields"].get("stood_at") or theirs[0]["fields"]["stood_at"]
    return {**record, "fields": {**record["fields"], "standing": summed, "stood_at": place}}


def _is_of(one: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    return bool(one["type"] == "measure" and one["parent"] == record["key"] and one["fields"].get("standing"))


def _asked(record: dict[str, Any], above: Mapping[str, Any] | None) -> dict[str, Any]:
    """A question where a word is not known; a measure in its problem's own row follows the answer to that."""
    standing = record["fields"].get("standing")
    if not standing or standing["value"] is not None or (above is not None and _row(above) == _row(record)):
        return record
    choices = [{"label": word, "value": word, "note": ""} for word in STANDINGS]
    question = f"台账写的“{standing['raw']}”，现在是哪一步？"
    doubt = {"field": "standing", "question": question, "choices": choices, "kind": ASKED, "span": standing["span"]}
    return {**record, "doubts": [*record["doubts"], doubt]}
