"""Plans as their pages draw them: plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core import history
from bihuan.lib.quantity import full_day, whole
from bihuan.organisation.queries import scope
from bihuan.rectification.queries import plans
from bihuan.rectification.rules.editions import DIRECTIONS, shifts, tally
from bihuan.rectification.rules.plan import CITY_WRITERS, IN_FORCE, LOWER_WRITERS, MEETING
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PROBLEM
from bihuan.web.jinja import day
from bihuan.web.matter_view import road
from bihuan.web.trail import trail_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bihuan.core.actor import Actor
    from bihuan.rectification.models import Plan, PlanEdition

WAY = ("draft", "consulting", "checking", "deliberating", "issued")


def line(plan: Any) -> dict[str, Any]:
    """One plan of the list."""
    return {
        "code": plan.code,
        "url": reverse("plan_detail", args=[plan.code]),
        "title": plan.title,
        "unit": str(plan.unit),
        "inspection": plan.inspection.name,
        "number": plan.document_number,
        "issued_on": plan.issued_on,
        "edition": plan.edition,
        "state": plans.flow_of(plan).label(plan.state),
        "is_open": plan.state not in IN_FORCE or plan.state == "revising",
        "counts": f"问题{plan.problem_count}个，措施{plan.measure_count}项",
        "is_lower": plan.is_lower,
    }


def detail(plan: Any, by: Actor) -> dict[str, Any]:
    """What rectification/plan_detail.html draws, except the offers."""
    deeds, flow = history.deeds_about(plan.code, plan.city), plans.flow_of(plan)
    states = [one for one in WAY if one in flow.states]
    reached = "issued" if plan.state == "revising" else plan.state
    kept = [*plans.editions_of(plan)]
    return {
        "plan": line(plan),
        "facts": [(label, words) for label, words in _facts(plan) if words],
        "parent": (plan.parent.title, reverse("plan_detail", args=[plan.parent.code])) if plan.parent else None,
        "deliberations": [
            {
                "pk": one.pk,
                "words": f"{one.body}{one.meeting}",
                "held_on": one.held_on,
                "outcome": one.outcome,
                "paper": one.paper,
            }
            for one in plans.deliberations_of(plan)
        ],
        "may_record": may_record(plan, by),
        "editions": [_edition(one) for one in reversed(kept)],
        "compare_url": reverse("plan_editions", args=[plan.code]) if len(kept) > 1 else "",
        "problems": [_problem(one) for one in plans.problems_of(plan, by)],
        "steps": road(flow, states, reached, deeds, is_taken_over=plan.opened_at is None),
        "trail": trail_lines(deeds, flow),
        "trail_note": f"{len(deeds)}次办理",
    }


def may_record(plan: Plan, by: Actor) -> bool:
    """Whether this person may write down now what a meeting said."""
    writers = LOWER_WRITERS if plan.is_lower else CITY_WRITERS
    return plan.state in MEETING and bool(scope.capacities(by, plans.answering(plan)) & writers)


def _facts(plan: Any) -> list[tuple[str, str]]:
    return [
        ("督察", plan.inspection.name),
        ("制定单位", str(plan.unit)),
        ("文号", plan.document_number),
        ("印发", full_day(plan.issued_on) if plan.issued_on else ""),
        ("版次", f"第{plan.edition}版"),
        ("修订理由", plan.revised_because if plan.state == "revising" else ""),
    ]


def _edition(one: PlanEdition) -> dict[str, Any]:
    dated = day(one.dated_on) if one.dated_on else ""
    return {
        "number": one.number,
        "reason": one.reason or "首次印发",
        "approver": one.approver,
        "paper": "，".join(words for words in (one.document_number, dated) if words),
    }


def _problem(one: Any) -> dict[str, Any]:
    return {
        "code": one.matter.code,
        "url": reverse("problem_detail", args=[one.matter.code]),
        "title": f"第{one.number}项　{one.title}",
        "due_on": day(one.matter.due_on) if one.matter.due_on else one.deadline_raw,
        "count": one.measure_count,
        "state": PROBLEM[ACCEPT_FIRST].label(one.matter.state),
    }


def compared(plan: Plan, by: Actor, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What rectification/plan_editions.html draws: two editions, and in what the newer one differs."""
    old, new = plans.two_editions(plan, whole(asked.get("from", "")), whole(asked.get("to", "")))
    codes = plans.codes_seen(plan, by)
    found = shifts(plans.lines_of(old, codes), plans.lines_of(new, codes)) if old and new else []
    counts = tally(found)
    return {
        "plan": {"title": plan.title, "url": reverse("plan_detail", args=[plan.code])},
        "choices": [one.number for one in plans.editions_of(plan)],
        "old": _edition(old) if old else None,
        "new": _edition(new) if new else None,
        "tally": [(DIRECTIONS[direction], count) for direction, count in counts.items()],
        "groups": [
            (label, [one for one in found if one.direction == direction]) for direction, label in DIRECTIONS.items()
        ],
    }
