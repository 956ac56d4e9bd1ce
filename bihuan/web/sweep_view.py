"""Sweeps as their pages draw them: the list, one sweep with its places and findings, the fact of 举一反三."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core import history
from bihuan.core.actor import Actor
from bihuan.gate.kinds import in_sight, url_of
from bihuan.matters.rules.sweep import LOOKING, NOTHING, OPEN, STATES, SWEEP, SweepState
from bihuan.rectification.queries import sweeps
from bihuan.web.sweep_forms import ConclusionForm, DecisionForm
from bihuan.web.trail import trail_lines

if TYPE_CHECKING:
    from bihuan.matters.models import Matter, Sweep, SweepFinding, SweepPlace


def listed(by: Actor, today: date) -> dict[str, Any]:
    """What sweeps/sweep_list.html draws."""
    rows = [*sweeps.counted(sweeps.sweeps_for(by))]
    return {
        "open": sum(one.state in OPEN for one in rows),
        "may_draft": sweeps.is_officer(by),
        "rows": [_row(one, today) for one in rows],
    }


def _row(sweep: Any, today: date) -> dict[str, Any]:
    return {
        "code": sweep.code,
        "title": sweep.title,
        "url": reverse("sweep_detail", args=[sweep.code]),
        "due_on": sweep.due_on,
        "is_late": sweep.state in LOOKING and sweep.due_on < today,
        "state": STATES[sweep.state],
        "answered": f"{sweep.answered_count}/{sweep.place_count}",
        "found": sweep.finding_count,
    }


def detail(sweep: Sweep, by: Actor) -> dict[str, Any]:
    """What sweeps/sweep_detail.html draws."""
    places = sweeps.places_for(sweep, by)
    is_officer = sweeps.is_officer(by)
    plans = sweeps.plans_for(sweep, by) if is_officer else []
    codes = {sweep.source.code} if sweep.source else set()
    codes |= {one.problem.code for place in places for one in _found(place) if one.problem}
    seen = in_sight(codes, by)
    offers = sweeps.sweep_offers(sweep, by)
    deeds = history.deeds_about(sweep.code, sweep.city)
    is_summing = sweep.state in (SweepState.SWEEPING, SweepState.SUMMING)
    form = ConclusionForm({"conclusion": sweep.conclusion} if sweep.conclusion else None, prefix=None)
    return {
        "sweep": sweep,
        "state": STATES[sweep.state],
        "source": _named(sweep.source, seen),
        "offers": offers,
        "forms": {one.name: form for one in offers if is_summing and one.name in ("sum_up", "close")},
        "places": [_place(one, by, seen, is_officer=is_officer) for one in places],
        "answered": sum(bool(one.answer) for one in places),
        "decision": DecisionForm(plans=plans),
        "trail": trail_lines(deeds, SWEEP) if is_officer else [],
    }


def _found(place: Any) -> list[SweepFinding]:
    return list(place.found)


def _place(place: SweepPlace, by: Actor, seen: dict[str, str], *, is_officer: bool) -> dict[str, Any]:
    may_decide = is_officer and place.sweep.state in (*LOOKING, SweepState.SUMMING)
    found = _found(place)
    return {
        "pk": place.pk,
        "unit": str(place.unit),
        "place": place.place,
        "answer": place.answer,
        "is_clear": place.answer == NOTHING,
        "checked": f"{place.checked_by}，{place.checked_on}" if place.answer else "",
        "words": place.words if place.answer else "",
        "url": reverse("sweep_answer", args=[place.sweep.code, place.pk]) if sweeps.may_answer(place, by) else "",
        "may_return": may_decide
        and place.sweep.state in LOOKING
        and bool(place.answer)
        and not any(one.decision for one in found),
        "found": [
            {
                "pk": one.pk,
                "spot": one.spot,
                "text": one.text,
                "decision": one.decision,
                "reason": one.reason,
                "problem": _named(one.problem, seen),
                "may_decide": may_decide and not one.decision,
            }
            for one in found
        ],
    }


def _named(matter: Matter | None, seen: dict[str, str]) -> tuple[str, str] | None:
    """(how a matter is called, its page); None where there is none, or the reader may not open it."""
    if matter is None or matter.code not in seen:
        return None
    return f"{matter.code} {seen[matter.code]}", url_of(matter.code)


def of_problem(matter: Matter, by: Actor) -> dict[str, Any]:
    """The sweeps of a problem, and the one that it came from: links both ways, and the fact of 举一反三."""
    rows = [*sweeps.of_problem(matter)]
    seen = sweeps.codes_seen(rows, by)
    finding = sweeps.found_by(matter, by)
    return {
        "rows": [
            {
                "title": one.title,
                "url": reverse("sweep_detail", args=[one.code]) if one.code in seen else "",
                "words": sweeps.counts_of(one),
            }
            for one in rows
        ],
        "came_from": (finding.place.sweep.title, reverse("sweep_detail", args=[finding.place.sweep.code]))
        if finding
        else None,
        "new_url": f"{reverse('sweep_new')}?problem={matter.code}" if sweeps.is_officer(by) else "",
    }
