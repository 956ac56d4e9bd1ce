"""The facts that the steps of problems and measures ask for: each gathered when it is asked, and only then."""

from datetime import date
from decimal import Decimal
from functools import cached_property

from bihuan.lib.quantity import plain
from bihuan.lib.reading.deadlines import WITHOUT_DAY
from bihuan.matters import queries as matters
from bihuan.matters.models import Evidence, FieldCheck, ProgressReport, Recheck
from bihuan.matters.queries import watching, work
from bihuan.matters.rules import checks
from bihuan.matters.rules.progress import ProgressState
from bihuan.matters.rules.recheck import RecheckFacts
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.models import IndicatorReading, Measure, MilestoneReached, Problem
from bihuan.rectification.queries import checklist, experts, package
from bihuan.rectification.rules import acceptance
from bihuan.rectification.rules.checklist import ACCEPTANCE, CLAIM, SIGN_OFF, Standing
from bihuan.rectification.rules.checklist import missing as missing_of
from bihuan.rectification.rules.checklist import unconfirmed as unconfirmed_of
from bihuan.rectification.rules.measure import PROVEN
from bihuan.rectification.rules.plan import not_in_force
from bihuan.rectification.rules.problem import ProblemState

PROVINCIAL, LASTING = "省级验收", "长期坚持"


class ProblemFacts:
    """What a problem's steps ask (`rules.problem_facts`), on one day."""

    def __init__(self, problem: Problem, today: date) -> None:
        self.problem, self.today = problem, today
        self.matter = problem.matter
        self.decline_days = problem.matter.inspection.rule_set.decline_days
        self.is_provincial = problem.acceptance_level == PROVINCIAL
        self.is_lasting = problem.nature == LASTING
        self.is_deadline_settled = problem.matter.due_on is not None or problem.deadline_kind in WITHOUT_DAY

    @property
    def plan_state(self) -> str:
        """How the plan stands that is not in force."""
        return not_in_force(self.problem.plan.state)

    @cached_property
    def _roles(self) -> list[DutyRole]:
        return [duty.role for duty in matters.answering(self.matter)]

    @property
    def lead_units(self) -> int:
        """How many units lead."""
        return self._roles.count(DutyRole.LEAD)

    @property
    def first_responsible(self) -> int:
        """How many are first responsible."""
        return self._roles.count(DutyRole.FIRST_RESPONSIBLE)

    @cached_property
    def _measures(self) -> list[tuple[int, str]]:
        rows = Measure.objects.filter(problem=self.problem, matter__is_withdrawn=False).order_by("number")
        return [*rows.values_list("number", "matter__state")]

    @property
    def measures(self) -> int:
        """How many measures there are."""
        return len(self._measures)

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """The measures that nobody confirmed yet."""
        return tuple(f"措施{number}" for number, state in self._measures if state not in PROVEN)

    @cached_property
    def days_since_issue(self) -> int:
        """Working days since the hand-over."""
        handed_over = matters.handed_over_on(matters.last_round(self.matter))
        return matters.working_days_since(handed_over, self.today, self.matter.city) if handed_over else 0

    @cached_property
    def standings(self) -> list[Standing]:
        """The whole check-list."""
        return checklist.standings(self.problem)

    def _of(self, step: str) -> list[Standing]:
        return [one for one in self.standings if one.item.step == step]

    @property
    def claim_missing(self) -> tuple[str, ...]:
        """Of the list, what the claim asks for."""
        return missing_of(self._of(CLAIM))

    @property
    def acceptance_missing(self) -> tuple[str, ...]:
        """Of the list, what the acceptance asks for."""
        return missing_of(self._of(ACCEPTANCE))

    @property
    def sign_off_missing(self) -> tuple[str, ...]:
        """Of the list, what the sign-off asks for."""
        return missing_of(self._of(SIGN_OFF))

    @property
    def waivers_unconfirmed(self) -> tuple[str, ...]:
        """What is said not to apply and was not confirmed."""
        return unconfirmed_of([*self._of(CLAIM), *self._of(ACCEPTANCE)])

    @property
    def county_checks(self) -> int:
        """Checks by the county since the claim."""
        return work.checks_since(self.matter, work.signed_at(self.matter, "claim_done"), level=checks.COUNTY)

    @property
    def acceptance_checks(self) -> int:
        """Checks for the acceptance since the claim."""
        return work.checks_since(self.matter, work.signed_at(self.matter, "claim_done"), kind=checks.ACCEPTANCE)

    @property
    def stage_checks(self) -> int:
        """Checks for the acceptance in this round."""
        return work.checks_since(self.matter, None, kind=checks.ACCEPTANCE)

    @property
    def proofs_since(self) -> int:
        """Yearly checks since the last proof, or since it became long-term."""
        last = work.signed_at(self.matter, "prove") or work.signed_at(self.matter, "sustain")
        return work.checks_since(self.matter, last, kind=checks.PROOF)

    @cached_property
    def _answered(self) -> dict[str, bool]:
        return {one.condition: one.is_met for one in work.answers_of(self.matter)}

    @property
    def conditions_unanswered(self) -> tuple[str, ...]:
        """Of the conditions of acceptance."""
        return acceptance.unanswered(self._answered)

    @property
    def conditions_unmet(self) -> tuple[str, ...]:
        """Of the conditions of acceptance, but those that a leader let pass."""
        passed = {one.what for one in checklist.exemptions_of(self.matter)}
        return acceptance.unmet({key: is_met for key, is_met in self._answered.items() if key not in passed})

    @property
    def experts_waited_for(self) -> tuple[str, ...]:
        """The experts who were asked and are silent."""
        return experts.waited_for(self.problem)

    @cached_property
    def notice_ends_on(self) -> date | None:
        """The last day of the notice."""
        notice = work.running_notice(self.matter)
        return notice.ends_on if notice else None

    @property
    def changed_since_consent(self) -> int:
        """How many records stand otherwise than when the leading group signed."""
        return len(package.changes_since(self.problem, "consent"))

    @property
    def rebound_proofs(self) -> int:
        """Checks and evidence since it was signed off or became long-term, and confirmed watch hits."""
        return self._seen_since + watching.confirmed(self.matter).count()

    @property
    def _seen_since(self) -> int:
        closed = work.signed_at(self.matter, "sign_off") or work.signed_at(self.matter, "sustain")
        if closed is None:  # taken over as closed: whatever is here came since
            return FieldCheck.objects.filter(matter=self.matter, is_ended=False).count()
        own = {"matter": self.matter, "round_number": self.matter.round_number, "is_ended": False}
        came = Evidence.objects.filter(**own, pk__gt=package.last_evidence(self.matter, "sign_off")).count()
        return work.checks_since(self.matter, closed) + came


class MeasureFacts:
    """What a measure's steps ask (`rules.measure`)."""

    def __init__(self, measure: Measure) -> None:
        self.measure, self.matter = measure, measure.matter
        unreceived = (ProblemState.DRAFT, ProblemState.ISSUED)
        self.is_received = measure.problem is None or measure.problem.matter.state not in unreceived
        self.is_lasting = LASTING in measure.deadline_raw or (
            measure.problem is not None and measure.problem.nature == LASTING
        )

    @property
    def below_target(self) -> tuple[str, ...]:
        """The indicators below their target."""
        done = readings_of(self.measure)
        return tuple(
            f"{one.name}{plain(done.get(one.pk, Decimal(0)))}/{plain(one.target)}{one.measured_in}"
            for one in self.measure.indicators.filter(is_withdrawn=False).order_by("pk")
            if is_below(done.get(one.pk), one.baseline, one.target)
        )

    @property
    def milestones_open(self) -> tuple[str, ...]:
        """The milestones of which nobody said that they were reached."""
        reached = {*reached_by(self.measure)}
        rows = self.measure.milestones.filter(is_withdrawn=False).order_by("due_on", "pk")
        return tuple(f"{one.due_on} {one.text}" for one in rows if one.pk not in reached)

    @property
    def files(self) -> int:
        """The evidence of this round."""
        own = {"matter": self.matter, "round_number": self.matter.round_number, "is_ended": False}
        return Evidence.objects.filter(**own).count()

    @property
    def entries_waiting(self) -> int:
        """The entries that wait for somebody."""
        return ProgressReport.objects.filter(matter=self.matter, state=ProgressState.SUBMITTED).count()


def is_below(done: Decimal | None, baseline: Decimal | None, target: Decimal) -> bool:
    """Whether an indicator has not reached its target; one whose baseline lies above is to fall."""
    if done is None:
        return True
    return done > target if baseline is not None and baseline > target else done < target


def readings_of(measure: Measure) -> dict[int, Decimal]:
    """{indicator: how much was done altogether}, by the last approved entries."""
    reports = work.approved_reports([measure.matter.pk])
    rows = IndicatorReading.objects.filter(report__in=reports, is_ended=False).order_by("report__on", "report__pk")
    return dict(rows.values_list("indicator_id", "cumulative"))


def reached_by(measure: Measure) -> dict[int, date]:
    """{milestone: when it was reached}, by the approved entries."""
    reports = work.approved_reports([measure.matter.pk])
    rows = MilestoneReached.objects.filter(report__in=reports, is_ended=False).order_by("report__on", "report__pk")
    return dict(rows.values_list("milestone_id", "reached_on"))


def facts_of_recheck(recheck: Recheck) -> RecheckFacts:
    """What the steps of a re-check ask."""
    check = recheck.check_made
    return RecheckFacts(has_check=check is not None, not_reached=work.not_reached(check) if check else 0)
