"""Taking a step of a problem, a measure, a petition or one unit's part of it: the actions that the pages call."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.writing import SAYS, WRITES, Key, Match, Words, deed, hold, once
from bihuan.core import correction
from bihuan.gate.answers import or_404
from bihuan.gate.policy import BUSINESS, Asked, Weight
from bihuan.lib.flow import Flow, Refused
from bihuan.lib.quantity import MOST
from bihuan.organisation.queries import structure
from bihuan.petitions import actions as petition_actions
from bihuan.petitions import queries as petitions
from bihuan.petitions.queries import called as petition_called
from bihuan.petitions.rules.petition import PETITION
from bihuan.petitions.rules.petition import WEIGHTY as OF_A_PETITION
from bihuan.petitions.rules.undertaking import UNDERTAKING
from bihuan.rectification.actions import handing_over
from bihuan.rectification.actions.handing_over import Paper
from bihuan.rectification.queries import called, sight, steps
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.problem import WEIGHTY

TAGS = ["办理"]


class StepAsked(Schema, extra="forbid"):
    """Which step, with which opinion; `version` where it is not in If-Match."""

    step: str = Field(pattern=r"^[a-z_]{1,40}$", description="步骤，见这一件的 steps")
    note: Words = Field("", description="意见或理由")
    version: int | None = Field(None, ge=0, le=MOST)


class ProblemStepAsked(StepAsked, extra="forbid"):
    """As a step; number and day of the paper for a step that asks for one."""

    paper_number: str = Field("", max_length=60, description="文号(报省级、省级批复、备案、撤销)")
    paper_dated_on: date | None = Field(None, description="文件日期")

    def paper(self) -> Paper | None:
        """The paper, where it is given whole."""
        return Paper(self.paper_number, self.paper_dated_on) if self.paper_number and self.paper_dated_on else None


class PetitionStepAsked(StepAsked, extra="forbid"):
    """As a step; `units` for a hand-over, `part` for a step of one unit's part (whose version then counts)."""

    units: list[int] = Field([], max_length=50, description="承办单位的编号(交办、改交)")
    part: int | None = Field(None, ge=0, le=MOST, description="哪个承办单位的那一份，见这一件的 parts")


def matter_of(row: Any) -> Any:
    """What holds the state and the version of a problem, a measure or a petition."""
    return row.matter


def taken(
    rows: Any, row: Any, flow: Flow, name: str, run: Callable[[], Any], standing: Callable[[Any], Any] = matter_of
) -> dict[str, Any]:
    """Run the deed, and say where the row stands now; where it left this person's sight, only that it was done.

    `standing` names what of a row holds its code, state and version.
    """
    _, is_repeated = once(run)
    [label] = [move.label for move in flow.rows(name)][:1] or [correction.LABEL]
    said = correction.DONE if name == correction.CORRECT else f"已{label}。"
    told: dict[str, Any] = {"done": said, "is_repeated": is_repeated, "code": standing(row).code}
    left = rows.filter(pk=row.pk).first()
    if left is not None:
        now = standing(left)
        told |= {"version": now.version, "state": {"name": now.state, "label": flow.label(now.state)}}
    return told


def _step(
    path: str, name: str, summary: str, *, weighty: Weight = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return operation(
        "POST",
        path,
        name,
        summary,
        shapes.Done,
        who=(BUSINESS,),
        refuses=WRITES,
        weighty=weighty,
        tags=TAGS,
        description=SAYS,
    )


@_step("/problems/{slug:code}/steps", "api_problem_step", "整改问题办一步", weighty=WEIGHTY)
def problem_step(request: Asked, code: str, asked: ProblemStepAsked, key: Key, match: Match) -> Any:
    """Take one step of a problem, or correct the last one."""
    rows, row = sight.problems_for(request.actor), or_404(called.problem(request.actor, code))
    hold(request, row.matter, match, asked.version, key)
    told = {**deed(request, key), "note": asked.note.strip()}
    if asked.step == correction.CORRECT:
        return taken(rows, row, steps.flow_of(row), asked.step, lambda: handing_over.correct_problem(row, **told))
    run = lambda: handing_over.move_problem(row, asked.step, paper=asked.paper(), **told)  # noqa: E731 -- said in one place
    return taken(rows, row, steps.flow_of(row), asked.step, run)


@_step("/measures/{slug:code}/steps", "api_measure_step", "整改措施办一步")
def measure_step(request: Asked, code: str, asked: StepAsked, key: Key, match: Match) -> Any:
    """Take one step of a measure, or correct the last one."""
    rows, row = sight.measures_for(request.actor), or_404(called.measure(request.actor, code))
    hold(request, row.matter, match, asked.version, key)
    told = {**deed(request, key), "note": asked.note.strip()}
    if asked.step == correction.CORRECT:
        return taken(rows, row, MEASURE, asked.step, lambda: handing_over.correct_measure(row, **told))
    return taken(rows, row, MEASURE, asked.step, lambda: handing_over.move_measure(row, asked.step, **told))


@_step("/petitions/{slug:code}/steps", "api_petition_step", "信访件办一步", weighty=OF_A_PETITION)
def petition_step(request: Asked, code: str, asked: PetitionStepAsked, key: Key, match: Match) -> Any:
    """Take one step of a petition or of one unit's part; opinions must not tell who petitioned."""
    rows, row = petitions.petitions_for(request.actor), or_404(petition_called.petition(request.actor, code))
    told = {**deed(request, key), "note": asked.note.strip()}
    if asked.part is not None:
        part = get_object_or_404(petitions.undertakings_of(row), pk=asked.part)
        hold(request, part, match, asked.version, key)
        return taken(rows, row, UNDERTAKING, asked.step, lambda: _move_part(request, part, asked, told))
    hold(request, row.matter, match, asked.version, key)
    return taken(rows, row, PETITION, asked.step, lambda: _move_petition(request, row, asked, told))


def _move_petition(request: Asked, row: Any, asked: PetitionStepAsked, told: dict[str, Any]) -> Any:
    if asked.step == correction.CORRECT:
        return petition_actions.correct_petition(row, **told)
    if asked.step == "assign":
        return petition_actions.assign_petition(row, _units(request, asked), **told)
    return petition_actions.move_petition(row, asked.step, **told)


def _move_part(request: Asked, part: Any, asked: PetitionStepAsked, told: dict[str, Any]) -> Any:
    if asked.step == "reassign":
        return petition_actions.reassign_undertaking(part, _units(request, asked), **told)
    return petition_actions.move_undertaking(part, asked.step, **told)


def _units(request: Asked, asked: PetitionStepAsked) -> list[Any]:
    """The units that were named, all of this city."""
    wanted = [*dict.fromkeys(one for one in asked.units if 0 <= one <= MOST)]
    found = {unit.pk: unit for unit in structure.units_in(request.actor.city).filter(pk__in=wanted)}
    if not wanted or len(found) < len(set(asked.units)):
        raise Refused("请写明承办单位的编号，且都是本市的单位。")
    return [found[one] for one in wanted]
