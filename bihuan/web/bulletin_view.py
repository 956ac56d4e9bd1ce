"""A bulletin's figures as its preview draws them: a small table each, every printed sum beside what it should be.

Hides how a figure's name says what it counts, and which sum stands below which figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bihuan.intake.formats.bulletin_words import COUNTS, SETTLED
from bihuan.web.intake_view import span_id

SINCE = "cumulative_"
LABELS = (
    COUNTS
    | SETTLED
    | {
        "received_total": "来件",
        "key_cases": "重点件",
        "supervised_cases": "督办件",
        "founded": "属实",
        "basically_founded": "基本属实",
        "partly_founded": "部分属实",
        "unfounded": "不属实",
        "unfinished": "未完成整改",
        "closing_rate": "办结率",
        "founded_rate": "属实率",
        "unfounded_rate": "不属实率",
        "completion_rate": "整改完成率",
        "by_region": "各地",
        "by_type": "各类型",
        "by_intake": "各受理方式",
        "discipline": "问责方式",
    }
)
SUMS = "核对"


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure and the words it came from; or a sum: `wrong` says what the paper prints instead."""

    text: str = ""
    span: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What is counted: in this batch, and since the beginning."""

    label: str
    now: Cell
    since: Cell


@dataclass(slots=True)
class Group:
    """Figures of one kind, and the sums that are held to them."""

    label: str
    figures: dict[str, dict[bool, Cell]] = field(default_factory=dict)
    sums: dict[str, dict[bool, Cell]] = field(default_factory=dict)

    def lines(self) -> list[Line]:
        """The figures in the paper's order."""
        return _lines(self.figures)

    def sum_lines(self) -> list[Line]:
        """The sums, as they should be."""
        return _lines(self.sums)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One bulletin's table."""

    title: str
    groups: list[Group]
    notes: list[str]


def bulletins(plain: Mapping[str, Any], led: Mapping[str, str]) -> list[Bulletin]:
    """The tables of a paper's bulletins, in its order; `led` says which lit words hold a field's own."""
    records = [record for record in plain["records"] if record["type"] == "bulletin"]
    names = [_name(record) for record in records]
    return [
        _bulletin(record, name, [row for row in plain["reconciliation"] if _is_of(row, name, names)], led)
        for record, name in zip(records, names, strict=True)
    ]


def _is_of(row: Mapping[str, Any], name: str, names: Sequence[str]) -> bool:
    """Whether a sum is of the bulletin of that name: its words begin with the longest name that fits."""
    return name == max((one for one in names if row["what"].startswith(one)), key=len, default="")


def _name(record: Mapping[str, Any]) -> str:
    return str(_value(record, "batch") or _value(record, "issue") or "")


def _value(record: Mapping[str, Any], name: str) -> Any:
    return (record["fields"].get(name) or {}).get("value")


def _bulletin(
    record: Mapping[str, Any], name: str, sums: Sequence[Mapping[str, Any]], led: Mapping[str, str]
) -> Bulletin:
    groups: dict[str, Group] = {"": Group("")}
    for key, one in record["fields"].items():
        if isinstance(one["value"], int | float):
            is_since, of, label = _counted(key)
            span = span_id(one["span"])
            cell = Cell(_said(one["value"], key), led.get(span, span))
            groups.setdefault(of, Group(of)).figures.setdefault(label, {})[is_since] = cell
    for row in sums:
        what = row["what"].removeprefix(name)
        label = what.removeprefix("累计")
        of = next((one for one in groups if one and label == f"{one}合计"), SUMS)
        groups.setdefault(of, Group(of)).sums.setdefault(label, {})[what != label] = _sum(row)
    last = groups.pop(SUMS, None)
    title = " ".join(str(one) for one in (name or "通报", _value(record, "date")) if one)
    shown = [*groups.values(), *([last] if last else [])]
    return Bulletin(
        title, [one for one in shown if one.figures or one.sums], [row["note"] for row in sums if row["note"]]
    )


def _counted(key: str) -> tuple[bool, str, str]:
    """(counted since the beginning, its group's label or "", its own label) of a figure's name."""
    name = key.removeprefix(SINCE)
    of, *parts = name.split(".")
    if not parts:
        return name != key, "", LABELS.get(name, name)
    within, _, _ = of.rpartition("_by_region")
    parts_of = [LABELS.get(within, within), LABELS["by_region"]]
    group = LABELS.get(of) or "".join(reversed(parts_of) if within.endswith("_rate") else parts_of)
    return name != key, group, " ".join([*parts[:1], *(LABELS.get(part, part) for part in parts[1:])])


def _digits(value: float) -> str:
    return str(int(value) if value == int(value) else value)


def _said(value: float, key: str) -> str:
    return f"{_digits(value)}{'%' if '_rate' in key else ''}"


def _sum(row: Mapping[str, Any]) -> Cell:
    sign = "%" if row["what"].endswith(("率", "占比")) else ""
    wrong = f"文中{_digits(row['printed'])}{sign}" if row["printed"] != row["read"] else ""
    return Cell(f"{_digits(row['read'])}{sign}", "", wrong)


def _lines(cells: Mapping[str, Mapping[bool, Cell]]) -> list[Line]:
    return [Line(label, by.get(False, Cell()), by.get(True, Cell())) for label, by in cells.items()]
