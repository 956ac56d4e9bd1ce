"""Progress entries over the API: what one's units owe, a measure's entries, an entry in, a step of one."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Schema, UploadedFile
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import Wrong, operation
from bihuan.api.steps import StepAsked
from bihuan.api.writing import WRITES, Key, Match, Words, deed, hold, once
from bihuan.core import clock
from bihuan.gate import filling
from bihuan.gate.answers import or_404, workbook
from bihuan.gate.policy import BUSINESS, REPORTING, Asked
from bihuan.lib.paper.container import PACKED_LIMIT
from bihuan.lib.paper.document import Unreadable
from bihuan.lib.quantity import MOST, plain
from bihuan.matters.rules.progress import PROGRESS
from bihuan.rectification.actions import progress as actions
from bihuan.rectification.queries import called, entries, reporting, sight
from bihuan.rectification.rules.reporting import Filled, topic

TAGS = ["进展填报"]
SAYS = "要带 Idempotency-Key。有提问没有答复的，422 里写明问什么；把答复放进 answers 再发。"


class Answered(Schema):
    """What was asked about an entry, and what the person said to it."""

    about: str
    words: str


class EntryLine(Schema):
    """A progress entry: as of which day, its words and figures, who filled it in, where it stands; `version` is wanted
    back by its steps.
    """

    id: int
    version: int
    on: date
    is_unchanged: bool
    reason: str
    done: str
    difficulties: str
    next_steps: str
    percent: str
    expected_on: date | None
    figures: list[str]
    answers: list[Answered]
    state: shapes.Named
    filled_by: str
    filled_at: datetime
    approved_by: str
    corrects: int | None
    steps: list[str]


class OwedLine(Schema):
    """A measure that is to be reported on: which period is due until when, whether it was reported, the last entry."""

    code: str
    text: str
    period: str
    due_on: date
    is_reported: bool
    last: EntryLine | None


class WaitingLine(Schema):
    """An entry that waits for one's approval, and its measure's code."""

    code: str
    entry: EntryLine


class Desk(Schema):
    """What one's units owe, and what waits for one's approval."""

    owed: list[OwedLine]
    waiting: list[WaitingLine]


class TakenLine(Schema):
    """What became of one measure's rows in a workbook: handed_in, repeated, asked or refused, and why."""

    code: str
    place: str
    title: str
    outcome: str
    sentences: list[str]


class Counted(Schema):
    """An indicator as an entry names it: its id, target, and how much was done altogether ("" where nothing was)."""

    id: int
    name: str
    measured_in: str
    target: str
    before: str


class Mark(Schema):
    """A milestone as an entry names it."""

    id: int
    text: str


class Entries(Schema):
    """A measure's entries, newest first, and what a new one may name."""

    code: str
    indicators: list[Counted]
    milestones: list[Mark]
    entries: list[EntryLine]


class Reading(Schema, extra="forbid"):
    """How much of an indicator was done altogether."""

    indicator: int = Field(ge=0, le=MOST)
    cumulative: Decimal = Field(ge=0, lt=Decimal(10) ** 13, decimal_places=3)


class Reached(Schema, extra="forbid"):
    """On which day a milestone was reached."""

    milestone: int = Field(ge=0, le=MOST)
    on: date


class Said(Schema, extra="forbid"):
    """An answer, by its question's key: what the question is about, and the indicator or milestone, like fall-12."""

    key: str = Field(pattern=r"^[a-z]{1,20}-[a-z0-9]{1,20}$|^backwards$")
    words: Words


class EntryAsked(Schema, extra="forbid"):
    """A new entry: facts, or `is_unchanged` with a reason; `corrects` the entry that it sets right."""

    on: date
    is_unchanged: bool = False
    reason: Words = ""
    done: Words = ""
    difficulties: Words = ""
    next_steps: Words = ""
    percent: Decimal | None = Field(None, ge=0, le=100, decimal_places=2)
    expected_on: date | None = None
    readings: list[Reading] = Field([], max_length=100)
    reached: list[Reached] = Field([], max_length=100)
    answers: list[Said] = Field([], max_length=300)
    corrects: int | None = Field(None, ge=0, le=MOST)


def _line(row: Any, changed: dict[int, Any], steps: tuple[str, ...] = ()) -> dict[str, Any]:
    names = (
        "version",
        "on",
        "is_unchanged",
        "reason",
        "done",
        "difficulties",
        "next_steps",
        "expected_on",
        "filled_at",
    )
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in names},
        "percent": plain(row.percent),
        "figures": [one.words for one in changed.get(row.pk, ())],
        "answers": [{"about": topic(key), "words": words} for key, words in row.answers.items()],
        "state": {"name": row.state, "label": PROGRESS.label(row.state)},
        "filled_by": str(row.filled_by or ""),
        "approved_by": str(row.approved_by or ""),
        "corrects": row.corrects_id,
        "steps": [*steps],
    }


@operation("GET", "/reports", "api_reports", "我要报的和等我审的进展", Desk, who=(REPORTING,), tags=TAGS)
def reports(request: Asked) -> Any:
    """What one's units owe, what is due first in front, and the entries that wait for one's approval."""
    owed, waiting = reporting.owed(request.actor, clock.today()), [*reporting.waiting(request.actor)]
    seen = sight.measures_for(request.actor).filter(matter_id__in=[one.matter_id for one in waiting])
    measures = {one.matter_id: one for one in seen}
    changed = entries.changes([*waiting, *(one.last for one in owed if one.last is not None)])
    return {
        "owed": [
            {
                "code": one.measure.matter.code,
                "text": one.measure.text,
                "period": one.period.name,
                "due_on": one.period.end,
                "is_reported": one.is_reported,
                "last": _line(one.last, changed) if one.last is not None else None,
            }
            for one in owed
        ],
        "waiting": [
            {
                "code": one.matter.code,
                "entry": _line(one, changed, entries.offers(measures[one.matter_id], one, request.actor)),
            }
            for one in waiting
            if one.matter_id in measures
        ],
    }


@operation("GET", "/reports/workbook", "api_reports_workbook", "填报表", None, who=(REPORTING,), tags=TAGS)
def filling_form(request: Asked) -> HttpResponse:
    """The workbook of what one's units owe, to be filled in."""
    return workbook(*filling.form(request.actor, clock.today()))


@operation(
    "POST",
    "/reports/workbook",
    "api_reports_workbook",
    "交回填报表",
    list[TakenLine],
    who=(REPORTING,),
    tags=TAGS,
    description="每件措施各办各的：能送审的送审，其余写明为什么；同一张表再交，已送审的认得出来。",
)
def filled_form(request: Asked, file: File[UploadedFile]) -> Any:
    """Hand in every entry of a filled workbook; each row is known again by what it says."""
    try:
        return filling.take_in(str(file.name), file.read(PACKED_LIMIT + 1), by=request.actor, at=clock.now())
    except Unreadable as fault:
        raise Wrong(422, str(fault)) from fault


@operation(
    "GET", "/measures/{slug:code}/reports", "api_measure_reports", "一项措施的进展", Entries, who=(BUSINESS,), tags=TAGS
)
def measure_reports(request: Asked, code: str) -> Any:
    """One measure's entries, and the indicators and milestones that a new one names."""
    measure = or_404(called.measure(request.actor, code))
    rows = [*entries.entries_for(measure, request.actor)]
    known, changed = reporting.known(measure, clock.today(), "", request.actor, clock.today()), entries.changes(rows)
    return {
        "code": code,
        "indicators": [
            {
                "id": key,
                "name": one.name,
                "measured_in": one.unit,
                "target": plain(one.target),
                "before": plain(one.before),
            }
            for key, one in known.counted.items()
        ],
        "milestones": [{"id": key, "text": text} for key, text in known.milestones.items()],
        "entries": [_line(one, changed, entries.offers(measure, one, request.actor)) for one in rows],
    }


@operation(
    "POST",
    "/measures/{slug:code}/reports",
    "api_measure_reports",
    "填报一条进展",
    shapes.Done,
    who=(BUSINESS,),
    refuses=(409,),
    tags=TAGS,
    description=SAYS,
)
def report_in(request: Asked, code: str, asked: EntryAsked, key: Key) -> Any:
    """Hand in one entry; it waits for another person, but a plain "no change" where the rules let it pass."""
    measure = or_404(called.measure(request.actor, code))
    facts = asked.dict()
    facts["readings"] = {one.indicator: one.cumulative for one in asked.readings}
    facts["reached"] = {one.milestone: one.on for one in asked.reached}
    facts["answers"] = {one.key: one.words for one in asked.answers}
    filled = Filled(**facts)
    _, is_repeated = once(lambda: actions.report_progress(measure, filled, **deed(request, key)))
    return {"done": "已送审。" if not asked.is_unchanged else "已报无变化。", "is_repeated": is_repeated, "code": code}


@operation(
    "POST",
    "/measures/{slug:code}/reports/{int:pk}/steps",
    "api_report_step",
    "一条进展办一步",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description="要带 Idempotency-Key 和 If-Match(那一条的版本)。步骤见那一条的 steps。",
)
def report_step(request: Asked, code: str, pk: int, asked: StepAsked, key: Key, match: Match) -> Any:
    """Take one step of an entry: 审定, 退回修改, 重新送审 or 撤回."""
    measure = or_404(called.measure(request.actor, code))
    row = get_object_or_404(entries.entries_for(measure, request.actor), pk=pk)
    hold(request, row, match, asked.version, key)
    told = {**deed(request, key), "note": asked.note.strip()}
    _, is_repeated = once(lambda: actions.move_report(measure, row, asked.step, **told))
    [label] = [move.label for move in PROGRESS.rows(asked.step)][:1] or ["办"]
    now = entries.entries_for(measure, request.actor).filter(pk=pk).first()
    told_now = {"version": now.version, "state": {"name": now.state, "label": PROGRESS.label(now.state)}} if now else {}
    return {"done": f"已{label}。", "is_repeated": is_repeated, "code": code, **told_now}
