"""The trail as an auditor reads it: ids, classes, names of fields, never a value. Each look is itself in the trail."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import Wrong, operation
from bihuan.api.paging import Backwards, refuse_unknown
from bihuan.api.writing import Words
from bihuan.core import clock, trailing
from bihuan.core.clock import day_of
from bihuan.core.trailing import Question
from bihuan.gate import auditing
from bihuan.gate.answers import workbook
from bihuan.gate.deed_names import DEED_NAMES, deed_name
from bihuan.gate.policy import Asked
from bihuan.organisation.rules.duties import Role

TAGS = ["审计"]
WHO = (Role.AUDIT_ADMIN,)
RECORDED = "每次查阅都记入轨迹。"
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)


class Verification(Schema):
    """The last verification of the chain that was asked for here, and what came of it."""

    on: date
    told: str


class Audit(Schema):
    """What can be asked of the trail: the names of deeds and of tables; the last verification."""

    verified: Verification | None
    actions: list[shapes.Named]
    tables: list[shapes.Named]


class TrailAsked(Backwards):
    """What is asked of the trail: one thing at least."""

    person: Words = Field("", max_length=60, description="办理人，或被代的人")
    from_day: date | None = Field(None, ge=EARLIEST, le=LATEST, description="从哪天")
    to_day: date | None = Field(None, ge=EARLIEST, le=LATEST, description="到哪天")
    action: Words = Field("", max_length=60, description="做了什么：/audit 里的名")
    table: Words = Field("", max_length=40, description="动了哪类记录：/audit 里的名")
    about: Words = Field("", max_length=40, description="事项编号，如 HE2-P001")

    def question(self) -> Question:
        """The same as the trail takes it."""
        return Question(
            self.person.strip(), self.from_day, self.to_day, self.action, self.table, about=self.about.strip()
        )


class TrailLine(Schema):
    """One entry without its values: `fields` are the names of what it changed or showed."""

    number: int
    at: datetime
    who: str
    post: str
    behalf: str
    action: shapes.Named
    kind: str
    table: str
    row: int
    about: str
    fields: list[str]


class Trail(Schema):
    """A page of entries, newest first, how many there are in all; `next` begins the next page."""

    count: int
    rows: list[TrailLine]
    next: int | None = None


class Month(Schema):
    """A month."""

    month: str = Field(
        "", pattern=r"^((19|20)[0-9]{2}-(0[1-9]|1[0-2]))?$", description="哪个月，如 2022-07；不填是本月"
    )

    def first(self) -> date:
        """Its first day."""
        return clock.day_or_today(f"{self.month}-01").replace(day=1)


class Tally(Schema):
    """How often a thing was done, on how many rows, by how many people."""

    label: str
    deeds: int
    entries: int
    persons: int


class Report(Schema):
    """What was done in a month, the most frequent first."""

    month: str
    deeds: int
    entries: int
    rows: list[Tally]


def _named(names: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "label": label} for name, label in names.items()]


def _deed(request: Asked) -> dict[str, Any]:
    return {"by": request.actor, "at": clock.now()}


@operation("GET", "/audit", "api_audit", "审计：能查什么，最近一次核对", Audit, who=WHO, tags=TAGS)
def audit(request: Asked) -> Any:
    """What can be asked, and when the chain was last verified."""
    last = auditing.last_verified(request.actor.city)
    verified = {"on": day_of(last.at), "told": last.note} if last else None
    return {"verified": verified, "actions": _named(DEED_NAMES), "tables": _named(trailing.tables())}


@operation("GET", "/audit/trail", "api_audit_trail", "查阅轨迹", Trail, who=WHO, tags=TAGS, description=RECORDED)
def trail(request: Asked, asked: Query[TrailAsked]) -> Any:
    """The entries that a question means; what was asked stands in the trail from then on."""
    refuse_unknown(request, asked)
    question = asked.question()
    if not question:
        raise Wrong(422, auditing.NOTHING_ASKED)
    if question.action and question.action not in DEED_NAMES:
        raise Wrong(422, "“action”不在可选的里面。")
    if question.table and question.table not in trailing.tables():
        raise Wrong(422, "“table”不在可选的里面。")
    entries = auditing.entries(question, **_deed(request))
    shown, following = asked.page_of(entries)
    return {"count": entries.count(), "rows": [_line(one) for one in trailing.lines(shown)], "next": following}


def _line(one: trailing.Line) -> dict[str, Any]:
    names = ("number", "at", "who", "post", "behalf", "kind", "table", "row", "about")
    action = {"name": one.action, "label": deed_name(one.action)}
    return {"action": action, "fields": [*one.fields], **{name: getattr(one, name) for name in names}}


@operation("GET", "/audit/report", "api_audit_report", "审计月报", Report, who=WHO, tags=TAGS, description=RECORDED)
def report(request: Asked, asked: Query[Month]) -> Any:
    """How often each thing was done in a month."""
    refuse_unknown(request, asked)
    rows = auditing.month_counted(asked.first(), **_deed(request))
    return {
        "month": f"{asked.first():%Y-%m}",
        "deeds": sum(row[1] for row in rows),
        "entries": sum(row[2] for row in rows),
        "rows": [dict(zip(("label", "deeds", "entries", "persons"), row, strict=True)) for row in rows],
    }


@operation(
    "GET",
    "/audit/report/workbook",
    "api_audit_workbook",
    "审计月报的 Excel",
    None,
    who=WHO,
    tags=TAGS,
    openapi_extra=shapes.FILE_XLSX,
    description=RECORDED,
)
def report_workbook(request: Asked, asked: Query[Month]) -> HttpResponse:
    """The same as a workbook."""
    refuse_unknown(request, asked)
    rows = auditing.month_counted(asked.first(), **_deed(request))
    return workbook(*auditing.month_workbook(asked.first(), rows, clock.today()))
