"""Problems and measures as somebody may read them, always for somebody."""

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bihuan.core.actor import Actor
from bihuan.core.prepared import made_once
from bihuan.matters import queries as matters
from bihuan.matters.models import Duty
from bihuan.matters.queries import taken
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import DutyRole, Role
from bihuan.organisation.rules.reading import WHOLE
from bihuan.rectification.models import Measure, Plan, Problem
from bihuan.rectification.queries import lights
from bihuan.rectification.rules.measure import PROVEN, MeasureState
from bihuan.rectification.rules.plan import IN_FORCE
from bihuan.rectification.rules.problem import DARK, ProblemState

OF_PROBLEMS = matters.Veil(
    drafts=(ProblemState.DRAFT,), unsubmitted=(ProblemState.DRAFT, ProblemState.ISSUED, ProblemState.RECTIFYING)
)
OF_MEASURES = matters.Veil(unsubmitted=(MeasureState.NOT_STARTED, MeasureState.UNDER_WAY))
WITHOUT_LIGHT = Q(matter__state__in=DARK)
PROBLEM_PAGE = ("matter__inspection__rule_set", "matter__region", "aspect", "campaign", "plan")
MARKS = ("milestones", "indicators")
BEARERS = Prefetch(
    "matter__duties",
    Duty.objects.filter(is_ended=False).select_related("unit", "person", "post__unit").order_by("-is_first", "pk"),
    to_attr="bearers",
)


@made_once
def problems_seen(by: Actor) -> QuerySet[Problem]:
    """The problems in this actor's scope."""
    return Problem.objects.filter(matters.seen_by(by, OF_PROBLEMS, matter="matter__")).order_by("plan_id", "number")


def problem_words(rows: QuerySet[Problem], day: date | None = None) -> QuerySet[Problem]:
    """Problems with the words and counts that a ledger shows, and their lights: of that day, or of all days."""
    rows = rows.annotate(**lights.words(day)) if day else rows.prefetch_related(lights.HELD)
    counted: dict[str, Any] = {"measure_count": _count_of(), "proven_count": _count_of(matter__state__in=PROVEN)}
    counted |= taken.words()
    words = matters.told(rows.annotate(**counted), aspect_name="aspect__name", document_number="plan__document_number")
    return words.select_related("matter__figure").prefetch_related(BEARERS)


def _count_of(**which: Any) -> Coalesce:
    of = Measure.objects.filter(problem=OuterRef("pk"), matter__is_withdrawn=False, **which).order_by()
    return Coalesce(Subquery(of.values("problem").annotate(n=Count("pk")).values("n")), 0)


@made_once
def problems_for(by: Actor) -> QuerySet[Problem]:
    """The problems in this actor's scope with all that a page of one says."""
    return problem_words(problems_seen(by)).select_related(*PROBLEM_PAGE)


def plans_seen(by: Actor) -> QuerySet[Plan]:
    """The plans of which some problem is in this actor's scope."""
    plans = Plan.objects.filter(pk__in=problems_seen(by).order_by().values("plan"), is_withdrawn=False)
    return plans.select_related("inspection", "unit").order_by("pk")


def problems_to_issue(by: Actor) -> QuerySet[Problem]:
    """The drafts of plans in force that wait for this actor to hand them over; none where that is not his to do."""
    if not scope.has_role(by, (Role.COORDINATION, Role.OFFICE_HEAD)):
        return Problem.objects.none()
    return problems_for(by).filter(matter__state=ProblemState.DRAFT, plan__state__in=IN_FORCE)


def problems_to_receive(by: Actor) -> QuerySet[Problem]:
    """The problems that wait to be signed for by a unit that this actor acts for as its approver."""
    units = scope.units_held_as(by, Role.UNIT_APPROVER)
    if not units:
        return Problem.objects.none()
    led = matters.borne_by(units, DutyRole.LEAD)
    return problems_for(by).filter(matter__state=ProblemState.ISSUED, matter_id__in=led)


@made_once
def measures_seen(by: Actor) -> QuerySet[Measure]:
    """The measures in this actor's scope: its units' own, and all of a problem that they lead or oversee, or that is
    in his scope otherwise than by a unit's duty.
    """
    seen = matters.seen_by(by, OF_MEASURES, matter="matter__")
    if not scope.sees_all(by):
        whole = matters.seen_by(by, OF_PROBLEMS, matter="problem__matter__", duties=WHOLE)
        drafts = Q(problem__matter__state__in=OF_PROBLEMS.drafts)
        seen = (seen | whole & Q(matter__is_withdrawn=False)) & ~drafts
    rows = Measure.objects.filter(seen)
    return rows.order_by("plan_id", "problem__number", "campaign__number", "number")


def measure_words(rows: QuerySet[Measure], day: date | None = None) -> QuerySet[Measure]:
    """As `problem_words`, of measures."""
    rows = rows.annotate(**lights.words(day)) if day else rows.prefetch_related(lights.HELD)
    words = matters.told(
        rows.annotate(**taken.words()),
        problem_number="problem__number",
        problem_title="problem__title",
        problem_target="problem__target",
        problem_state="problem__matter__state",
        campaign_number="campaign__number",
        campaign_name="campaign__name",
    )
    return words.select_related("matter__figure").prefetch_related(BEARERS)


@made_once
def measures_for(by: Actor) -> QuerySet[Measure]:
    """The measures in this actor's scope with all that a page of one says."""
    return (
        measure_words(measures_seen(by))
        .select_related("matter__inspection__rule_set", "problem__matter", "campaign", "plan")
        .prefetch_related(*MARKS)
    )


def problem_stepped(code: str, by: Actor) -> Problem | None:
    """The problem on which this actor took the last step, though the step took it out of his scope."""
    problem: Problem | None = matters.stepped(Problem.objects.select_related(*PROBLEM_PAGE), code, by)
    return problem


def measure_stepped(code: str, by: Actor) -> Measure | None:
    """As `problem_stepped`, of a measure."""
    measure: Measure | None = matters.stepped(Measure.objects.all(), code, by)
    return measure


def problems_found(by: Actor, words: str) -> QuerySet[Problem]:
    """The problems in this actor's scope that hold the words, or have the code or number, newest first."""
    numbered = Q(number=int(words)) if words.isdecimal() and len(words) < 5 else None
    return matters.found(problems_seen(by).select_related("matter"), words, numbered)


def measures_found(by: Actor, words: str) -> QuerySet[Measure]:
    """The measures in this actor's scope that hold the words, or have the code, newest first."""
    return matters.found(measures_seen(by).select_related("matter"), words)
