"""What a unit owes in progress entries, and what is known when one is filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet

from bihuan.core.actor import Actor
from bihuan.lib.grams import is_like
from bihuan.lib.periods import Kind, Period, period_of
from bihuan.matters import queries as matters
from bihuan.matters.models import Matter, ProgressReport
from bihuan.matters.queries import work
from bihuan.matters.rules.progress import FILLERS, ProgressState
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import DutyRole, Role
from bihuan.rectification.models import IndicatorReading, Measure, Milestone, MilestoneReached
from bihuan.rectification.queries import sight, steps
from bihuan.rectification.rules.measure import MeasureState
from bihuan.rectification.rules.problem import ProblemState
from bihuan.rectification.rules.reporting import Counted, Known

LIVE = (MeasureState.NOT_STARTED, MeasureState.UNDER_WAY)
FILLING = (Role.REPORTER, Role.UNIT_APPROVER)
APPROVING = (Role.UNIT_APPROVER, Role.UNIT_HEAD)
RECENT = 400  # entries that a new text is held against
ELSEWHERE = "另一事项"
FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Owed:
    """One measure that a unit reports on: its last entry, the period that is due, and whether that was reported."""

    measure: Measure
    last: ProgressReport | None
    period: Period
    is_reported: bool


def owing(by: Actor) -> QuerySet[Measure]:
    """The measures that this actor's units report on: those they lead or do, that were signed for and are not finished.

    One entry serves all who answer for a measure: nobody is asked again for what another has said.
    """
    units = frozenset[int]().union(*(scope.units_held_as(by, role) for role in FILLING))
    borne = matters.borne_by(units, DutyRole.RESPONSIBLE, DutyRole.LEAD)
    begun = Q(problem__isnull=True) | Q(problem__matter__state=ProblemState.RECTIFYING)
    return sight.measures_for(by).filter(begun, matter_id__in=borne, matter__state__in=LIVE)


def may_fill(measure: Measure, by: Actor) -> bool:
    """Whether this actor reports on that measure; whether there is anything to report now is asked when he does."""
    return bool(scope.capacities(by, steps.answering_for(measure)) & FILLERS)


def owed(by: Actor, today: date) -> list[Owed]:
    """What this actor's units owe today, what is due first in front."""
    measures = [*owing(by)]
    last = last_entries(one.matter.pk for one in measures)
    found = [_owed(one, last.get(one.matter.pk), today) for one in measures]
    return sorted(found, key=lambda one: (one.is_reported, one.period.end, one.measure.matter.code))


def _owed(measure: Measure, last: ProgressReport | None, today: date) -> Owed:
    """What is due: this period, or the one before where that passed without a word since an entry before it."""
    kind = Kind(measure.matter.inspection.rule_set.report_every)
    period = period_of(kind, today)
    if last is not None and last.on < period.start:
        before = period_of(kind, period.start - timedelta(days=1))
        period = before if last.on < before.start else period
    return Owed(measure, last, period, last is not None and last.on >= period.start)


def last_entries(ids: Iterable[int]) -> Mapping[int, ProgressReport]:
    """{matter: its last entry, whoever has or has not approved it}."""
    rows = ProgressReport.objects.filter(matter_id__in=[*ids]).exclude(state=ProgressState.WITHDRAWN)
    return {one.matter_id: one for one in rows.select_related("filled_by", "approved_by").order_by("on", "pk")}


def taken_back(measure: Measure) -> int:
    """How many entries of a measure were taken back by who filled them in."""
    return ProgressReport.objects.filter(matter=measure.matter, state=ProgressState.WITHDRAWN).count()


def waiting(by: Actor) -> QuerySet[ProgressReport]:
    """The entries that wait for this actor to approve them; not his own."""
    units = frozenset[int]().union(*(scope.units_held_as(by, role) for role in APPROVING))
    borne = matters.borne_by(units, DutyRole.RESPONSIBLE, DutyRole.LEAD)
    rows = ProgressReport.objects.filter(state=ProgressState.SUBMITTED, matter_id__in=borne)
    return rows.exclude(filled_by_id=by.person).select_related("matter", "filled_by").order_by("on", "pk")


def known(measure: Measure, on: date, done: str, by: Actor, today: date) -> Known:
    """What the questions about an entry of that measure, as of that day, go by."""
    matter = measure.matter
    last = work.approved_reports([matter.pk]).filter(on__lte=on).last()
    begun = matters.handed_over_on(matters.last_round(measure.problem.matter if measure.problem else matter))
    return Known(
        today=today,
        handed_over_on=begun,
        due_on=matter.due_on,
        last_on=work.approved_reports([matter.pk]).values_list("on", flat=True).last(),
        last_done=last.done if last else "",
        last_percent=last.percent if last else None,
        counted=counted(measure, on),
        milestones={one.pk: one.text for one in measure.milestones.filter(is_withdrawn=False)},
        elsewhere=_elsewhere(matter, done, by),
    )


def counted(measure: Measure, on: date) -> dict[int, Counted]:
    """{indicator: how it stood at the entries around that day}."""
    reports = work.approved_reports([measure.matter.pk])
    rows = IndicatorReading.objects.filter(report__in=reports, is_ended=False).order_by("report__on", "report__pk")
    told = [*rows.values_list("indicator_id", "report__on", "cumulative")]
    return {
        one.pk: Counted(
            one.name,
            one.measured_in,
            one.target,
            one.baseline is not None and one.baseline > one.target,
            before=_last(value for key, day, value in told if key == one.pk and day <= on),
            after=next((value for key, day, value in told if key == one.pk and day > on), None),
        )
        for one in measure.indicators.filter(is_withdrawn=False).order_by("pk")
    }


def frozen_before(measure: Measure) -> datetime | None:
    """Before which moment approved entries of a measure are frozen: that of an earlier round's end, every one where the
    round of its problem is closed; None where none is.
    """
    if measure.problem is None:
        return None
    if work.is_closed(measure.problem.matter):
        return FOR_EVER
    turn = matters.last_round(measure.problem.matter)
    return turn.handed_over_at if turn.number > 1 else None


def open_marks(measure: Measure) -> QuerySet[Milestone]:
    """The milestones of a measure that no entry that counts says were reached, what is due first in front."""
    reached = MilestoneReached.objects.filter(is_ended=False, report__in=work.standing_reports())
    marks = Milestone.objects.filter(measure=measure, is_withdrawn=False)
    return marks.exclude(pk__in=reached.values("milestone")).order_by("due_on", "pk")


def _last(values: Iterable[Decimal]) -> Decimal | None:
    found = [*values]
    return found[-1] if found else None


def _elsewhere(matter: Matter, done: str, by: Actor) -> str:
    """Of which other matter an entry says the same: its code, where that is in sight."""
    if not done.strip():
        return ""
    others = ProgressReport.objects.filter(city=matter.city, is_unchanged=False).exclude(matter=matter)
    for code, text in others.order_by("-pk").values_list("matter__code", "done")[:RECENT]:
        if is_like(done, text):
            return code if sight.measures_seen(by).filter(matter__code=code).exists() else ELSEWHERE
    return ""
