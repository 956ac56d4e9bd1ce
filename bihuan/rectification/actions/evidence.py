"""Evidence on problems and measures: brought by whoever works on them, confirmed by the accepting unit."""

from collections.abc import Sequence
from datetime import datetime

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.matters import queries as matters
from bihuan.matters.actions import evidence as files
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.models import Evidence, ProgressReport, Waiver
from bihuan.matters.rules import evidence as rules
from bihuan.organisation.actions import acting
from bihuan.rectification.actions.plan import index_measures, index_problems
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries import proofs, steps
from bihuan.rectification.queries.proofs import Subject
from bihuan.rectification.rules.checklist import BY_KEY
from bihuan.rectification.rules.problem import STATES, ProblemState


@action
def add_evidence(
    subject: Subject,
    brought: Sequence[Brought],
    *,
    by: Actor,
    at: datetime,
    report: ProgressReport | None = None,
    note: str = "",
) -> list[Evidence]:
    """Put files on a problem or a measure: all of them or none. Refuses who does not work on it, and none at all.

    After sign-off only what may speak of a rebound comes in; a withdrawn matter takes nothing.
    """
    _take_post(subject, rules.ADDERS, rules.NOT_YOURS)
    if any(one.proves and one.proves not in BY_KEY for one in brought):
        raise Refused("有一份文件要证明的材料项不在清单里，请刷新后再选。")
    added = files.add_all(subject.matter, brought, report)
    _index(subject)
    return added


@action
def pair_evidence(subject: Subject, after: Evidence, before: Evidence, *, by: Actor, at: datetime) -> Evidence:
    """Put a picture taken afterwards beside the one that shows the same place before; none of a closed round."""
    _take_post(subject, rules.ADDERS, rules.NOT_YOURS)
    files.refuse_frozen(after, proofs.frozen_rounds(subject))
    return files.pair(after, before)


@action
def end_evidence(subject: Subject, evidence: Evidence, *, by: Actor, at: datetime, note: str) -> Evidence:
    """Declare a file void, with a reason; it stays in the trail, and shows as changed where somebody signed for it.

    Refuses what belongs to a closed round: its file is frozen.
    """
    _take_post(subject, rules.ADDERS, rules.NOT_YOURS)
    files.refuse_frozen(evidence, proofs.frozen_rounds(subject))
    ended = files.end(evidence, note)
    _index(subject)
    return ended


@action
def waive_item(problem: Problem, item: str, *, by: Actor, at: datetime, note: str) -> Waiver:
    """Say that an item of the check-list does not apply to a problem. The accepting unit confirms it."""
    if item not in BY_KEY:
        raise Refused("清单里没有这一项，请刷新后再选。")
    _take_post(problem, rules.WAIVERS, "只有牵头单位可以写明材料不适用。")
    return files.waive(problem.matter, item, note)


@action
def end_waiver(problem: Problem, waiver: Waiver, *, by: Actor, at: datetime, note: str = "") -> Waiver:
    """Take back that an item does not apply."""
    _take_post(problem, rules.WAIVERS, "只有牵头单位可以写明材料不适用。")
    return audit.change(waiver, is_ended=True, because=note)


@action
def confirm_waiver(problem: Problem, waiver: Waiver, *, by: Actor, at: datetime, note: str = "") -> Waiver:
    """Confirm that an item does not apply, as the accepting unit. Refuses what is confirmed."""
    _take_post(problem, rules.CONFIRMERS, "只有验收单位可以确认材料不适用。")
    if waiver.is_confirmed:
        raise Refused("这一项已经确认。")
    return audit.change(waiver, is_confirmed=True, because=note)


def _index(subject: Subject) -> None:
    if isinstance(subject, Measure):
        index_measures([subject])
    else:
        index_problems([subject])


def _take_post(subject: Subject, capacities: frozenset[rules.C], refusal: str) -> None:
    """Act in the appointment that may, on a matter that is not over; whoever acts at the same time waits."""
    if isinstance(subject, Measure):
        steps.locked(subject)
    else:
        subject.matter = matters.locked_round(subject.matter).matter
    if subject.matter.state == ProblemState.WITHDRAWN:
        raise Refused(f"{STATES[ProblemState.WITHDRAWN]}，不能再放材料。")
    acting.take_capacity(capacities, proofs.answering(subject), subject.matter.code, refusal)
