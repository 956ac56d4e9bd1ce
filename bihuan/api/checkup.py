"""The check-up and the completeness statement: what the pages of these show, to whom they show it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import Wrong, operation
from bihuan.api.writing import Key, Words, deed, once
from bihuan.checkup.actions import LONGEST, explain_finding
from bihuan.checkup.papers import statement_docx
from bihuan.checkup.queries import findings, statement
from bihuan.checkup.rules import RULES, Found
from bihuan.core import clock
from bihuan.gate.answers import paper
from bihuan.gate.kinds import kind_of
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.intake.queries.sight import IMPORTERS
from bihuan.organisation.queries import structure

TAGS = ["体检"]
FIRST = 3
SIZE, MOST, LAST = 50, 200, 100_000
SHORT = 40


class FindingLine(Schema):
    """A finding: what it is about (`code` where that is a matter, `import_id` where an import settles it), in words.

    `digest` is wanted back by its explanation.
    """

    subject: str
    code: str
    import_id: int | None
    text: str
    digest: str


class Explained(Schema):
    """A finding that somebody explained."""

    subject: str
    text: str
    reason: str
    person: str
    at: datetime


class Checked(Schema):
    """A check that finds something: how many stand, the first of them, what was explained of the rest."""

    check: str
    group: str
    label: str
    why: str
    settle: str
    is_explainable: bool
    count: int
    findings: list[FindingLine]
    explained: list[Explained]


class Checkup(Schema):
    """Every check that finds something; `can_explain` whether one's word settles a finding."""

    count: int
    can_explain: bool
    checks: list[Checked]


class Sliced(Schema):
    """Where a page of findings begins, and how long it is."""

    start: int = Field(0, ge=0, le=LAST, description="跳过前几处")
    size: int = Field(SIZE, ge=1, le=MOST, description=f"一页几处，1 到 {MOST}")


class Explanation(Schema, extra="forbid"):
    """Why a finding stands as it is."""

    subject: Words
    digest: str = Field(max_length=64, description="这一处的 digest：内容变了，说明不再算数")
    reason: Words = Field(..., min_length=1, max_length=LONGEST)


class Settled(Schema):
    """What came of it."""

    done: str
    is_repeated: bool


class StateCount(Schema):
    """A state, and how many stand there."""

    label: str
    count: int


class Kept(Schema):
    """One kind of matter: in the ledger, by state; left with its import; taken over, and of these as closed."""

    label: str
    unit: str
    count: int
    states: list[StateCount]
    withdrawn: int
    taken: int
    taken_states: list[StateCount]
    taken_closed: int
    is_whole: bool


class CameIn(Schema):
    """An import that was written: what was read, and what became of it."""

    title: str
    read: int
    created: int
    changed: int
    same: int
    refused: int
    joined: int
    is_whole: bool


class Unlike(Schema):
    """A batch whose printed total is not what the ledger holds."""

    label: str
    printed: int
    living: int
    note: str


class Stated(Schema):
    """What came in under one inspection, and where it is."""

    inspection: str
    is_whole: bool
    kinds: list[Kept]
    papers: list[CameIn]
    returned: list[CameIn]
    batches: list[Unlike]


class TrailEnd(Schema):
    """The last entry of the trail: what is stated is stated up to there."""

    number: int
    digest: str


class Completeness(Schema):
    """The completeness statement."""

    on: date
    trail: TrailEnd
    inspections: list[Stated]


def _finding(one: Found) -> dict[str, Any]:
    return {
        "subject": one.subject,
        "code": one.subject if kind_of(one.subject) else "",
        "import_id": one.import_id or None,
        "text": one.text,
        "digest": one.digest,
    }


def _checked(one: findings.Result) -> dict[str, Any]:
    rule = one.rule
    return {
        "check": rule.name,
        **{name: getattr(rule, name) for name in ("group", "label", "why", "settle")},
        "is_explainable": one.is_explainable,
        "count": one.count,
        "findings": [_finding(each) for each in one.found],
        "explained": [
            {
                "subject": each.subject,
                "text": each.text,
                "reason": why.reason,
                "person": str(why.person),
                "at": why.explained_at,
            }
            for each, why in one.explained
        ],
    }


def _known(name: str) -> str:
    if name not in RULES:
        raise Wrong(404, f"没有体检项“{name[:SHORT]}”。")
    return name


@operation("GET", "/checkup", "api_checkup", "体检：各项查出的", Checkup, who=(BUSINESS,), tags=TAGS)
def checkup(request: Asked) -> Any:
    """Every check that finds something in this person's sight, each with its first findings."""
    found = findings.results(request.actor, FIRST)
    return {
        "count": sum(one.count for one in found),
        "can_explain": findings.can_explain(request.actor),
        "checks": [_checked(one) for one in found],
    }


@operation("GET", "/checkup/{slug:check}", "api_check", "体检：一项的全部", Checked, who=(BUSINESS,), tags=TAGS)
def check(request: Asked, check: str, asked: Query[Sliced]) -> Any:
    """A page of all that one check finds."""
    return _checked(findings.result_of(_known(check), request.actor, asked.size, asked.start))


@operation(
    "POST",
    "/checkup/{slug:check}/explanations",
    "api_check_explained",
    "体检：说明一处为什么这样是对的",
    Settled,
    who=(BUSINESS,),
    refuses=(409,),
    tags=TAGS,
    description="由整改办填写；这一处的内容变了，会重新列出。要带 Idempotency-Key。",
)
def explain(request: Asked, check: str, asked: Explanation, key: Key) -> Any:
    """Say why a finding stands as it is."""
    name = _known(check)
    told = deed(request, key)
    _, is_repeated = once(lambda: explain_finding(name, asked.subject, asked.digest, asked.reason, **told))
    return {"done": "已记下说明；内容变了会重新列出。", "is_repeated": is_repeated}


def _named(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _stated(one: statement.Statement) -> dict[str, Any]:
    kept = ("label", "unit", "count", "withdrawn", "taken", "taken_closed", "is_whole")
    came = ("title", "read", "created", "changed", "same", "refused", "joined", "is_whole")
    return {
        "inspection": one.inspection,
        "is_whole": one.is_whole,
        "kinds": [
            {
                **_named(kind, *kept),
                "states": _counts(kind.states),
                "taken_states": _counts(kind.taken_states),
            }
            for kind in one.kinds
        ],
        "papers": [_named(each, *came) for each in one.papers],
        "returned": [_named(each, *came) for each in one.returned],
        "batches": [_named(batch, "label", "printed", "living", "note") for batch in one.batches],
    }


def _counts(states: Iterable[statement.InState]) -> list[dict[str, Any]]:
    return [_named(one, "label", "count") for one in states]


@operation("GET", "/completeness", "api_completeness", "完备性说明", Completeness, who=IMPORTERS, tags=TAGS)
def completeness(request: Asked) -> Any:
    """Of each inspection, what came in and where it is."""
    number, digest = statement.trail_end()
    stated = [_stated(one) for one in statement.statements(request.actor)]
    return {"on": clock.today(), "trail": {"number": number, "digest": digest}, "inspections": stated}


@operation(
    "GET",
    "/completeness/paper",
    "api_completeness_paper",
    "完备性说明的 Word 文书",
    None,
    who=IMPORTERS,
    tags=TAGS,
    openapi_extra=shapes.FILE_DOCX,
)
def completeness_paper(request: Asked) -> HttpResponse:
    """The statement as a Word paper to sign."""
    by, on = request.actor, clock.today()
    count = sum(one.count for one in findings.results(by, FIRST))
    office = structure.office_of(by.city) or "整改办"
    data = statement_docx(statement.statements(by), office, on, statement.trail_end(), count)
    return paper(f"整改台账完备性说明 {on}", data)
