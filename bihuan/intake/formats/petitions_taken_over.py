"""What an office's own running petition ledger says beside the table: where each stands, since when, with whom.

Hides the headings that offices use. Works on what was understood of the table, and finds the rows by its spans; adds
fields and questions to the records, and takes back the questions that the words of a state answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.intake.formats import petition_words
from bihuan.intake.formats.running import (
    NOBODY_SAYS,
    NOT_SAID,
    SAID_BY_TABLE,
    Doubt,
    Running,
    asked,
    day,
    derived,
    field,
    is_blank,
    is_cell,
    needs_no_day,
    unfilled,
    unsaid,
)
from bihuan.intake.formats.taken_over import FILED
from bihuan.lib.paper.document import Cell, Document
from bihuan.lib.reading.directory import Directory
from bihuan.lib.reading.units import read_units
from bihuan.petitions.rules.taking_over import (
    BORNE,
    FINISHED,
    RUNNING,
    STANDINGS,
    is_contradicted,
    standing_by,
    standing_of,
)

HEADS: dict[str, tuple[str, ...]] = {
    "standing": (
        "办理状态",
        "状态",
        "目前状态",
        "当前状态",
        "办件状态",
        "案件状态",
        "信访件状态",
        "办结状态",
        "办理进度",
        "进度状态",
        "办理环节",
        "当前环节",
        "流转状态",
        "现状",
    ),
    "closing": ("是否办结", "办结情况", "办结与否", "是否已办结", "办结类型"),
    "signed_off": ("是否销号", "销号情况", "验收销号情况", "是否已销号"),
    "last_progress": (
        "最新进展",
        "最近进展",
        "目前进展",
        "进展情况",
        "工作进展",
        "最新进展情况",
        "办理进展",
        "办理进展情况",
        "整改进展",
        "整改进展情况",
    ),
    "handed_over_on": (
        "交办时间",
        "交办日期",
        "转办时间",
        "转办日期",
        "交办日",
        "转办日",
        "分办时间",
        "分办日期",
        "派单时间",
        "派发时间",
        "下发时间",
    ),
    "signed_on": ("签收时间", "签收日期", "接收时间", "接件时间", "承办单位签收时间"),
    "reply": (
        "反馈期限",
        "反馈时限",
        "反馈截止时间",
        "反馈截止日期",
        "要求反馈时间",
        "回复期限",
        "回复时限",
        "答复期限",
        "答复时限",
        "上报时限",
        "办理时限",
        "办理期限",
        "办结时限",
        "办结期限",
        "限办日期",
        "限办时间",
        "截止日期",
        "截止时间",
    ),
    "mending": ("整改时限", "整改期限", "完成时限", "完成期限", "整改完成时限"),
    "moved": (
        "延期至",
        "延长至",
        "延期后时限",
        "延期时限",
        "延期期限",
        "延期后期限",
        "调整后时限",
        "调整后期限",
        "展期时限",
        "现时限",
        "现行时限",
    ),
    "closed_on": (
        "办结时间",
        "办结日期",
        "销号时间",
        "销号日期",
        "办结(销号)时间",
        "办结销号时间",
        "验收销号时间",
        "完成时间",
        "完成日期",
    ),
    "filing_number": FILED,
    "responsible": ("责任单位", "承办单位", "办理单位", "牵头单位", "主办单位", "转办单位", "交办单位", "责任主体"),
    "supporting": ("配合单位", "协办单位", "会办单位"),
}
DATED = {
    "handed_over_on": "交办时间",
    "signed_on": "签收时间",
    "closed_on": "办结时间",
}
REVERSED = (
    ("handed_over_on", "signed_on"),
    ("handed_over_on", "closed_on"),
    ("signed_on", "closed_on"),
    ("handed_over_on", "due_on"),
)
LABELS = {**DATED, "due_on": "时限"}
Fields = dict[str, Any]


def with_petition_standings(plain: dict[str, Any], document: Document, directory: Directory) -> dict[str, Any]:
    """What was understood of a petition table, with where each of its petitions stands."""
    running = Running(document, HEADS)
    records = [_read(record, running, directory) for record in plain["records"]]
    doubts = running.unread(plain["doubts"])
    return {**plain, "records": records, "doubts": [*doubts, *_columns_missing(records)], "takes_over": True}


def _columns_missing(records: Sequence[Mapping[str, Any]]) -> Iterator[Doubt]:
    """That a ledger has no column of what it is taken over for."""
    stood = [one["fields"]["standing"]["value"] for one in records if "standing" in one["fields"]]
    undated = sum(value in FINISHED for value in stood)
    if records and not stood:
        question = "没有读到现状一栏（办理状态、是否办结、销号情况），这些件只能作为新收的写入。"
        yield asked("", "standing_column_missing", question, None)
    elif undated and not any("closed_on" in one["fields"] for one in records):
        question = (
            f"{undated}件写着已办结或已销号，没有读到办结时间一栏，不记办结时间；台账里有的，请补上这一栏再导入。"
        )
        yield asked("", "closed_on_column_missing", question, None)


def _read(record: dict[str, Any], running: Running, directory: Directory) -> dict[str, Any]:
    span = next(
        (one["span"] for name in ("number", "content") if (one := record["fields"].get(name)) and one["span"]), None
    )
    said = running.said(span)
    if record["type"] != "petition" or not said:
        return record
    row = _Line(running, span, said, dict(record["fields"]), [*record["doubts"]])
    row.stand()
    row.name()
    row.date()
    row.limit()
    row.bear(directory)
    row.doubts += _missing(row) if row.fields.get("standing") else ()
    return {**record, "fields": row.fields, "doubts": row.doubts}


@dataclass(slots=True)
class _Line:
    """One petition's row: what it says beside the table, put into the fields and doubts of its record."""

    running: Running
    span: Any
    said: Mapping[str, Cell]
    fields: Fields
    doubts: list[Doubt]

    def asks(self, name: str) -> bool:
        return self.running.asks(self.span, name)

    def cell(self, name: str) -> Cell | None:
        """The cell that says it; None where it is empty."""
        cell = self.said.get(name)
        return None if is_blank(cell) else cell

    def stand(self) -> None:
        """Where it stands: signed off before all; else by its word, else by whether it is closed (是否办结)."""
        closing = self._closing()
        signed = self.cell("signed_off")
        word = self.cell("standing") or self._in_progress(closing)
        meant = _signed_off(signed.text) if signed else None
        if meant and signed:
            self._stands(signed, meant)
        elif word:
            self._stands(word, standing_of(word.text) or standing_by(petition_words.closing(word.text)))
        elif closing:
            self._stands(closing, standing_by(petition_words.closing(closing.text)))
        elif self.asks("standing") or self.asks("closing"):
            self._stands(None, None)
        progress = self.cell("last_progress")
        if progress and progress is not word:
            self.fields["last_progress"] = field(progress, progress.text.strip())

    def name(self) -> None:
        """The number under which it was signed off."""
        if number := self.cell("filing_number"):
            self.fields["filing_number"] = field(number, number.text.strip())

    def _closing(self) -> Cell | None:
        """The cell of 是否办结; what the table took for one though it says where the petition stands is no closing."""
        cell, own = self.cell("closing"), self.fields.get("closing") or {}
        beside = [self.said[name] for name in ("standing", "last_progress", "signed_off") if name in self.said]
        if any(is_cell(own.get("span"), one) for one in beside):
            self._drop_closing()
            if cell and (said := petition_words.closing(cell.text)):
                self.fields["closing"] = field(cell, said)
        return cell

    def _drop_closing(self) -> None:
        self.fields["closing"] = unfilled()
        self.doubts = [one for one in self.doubts if one["kind"] != "closing_unknown"]

    def _in_progress(self, closing: Cell | None) -> Cell | None:
        """The cell of 办理进展, where that is no more than the word of a state and nothing else says one."""
        progress = self.cell("last_progress")
        known = progress and (standing_of(progress.text) or petition_words.closing(progress.text))
        return progress if known and not self.asks("standing") and closing is None else None

    def _stands(self, cell: Cell | None, standing: str | None) -> None:
        fields = self.fields
        fields["standing"] = field(cell, standing, SAID_BY_TABLE) if cell else unfilled()
        fields["stood_at"] = self.running.place(self.span)
        own = (fields.get("closing") or {}).get("value")
        if standing is None:
            word = cell.text if cell else ""
            self._ask("standing", "standing_unknown", f"台账写的“{word}”，现在是哪一步？", cell, _of_all())
            if cell is None or is_cell((fields.get("closing") or {}).get("span"), cell):
                self._drop_closing()
        elif own and is_contradicted(standing, own):
            question = f"状态写“{cell.text if cell else ''}”，是否办结却写“{fields['closing']['raw']}”，现在是哪一步？"
            said = standing_by(own) or standing
            self._ask("standing", "standing_closing", question, cell, [(standing, standing), (said, said)])
        elif not own and STANDINGS[standing][2]:
            fields["closing"] = derived(STANDINGS[standing][2], SAID_BY_TABLE)

    def date(self) -> None:
        """The days on which it was handed over, signed for and closed."""
        received, handed = self.fields.get("received") or {}, self.said.get("handed_over_on")
        if handed is not None and is_cell(received.get("span"), handed):
            self.fields["received"] = unfilled()
        for name, label in DATED.items():
            if cell := self.cell(name):
                self.fields[name] = field(cell, day(cell.text))
                if self.fields[name]["value"] is None:
                    question = f"{label}“{cell.text}”是哪一天？"
                    self._ask(name, f"{name.removesuffix('_on')}_unknown", question, cell, unsaid(f"不记{label}"))
        batch, of = self.fields.get("batch_date") or unfilled(), self.fields.get("batch") or unfilled()
        if "handed_over_on" not in self.fields and batch["value"] and of["value"]:
            self.fields["handed_over_on"] = {**batch, "derived": "批次日期"}

    def limit(self) -> None:
        """By when: the first deadline that the ledger sets, and the one to which it was put off."""
        cell = self.cell("reply") or self.cell("mending")
        if cell:
            self.doubts = [one for one in self.doubts if one["field"] != "deadline" or not is_cell(one["span"], cell)]
            self.fields["due_on"] = field(cell, day(cell.text))
            if self.fields["due_on"]["value"] is None and not needs_no_day(cell.text):
                self._ask("due_on", "due_unknown", f"时限“{cell.text}”是哪一天？", cell, unsaid("没有期限"))
        if moved := self.cell("moved"):
            self.fields["first_due_on"] = self.fields.get("due_on") or unfilled()
            self.fields["due_on"] = field(moved, day(moved.text))
            if self.fields["due_on"]["value"] is None:
                question = f"延期后的时限“{moved.text}”是哪一天？"
                self._ask("due_on", "moved_unknown", question, moved, unsaid("没有延期，按原时限"))
        if self.cell("reply"):
            self.fields["is_reply"] = derived(value=True, rule="反馈期限一栏")

    def bear(self, directory: Directory) -> None:
        """The units that answer for it, and those that support them."""
        if self.cell("responsible"):
            self.fields.pop("unit", None)
        for name in ("responsible", "supporting"):
            if cell := self.cell(name):
                read = read_units(cell.text, directory)
                self.fields[name] = field(cell, [unit.name for unit in read.units] or None)
                for doubt in read.doubts:
                    offered = [(choice, choice) for choice in doubt.question.choices]
                    self._ask(name, doubt.question.kind, doubt.question.text, cell, offered)

    def _ask(self, name: str, kind: str, question: str, cell: Cell | None, choices: Any) -> None:
        self.doubts.append(asked(name, kind, question, cell, choices))


def _signed_off(text: str) -> str | None:
    """已销号 of a column that says whether a petition is signed off; None where it says that it is not."""
    return "已销号" if text.strip("。 ") in ("是", "√") or standing_of(text) == "已销号" else None


def _of_all() -> list[tuple[str, str]]:
    return [(word, word) for word in STANDINGS]


def _missing(row: _Line) -> Iterator[Doubt]:
    """What a petition that stands there must have, and days that cannot be one after the other."""
    standing = row.fields["standing"]["value"]
    word = row.fields["standing"]["raw"]
    if standing in BORNE and not (row.fields.get("responsible") or unfilled())["value"]:
        yield asked("responsible", "bearer_missing", f"台账写的“{word}”，没有写承办单位，是哪个单位？", None)
    if standing in RUNNING and "handed_over_on" not in row.fields:
        question = f"台账写的“{word}”，没有写交办时间，是哪一天？"
        yield asked("handed_over_on", "handed_over_missing", question, None, unsaid(NOBODY_SAYS))
    if standing in FINISHED and row.asks("closed_on") and "closed_on" not in row.fields:
        question = f"台账写的“{word}”，没有写办结时间，是哪一天？"
        yield asked("closed_on", "closed_on_missing", question, None, unsaid(NOBODY_SAYS))
    for first, then in REVERSED:
        before, after = _when(row, first), _when(row, then)
        if before and after and before > after:
            question = f"{LABELS[first]}{before}晚于{LABELS[then]}{after}，以哪个为准？"
            offered = [(f"{LABELS[name]}有误，不记", {name: NOT_SAID}) for name in (first, then)]
            yield asked(then, "dates_reversed", question, row.cell(then), offered)
            return


def _when(row: _Line, name: str) -> date | None:
    """A day; of the deadlines the first."""
    one = row.fields.get("first_due_on" if name == "due_on" and "first_due_on" in row.fields else name)
    return date.fromisoformat(one["value"]) if one and one["value"] else None
