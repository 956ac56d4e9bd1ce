"""From what a public notice is drafted: the problem's own words, who answers for it, what its measures came to."""

from collections import defaultdict

from django.db.models import QuerySet

from bihuan.core.actor import Actor
from bihuan.disclosure.models import Release
from bihuan.disclosure.queries import standing
from bihuan.disclosure.rules.release import ReleaseState
from bihuan.disclosure.rules.wording import NOTICE, DoneMeasure, Facts
from bihuan.matters.models import Duty
from bihuan.matters.queries import work
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import DUTY_LABELS, Capacity, DutyRole
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries import sight, steps
from bihuan.rectification.rules.problem import PROBLEM, ProblemState

ANSWERING = (DutyRole.LEAD, DutyRole.RESPONSIBLE, DutyRole.ACCEPTING)
BEFORE_NOTICE = {one for flow in PROBLEM.values() for move in flow.rows("publish") for one in move.sources}
NOTICED = (ProblemState.NOTICED, ProblemState.OBJECTED)


def may_draft(by: Actor) -> bool:
    """Whether this person drafts what the public will read."""
    return Capacity.PUBLICITY in scope.capacities(by, ())


def problems_to_draft(by: Actor) -> list[Problem]:
    """The problems whose notice is next, or runs without a text, and that have no release yet; for who drafts it."""
    if not may_draft(by):
        return []
    rows = sight.problems_for(by).filter(matter__state__in=[*BEFORE_NOTICE, *NOTICED])
    live = Release.objects.filter(city=by.city, kind=NOTICE).exclude(state=ReleaseState.WITHDRAWN)
    taken = {*live.values_list("about_code", "about_round")}
    found = [one for one in rows if (one.matter.code, one.matter.round_number) not in taken]
    return [one for one in found if not why_not_drafted(one)]


def why_not_drafted(problem: Problem) -> str:
    """Why no notice of this problem can be drafted now, or ""."""
    matter = problem.matter
    if standing.live_release(matter) is not None:
        return "这件事已有公示文本，请在它上面接着办。"
    is_next = steps.flow_of(problem).step("publish", matter.state) is not None
    return "" if is_next or matter.state in NOTICED else "还没有办到公示这一步，不能拟公示文本。"


def facts_of(problem: Problem) -> Facts:
    """What a notice of this problem is drafted from."""
    measures = [*_measures(problem)]
    return Facts(
        inspection=problem.matter.inspection.name,
        number=problem.number,
        task=problem.text,
        bodies=_bodies([problem.matter_id, *(one.matter_id for one in measures)]),
        measures=_done(measures),
        contact=_last_contact(problem.city),
        is_accepted=problem.matter.state != ProblemState.VERIFYING,
    )


def _measures(problem: Problem) -> QuerySet[Measure]:
    return Measure.objects.filter(problem=problem, matter__is_withdrawn=False).order_by("number")


def _bodies(matters: list[int]) -> dict[str, list[str]]:
    rows = Duty.objects.filter(matter_id__in=matters, role__in=ANSWERING, is_ended=False).select_related("unit")
    named: dict[str, dict[str, None]] = defaultdict(dict)
    for duty in rows.order_by("-is_first", "pk"):
        if duty.unit is not None or duty.raw:
            named[duty.role][str(duty.unit) if duty.unit is not None else duty.raw] = None
    return {DUTY_LABELS[role]: [*named[role]] for role in ANSWERING if role in named}


def _done(measures: list[Measure]) -> list[DoneMeasure]:
    last = {report.matter_id: report.done for report in work.approved_reports([one.matter_id for one in measures])}
    return [DoneMeasure(one.text, last.get(one.matter_id, "")) for one in measures]


def _last_contact(city: str) -> str:
    """How the office said in its last text that it can be reached."""
    last = Release.objects.filter(city=city, kind=NOTICE).order_by("-pk").first()
    return str(last.sections.get("contact", "")) if last else ""
