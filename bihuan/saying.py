"""What the command line says to people: readings and understood papers in Chinese, field by field.

Hides the Chinese label of every key that the JSON forms have.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.intake.rules.kinds import KINDS, RECORDS
from bihuan.lib import redact

LABELS = {
    "kind": "种类", "dates": "日期", "start": "起", "end": "止", "recurring": "循环", "doubt": "存疑",
    "intake": "受理方式", "round": "轮次", "region": "地区", "region_code": "地区代码", "date": "日期",
    "serial": "流水号", "key_case": "重点关注件", "number_key": "规范编号", "form": "编号形式",
    "organ": "机关代字", "year": "年份", "units": "单位", "doubts": "存疑", "calendar_days": "日历日",
    "working_days": "工作日", "unknown_years": "调休未公布的年份", "every": "每", "months": "月份", "days": "日",
    "weekday": "星期", "question": "问题", "choices": "可选", "name": "名称", "raw": "原文", "derived": "依据",
}  # fmt: skip
WORDS = {
    "month": "月", "range": "起止", "immediate": "立行立改", "open_ended": "长期坚持",
    "done_long_term": "已完成并长期坚持", "stage": "分阶段", "unknown": "不明",
    "year": "年", "half_year": "半年", "quarter": "季", "two_months": "两个月", "half_month": "半月",
    "ten_days": "旬", "week": "周", "day": "日", "central": "中央督察编号", "D": "来电", "X": "来信",
}  # fmt: skip
DEADLINES = {"date": "某日", "dates": "多个日期", "recurring": "循环"} | WORDS
_UNIT = {"problem": "个", "petition": "件"}
_SHOWN = ("number", "title", "text", "content", "problem", "due_on", "lead", "region", "truth")
_HIDDEN = ("span", "kind", "region_code")
_LONGEST = 28


def one(answer: Mapping[str, Any]) -> str:
    """One reading, a line for each of its keys."""
    return "\n".join(f"{LABELS.get(name, name)}：{_value(name, value)}" for name, value in answer.items())


def _value(name: str, value: Any) -> str:
    if value is None or value == []:
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return _inner(value)
    if isinstance(value, list):
        return "、".join(_value(name, part) for part in value)
    if name == "kind":
        return DEADLINES.get(str(value), str(value))
    return WORDS.get(value, value) if isinstance(value, str) else str(value)


def _inner(value: Mapping[str, Any]) -> str:
    """A value inside a list: a unit by its name, a question by its words and answers, a rule key by key."""
    if "question" in value:
        choices = "、".join(map(str, value["choices"]))
        return f"{value['question']}{f'（可选：{choices}）' if choices else ''}"
    if "name" in value:
        return str(value["name"])
    return "，".join(
        f"{LABELS.get(name, name)} {_value(name, part)}" for name, part in value.items() if name not in _HIDDEN
    )


def papers(answer: list[dict[str, Any]]) -> str:
    """Understood papers: what each is, its records in short, open questions below each, printed totals
    against those read. A petitioner's telephone or name is masked: a screen is looked at by others too.
    """
    return "\n".join(line for paper in answer for line in _paper(paper))


def _paper(paper: Mapping[str, Any]) -> Iterator[str]:
    counts = Counter(record["type"] for record in paper["records"])
    found = "，".join(f"{RECORDS.get(kind, kind)}{count}{_UNIT.get(kind, '项')}" for kind, count in counts.items())
    yield f"{paper['file']}：{KINDS.get(paper['kind'], paper['kind'])}，{found or '没有读出内容'}"
    for record in paper["records"]:
        yield f"  {RECORDS.get(record['type'], record['type'])} {_record(record['fields'])}"
        for doubt in record["doubts"]:
            yield f"    存疑 {doubt['question']}"
    for row in paper["reconciliation"]:
        yield f"  对账 {row['what']}：文中{row['printed']}，{_read(row['read'])} {row['note']}".rstrip()
    for doubt in paper["doubts"]:
        yield f"  存疑 {doubt['question']}"


def _read(count: float | None) -> str:
    return "没有逐件列出" if count is None else f"读到{count}"


def _record(fields: Mapping[str, Any]) -> str:
    values = [(fields.get(name) or {}).get("value") for name in _SHOWN]
    return " ".join(_short(value) for value in values if value not in (None, []))


def _short(value: Any) -> str:
    words = redact.masked("、".join(map(str, value)) if isinstance(value, list) else str(value))
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
