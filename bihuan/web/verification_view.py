"""Acceptance as its pages draw it: the queue by step, the running notices, one problem's file, the re-checks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core import calendar
from bihuan.core.actor import Actor
from bihuan.gate.deeds import step_label
from bihuan.lib.workdays import Workdays
from bihuan.matters import queries as matters
from bihuan.matters.ledger import first_of
from bihuan.matters.queries import work
from bihuan.matters.rules import notice as notices
from bihuan.matters.rules.checks import ACCEPTANCE, CHECKERS, RECHECK
from bihuan.matters.rules.recheck import SENDERS
from bihuan.matters.rules.recheck import STATES as RECHECK_STATES
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Capacity, DutyRole
from bihuan.rectification.queries import aftercare, checklist, exemptions, package, steps, watching
from bihuan.rectification.queries.facts import ProblemFacts
from bihuan.rectification.rules.acceptance import CONDITIONS
from bihuan.rectification.rules.problem import SIGNED_OFF, STATES, ProblemState
from bihuan.web import check_view, exemption_view, expert_view, proofs_view, sweep_view
from bihuan.web.verification_forms import AnswersForm

if TYPE_CHECKING:
    from bihuan.matters.models import ConditionAnswer, Recheck
    from bihuan.rectification.models import Problem

SHOWN = 100  # of the queue; the figures above it lead to the rest
HOLDING = {
    ProblemState.CLAIMED: "县整改办：县级初验",
    ProblemState.VERIFYING: "验收单位：现场核查、答复五个条件",
    ProblemState.ACCEPTED: "信息宣传组：公示",
    ProblemState.NOTICED: "公示期内",
    ProblemState.OBJECTED: "市整改办：异议核查",
    ProblemState.UNCONTESTED: "市整改办：提请同意或报省级验收",
    ProblemState.REPORTED_UP: "省级：验收",
    ProblemState.AWAITING_CONSENT: "领导小组：同意",
    ProblemState.CONSENTED: "市整改办主任：销号",
}


def queue(by: Actor, today: date) -> dict[str, Any]:
    """What rectification/acceptance_list.html draws."""
    counts = aftercare.counts(by)
    rows = aftercare.on_the_way(by)[:SHOWN]
    mine = {row.matter.code for _, row in aftercare.waiting_for(by, today)}
    order: dict[str, int] = {state: place for place, state in enumerate(aftercare.WAY)}
    return {
        "pipe": [(STATES[state], counts[state], _filtered(state)) for state in aftercare.WAY],
        "moving": sum(counts[state] for state in aftercare.MOVING),
        "closed": sum(counts[state] for state in SIGNED_OFF),
        "rows": [
            _row(row, by, today, is_mine=row.matter.code in mine)
            for row in sorted(rows, key=lambda one: (order[one.matter.state], one.number))
        ],
        "notices": _notices(by, today),
        "hits_raised": watching.to_judge(by).count(),
        "exempted": exemptions.register(by).count(),
        "packages": expert_view.waiting(by, today),
        "rechecks_due": aftercare.rechecks_for(by).filter(planned_on__lte=today).count(),
    }


def _filtered(state: str) -> str:
    return f"{reverse('ledger_detail', args=['problems'])}?state={state}"


def _row(problem: Problem, by: Actor, today: date, *, is_mine: bool) -> dict[str, Any]:
    offers = steps.problem_offers(problem, by, today) if is_mine else ()
    forward = [one for one in offers if one.name not in ("return", "withdraw", "correct", "refuse_consent")]
    return {
        "state": STATES[problem.matter.state],
        "number": problem.number,
        "title": problem.title,
        "url": reverse("problem_detail", args=[problem.matter.code]),
        "file": reverse("acceptance_detail", args=[problem.matter.code]),
        "lead": first_of(problem.matter, DutyRole.LEAD),
        "holder": HOLDING[ProblemState(problem.matter.state)],
        "offers": [(one.label, one.refusal) for one in forward],
    }


def _notices(by: Actor, today: date) -> list[dict[str, Any]]:
    table = Workdays(calendar.corrections(by.city))
    found = []
    for row in aftercare.notices_running(by):
        period = notices.issued(row.starts_on, row.ends_on, row.days, row.counted_as)
        left = period.remaining(today, table)
        found.append(
            {
                "title": row.matter.problem.title,
                "url": reverse("problem_detail", args=[row.matter.code]),
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
                "words": f"还有{left}个{period.counted_as}" if today <= row.ends_on else "期满，可办公示期满",
            }
        )
    return found


def answered_of(problem: Problem) -> dict[str, ConditionAnswer]:
    """{condition: its answer} of the present round."""
    return {one.condition: one for one in work.answers_of(problem.matter)}


def file_of(problem: Problem, by: Actor, today: date, answers: AnswersForm | None = None) -> dict[str, Any]:
    """What rectification/acceptance_detail.html draws; `answers` is a form that was not taken."""
    matter = problem.matter
    answered = answered_of(problem)
    form = answers or AnswersForm(None, answered=answered)
    able = scope.capacities(by, matters.answering(matter))
    facts = ProblemFacts(problem, today)
    notice, flow = work.running_notice(matter), steps.flow_of(problem)
    return {
        "problem": {
            "code": matter.code,
            "label": f"第{problem.number}项",
            "title": problem.title,
            "url": reverse("problem_detail", args=[matter.code]),
            "state": STATES[matter.state],
        },
        "conditions": [(key, label, answered.get(key), *form.typed(key)) for key, label in CONDITIONS.items()],
        "fault": "".join(str(one) for one in form.non_field_errors()),
        "sweeps": sweep_view.of_problem(matter, by),
        "experts": expert_view.of_problem(problem, by, today),
        "may_answer": Capacity.ACCEPTING in able,
        "exemptions": exemption_view.of_problem(problem, by),
        "sort": checklist.sort_of(problem).value,
        "items": [
            (one.item.label, one.is_there, one.files, one.waived, one.is_confirmed, one.is_passed)
            for one in facts.standings
        ],
        "evidence_url": reverse("evidence_list", args=[matter.code]),
        "changes": [(one.what, one.label) for one in package.changes_since(problem, "claim_done")],
        "changes_since_consent": [(one.what, one.label) for one in package.changes_since(problem, "consent")],
        "checks": check_view.lines(matter),
        "check_url": reverse("check_new", args=[matter.code]),
        "may_check": bool(able & CHECKERS),
        "signatures": [
            (
                step_label(one.step, flow),
                one.name,
                one.post,
                one.signed_at,
                one.opinion,
                one.digest[:12],
            )
            for one in work.signatures_of(matter)
        ],
        "notice": notice,
        "rechecks": [(one.kind, one.planned_on, RECHECK_STATES[one.state]) for one in work.rechecks_of(matter)],
    }


def kind_asked(problem: Problem, recheck: Recheck | None) -> str:
    """The kind of check that is asked for where the problem stands; "" where none is."""
    if recheck is not None:
        return RECHECK
    return ACCEPTANCE if problem.matter.state in (ProblemState.CLAIMED, ProblemState.VERIFYING) else ""


def check(problem: Problem, recheck: Recheck | None) -> dict[str, Any]:
    """What rectification/check_new.html draws, except the form."""
    return {
        "subject": proofs_view.called(problem) | {"target": problem.target},
        "recheck": f"{recheck.kind}，计划{recheck.planned_on}" if recheck else "",
    }


def rechecks(by: Actor, today: date) -> dict[str, Any]:
    """What rectification/recheck_list.html draws."""
    rows = [*aftercare.rechecks_for(by)]
    return {
        "late": sum(row.planned_on < today for row in rows),
        "may_draw": bool(scope.capacities(by, ()) & SENDERS),
        "drawable": aftercare.to_draw_from(by).count(),
        "rows": [
            {
                "pk": row.pk,
                "kind": row.kind,
                "planned_on": row.planned_on,
                "is_late": row.planned_on < today,
                "state": RECHECK_STATES[row.state],
                "title": row.matter.problem.title,
                "url": reverse("problem_detail", args=[row.matter.code]),
                "check_url": f"{reverse('check_new', args=[row.matter.code])}?recheck={row.pk}"
                if row.check_made_id is None
                else "",
                "offers": aftercare.recheck_offers(row, by),
            }
            for row in rows
        ],
    }
