"""What an office's own running ledger says beside the plan: where each matter stands, its progress, its later deadline.

Hides the headings that offices use. Works on what was understood of the plan, and finds the rows by its spans; adds
fields and questions to the records, and takes back the question about a column that is read after all.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bihuan.intake.formats.running import (
    BLANK,
    NOBODY_SAYS,
    NOT_SAID,
    SAID_BY_TABLE,
    Running,
    asked,
    day,
    field,
    is_blank,
    unfilled,
    unsaid,
)
from bihuan.lib.paper.document import Cell, Document
from bihuan.rectification.rules.taking_over import CLOSED, STANDINGS, of_problem, standing_of

FILED = ("销号文号", "销号编号", "销号备案号", "销号备案编号", "备案号", "备案编号", "备案文号", "验收文号", "销号批文")
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
    "filing_number": FILED,
}
ASKED = "standing_unknown"
Fields = dict[str, Any]


def with_standings(plain: dict[str, Any], document: Document) -> dict[str, Any]:
    """What was understood of a plan, with where each of its problems and measures stands."""
    running = Running(document, HEADS)
    records = [_read(record, running) for record in plain["records"]]
    return {**plain, "records": _settled(records), "doubts": running.unread(plain["doubts"]), "takes_over": True}


def _read(record: dict[str, Any], running: Running) -> dict[str, Any]:
    span = (record["fields"].get("text") or record["fields"].get("title") or {}).get("span")
    said = running.said(span) if record["type"] in ("problem", "measure") else {}
    if not said:
        return record
    fields, doubts = dict(record["fields"]), [*record["doubts"]]
    if "standing" in said:
        fields["standing"] = field(said["standing"], standing_of(said["standing"].text), SAID_BY_TABLE)
        fields["stood_at"] = running.place(span)
    if "last_progress" in said:
        fields["last_progress"] = field(said["last_progress"], said["last_progress"].text)
    if running.asks(span, "closed_on"):
        cell = said.get("closed_on")
        fields["closed_on"] = unfilled() if cell is None else field(cell, day(cell.text))
    if "filing_number" in said:
        fields["filing_number"] = field(said["filing_number"], said["filing_number"].text.strip())
    if not is_blank(said.get("moved")):
        _move(fields, doubts, said["moved"])
    return {**record, "fields": fields, "doubts": doubts}


def _move(fields: Fields, doubts: list[dict[str, Any]], cell: Cell) -> None:
    """A later deadline is the one in force; what the plan said stays the first."""
    moved = day(cell.text)
    if moved is None:
        question = f"调整后的时限“{cell.text}”是哪一天？"
        doubts.append(asked("due_on", "moved_unknown", question, cell, unsaid("没有调整，按原时限")))
    fields["first_due_on"], fields["due_on"] = fields.get("due_on") or unfilled(), field(cell, moved)


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
    """The questions about where it stands; a measure in its problem's own row follows the answers to that."""
    standing = record["fields"].get("standing")
    if not standing or (above is not None and _row(above) == _row(record)):
        return record
    return {**record, "doubts": [*record["doubts"], *_doubts(record, standing)]}


def _doubts(record: Mapping[str, Any], standing: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A word that is not known; a closing day that cannot be read, or that a closed problem's row leaves empty."""
    if standing["value"] is None:
        choices = [{"label": word, "value": word, "note": ""} for word in STANDINGS]
        question = f"台账写的“{standing['raw']}”，现在是哪一步？"
        yield {"field": "standing", "question": question, "choices": choices, "kind": ASKED, "span": standing["span"]}
    closed = record["fields"].get("closed_on")
    if not closed or closed["value"] is not None:
        return
    offered = [{"label": NOBODY_SAYS, "value": NOT_SAID, "note": ""}]
    about = {"field": "closed_on", "choices": offered, "span": closed["span"]}
    if closed["raw"].strip(BLANK):
        yield {**about, "question": f"销号时间“{closed['raw']}”是哪一天？", "kind": "closed_on_unknown"}
    elif record["type"] == "problem" and standing["value"] in CLOSED:
        yield {
            **about,
            "question": f"台账写的“{standing['raw']}”，没有写销号时间，是哪一天？",
            "kind": "closed_on_missing",
        }
