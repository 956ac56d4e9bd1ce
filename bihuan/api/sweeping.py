"""Sweeps over the API: the list, one of them with its places and findings, a unit's answer, a step."""

from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.steps import StepAsked
from bihuan.api.writing import SAYS, WRITES, Key, Match, Words, deed, hold, once
from bihuan.gate.kinds import in_sight
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.lib.quantity import MOST
from bihuan.matters.rules.sweep import SWEEP
from bihuan.rectification.actions import sweeping as actions
from bihuan.rectification.actions.sweeping import PlaceAnswer
from bihuan.rectification.queries import sweeps

TAGS = ["全面排查"]


class SweepLine(Schema):
    """A sweep: until when, where it stands, how many places, how many answered, how much was found."""

    code: str
    title: str
    due_on: date
    state: shapes.Named
    places: int
    answered: int
    findings: int


class FindingLine(Schema):
    """What was found at a place, and what became of it; `problem` "" where it is none, or out of sight."""

    id: int
    spot: str
    text: str
    decision: str
    reason: str
    problem: str


class PlaceLine(Schema):
    """A place and its unit's answer; `version` is wanted back by an answer."""

    id: int
    version: int
    unit: str
    place: str
    answer: str
    checked_by: str
    checked_on: date | None
    words: str
    may_answer: bool
    findings: list[FindingLine]


class Sweep(Schema):
    """One sweep, with the places in sight; `source` "" where there is none, or it is out of sight."""

    code: str
    version: int
    title: str
    aspect: str
    looks_for: str
    due_on: date
    state: shapes.Named
    source: str
    conclusion: str
    places: list[PlaceLine]
    steps: list[shapes.Step]


class SweepStepAsked(StepAsked, extra="forbid"):
    """As a step; the conclusion with 汇总 or 办结."""

    conclusion: Words = ""


class FoundAsked(Schema, extra="forbid"):
    """One finding: where or at whom, and what."""

    spot: str = Field(max_length=120)
    text: Words


class AnswerAsked(Schema, extra="forbid"):
    """What a unit says of a place."""

    answer: str = Field(max_length=10, description="无同类问题，或有同类问题")
    checked_by: str = Field(max_length=120)
    checked_on: date
    words: Words = ""
    found: list[FoundAsked] = Field([], max_length=50)
    version: int | None = Field(None, ge=0, le=MOST)


def _state(row: Any) -> dict[str, str]:
    return {"name": row.state, "label": SWEEP.label(row.state)}


@operation("GET", "/sweeps", "api_sweeps", "全面排查", list[SweepLine], who=(BUSINESS,), tags=TAGS)
def sweep_lines(request: Asked) -> Any:
    """The sweeps in one's scope, the newest first."""
    return [
        {
            **{name: getattr(row, name) for name in ("code", "title", "due_on")},
            "state": _state(row),
            "places": row.place_count,
            "answered": row.answered_count,
            "findings": row.finding_count,
        }
        for row in sweeps.counted(sweeps.sweeps_for(request.actor))
    ]


@operation("GET", "/sweeps/{slug:code}", "api_sweep", "一次排查", Sweep, who=(BUSINESS,), tags=TAGS)
def sweep_whole(request: Asked, code: str) -> Any:
    """One sweep, with the places that one may see."""
    row, by = get_object_or_404(sweeps.sweeps_for(request.actor), code=code), request.actor
    places = sweeps.places_for(row, by)
    codes = {one.problem.code for place in places for one in place.found if one.problem}  # type: ignore[attr-defined]  # prefetched
    seen = in_sight(codes | ({row.source.code} if row.source else set()), by)
    return {
        **{name: getattr(row, name) for name in ("code", "version", "title", "aspect", "looks_for", "due_on")},
        "state": _state(row),
        "source": row.source.code if row.source and row.source.code in seen else "",
        "conclusion": row.conclusion,
        "places": [_place(one, by, seen) for one in places],
        "steps": shapes.steps(sweeps.sweep_offers(row, by)),
    }


def _place(place: Any, by: Any, seen: dict[str, str]) -> dict[str, Any]:
    plain = ("version", "place", "answer", "checked_by", "checked_on", "words")
    return {
        "id": place.pk,
        "unit": str(place.unit),
        **{name: getattr(place, name) for name in plain},
        "may_answer": sweeps.may_answer(place, by),
        "findings": [
            {
                "id": one.pk,
                **{name: getattr(one, name) for name in ("spot", "text", "decision", "reason")},
                "problem": one.problem.code if one.problem and one.problem.code in seen else "",
            }
            for one in place.found
        ],
    }


@operation(
    "POST",
    "/sweeps/{slug:code}/steps",
    "api_sweep_step",
    "排查办一步",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description=SAYS,
)
def sweep_step(request: Asked, code: str, asked: SweepStepAsked, key: Key, match: Match) -> Any:
    """Take one step of a sweep: 下达, 汇总, 退回补查, 办结, 撤销."""
    row = get_object_or_404(sweeps.sweeps_for(request.actor), code=code)
    hold(request, row, match, asked.version, key)
    told = {**deed(request, key), "note": asked.note.strip(), "conclusion": asked.conclusion}
    _, is_repeated = once(lambda: actions.move_sweep(row, asked.step, **told))
    now = sweeps.sweeps_for(request.actor).get(code=code)
    done = f"已{SWEEP.rows(asked.step)[0].label}。"
    return {"done": done, "is_repeated": is_repeated, "code": code, "version": now.version, "state": _state(now)}


@operation(
    "POST",
    "/sweeps/{slug:code}/places/{int:pk}/answer",
    "api_sweep_answer",
    "答复一处",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description="要带 Idempotency-Key 和 If-Match(那一处的版本)。",
)
def sweep_answer(request: Asked, code: str, pk: int, asked: AnswerAsked, key: Key, match: Match) -> Any:
    """Answer for one place, as its unit."""
    row = get_object_or_404(sweeps.sweeps_for(request.actor), code=code)
    place = sweeps.place_for(row, pk, request.actor)
    if place is None:
        raise Http404
    hold(request, place, match, asked.version, key)
    found = tuple((one.spot, one.text) for one in asked.found)
    told = PlaceAnswer(asked.answer, asked.checked_by, asked.checked_on, asked.words, found)
    _, is_repeated = once(lambda: actions.answer_place(place, told, **deed(request, key)))
    return {"done": "已答复。", "is_repeated": is_repeated, "code": code}
