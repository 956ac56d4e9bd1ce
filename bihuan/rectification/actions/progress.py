"""Progress entries of measures: filled in by one, approved by another, frozen; a wrong one is named by a later one."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bihuan.core import audit, moving
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.matters import actions as matters
from bihuan.matters.models import ProgressReport
from bihuan.matters.rules.progress import FILLERS, PROGRESS, ProgressFacts, ProgressState
from bihuan.matters.rules.questions import QuestionsOpen
from bihuan.organisation.actions import acting
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Capacity
from bihuan.rectification.models import Indicator, IndicatorReading, Measure, Milestone, MilestoneReached
from bihuan.rectification.queries import reporting, steps
from bihuan.rectification.queries.facts import MeasureFacts
from bihuan.rectification.rules import reporting as rules
from bihuan.rectification.rules.measure import MEASURE, MeasureState
from bihuan.rectification.rules.reporting import Filled

SAID = 60  # characters of an entry that the trail quotes
NOT_YOURS = "您没有填报这项措施进展的职责。"


@action
def report_progress(measure: Measure, filled: Filled, *, by: Actor, at: datetime, note: str = "") -> ProgressReport:
    """Hand in one progress entry of a measure; it waits for another person, but a plain "no change" where the rules of
    the inspection let it pass.

    Refuses who does not report on it, a measure that is finished or whose problem was not signed for, an entry that
    says nothing, to set right what a closed round froze, and with `QuestionsOpen` one that raises a question which it
    does not answer.
    """
    matter = steps.locked(measure)
    if not MeasureFacts(measure).is_received:
        raise Refused("所属问题尚未签收，还不用填报。")
    if matter.state not in reporting.LIVE and filled.corrects is None:
        raise Refused("这项措施已经完成，不再填报进展；要更正已审定的数，请在那一条上选“更正”。")
    acting.take_capacity(FILLERS, steps.answering_for(measure), matter.code, NOT_YOURS)
    known = reporting.known(measure, filled.on, filled.done, by, day_of(at))
    if refusal := rules.refusal(filled, known):
        raise Refused(refusal)
    if asked := rules.unanswered(filled, known):
        raise QuestionsOpen(asked)
    report = _write(measure, filled, _corrected(measure, filled.corrects), at)
    if filled.is_unchanged and not matter.inspection.rule_set.is_unchanged_approved:
        moving.make_move(PROGRESS, report, "pass", note=filled.reason, capacities={Capacity.CONSEQUENCE}, facts=None)
        _settle(measure, report, at, None)
    else:
        matters.tell_about(
            matter,
            f"待审核的进展：{measure.text[:40]}",
            ("responsible",),
            by=by,
            at=at,
            answering=steps.answering_for(measure),
        )
    return report


def _corrected(measure: Measure, corrects: int | None) -> ProgressReport | None:
    if corrects is None:
        return None
    old = ProgressReport.objects.filter(matter=measure.matter, pk=corrects, state=ProgressState.APPROVED).first()
    if old is None:
        raise Refused("要更正的那一条不在这项措施上，或还没有审定。")
    if old.corrected_by.exclude(state=ProgressState.WITHDRAWN).exists():
        raise Refused("那一条已经有更正，请在最新的一条上更正。")
    _refuse_frozen(measure, old)
    return old


def _refuse_frozen(measure: Measure, old: ProgressReport | None) -> None:
    """Refuse to set right what stands in the file of a closed round."""
    frozen = reporting.frozen_before(measure)
    if frozen is not None and old is not None and old.approved_at is not None and old.approved_at < frozen:
        raise Refused(rules.FROZEN)


def _write(measure: Measure, filled: Filled, old: ProgressReport | None, at: datetime) -> ProgressReport:
    matter = measure.matter
    report = audit.create(
        ProgressReport(
            matter=matter,
            on=filled.on,
            is_unchanged=filled.is_unchanged,
            reason=filled.reason.strip()[:200],
            done="" if filled.is_unchanged else filled.done.strip(),
            difficulties=filled.difficulties.strip(),
            next_steps=filled.next_steps.strip(),
            percent=None if filled.is_unchanged else filled.percent,
            expected_on=filled.expected_on,
            answers={key: words.strip() for key, words in filled.answers.items() if words.strip()},
            state=PROGRESS.initial,
            filled_by_id=audit.deed().by.person,
            filled_at=at,
            corrects=old,
        ),
        because=f"截至{filled.on}：{filled.reason.strip() if filled.is_unchanged else filled.done.strip()[:SAID]}",
    )
    if filled.is_unchanged:
        return report
    indicators = {one.pk: one for one in Indicator.objects.filter(pk__in=[*filled.readings], measure=measure)}
    milestones = {one.pk: one for one in Milestone.objects.filter(pk__in=[*filled.reached], measure=measure)}
    audit.create_many(
        [
            IndicatorReading(report=report, indicator=indicators[key], cumulative=value)
            for key, value in filled.readings.items()
        ]
    )
    audit.create_many(
        [
            MilestoneReached(report=report, milestone=milestones[key], reached_on=day)
            for key, day in filled.reached.items()
        ]
    )
    return report


def _settle(measure: Measure, report: ProgressReport, at: datetime, approver: int | None) -> None:
    """Let an entry count that was approved by that person, or by the rules alone: the first one starts its measure."""
    audit.change(report, approved_by_id=approver, approved_at=at)
    if measure.matter.state == MeasureState.NOT_STARTED and not report.is_unchanged:
        facts = MeasureFacts(measure)
        matters.follow(measure.matter, MEASURE, "start", note="首次填报进展", facts=facts)


@action
def move_report(
    measure: Measure, report: ProgressReport, name: str, *, by: Actor, at: datetime, note: str = ""
) -> ProgressReport:
    """Take one step of an entry (审定, 退回修改, 重新送审, 撤回), or refuse with the sentence why not.

    What would set right an entry of a closed round is not approved any more.
    """
    steps.locked(measure)
    report.refresh_from_db(fields=["state", "version"])
    report.matter = measure.matter
    answering = steps.answering_for(measure)
    acting.take_post(PROGRESS, name, report.state, answering, measure.matter.code)
    able = scope.capacities(audit.deed().by, answering)
    facts = ProgressFacts(is_own=report.filled_by_id == by.person)
    if name == "approve":
        _refuse_frozen(measure, report.corrects)
    moving.make_move(PROGRESS, report, name, note=note, capacities=able, facts=facts)
    if name == "approve":
        _settle(measure, report, at, by.person)
    return report


@action
def approve_reports(
    pairs: Sequence[tuple[Measure, ProgressReport]],
    exceptions: Collection[int],
    *,
    by: Actor,
    at: datetime,
    note: str = "",
) -> list[ProgressReport]:
    """Approve a whole page of entries in one deed, but those named in `exceptions` (ids): all of them or none."""
    chosen = [(measure, report) for measure, report in pairs if report.pk not in exceptions]
    if not chosen:
        raise Refused("没有选中要审定的进展。")
    return [move_report(measure, report, "approve", by=by, at=at, note=note) for measure, report in chosen]
