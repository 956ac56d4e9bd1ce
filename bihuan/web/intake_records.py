"""The records of an import as its preview draws them: each with its fields, their words, and what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bihuan.intake.formats.bulletin_words import COUNTS
from bihuan.intake.rules.kinds import RECORDS
from bihuan.lib import redact
from bihuan.matters.rules.difference import STATUS_LABELS, Change, Difference
from bihuan.web.intake_view import SILENT, called, span_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bihuan.intake.models import IntakeDoubt
    from bihuan.intake.rules.records import Row
    from bihuan.intake.rules.repeats import Repeats

FIELD_LABELS = {
    "number": "序号",
    "title": "问题",
    "text": "原文",
    "aspect": "方面",
    "campaign": "举措",
    "upper_numbers": "上级序号",
    "pollution_type": "污染类型",
    "target": "目标",
    "nature": "类别",
    "deadline": "时限原文",
    "due_on": "时限",
    "lead": "牵头",
    "responsible": "责任",
    "supporting": "配合",
    "supervising": "督导",
    "accepting": "验收",
    "leaders": "包案",
    "persons": "责任人",
    "milestones": "节点",
    "indicators": "指标",
    "completion_sign": "完成标志",
    "standing": "现状",
    "stood_at": "接管自",
    "last_progress": "最近进展",
    "closed_on": "销号时间",
    "first_due_on": "首次时限",
    "handed_over_on": "交办时间",
    "signed_on": "签收时间",
    "filing_number": "销号备案号",
    "number_key": "编号键",
    "key_case": "重点件",
    "batch": "批次",
    "batch_date": "批次日期",
    "row": "序号",
    "intake": "受理方式",
    "region": "行政区域",
    "content": "基本情况",
    "types": "污染类型",
    "main_type": "主要类型",
    "findings": "核实情况",
    "truth": "是否属实",
    "sub_items": "分项",
    "handling": "处理整改",
    "goal": "办结目标",
    "closing": "是否办结",
    "accountability": "责任追究",
    "duplicates": "重复件",
    "penalties": "处罚",
    "document_numbers": "文号",
    "inspection": "督察",
    "conclusion": "结论",
    "results": "整改情况",
    "finished_on": "完成时间",
    "published_on": "公示日期",
    "starts_on": "公示起",
    "ends_on": "公示止",
    "days": "公示天数",
    "day_kind": "天数算法",
    "receiver": "受理意见",
}
OWN_LABELS = {("petition", "number"): "受理编号", ("petition", "closed_on"): "办结时间"}
COUNTED = {"aspect": "个", "campaign": "项", "problem": "个", "measure": "项", "petition": "件", "notice": "条"}
COUNTED_ALONE = {"bulletin": "份"}  # drawn as a table of its own, not as a record
SHOWN = 20


def records_head(rows: list[Row]) -> str:
    """What was read, by kind: 读到18个问题、60项措施."""
    kinds = (COUNTED | COUNTED_ALONE).items()
    counts = [(sum(row.type == kind for row in rows), counter, RECORDS[kind]) for kind, counter in kinds]
    said = "、".join(f"{count}{counter}{word}" for count, counter, word in counts if count)
    return f"读到{said}" if said else "没有读到问题、措施或信访件"


def verdicts_of(left: Repeats) -> dict[str, str]:
    """{record: what becomes of it} of the rows that are not taken by themselves."""
    refused = {key: f"不收：编号重复，收{called(other).rstrip('：')}" for key, other in left.refused.items()}
    return refused | {key: f"并入{called(into).rstrip('：')}" for key, into in left.joined.items()}


def sum_of(rows: list[Row], left: Repeats) -> list[str]:
    """Where every row that was read goes, where one of them is not taken by itself."""
    if not left.refused and not left.joined:
        return []
    read, refused, joined = len(rows), len(left.refused), len(left.joined)
    return [f"读到{read}件 = 入台账{read - refused - joined} + 未收{refused} + 并入{joined}。"]


def record_lines(
    rows: list[Row], doubts: list[IntakeDoubt], found: Difference | None, start: int, verdicts: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The records from `start` on, each with its fields, its open doubts and what it changes.

    `verdicts` say by record what becomes of those that the difference does not name; under "" of any other: 新增, or
    "" once the paper is written.
    """
    changes = {change.read: change for change in found.changes if change.read} if found else {}
    shown = [row for row in rows if row.type in COUNTED][start : start + SHOWN]
    return [_record(row, doubts, changes.get(row.key), verdicts) for row in shown]


def _record(row: Row, doubts: list[IntakeDoubt], change: Change | None, verdicts: Mapping[str, str]) -> dict[str, Any]:
    title = row.text("title") or row.text("text") or row.text("content") or row.text("name") or row.text("problem")
    verdict = STATUS_LABELS[change.status] if change else verdicts.get(row.key, verdicts[""])
    changed = dict(change.fields) if change else {}
    fields = [
        _field(name, field, changed.pop(name, ("", ""))[0], row.type)
        for name, field in row.plain["fields"].items()
        if _is_shown(name, field)
    ]
    return {
        "key": row.key,
        "label": called(row.key).rstrip("：") or RECORDS[row.type],
        "title": redact.mask(title, redact.scan(title))[:80],
        "verdict": verdict,
        "tone": {"更改": "late"}.get(verdict, ""),
        "doubts": sum(doubt.record_key == row.key and doubt.answer is None for doubt in doubts),
        "fields": fields + [_gone(name, *words) for name, words in changed.items() if name in FIELD_LABELS],
    }


def _gone(name: str, before: str, after: str) -> dict[str, Any]:
    """A value that changes though the paper has no words for it: taken over, or left out."""
    return {"label": FIELD_LABELS[name], "pieces": [after or "文中没有"], "source": "", "span": "", "before": before}


def _is_shown(name: str, field: Any) -> bool:
    return name not in SILENT and bool(field) and field["value"] not in (None, [], "", False)


def _field(name: str, field: Mapping[str, Any], before: str, kind: str) -> dict[str, Any]:
    words = _words(field["value"])
    return {
        "label": OWN_LABELS.get((kind, name)) or FIELD_LABELS.get(name, name),
        "pieces": [redact.mask(words, redact.scan(words))],
        "source": field.get("derived") or _where(field.get("span")),
        "span": span_id(field.get("span")),
        "before": redact.mask(before, redact.scan(before)),
    }


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_words(one) for one in value)
    if isinstance(value, dict):
        return " ".join(f"{COUNTS.get(key, '')}{one}" for key, one in value.items() if one not in (None, ""))
    return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _where(span: Any) -> str:
    if isinstance(span, list):
        return f"{span[0] + 1}—{span[1]}字"
    if not span:
        return ""
    if "paragraph" in span:
        return f"第{span['paragraph'] + 1}段 {span['start'] + 1}—{span['end']}字"
    return f"表{span['table'] + 1} 第{span['row'] + 1}行{span['cell'] + 1}列"
