"""Plans over the API: how each stands, its editions and their differences, its steps."""

from datetime import date
from typing import Any

from django.http import Http404
from ninja import Query, Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.steps import ProblemStepAsked, taken
from bihuan.api.writing import SAYS, WRITES, Key, Match, deed, hold
from bihuan.core import correction
from bihuan.gate.answers import or_404
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.lib.quantity import MOST
from bihuan.rectification.actions import planning
from bihuan.rectification.queries import called, nesting, plans
from bihuan.rectification.queries import editions as kept
from bihuan.rectification.rules.editions import shifts

TAGS = ["方案"]


class Deliberation(Schema):
    """What a meeting said of a plan."""

    body: str
    meeting: str
    held_on: date
    outcome: str
    paper: str


class Edition(Schema):
    """An edition: why it came about, who approved it, by which paper."""

    number: int
    reason: str
    approver: str
    document_number: str
    dated_on: date | None


class PlanFound(Schema):
    """One plan: how it stands, what meetings said, its editions, and the steps that this person sees."""

    code: str
    title: str
    unit: str
    version: int
    state: shapes.Named
    document_number: str
    issued_on: date | None
    edition: int
    parent: str
    deliberations: list[Deliberation]
    editions: list[Edition]
    steps: list[shapes.Step]


class Shift(Schema):
    """One difference between two editions: softened, hardened or reworded."""

    code: str
    label: str
    what: str
    direction: str
    before: str
    after: str


class Between(Schema):
    """Which two editions are asked for; the newest and the one before where none is named."""

    older: int | None = Field(None, ge=1, le=MOST, description="较早的一版")
    newer: int | None = Field(None, ge=1, le=MOST, description="较新的一版")


@operation("GET", "/plans/{slug:code}", "api_plan", "一份整改方案", PlanFound, who=(BUSINESS,), tags=TAGS)
def plan(request: Asked, code: str) -> Any:
    """One plan."""
    row = or_404(called.plan(request.actor, code))
    said = ("body", "meeting", "held_on", "outcome", "paper")
    shown = ("number", "reason", "approver", "document_number", "dated_on")
    return {
        **{
            name: getattr(row, name) for name in ("code", "title", "version", "document_number", "issued_on", "edition")
        },
        "unit": str(row.unit),
        "state": {"name": row.state, "label": plans.flow_of(row).label(row.state)},
        "parent": row.parent.code if row.parent else "",
        "deliberations": [{name: getattr(one, name) for name in said} for one in plans.deliberations_of(row)],
        "editions": [{name: getattr(one, name) for name in shown} for one in kept.editions_of(row)],
        "steps": shapes.steps(plans.offers(row, request.actor)),
    }


@operation(
    "GET", "/plans/{slug:code}/shifts", "api_plan_shifts", "方案两版对照", list[Shift], who=(BUSINESS,), tags=TAGS
)
def plan_shifts(request: Asked, code: str, asked: Query[Between]) -> Any:
    """In what a newer edition differs from an older one."""
    row = or_404(called.plan(request.actor, code))
    old, new = kept.two_editions(row, asked.older, asked.newer)
    if old is None or new is None:
        return []
    codes = plans.codes_seen(row, request.actor)
    found = shifts(kept.lines_of(old, codes), kept.lines_of(new, codes))
    names = ("code", "label", "what", "direction", "before", "after")
    return [{name: getattr(one, name) for name in names} for one in found]


class Difference(Schema):
    """One difference of a lower plan from the city's; `reason` is "" until somebody explained it as it stands."""

    kind: str
    code: str
    label: str
    words: str
    reason: str


@operation(
    "GET", "/plans/{slug:code}/check", "api_plan_check", "与市方案核对", list[Difference], who=(BUSINESS,), tags=TAGS
)
def plan_check(request: Asked, code: str) -> Any:
    """The differences of a county's or department's plan from the city's."""
    row = or_404(called.plan(request.actor, code))
    if not row.is_lower or not plans.is_whole(row, request.actor):
        raise Http404
    names = ("kind", "code", "label", "words")
    return [
        {**{name: getattr(one, name) for name in names}, "reason": remark.reason if remark else ""}
        for one, remark in nesting.explained(row)
    ]


@operation(
    "POST",
    "/plans/{slug:code}/steps",
    "api_plan_step",
    "整改方案办一步",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description=SAYS,
)
def plan_step(request: Asked, code: str, asked: ProblemStepAsked, key: Key, match: Match) -> Any:
    """Take one step of a plan, or correct the last one."""
    row = or_404(called.plan(request.actor, code))
    hold(request, row, match, asked.version, key)
    told = {**deed(request, key), "note": asked.note.strip()}
    rows, flow = plans.plans_for(request.actor), plans.flow_of(row)
    if asked.step == correction.CORRECT:
        return taken(rows, row, flow, asked.step, lambda: planning.correct_plan(row, **told), lambda plan: plan)
    run = lambda: planning.move_plan(row, asked.step, paper=asked.paper(), **told)  # noqa: E731 -- said in one place
    return taken(rows, row, flow, asked.step, run, lambda plan: plan)
