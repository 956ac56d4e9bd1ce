"""An import's preview as its page draws it: the paper with words lit, doubts first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bihuan.core.clock import SHANGHAI
from bihuan.intake.formats.petition_repeats import NUMBER_TWICE
from bihuan.intake.rules.answers import sets_a_field
from bihuan.lib import redact
from bihuan.matters.rules.difference import NEW, STATUS_LABELS, VANISHED, Difference
from bihuan.web.sheet_view import laid_out

if TYPE_CHECKING:
    from bihuan.intake.models import IntakeDoubt
    from bihuan.intake.rules.records import Row

SILENT = {"measures", "problem", "number_key", "telephone", "progress", "remark", "is_reply"}
BLOCKS = 120
LONG = 30  # characters of a cell that wants room to be read
Place = tuple[str, int, int, int]


def place_of(span: Any) -> tuple[Place, int, int] | None:
    """Which stretch of the paper a span names: (paragraph | cell | text), and from where to where in it."""
    if isinstance(span, list):
        return ("text", 0, 0, 0), span[0], span[1]
    if not span:
        return None
    if "paragraph" in span:
        return ("paragraph", span["paragraph"], 0, 0), span["start"], span["end"]
    return ("cell", span["table"], span["row"], span["cell"]), span["start"], span["end"]


def places_of(span: Any) -> list[tuple[Place, int, int]]:
    """Every stretch that a span names: the first, and those where its words go on."""
    also = span.get("also", []) if isinstance(span, Mapping) else []
    return [place for one in (span, *also) if (place := place_of(one))]


def span_id(span: Any) -> str:
    """The id that a field and its words share."""
    place = place_of(span)
    return "" if place is None else "-".join(map(str, (*place[0], place[1], place[2])))


def lit(plain: Mapping[str, Any], doubts: list[IntakeDoubt]) -> dict[Place, list[dict[str, Any]]]:
    """For each stretch of the paper, the words that became a field, in order and without overlap."""
    numbers = {(doubt.record_key, doubt.field): doubt for doubt in doubts}
    found: dict[Place, list[dict[str, Any]]] = defaultdict(list)
    for record in plain["records"]:
        for name, field in record["fields"].items():
            if not field or name in SILENT or field["value"] in (None, [], ""):
                continue
            doubt = numbers.get((record.get("key") or "", name))
            for at, (place, start, end) in enumerate(places_of(field.get("span"))):
                found[place].append(
                    {"start": start, "end": end, "span": span_id(field["span"]), "doubt": doubt, "is_first": not at}
                )
    return {place: _apart(marks) for place, marks in found.items()}


def _apart(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The longest words win where fields share them; the others lead to the same words."""
    kept: list[dict[str, Any]] = []
    for mark in sorted(marks, key=lambda one: (one["start"], -one["end"], one["doubt"] is None)):
        if mark["end"] > mark["start"] and (not kept or mark["start"] >= kept[-1]["end"]):
            kept.append(mark)
    return kept


def blocks(plain: Mapping[str, Any], doubts: list[IntakeDoubt], start: int, *, is_masked: bool) -> list[dict[str, Any]]:
    """The paper's blocks from `start` on, as many as a page shows."""
    marks = lit(plain, doubts)
    return [_block(block, marks, is_masked=is_masked) for block in plain["blocks"][start : start + BLOCKS]]


def _block(block: Mapping[str, Any], marks: Mapping[Place, list[dict[str, Any]]], *, is_masked: bool) -> dict[str, Any]:
    if "cells" in block:
        rows = [[_box(cell, marks, is_masked=is_masked) for cell in row] for row in laid_out(block["cells"])]
        return {"kind": "table", "pieces": [], "rows": rows}
    kind = "heading" if block["level"] else "text"
    return {"kind": kind, "pieces": [*_pieces(block["text"], block["at"], marks, is_masked=is_masked)], "rows": []}


def _box(cell: Mapping[str, Any], marks: Mapping[Place, list[dict[str, Any]]], *, is_masked: bool) -> dict[str, Any]:
    pieces = [*_pieces(cell["text"], cell["at"], marks, is_masked=is_masked)]
    box = {"pieces": pieces, "columns": cell["columns"], "rows": cell["rows"], "is_head": False}
    return box | {"is_long": len(cell["text"]) > LONG and cell["columns"] == 1}


def _pieces(text: str, at: Any, marks: Mapping[Place, list[dict[str, Any]]], *, is_masked: bool) -> Iterator[Any]:
    place = place_of(at)
    offset = place[1] if place else 0
    shown = redact.mask(text, redact.scan(text)) if is_masked else text
    own = marks.get(place[0], []) if place and len(shown) == len(text) else []
    done = 0
    for mark in own:
        start, end = mark["start"] - offset, mark["end"] - offset
        if start < done or start >= len(shown):
            continue
        if start > done:
            yield shown[done:start]
        doubt = mark["doubt"]
        yield {
            "text": shown[start:end],
            "span": mark["span"],
            "is_first": mark["is_first"],
            "doubt": str(doubt.number) if doubt else "",
            "is_settled": bool(doubt and doubt.answer is not None),
        }
        done = min(end, len(shown))
    if done < len(shown):
        yield shown[done:]


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in one's own words that was refused: to which doubt, the words, and why."""

    doubt: int
    words: str
    why: str


def doubt_lines(
    doubts: list[IntakeDoubt], plain: Mapping[str, Any], written: Written | None = None
) -> list[dict[str, Any]]:
    """The questions, open ones first; at the one that was written to, the words and why they were refused."""
    spans = {
        (record.get("key") or "", one["field"], one["question"]): span_id(one.get("span"))
        for record in [*plain["records"], {"key": "", "doubts": plain["doubts"]}]
        for one in record["doubts"]
    }
    return [
        {
            "number": doubt.number,
            "key": doubt.pk,
            "question": f"{called(doubt.record_key)}{doubt.question}",
            "note": "",
            "choices": [_choice(place, choice, doubt) for place, choice in enumerate(doubt.choices)],
            "settled": _settled(doubt),
            "span": spans.get((doubt.record_key, doubt.field, doubt.question), ""),
            "asks": _asks(doubt),
            "seen": doubt.version if doubt.answer is not None else "",
            "written": written if written is not None and written.doubt == doubt.pk else None,
        }
        for doubt in sorted(doubts, key=lambda one: (one.answer is not None, one.number))
    ]


def _asks(doubt: IntakeDoubt) -> str:
    if doubt.kind == NUMBER_TWICE:
        return "都收，这一件的正确编号是"
    return "另写答复" if sets_a_field(doubt.kind) else "另写答复（只记下，不改台账）"


def _choice(place: int, choice: Mapping[str, Any], doubt: IntakeDoubt) -> tuple[str, str, str, bool]:
    chosen = doubt.answer is not None and doubt.answer.get("label") == choice["label"]
    return str(place), str(choice["label"]), str(choice.get("note") or ""), chosen


def _settled(doubt: IntakeDoubt) -> str:
    if doubt.answer is None:
        return ""
    when = doubt.answered_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") if doubt.answered_at else ""
    return f"{doubt.answered_by or ''} {when} 定：{doubt.answer.get('label')}"


def called(key: str) -> str:
    """How a record is called before a question: 第7项："""
    kind, _, number = key.partition(":")
    if not number:
        return ""
    problem, _, measure = number.partition("-")
    names = {"problem": f"第{number}项：", "measure": f"第{problem}项措施{measure}：", "petition": f"第{number}件："}
    return names.get(kind, "")


def leading(plain: Mapping[str, Any], doubts: list[IntakeDoubt]) -> dict[str, str]:
    """{a field's own words: the lit words that hold them}: where fields share words, the longest are lit."""
    marks = lit(plain, doubts)
    led: dict[str, str] = {}
    for record in plain["records"]:
        for field in record["fields"].values():
            place = place_of(field.get("span")) if field else None
            if place:
                holding = (one for one in marks.get(place[0], []) if one["start"] <= place[1] < one["end"])
                led[span_id(field["span"])] = next((str(one["span"]) for one in holding), span_id(field["span"]))
    return led


def windows(plain: Mapping[str, Any], row: Row | None) -> tuple[int, int]:
    """How many windows of blocks the paper has, and which one holds the words of that record."""
    blocks_of_paper = plain["blocks"]
    spans = [*row.spans().values()] if row else []
    at = next((place for place, block in enumerate(blocks_of_paper) if spans and _holds(block, spans[0])), 0)
    return -(-len(blocks_of_paper) // BLOCKS), at // BLOCKS


def _holds(block: Mapping[str, Any], span: Any) -> bool:
    place = place_of(span)
    cells = block.get("cells") or [block]
    for cell in cells:
        own = place_of(cell["at"])
        if own and place and own[0] == place[0] and own[1] <= place[1] < max(own[2], own[1] + 1):
            return True
    return False


def reconciliation(plain: Mapping[str, Any]) -> dict[str, Any] | None:
    """The printed totals against what was read."""
    lines = plain["reconciliation"]
    if not lines:
        return None
    return {
        "heads": [line["what"] for line in lines],
        "printed": [str(line["printed"]) for line in lines],
        "read": [_read(line["printed"], line["read"]) for line in lines],
        "notes": [f"{line['what']}：{line['note']}" for line in lines if line["note"]],
    }


def _read(printed: float, read: float | None) -> tuple[str, str]:
    """What was read beside a printed total, and its tone."""
    if read is None:
        return "未列", ""
    return str(read), "" if printed == read else "over"


def comparison(found: Difference | None) -> str:
    """How the paper stands against what the system has."""
    if found is None or found.count(NEW) == len(found.changes):
        return "系统中还没有这份文件的内容，全部为新增。"
    counts = "，".join(f"{label}{found.count(status)}" for status, label in STATUS_LABELS.items())
    gone = "；".join(change.label.rstrip("。；") for change in found.changes if change.status == VANISHED)
    return f"与系统已有的比：{counts}。" + (f"文中没有的仍保留在台账：{gone}。" if gone else "")
