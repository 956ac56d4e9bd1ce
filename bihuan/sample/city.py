"""Builds the sample city through the real import path, and moves some of its matters as an office would."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.core.vault import Secret
from bihuan.intake.actions import papers as intake_actions
from bihuan.intake.queries import asking, drafting
from bihuan.intake.understanding import understand_file
from bihuan.organisation.queries import scope, staff, structure
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.actions import exporting, keeping
from bihuan.petitioners.rules.export import Purpose
from bihuan.petitions import actions as petitions
from bihuan.petitions import queries as petition_queries
from bihuan.rectification.actions.handing_over import move_measure, move_problem
from bihuan.rectification.queries import sight, steps
from bihuan.sample import answering, closing, progress, publishing, repeating, returning, sharing, showing, sweeping
from bihuan.sample.answers import ANSWERS
from bihuan.sample.office import CITY, SEATED_ON, Office, actor_of, furnish
from bihuan.sample.papers import Paper, papers
from bihuan.sample.second_round import CALLER, CALLERS_ROW

if TYPE_CHECKING:
    from bihuan.intake.models import Intake
    from bihuan.organisation.models import Unit

HANDED_OVER = datetime(2022, 7, 8, 1, 30, tzinfo=UTC)
OPENS = datetime(2022, 12, 12, 0, 30, tzinfo=UTC)  # a Monday morning: some measures are due soon, some late
CALLED = datetime(2022, 12, 9, 13, 0, tzinfo=UTC)
EXPORTED = datetime(2022, 12, 12, 0, 5, tzinfo=UTC)
Say = Callable[[str], None]


def is_built() -> bool:
    """Whether the sample city is there."""
    return staff.accounts().exists()


def build(say: Say) -> None:
    """Set the office up, import every paper, answer the doubts that have answers, hand the first matters over."""
    at = datetime(2022, 6, 2, 1, 0, tzinfo=UTC)
    begun = time.monotonic()
    office = furnish(at)
    say(f"单位{len(office.units)}家已建立")
    clerk = actor_of("zonghe")
    for paper in papers():
        _import(paper, office, clerk)
    _write_down_the_caller()
    say(f"文件已导入，存疑未答{asking.every_open_doubt().count()}处")
    _hand_over(clerk)
    answering.answer(clerk, _seated)
    showing.tie(clerk)
    publishing.publish(actor_of("xuanchuan"), actor_of("zhuren"))
    sharing.break_down(actor_of("shuili"), 8)
    sharing.explain(actor_of("cangxian"))
    progress.fill_in(actor_of("shuili-bao"), actor_of("shuili"))
    _close_some(clerk, office)
    sweeping.sweep(actor_of("zonghe"), actor_of("shuili-bao"))
    returning.come_back(clerk, actor_of("duban"), office.units["渤海新区党工委和管委会"])
    repeating.tell_apart(actor_of("xinfang"))
    say(f"样例城市用时{time.monotonic() - begun:.0f}秒")


def _write_down_the_caller() -> None:
    """The petition desk writes down what it knows of the one petitioner who gave his name."""
    desk = actor_of("xinfang")
    called = petition_queries.petitions_for(desk).filter(matter__inspection__code="HES3")
    petition = called.get(row=CALLERS_ROW)
    known = {name: Secret(words) for name, words in CALLER.items()}
    keeping.record_identity(petition, known, by=desk, at=CALLED)
    _export(petition, desk, actor_of("zhuren"))


def _export(petition: Any, desk: Actor, head: Actor) -> None:
    """What the inspectors asked for this morning: the file went to the desk, the password to the head."""
    why = Purpose("inspection", "督察组回访举报人，核实焚烧现场", "省督察组信访组", "冀督察调〔2022〕第9号")
    asked, agreed, made, shown = (EXPORTED + timedelta(minutes=minutes) for minutes in (0, 6, 10, 14))
    export = exporting.ask_export([petition], ["name", "phone"], why, by=desk, at=asked)
    exporting.decide_export(export, "agree", by=head, at=agreed, note="同意，限督察组回访用")
    exporting.make_export(export, by=desk, at=made)
    exporting.show_password(export, by=head, at=shown)


def _import(paper: Paper, office: Office, clerk: Actor) -> Intake:
    unit: Unit | None = office.units.get(paper.unit) if paper.unit else None
    inspection = office.inspections[paper.inspection]
    understood = understand_file(paper.name, paper.data, structure.directory(CITY), inspection.feedback_on)
    intake = intake_actions.take_in(paper.name, paper.data, understood, inspection, by=clerk, at=paper.at, unit=unit)
    for doubt in drafting.doubts_of(intake):
        answer = _answer(paper.name, doubt)
        if answer is not None:
            intake_actions.answer_doubt(doubt, answer["value"], by=clerk, at=paper.at, label=str(answer["label"]))
    return intake_actions.commit_intake(intake, by=clerk, at=paper.at)


def _answer(name: str, doubt: Any) -> dict[str, Any] | None:
    """The clerk's answer to a doubt: by file, record and kind of doubt; `choice` names the choice by its label."""
    given = next((one for one in ANSWERS if one.fits(name, doubt.record_key, doubt.kind, doubt.question)), None)
    if given is None or given.stays_open:
        return None
    chosen = next((choice for choice in doubt.choices if choice["label"] == given.label), None)
    return chosen or {"label": given.label, "value": given.value}


def _hand_over(clerk: Actor) -> None:
    """Hand over every problem that can be, let most units sign for theirs, assign the first batches of petitions."""
    for place, problem in enumerate(sight.problems_for(clerk).filter(matter__inspection__code="HE2")):
        offers = {offer.name: offer for offer in steps.problem_offers(problem, clerk, day_of(HANDED_OVER))}
        if "issue" not in offers or offers["issue"].refusal:
            continue
        move_problem(problem, "issue", by=clerk, at=HANDED_OVER)
        if place % 5:
            _sign_for(problem, place)
    units = {unit.region_id: unit for unit in structure.units_in(CITY).filter(kind="党委政府").order_by("-pk")}
    assigned = petition_queries.petitions_for(clerk).filter(matter__inspection__code="HE2", batch__number__lte=18)
    for petition in assigned.order_by("batch__number", "pk"):  # as the evenings came
        unit = units.get(petition.matter.region_id or 0)
        if unit is not None and not asking.unanswered_doubts(petition.matter):
            day = petition.batch.handed_over_on
            at = datetime(day.year, day.month, day.day, 13, 0, tzinfo=UTC) if day else HANDED_OVER
            petitions.assign_petition(petition, [unit], by=clerk, at=at)
            if petition.pk % 3:
                _receive(petition, unit, at)


def _receive(petition: Any, unit: Unit, at: datetime) -> None:
    by = _approver(unit.pk)
    if by is not None:
        part = petition_queries.undertakings_of(petition).get()
        petitions.move_undertaking(part, "receive", by=by, at=at + timedelta(hours=1))


def _close_some(clerk: Actor, office: Office) -> None:
    hands = closing.Office(
        clerk, actor_of("zhuren"), actor_of("xuanchuan"), actor_of("fushizhang"), actor_of("zhuanjia")
    )
    closing.close(hands, lambda unit, role: _seated(office.units[unit].pk, role))


def _approver(unit: int) -> Actor | None:
    """The unit's approver, as the actor of that time."""
    return _holder(unit, Role.UNIT_APPROVER)


def _seated(unit: int, role: Role) -> Actor:
    holder = _holder(unit, role)
    if holder is None:
        raise LookupError(f"nobody of unit {unit} is {role}")
    return holder


@cache
def _holder(unit: int, role: Role) -> Actor | None:
    """Whoever holds that role in that unit, as the actor of that time."""
    post = staff.answering_on(unit, SEATED_ON).filter(role=role).first()
    if post is None:
        return None
    return Actor(post.person.pk, post.person.name, CITY, scope.held_by(post.person.pk, CITY, SEATED_ON))


def _sign_for(problem: Any, place: int) -> None:
    lead = next(duty.unit for duty in problem.matter.duties.all() if duty.role == "lead")
    by = _approver(lead.pk)
    if by is None:
        return
    at = HANDED_OVER + timedelta(days=1 + place % 3)
    move_problem(problem, "receive", by=by, at=at)
    for measure in sight.measures_for(by).filter(problem=problem, number=1):
        move_measure(measure, "start", by=by, at=at)
