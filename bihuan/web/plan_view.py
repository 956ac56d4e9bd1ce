"""Plans as their pages draw them: plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core import history
from bihuan.lib.quantity import full_day, whole
from bihuan.rectification.queries import consulting, nesting, plans, sight
from bihuan.rectification.queries import editions as kept
from bihuan.rectification.rules.editions import DIRECTIONS, shifts, tally
from bihuan.rectification.rules.nesting import KINDS, echoes
from bihuan.rectification.rules.plan import IN_FORCE, LISTENING, MEETING, PlanState
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
    editions = [*kept.editions_of(plan)]
    return {
        "plan": line(plan),
        "facts": [(label, words) for label, words in _facts(plan) if words],
        "parent": _parent(plan, by),
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
        "held": _held(plan, by),
        "opinions": _opinions(plan, by),
        "editions": [_edition(one) for one in reversed(editions)],
        "compare_url": reverse("plan_editions", args=[plan.code]) if len(editions) > 1 else "",
        "check": _check(plan, by),
        "problems": _problems(plan, by),
        "steps": road(flow, states, reached, deeds, is_taken_over=plan.opened_at is None),
        "trail": trail_lines(deeds, flow),
        "trail_note": f"{len(deeds)}次办理",
    }


def _opinions(plan: Any, by: Actor) -> tuple[str, str, str] | None:
    """(where they stand, how many units were asked and answered, who is silent)."""
    if not plans.is_whole(plan, by):
        return None
    asked = [*consulting.asked_now(plan)]
    silent = consulting.unanswered(plan) if plan.state in LISTENING else ""
    return reverse("plan_opinions", args=[plan.code]), _asked_words(plan, asked), silent


def _asked_words(plan: Any, asked: list[Any]) -> str:
    if asked:
        return f"征求{len(asked)}家，答复{sum(bool(one.answer) for one in asked)}家"
    earlier = consulting.consultations_of(plan).count()
    return f"这一稿没有征求，以前共征求{earlier}家次" if earlier else "还没有记录"


def _held(plan: Any, by: Actor) -> list[tuple[str, str, str]]:
    """[(which record, its deadline now, what the revision's draft says)] that waits for the paper."""
    if plan.state != PlanState.REVISING or not plans.is_whole(plan, by):
        return []
    return [
        (line.label, str(row.matter.due_on or row.deadline_raw), str(line.due_on or line.deadline))
        for row, line in kept.held_deadlines(plan)
    ]


def _parent(plan: Any, by: Actor) -> tuple[str, str] | None:
    """The plan above, and its page where this person may open it."""
    if plan.parent is None:
        return None
    is_seen = plans.plans_for(by).filter(pk=plan.parent_id).exists()
    return plan.parent.title, reverse("plan_detail", args=[plan.parent.code]) if is_seen else ""


def may_record(plan: Plan, by: Actor) -> bool:
    """Whether this person may write down now what a meeting said."""
    return plan.state in MEETING and plans.may_write(plan, by)


def candidate(above: Plan, unit: Any) -> dict[str, str]:
    """One plan that could be drafted from the city's."""
    return {"key": f"{above.pk}-{unit.pk}", "unit": str(unit), "above": above.title}


def _check(plan: Any, by: Actor) -> tuple[int, int, str] | None:
    """How many differences from the city's plan there are, how many unexplained, and where they stand."""
    if plan.parent is None or not plan.is_lower or not plans.is_whole(plan, by):
        return None
    found = nesting.explained(plan)
    return len(found), sum(one is None for _, one in found), reverse("plan_check", args=[plan.code])


def checked(plan: Any, by: Actor) -> dict[str, Any]:
    """What rectification/plan_check.html draws."""
    found = nesting.explained(plan)
    above, below = nesting.both(plan)
    tied, is_writer = echoes(above, below), plans.may_write(plan, by)
    is_draft = is_writer and plan.state == PlanState.DRAFT
    keys = {one.matter.code: one.pk for one in nesting.measures_in(plan)}
    names = {one.code: one for one in above}
    return {
        "plan": {"title": plan.title, "url": reverse("plan_detail", args=[plan.code])},
        "parent": plan.parent.title if plan.parent else "",
        "left": sum(remark is None for _, remark in found),
        "may_write": is_writer,
        "groups": [
            (label, [_difference(one, remark) for one, remark in found if one.kind == kind])
            for kind, label in KINDS.items()
        ],
        "problems": [
            {
                "title": f"第{one.number}项　{one.title}",
                "due_on": one.matter.due_on,
                "url": reverse("plan_problem", args=[plan.code, one.pk]) if is_draft else "",
            }
            for one in plans.problems_of(plan, by)
        ],
        "measures": [
            {
                "code": one.code,
                "label": one.label,
                "text": one.text,
                "due_on": one.due_on,
                "url": reverse("plan_measure", args=[plan.code, keys[one.code]]) if is_draft else "",
                "above": names[tied[one.code][0]].label if one.code in tied else "",
                "is_said": one.code in tied and tied[one.code][1],
                "carries": one.carries,
            }
            for one in below
        ],
        "choices": [(one.code, f"{one.label} {one.text[:30]}") for one in above],
    }


def _difference(one: Any, remark: Any) -> dict[str, Any]:
    told = f"{remark.person}：{remark.reason}" if remark else ""
    return {"subject": one.subject, "digest": one.digest, "label": one.label, "words": one.words, "told": told}


def measure(plan: Plan, row: Any) -> dict[str, Any]:
    """What rectification/plan_measure.html draws, but its form."""
    return {
        "plan": {"title": plan.title, "url": reverse("plan_check", args=[plan.code])},
        "label": nesting.called(row),
        "text": row.text,
        "seen": row.version,
        "is_draft": plan.state == PlanState.DRAFT,
        "above": row.carries_out.text if row.carries_out else "",
    }


def problem(plan: Plan, row: Any) -> dict[str, Any]:
    """What rectification/plan_problem.html draws, but its form."""
    return {
        "plan": {"title": plan.title, "url": reverse("plan_check", args=[plan.code])},
        "label": f"第{row.number}项",
        "text": row.title,
        "seen": row.version,
        "is_draft": plan.state == PlanState.DRAFT,
    }


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


def _problems(plan: Any, by: Actor) -> list[dict[str, Any]]:
    """A plan's problems; each leads to its page, or in one's own draft, which has none yet, to where it is written."""
    opened = {*sight.problems_seen(by).filter(plan=plan).order_by().values_list("pk", flat=True)}
    is_draft = plan.is_lower and plan.state == PlanState.DRAFT and plans.may_write(plan, by)
    return [_problem(plan, one, is_open=one.pk in opened, is_draft=is_draft) for one in plans.problems_of(plan, by)]


def _problem(plan: Any, one: Any, *, is_open: bool, is_draft: bool) -> dict[str, Any]:
    written = reverse("plan_problem", args=[plan.code, one.pk]) if is_draft else ""
    return {
        "code": one.matter.code,
        "url": reverse("problem_detail", args=[one.matter.code]) if is_open else written,
        "title": f"第{one.number}项　{one.title}",
        "due_on": day(one.matter.due_on) if one.matter.due_on else one.deadline_raw,
        "count": one.measure_count,
        "state": PROBLEM[ACCEPT_FIRST].label(one.matter.state),
    }


def compared(plan: Plan, by: Actor, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What rectification/plan_editions.html draws: two editions, and in what the newer one differs."""
    old, new = kept.two_editions(plan, whole(asked.get("from", "")), whole(asked.get("to", "")))
    codes = plans.codes_seen(plan, by)
    found = shifts(kept.lines_of(old, codes), kept.lines_of(new, codes)) if old and new else []
    counts = tally(found)
    return {
        "plan": {"title": plan.title, "url": reverse("plan_detail", args=[plan.code])},
        "choices": [one.number for one in kept.editions_of(plan)],
        "old": _edition(old) if old else None,
        "new": _edition(new) if new else None,
        "tally": [(DIRECTIONS[direction], count) for direction, count in counts.items()],
        "groups": [
            (label, [one for one in found if one.direction == direction]) for direction, label in DIRECTIONS.items()
        ],
    }
