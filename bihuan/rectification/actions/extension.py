"""Extensions of deadlines: asked for before the day, agreed to step by step; what is approved moves the current one."""

from datetime import date, datetime

from bihuan.core import audit, moving
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.matters import actions as matters
from bihuan.matters import queries as matter_queries
from bihuan.matters.actions import proving
from bihuan.matters.models import Extension
from bihuan.matters.rules import extension as rules
from bihuan.matters.rules.extension import EXTENSION, ExtensionFacts
from bihuan.organisation.actions import acting
from bihuan.organisation.queries import scope
from bihuan.rectification.actions.handing_over import Paper
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries import proofs
from bihuan.rectification.queries.proofs import Subject
from bihuan.rectification.rules.measure import PROVEN
from bihuan.rectification.rules.problem import ProblemState

LIVE = (ProblemState.ISSUED, ProblemState.RECTIFYING)


@action
def apply_extension(
    subject: Subject, new_due_on: date, reason: str, steps: str, *, by: Actor, at: datetime, note: str = ""
) -> Extension:
    """Ask for a later deadline of a problem or a measure.

    Refuses everybody but the units that work on it, a matter that is not being worked on, one without a deadline or
    past it, a day that is not later or a slip in its year, an application without reason or steps, and a second one
    while one is pending.
    """
    matter = matter_queries.locked_round(subject.matter).matter
    if not _is_live(subject, matter.state):
        raise Refused("这一件现在不在整改中，不能申请延期。")
    acting.take_capacity(rules.APPLICANTS, proofs.answering(subject), matter.code, rules.NOT_YOURS)
    due_on = matter.due_on
    refusal = rules.refusal(due_on, new_due_on, reason, steps, day_of(at))
    if refusal or due_on is None:
        raise Refused(refusal)
    if Extension.objects.filter(matter=matter, state__in=rules.PENDING).exists():
        raise Refused(rules.closed(due_on, day_of(at), is_pending=True))
    application = audit.create(
        Extension(
            matter=matter,
            reason=reason.strip(),
            steps=steps.strip(),
            old_due_on=due_on,
            new_due_on=new_due_on,
            state=EXTENSION.initial,
            applied_by_id=by.person,
            applied_at=at,
        )
    )
    _tell(subject, application, "申请延期", ("lead",), by, at)
    return application


@action
def move_extension(
    subject: Subject,
    application: Extension,
    name: str,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    paper: Paper | None = None,
) -> Extension:
    """Take one step of an extension; approving it moves the current deadline, and never the first one.

    `paper` is the paper by which whoever approved the plan agreed.
    """
    application.matter = matter_queries.locked_round(subject.matter).matter
    application.refresh_from_db(fields=["state", "version"])
    answering = proofs.answering(subject)
    acting.take_post(EXTENSION, name, application.state, answering, application.matter.code)
    able = scope.capacities(audit.deed().by, answering)
    facts = ExtensionFacts(is_own=application.applied_by_id == by.person)
    is_given = paper is not None and bool(paper.number.strip())
    move = moving.make_move(EXTENSION, application, name, note=note, capacities=able, facts=facts, is_given=is_given)
    if paper is not None and move.asks:
        proving.cite(application.matter, f"extension_{name}", paper.number, paper.dated_on)
    if name == "approve":
        audit.change(application, approved_on=day_of(at))
        because = f"延期获批：{application.reason}"
        audit.change(application.matter, due_on=application.new_due_on, because=because)
    _tell(subject, application, move.label, move.tells, by, at)
    return application


def _is_live(subject: Subject, state: str) -> bool:
    if isinstance(subject, Measure):
        return state not in PROVEN and (subject.problem is None or subject.problem.matter.state in LIVE)
    return state in LIVE


def _tell(subject: Subject, application: Extension, what: str, told: tuple[str, ...], by: Actor, at: datetime) -> None:
    called = f"第{subject.number}项" if isinstance(subject, Problem) else f"措施{subject.number}"
    text = f"{what}：{called}，{application}"
    matters.tell_about(application.matter, text, told, by=by, at=at, answering=proofs.answering(subject))
