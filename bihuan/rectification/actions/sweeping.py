"""Sweeps (全面排查, 举一反三): drafted and issued by the office, answered place by place, their findings decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max

from bihuan.core import audit, moving, numbering, outbox
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.matters.models import Inspection, Sweep, SweepFinding, SweepPlace
from bihuan.matters.rules.sweep import (
    ANSWERING,
    ANSWERS,
    AS_PROBLEM,
    DECISIONS,
    LOOKING,
    NOTHING,
    OFFICERS,
    SOMETHING,
    SWEEP,
    SweepState,
)
from bihuan.organisation.actions import acting
from bihuan.organisation.models import Unit
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Capacity, DutyRole
from bihuan.rectification.actions.plan import Shelf, add_problems
from bihuan.rectification.models import Plan, Problem
from bihuan.rectification.queries import sweeps
from bihuan.rectification.rules.drafts import DutyDraft, ProblemDraft

WHOLE_UNIT = "本单位范围"
FURTHEST = timedelta(days=3660)  # a later day is a slip in the year
MOST_PLACES = 1_000
NOT_YOURS = "只有市整改办可以办排查。"
TOO_EARLY = "排查{begun}才下达，排查日期不能早于这一天，请核对。"


@dataclass(frozen=True, slots=True)
class SweepDraft:
    """A sweep as it is asked for: each of these units looks at each of these places (none: at all that is its own)."""

    title: str
    looks_for: str
    due_on: date
    aspect: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What a unit says of a place: its `answer`, who looked, when, and what was found (where, what)."""

    answer: str
    checked_by: str
    checked_on: date
    words: str = ""
    found: Sequence[tuple[str, str]] = field(default_factory=tuple)


@action
def draft_sweep(
    draft: SweepDraft,
    units: Sequence[Unit],
    inspection: Inspection,
    *,
    by: Actor,
    at: datetime,
    source: Problem | None = None,
    note: str = "",
) -> Sweep:
    """Draft a sweep, from a problem (举一反三) or free-standing, with a place for each unit and spot.

    Refuses everybody but the office, one that says not what to look for, a day that is past, and too many places.
    """
    acting.take_capacity(OFFICERS, (), "", NOT_YOURS)
    if not draft.title.strip() or not draft.looks_for.strip():
        raise Refused("请写明标题和查什么。")
    if draft.due_on < day_of(at):
        raise Refused("时限不能在今天以前。")
    if draft.due_on > day_of(at) + FURTHEST:
        raise Refused(f"时限{draft.due_on}在十年以后，请核对年份。")
    spots = [*dict.fromkeys(one.strip()[:120] for one in draft.places if one.strip())] or [WHOLE_UNIT]
    if len(spots) * len(units) > MOST_PLACES:
        raise Refused(f"一次排查最多{MOST_PLACES}处，请分几次起草。")
    code = f"{inspection.code}-S{numbering.take(f'{inspection.code}-S'):03}"
    sweep = audit.create(
        Sweep(
            code=code,
            inspection=inspection,
            source=source.matter if source else None,
            title=draft.title.strip()[:200],
            aspect=draft.aspect.strip()[:120],
            looks_for=draft.looks_for.strip(),
            due_on=draft.due_on,
            state=SWEEP.initial,
            drafted_by_id=by.person,
        )
    )
    audit.create_many([SweepPlace(sweep=sweep, unit=unit, place=spot) for unit in units for spot in spots])
    return sweep


@action
def move_sweep(sweep: Sweep, name: str, *, by: Actor, at: datetime, note: str = "", conclusion: str = "") -> Sweep:
    """Take one step of a sweep (下达, 汇总, 退回补查, 办结, 撤销), or refuse with the sentence why not.

    Issuing tells the units; what is summed up keeps its conclusion.
    """
    sweep = _locked(sweep)
    acting.take_post(SWEEP, name, sweep.state, (), sweep.code)
    able = scope.capacities(audit.deed().by, ())
    if conclusion.strip() and able & OFFICERS and sweep.state in (SweepState.SWEEPING, SweepState.SUMMING):
        audit.change(sweep, conclusion=conclusion.strip(), because=note)
    moving.make_move(SWEEP, sweep, name, note=note, capacities=able, facts=sweeps.facts_of(sweep))
    if name == "issue":
        audit.change(sweep, issued_at=at)
        _tell_units(sweep, at)
    return sweep


def _tell_units(sweep: Sweep, at: datetime) -> None:
    places = SweepPlace.objects.filter(sweep=sweep).select_related("unit")
    bearers = {one.unit_id: duty for one in places for duty in sweeps.answering(one)}
    persons = scope.persons_meant("responsible", [*bearers.values()], sweep.city, day_of(at))
    if persons:
        outbox.tell(persons, f"排查下达：{sweep.title}，{sweep.due_on}前逐处答复", at=at)


@action
def answer_place(place: SweepPlace, told: PlaceAnswer, *, by: Actor, at: datetime, note: str = "") -> SweepPlace:
    """Answer for one place, as its unit: nothing of the kind (who looked, and when), or what was found.

    Refuses others than its unit, a sweep that is not being looked for, a place that is answered, an answer without who
    looked and when, or of a day before the sweep was issued, one that found something and names nothing, and one that
    found nothing and names something.
    """
    sweep = _locked(place.sweep)
    acting.take_capacity(ANSWERING, sweeps.answering(place), sweep.code, "只有这一处的排查单位可以答复。")
    if sweep.state not in LOOKING:
        raise Refused(f"这次排查现在是“{SWEEP.label(sweep.state)}”，不能答复。")
    if place.answer:
        raise Refused("这一处已经答复；要改的，请市整改办退回重报。")
    found = [(spot.strip()[:120], text.strip()) for spot, text in told.found if spot.strip() or text.strip()]
    _refuse(told, found, day_of(at))
    if sweep.issued_at and told.checked_on < day_of(sweep.issued_at):
        raise Refused(TOO_EARLY.format(begun=day_of(sweep.issued_at)))
    place.sweep = sweep
    audit.change(
        place,
        answer=told.answer,
        checked_by=told.checked_by.strip()[:120],
        checked_on=told.checked_on,
        words=told.words.strip(),
        answered_by_id=by.person,
        answered_at=at,
        because=f"{place}：{told.answer}",
    )
    audit.create_many([SweepFinding(place=place, spot=spot, text=text) for spot, text in found])
    if sweep.state == SweepState.ISSUED:
        system = {Capacity.CONSEQUENCE}
        moving.make_move(SWEEP, sweep, "begin", note="首处已答复", capacities=system, facts=None)
    return place


def _refuse(told: PlaceAnswer, found: Sequence[tuple[str, str]], today: date) -> None:
    if told.answer not in ANSWERS:
        raise Refused("请选“无同类问题”或“有同类问题”。")
    if not told.checked_by.strip():
        raise Refused("请写明谁去查的。")
    if told.checked_on > today:
        raise Refused("排查日期还没有到，请核对。")
    if told.answer == SOMETHING and not found:
        raise Refused("有同类问题的，请至少写一处发现。")
    if told.answer == NOTHING and found:
        raise Refused("写了发现，就不是“无同类问题”，请核对。")
    if not all(spot and text for spot, text in found):
        raise Refused("每个发现都要写地点或对象，和发现的问题。")


@action
def return_place(place: SweepPlace, *, by: Actor, at: datetime, note: str = "") -> SweepPlace:
    """Return the answer of a place to its unit, with a reason; what it had found is to be reported again.

    Refuses everybody but the office, a sweep that is not being looked for, and an answer whose findings were decided.
    """
    sweep = _locked(place.sweep)
    acting.take_capacity(OFFICERS, (), sweep.code, NOT_YOURS)
    if not note.strip():
        raise Refused("请写明退回重报的理由。")
    if sweep.state not in LOOKING or not place.answer:
        raise Refused("这一处现在没有可退回的答复。")
    found = [*sweeps.findings_of(sweep).filter(place=place)]
    if any(one.decision for one in found):
        raise Refused("这一处的发现已定处置，不能退回。")
    place.sweep = sweep
    audit.change(place, answer="", answered_at=None, answered_by_id=None, because=note)
    for one in found:
        audit.change(one, is_withdrawn=True, because=note)
    return place


@action
def decide_finding(
    finding: SweepFinding,
    decision: str,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    plan: Plan | None = None,
) -> SweepFinding:
    """Decide what becomes of a finding: a problem of this plan, as a draft that the office completes and hands over, or
    put right at once, with the reason why it is no problem of its own.

    Refuses everybody but the office, a finding that was decided, a problem without a plan.
    """
    sweep = _locked(finding.place.sweep)
    acting.take_capacity(OFFICERS, (), sweep.code, NOT_YOURS)
    if decision not in DECISIONS:
        raise Refused("请选怎样处置。")
    finding = SweepFinding.objects.select_related("place__sweep", "place__unit").get(pk=finding.pk)
    if finding.decision or finding.is_withdrawn or sweep.state not in (*LOOKING, SweepState.SUMMING):
        raise Refused("这个发现已定处置，或排查已办结。")
    if decision == AS_PROBLEM:
        if plan is None or plan.inspection_id != sweep.inspection_id:
            raise Refused("请选列入哪个整改方案。")
        problem = _propose(finding, sweep, plan)
        facts: dict[str, Any] = {"problem_id": problem.matter_id}
    elif not note.strip():
        raise Refused("立行立改的，请写明怎样改的、为什么不单列。")
    else:
        facts = {}
    return audit.change(finding, decision=decision, reason=note.strip(), decided_by_id=by.person, because=note, **facts)


def _propose(finding: SweepFinding, sweep: Sweep, plan: Plan) -> Problem:
    """The finding as a draft of a problem, led by the unit that found it."""
    last = Problem.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    draft = ProblemDraft(
        key="",
        number=last + 1,
        title=f"{finding.spot}：{finding.text}"[:300],
        text=f"{sweep.title}（{sweep.code}）排查发现。{finding.place}：{finding.spot}，{finding.text}",
        duties=(DutyDraft(DutyRole.LEAD, finding.place.unit_id, is_first=True),),
    )
    return add_problems(Shelf(plan, None), [draft])[0]


def _locked(sweep: Sweep) -> Sweep:
    """The sweep as it stands now; whoever acts on it at the same time waits until this is done."""
    return Sweep.objects.select_for_update().get(pk=sweep.pk)
