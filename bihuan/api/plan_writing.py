"""What is written down about a plan over the API: what a meeting said, why it differs, which city measure a measure
carries out; and who was asked for an opinion.
"""

from datetime import date
from typing import Any

from django.http import Http404
from ninja import Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import Wrong, operation
from bihuan.api.plans import TAGS
from bihuan.api.writing import SAYS, WRITES, Key, Match, Words, deed, hold, once
from bihuan.gate.answers import or_404
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.lib.quantity import MOST
from bihuan.rectification.actions import nesting as ties
from bihuan.rectification.actions import planning
from bihuan.rectification.actions.planning import Considered
from bihuan.rectification.queries import called, consulting, nesting, plans
from bihuan.rectification.rules.plan import BODIES, OUTCOMES

VERSION = Field(None, ge=0, le=MOST)


class ConsultationLine(Schema):
    """A unit that was asked for an opinion, when; what it answered ("" until it did), in which words, by what paper."""

    unit: str
    asked_on: date
    answer: str
    words: str
    answered_on: date | None
    paper: str


class DeliberationAsked(Schema, extra="forbid"):
    """What a meeting said of a plan."""

    body: str = Field(max_length=60, description="、".join(BODIES))
    held_on: date
    outcome: str = Field(max_length=200, description="、".join(OUTCOMES))
    meeting: str = Field("", max_length=60)
    paper: str = Field("", max_length=60)
    version: int | None = VERSION


class ExplanationAsked(Schema, extra="forbid"):
    """Why a lower plan differs from the city's: `kind`, `code` and `words` as the check tells them."""

    kind: str = Field(max_length=20)
    code: str = shapes.CODE
    words: str = Field(max_length=20_000, description="核对里的原话，内容已变的不收")
    reason: Words
    version: int | None = VERSION


class TieAsked(Schema, extra="forbid"):
    """Which measure of the plan above (`above`, "" for none) a measure of a lower plan carries out."""

    measure: str = shapes.CODE
    above: str = Field("", max_length=24)
    version: int | None = VERSION


def _plan(request: Asked, code: str, *, is_lower: bool = False) -> Any:
    """A plan that this person reads whole; of a lower one, too, where that is wanted."""
    row = or_404(called.plan(request.actor, code))
    if not plans.is_whole(row, request.actor) or (is_lower and not row.is_lower):
        raise Http404
    return row


@operation(
    "GET",
    "/plans/{slug:code}/opinions",
    "api_plan_opinions",
    "方案征求意见",
    list[ConsultationLine],
    who=(BUSINESS,),
    tags=TAGS,
)
def plan_opinions(request: Asked, code: str) -> Any:
    """The units that were asked for their opinion on a plan, and what they answered."""
    names = ("asked_on", "answer", "words", "answered_on", "paper")
    rows = consulting.consultations_of(_plan(request, code))
    return [{"unit": str(one.unit), **{name: getattr(one, name) for name in names}} for one in rows]


@operation(
    "POST",
    "/plans/{slug:code}/deliberations",
    "api_plan_deliberation",
    "记审议",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description=SAYS,
)
def plan_deliberation(request: Asked, code: str, asked: DeliberationAsked, key: Key, match: Match) -> Any:
    """Write down what a meeting said of a plan, as whoever writes it."""
    row = _plan(request, code)
    hold(request, row, match, asked.version, key)
    said = Considered(asked.body, asked.held_on, asked.outcome, asked.meeting, asked.paper)
    _, is_repeated = once(lambda: planning.record_deliberation(row, said, **deed(request, key)))
    return {"done": "审议已记下。", "is_repeated": is_repeated, "code": code}


@operation(
    "POST",
    "/plans/{slug:code}/explanations",
    "api_plan_explanation",
    "说明与市方案的差异",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description=SAYS,
)
def plan_explanation(request: Asked, code: str, asked: ExplanationAsked, key: Key, match: Match) -> Any:
    """Explain one difference of a lower plan from the city's, as it stands."""
    row = _plan(request, code, is_lower=True)
    hold(request, row, match, asked.version, key)
    told = nesting.difference(asked.kind, asked.code, asked.words)
    reason = asked.reason
    run = ties.explain_difference
    _, is_repeated = once(lambda: run(row, told.subject, told.digest, reason, **deed(request, key)))
    return {"done": "说明已存下。", "is_repeated": is_repeated, "code": code}


@operation(
    "POST",
    "/plans/{slug:code}/ties",
    "api_plan_tie",
    "对应市方案的措施",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description=SAYS,
)
def plan_tie(request: Asked, code: str, asked: TieAsked, key: Key, match: Match) -> Any:
    """Say which measure of the plan above a measure carries out."""
    row = _plan(request, code, is_lower=True)
    hold(request, row, match, asked.version, key)
    measure = next((one for one in nesting.measures_in(row) if one.matter.code == asked.measure), None)
    if measure is None:
        raise Wrong(422, "方案里没有这项措施。")
    _, is_repeated = once(lambda: ties.tie_measure(measure, asked.above, **deed(request, key)))
    return {"done": "对应已存下。", "is_repeated": is_repeated, "code": code}
