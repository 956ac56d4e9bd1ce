"""The progress entries of measures as somebody may read them: their words, their figures, what changed with each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects

from bihuan.core.actor import Actor
from bihuan.lib.quantity import plain
from bihuan.matters.models import ProgressReport
from bihuan.matters.queries import work
from bihuan.matters.rules.progress import APPROVERS, FILLERS, PROGRESS, STATES, ProgressFacts, ProgressState
from bihuan.organisation.queries import scope
from bihuan.rectification.models import Indicator, IndicatorReading, Measure, Milestone, MilestoneReached
from bihuan.rectification.queries import steps
from bihuan.rectification.rules.measure import PROVEN
from bihuan.rectification.rules.schedule import Actual, Counted

_REACHED = MilestoneReached.objects.filter(milestone=OuterRef("pk"), is_ended=False, report__in=work.standing_reports())
_OPEN = Milestone.objects.filter(~Exists(_REACHED), measure__matter=OuterRef("matter"), is_withdrawn=False)
_ENTRIES = work.standing_reports().annotate(is_held=Exists(_OPEN)).order_by("on", "pk")
APPROVED = Prefetch("matter__reports", _ENTRIES, to_attr="approved_entries")
_TOLD = IndicatorReading.objects.filter(is_ended=False, report__in=work.standing_reports())
READ = Prefetch("indicators", Indicator.objects.filter(is_withdrawn=False).order_by("pk"), to_attr="counted")
READINGS = Prefetch("counted__readings", _TOLD.order_by("report__on", "report__pk"), to_attr="approved_readings")
WORDS, FIGURES = (APPROVED,), (READ, READINGS)


@dataclass(frozen=True, slots=True)
class Change:
    """What one entry says of one indicator: altogether so much now, so much before (None: it was the first)."""

    name: str
    unit: str
    target: Decimal
    before: Decimal | None
    now: Decimal

    @property
    def words(self) -> str:
        """封填自备井 9 → 11 / 20眼."""
        before = f"{plain(self.before)} → " if self.before is not None and self.before != self.now else ""
        return f"{self.name} {before}{plain(self.now)} / {plain(self.target)}{self.unit}"


def entries_for(measure: Measure, by: Actor) -> QuerySet[ProgressReport]:
    """The entries of a measure, newest first; what nobody has approved is shown to those who fill in, approve or
    oversee the whole city.
    """
    rows = work.reports_of(measure.matter).prefetch_related("reached__milestone")
    able = scope.capacities(by, steps.answering_for(measure))
    is_theirs = scope.sees_all(by) or bool(able & (FILLERS | APPROVERS))
    return rows if is_theirs else rows.filter(state=ProgressState.APPROVED)


def offers(measure: Measure, report: ProgressReport, by: Actor) -> tuple[str, ...]:
    """The names of the steps that this actor could take on an entry now."""
    able = scope.capacities(by, steps.answering_for(measure))
    offered = PROGRESS.offers(report.state, able, ProgressFacts(is_own=report.filled_by_id == by.person))
    return tuple(one.name for one in offered if not one.refusal)


def changes(reports: Collection[ProgressReport]) -> dict[int, list[Change]]:
    """{entry: what it says of each indicator, beside what stood before}; what was not approved is before nothing."""
    matters = {one.matter_id for one in reports}
    told = IndicatorReading.objects.filter(report__matter_id__in=matters, is_ended=False)
    rows = [*told.select_related("indicator", "report").order_by("report__on", "report__pk", "pk")]
    standing = {*work.approved_reports(matters).values_list("pk", flat=True)}
    found: dict[int, list[Change]] = {one.pk: [] for one in reports}
    for row in rows:
        if row.report_id not in found:
            continue
        before = [one.cumulative for one in rows if _is_before(one, row) and one.report_id in standing]
        of = row.indicator
        found[row.report_id].append(
            Change(of.name, of.measured_in, of.target, before[-1] if before else None, row.cumulative)
        )
    return found


def _is_before(one: IndicatorReading, row: IndicatorReading) -> bool:
    is_same = one.indicator_id == row.indicator_id and one.report_id != row.report_id
    return is_same and (one.report.on, one.report_id) < (row.report.on, row.report_id)


def last_words(measure: Measure, name: str) -> str:
    """What the last approved entry says under that name; of `done`, why nothing changed where it says that.

    Asks nothing: the measure comes with `WORDS`.
    """
    told: list[ProgressReport] = measure.matter.approved_entries  # type: ignore[attr-defined]  # the prefetch sets it
    if not told:
        return ""
    last = told[-1]
    return f"无变化：{last.reason}" if name == "done" and last.is_unchanged else str(getattr(last, name))


def altogether(measure: Measure) -> str:
    """How far each indicator has come by the approved entries. Asks nothing: the measure comes with `FIGURES`."""
    told = ((one, [*one.approved_readings]) for one in measure.counted)  # type: ignore[attr-defined]  # the prefetch sets it
    return "；".join(
        Change(one.name, one.measured_in, one.target, one.baseline, rows[-1].cumulative).words
        for one, rows in told
        if rows
    )


def share(measure: Measure) -> Decimal | None:
    """The percent of a measure that is done, as its schedule counts it; None where nobody said anything.

    Asks nothing: the measure comes with `WORDS` and `FIGURES`.
    """
    told: list[Any] = measure.matter.approved_entries  # type: ignore[attr-defined]  # the prefetch sets it
    if not told:
        return None
    of: list[Any] = measure.counted  # type: ignore[attr-defined]  # as above
    reported = next((one.percent for one in reversed(told) if one.percent is not None), None)
    counted = tuple(_counted(one) for one in of) if any(one.approved_readings for one in of) else ()
    if reported is None and not counted:
        return None
    is_done = measure.matter.state in PROVEN
    return Actual(counted, reported, held=int(told[-1].is_held), is_done=is_done).points


def _counted(one: Any) -> Counted:
    begun = one.baseline or Decimal(0)
    now = one.approved_readings[-1].cumulative if one.approved_readings else begun
    return Counted(one.name, one.measured_in, begun, one.target, now, Decimal(1))


def share_words(measure: Measure) -> str:
    """As `share`, in words: 55%, or ""."""
    done = share(measure)
    return "" if done is None else f"{plain(done)}%"


def state_words(report: ProgressReport) -> str:
    """Where an entry stands, and by whom: 待审核, 张工审定, 按规则审定."""
    if report.state != ProgressState.APPROVED:
        return STATES[ProgressState(report.state)]
    return f"{report.approved_by}审定" if report.approved_by else "按规则免审"


def dressed(rows: Iterable[Measure]) -> list[Measure]:
    """Measures with all that `last_words`, `altogether` and `share` read."""
    found = [*rows]
    prefetch_related_objects(found, *WORDS, *FIGURES)
    return found
