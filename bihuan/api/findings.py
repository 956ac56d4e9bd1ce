"""What units found of their parts of petitions, over the API: the reports, a report in, one sent back."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.writing import Key, Words, deed, once
from bihuan.gate.answers import or_404
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.lib.quantity import MOST, plain
from bihuan.organisation.queries import scope
from bihuan.petitions import queries
from bihuan.petitions.actions import answering, calling
from bihuan.petitions.queries import call_backs as called_back
from bihuan.petitions.queries import called, findings, sub_items
from bihuan.petitions.rules import call_backs as call_back_rules
from bihuan.petitions.rules.findings import Findings, ItemFinding, topic
from bihuan.petitions.rules.penalties import PENALTIES
from bihuan.petitions.rules.undertaking import IN

TAGS = ["信访件核实"]
SAYS = "要带 Idempotency-Key。有提问没有答复的，422 里写明问什么；把答复放进 answers 再发。上报用 steps，带 part。"
Truth = Literal["属实", "基本属实", "部分属实", "不属实"]
Closing = Literal["正在办理", "阶段性办结", "已办结"]


class ItemLine(Schema):
    """A sub-item as a report names it: its id, its place and its words."""

    id: int
    number: int
    text: str


class Found(Schema, extra="forbid"):
    """What was found of one sub-item, by its id."""

    item: int = Field(ge=0, le=MOST)
    finding: Words
    truth: Truth


class Counted(Schema, extra="forbid"):
    """How many or how much of one kind of penalty; `fined` in yuan."""

    kind: str = Field(pattern=f"^(?:{'|'.join(PENALTIES)})$")
    amount: Decimal = Field(ge=0, lt=Decimal(10) ** 9, decimal_places=2)


class Said(Schema, extra="forbid"):
    """An answer, by its question's key."""

    key: str = Field(pattern=r"^[a-z]{1,20}(?:-[a-z_]{1,20})?$")
    words: Words


class Answered(Schema):
    """What was asked about a report, and what the person said to it."""

    about: str
    words: str


class ReportLine(Schema):
    """One unit's report: its words, what was found of each sub-item, its penalties, who filled it in."""

    part: int
    unit: str
    is_reported: bool
    findings: str
    handling: str
    truth: str
    closing: str
    goal: str
    due_on: date | None
    accountability: str
    items: list[Found]
    penalties: list[Counted]
    answers: list[Answered]
    filled_by: str
    filled_at: datetime


class Reports(Schema):
    """The sub-items of a petition, the parts on which this person fills in, and the reports that he sees."""

    code: str
    items: list[ItemLine]
    to_fill: list[int]
    reports: list[ReportLine]


class FindingsAsked(Schema, extra="forbid"):
    """A report in: of which part (its id), words, sub-items, penalties, answers; `truth` may be left to the items."""

    part: int = Field(ge=0, le=MOST)
    findings: Words
    closing: Closing
    handling: Words = ""
    truth: Truth | Literal[""] = ""
    goal: Words = ""
    due_on: date | None = None
    accountability: Words = ""
    items: list[Found] = Field([], max_length=100)
    penalties: list[Counted] = Field([], max_length=len(PENALTIES))
    answers: list[Said] = Field([], max_length=100)


class CallLine(Schema):
    """A call-back: when, how, how the petitioner takes the result; `reason` for the office alone."""

    round_number: int
    called_on: date
    way: str
    outcome: str
    reason: str


class CallAsked(Schema, extra="forbid"):
    """A call-back in."""

    called_on: date
    way: Literal["电话", "走访", "短信", "信函"]
    outcome: Literal["满意", "基本满意", "不满意", "未能联系"]
    reason: str = Field("", max_length=500)


class SentBack(Schema, extra="forbid"):
    """Which part's report goes back to who filled it in, and why."""

    part: int = Field(ge=0, le=MOST)
    note: Words


def _line(part: Any, report: Any) -> dict[str, Any]:
    told = findings.as_filled(report)
    names = ("findings", "handling", "truth", "closing", "goal", "due_on", "accountability")
    return {
        "part": part.pk,
        "unit": str(part.unit),
        "is_reported": part.state in IN,
        **{name: getattr(told, name) for name in names},
        "items": [{"item": key, "finding": one.finding, "truth": one.truth} for key, one in told.items.items()],
        "penalties": [
            {"kind": kind, "amount": plain(amount) or "0"} for kind, amount in told.penalties.items() if amount
        ],
        "answers": [{"about": topic(key), "words": words} for key, words in told.answers.items()],
        "filled_by": str(report.filled_by or ""),
        "filled_at": report.filled_at,
    }


@operation(
    "GET", "/petitions/{slug:code}/findings", "api_findings", "一件信访的核实情况", Reports, who=(BUSINESS,), tags=TAGS
)
def reports(request: Asked, code: str) -> Any:
    """What each unit found of a petition; what is not reported yet is seen by its own unit alone."""
    petition, by = or_404(called.petition(request.actor, code)), request.actor
    parts = findings.live(findings.parts_of(petition))
    told = [(part, report) for part in parts if (report := findings.report_of(part)) is not None]
    return {
        "code": code,
        "items": [{"id": one.pk, "number": one.place, "text": one.text} for one in sub_items.of_petition(petition)],
        "to_fill": [part.pk for part in parts if findings.may_fill(part, by)],
        "reports": [_line(part, one) for part, one in told if part.state in IN or findings.is_own(part, by)],
    }


@operation(
    "POST",
    "/petitions/{slug:code}/findings",
    "api_findings",
    "填报核实情况",
    shapes.Done,
    who=(BUSINESS,),
    refuses=(409,),
    tags=TAGS,
    description=SAYS,
)
def report_in(request: Asked, code: str, asked: FindingsAsked, key: Key) -> Any:
    """Fill in what one's unit found of its part; its approver reports it by a step."""
    part = _part(request, code, asked.part)
    facts = asked.dict(exclude={"part", "items", "penalties", "answers"})
    filled = Findings(
        **facts,
        items={one.item: ItemFinding(one.finding, one.truth) for one in asked.items},
        penalties={one.kind: one.amount for one in asked.penalties},
        answers={one.key: one.words for one in asked.answers},
    )
    _, is_repeated = once(lambda: answering.fill_findings(part, filled, **deed(request, key)))
    return {"done": "已填好，由本单位审核人上报。", "is_repeated": is_repeated, "code": code}


@operation(
    "GET",
    "/petitions/{slug:code}/call-backs",
    "api_call_backs",
    "一件信访的回访",
    list[CallLine],
    who=(BUSINESS,),
    tags=TAGS,
)
def call_backs(request: Asked, code: str) -> Any:
    """How the petitioner took the result; why he is dissatisfied is told to the office alone."""
    petition = or_404(called.petition(request.actor, code))
    is_told = scope.has_role(request.actor, call_back_rules.HEARD)
    names = ("round_number", "called_on", "way", "outcome")
    return [
        {name: getattr(one, name) for name in names} | {"reason": one.reason if is_told else ""}
        for one in called_back.of_petition(petition)
    ]


@operation(
    "POST",
    "/petitions/{slug:code}/call-backs",
    "api_call_backs",
    "记一次回访",
    shapes.Done,
    who=(BUSINESS,),
    refuses=(409,),
    tags=TAGS,
    description="要带 Idempotency-Key。只有信访专员可以记；原因里的姓名和号码会遮盖。",
)
def call_back_in(request: Asked, code: str, asked: CallAsked, key: Key) -> Any:
    """Record that a petitioner was asked how he takes the result."""
    petition = or_404(called.petition(request.actor, code))
    told = call_back_rules.Called(asked.called_on, asked.way, asked.outcome, asked.reason)
    _, is_repeated = once(lambda: calling.record_call_back(petition, told, **deed(request, key)))
    return {"done": "回访已记下。", "is_repeated": is_repeated, "code": code}


@operation(
    "POST",
    "/petitions/{slug:code}/findings/return",
    "api_findings_return",
    "核实情况退回填报人",
    shapes.Done,
    who=(BUSINESS,),
    refuses=(409,),
    tags=TAGS,
    description="要带 Idempotency-Key。",
)
def send_back(request: Asked, code: str, asked: SentBack, key: Key) -> Any:
    """Send a report that is not reported yet back to who filled it in."""
    part = _part(request, code, asked.part)
    told = {**deed(request, key), "note": asked.note.strip()}
    _, is_repeated = once(lambda: answering.send_back_findings(part, **told))
    return {"done": "已退回填报人修改。", "is_repeated": is_repeated, "code": code}


def _part(request: Asked, code: str, pk: int) -> Any:
    petition = or_404(called.petition(request.actor, code))
    return get_object_or_404(queries.undertakings_of(petition), pk=pk)
