"""What a problem's steps ask, and the sentence for each thing that is missing.

Hides nothing but words: a fact is gathered (`queries/facts.py`) only when a step of the present state asks for it.
"""

from datetime import date
from typing import Protocol

from bihuan.lib.quantity import full_day


class ProblemFacts(Protocol):
    """What can be asked about a problem. Days are working days."""

    @property
    def plan_state(self) -> str:
        """How the plan stands that is not in force (起草, 审议 …); "" where it is."""

    @property
    def lead_units(self) -> int:
        """How many units lead."""

    @property
    def first_responsible(self) -> int:
        """How many are first responsible."""

    @property
    def is_deadline_settled(self) -> bool:
        """Whether the deadline is a day, or known to be none."""

    @property
    def measures(self) -> int:
        """How many measures there are."""

    @property
    def days_since_issue(self) -> int:
        """Since the hand-over."""

    @property
    def decline_days(self) -> int:
        """Within how many it may be declined."""

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """The measures that nobody confirmed yet, as they are called."""

    @property
    def claim_missing(self) -> tuple[str, ...]:
        """The items of the check-list that the claim asks for."""

    @property
    def county_checks(self) -> int:
        """Checks by the county since the claim."""

    @property
    def acceptance_checks(self) -> int:
        """Checks of kind 验收核查 since the claim."""

    @property
    def acceptance_missing(self) -> tuple[str, ...]:
        """The items of the check-list that the acceptance asks for."""

    @property
    def waivers_unconfirmed(self) -> tuple[str, ...]:
        """The items said not to apply that the accepting unit has not confirmed."""

    @property
    def conditions_unanswered(self) -> tuple[str, ...]:
        """Of the conditions of acceptance."""

    @property
    def conditions_unmet(self) -> tuple[str, ...]:
        """Of the conditions of acceptance, those answered with no."""

    @property
    def experts_waited_for(self) -> tuple[str, ...]:
        """The experts who were asked for an opinion and have given none, with their last day."""

    @property
    def notice_ends_on(self) -> date | None:
        """The last day of the running notice."""

    @property
    def today(self) -> date:
        """The day on which it is asked."""

    @property
    def is_provincial(self) -> bool:
        """Whether the province accepts it as well."""

    @property
    def sign_off_missing(self) -> tuple[str, ...]:
        """The items of the check-list that the sign-off asks for."""

    @property
    def changed_since_consent(self) -> int:
        """How many records of the file stand otherwise than when the leading group signed."""

    @property
    def is_lasting(self) -> bool:
        """Whether its nature is 长期坚持."""

    @property
    def stage_checks(self) -> int:
        """Checks of kind 验收核查 in this round."""

    @property
    def proofs_since(self) -> int:
        """Yearly checks since the last proof."""

    @property
    def rebound_proofs(self) -> int:
        """Checks, evidence and confirmed watch hits since the sign-off."""


def plan_in_force(facts: ProblemFacts) -> str:
    """Why it may not be handed over before its plan is issued, or ""."""
    return f"方案还没有印发，现在是“{facts.plan_state}”。" if facts.plan_state else ""


def lead_named(facts: ProblemFacts) -> str:
    """Why it may not be handed over while nobody leads, or ""."""
    return "" if facts.lead_units else "还没有牵头单位。"


def first_responsible_named(facts: ProblemFacts) -> str:
    """Why it may not be handed over while nobody is first responsible, or ""."""
    return "" if facts.first_responsible else "还没有第一责任人。"


def deadline_settled(facts: ProblemFacts) -> str:
    """Why it may not be handed over while its deadline is in doubt, or ""."""
    return "" if facts.is_deadline_settled else "整改时限存疑，尚未确定。"


def measures_named(facts: ProblemFacts) -> str:
    """Why it may not be handed over without a measure, or ""."""
    return "" if facts.measures else "还没有整改措施。"


def within_decline_days(facts: ProblemFacts) -> str:
    """Why it is too late to decline, or ""."""
    if facts.days_since_issue <= facts.decline_days:
        return ""
    return f"交办已满{facts.decline_days}个工作日，不能再退回。"


def measures_confirmed(facts: ProblemFacts) -> str:
    """Why completion may not be claimed while a measure is not confirmed, or ""."""
    left = facts.unconfirmed
    return f"还有{len(left)}项措施未确认：{'、'.join(left)}。" if left else ""


def claim_proven(facts: ProblemFacts) -> str:
    """Why completion may not be claimed while the list is not complete, or ""."""
    return f"申请材料还缺：{'、'.join(facts.claim_missing)}。" if facts.claim_missing else ""


def checked_by_county(facts: ProblemFacts) -> str:
    """Why the county may not pass what it has not seen, or ""."""
    return "" if facts.county_checks else "申请以后还没有县级现场核查记录。"


def checked_for_acceptance(facts: ProblemFacts) -> str:
    """Why it may not be accepted unseen, or ""."""
    return "" if facts.acceptance_checks else "申请以后还没有“验收核查”的现场核查记录。"


def conditions_answered(facts: ProblemFacts) -> str:
    """Why it may not be accepted while a condition is open, or ""."""
    left = facts.conditions_unanswered
    return f"验收条件还有{len(left)}条没有答复：{'；'.join(left)}。" if left else ""


def conditions_met(facts: ProblemFacts) -> str:
    """Why it may not be accepted while a condition is not met, or ""."""
    left = facts.conditions_unmet
    return f"验收条件有{len(left)}条不符合：{'；'.join(left)}。应退回整改。" if left else ""


def acceptance_proven(facts: ProblemFacts) -> str:
    """Why it may not be accepted while the list is not complete, or ""."""
    return f"验收材料还缺：{'、'.join(facts.acceptance_missing)}。" if facts.acceptance_missing else ""


def waivers_confirmed(facts: ProblemFacts) -> str:
    """Why it may not be accepted while an item said not to apply is not confirmed, or ""."""
    left = facts.waivers_unconfirmed
    return f"“不适用”的材料还没有确认：{'、'.join(left)}。" if left else ""


def experts_heard(facts: ProblemFacts) -> str:
    """Why it may not be concluded while an expert who was asked is silent, or ""."""
    left = facts.experts_waited_for
    return f"请了专家还没有意见：{'、'.join(left)}。请等意见，或收回邀请并写明为什么不等。" if left else ""


def period_over(facts: ProblemFacts) -> str:
    """Why the notice may not be closed yet, or ""."""
    if facts.notice_ends_on is None:
        return "没有公示记录。"
    ends = full_day(facts.notice_ends_on)
    return "" if facts.today > facts.notice_ends_on else f"公示到{ends}止，那天过后才算期满。"


def period_running(facts: ProblemFacts) -> str:
    """Why the notice cannot go on, or ""."""
    is_over = facts.notice_ends_on is None or facts.today > facts.notice_ends_on
    return "公示期已满，请办“异议不成立”。" if is_over else ""


def for_the_province(facts: ProblemFacts) -> str:
    """Why it is not reported up, or ""."""
    return "" if facts.is_provincial else "这一项由市级验收，不报省级。"


def for_the_city(facts: ProblemFacts) -> str:
    """Why consent is not asked before the province accepted, or ""."""
    return "这一项须经省级验收，请先报省级验收。" if facts.is_provincial else ""


def sign_off_proven(facts: ProblemFacts) -> str:
    """Why consent is not asked while the list is not complete, or ""."""
    return f"销号材料还缺：{'、'.join(facts.sign_off_missing)}。" if facts.sign_off_missing else ""


def unchanged_since_consent(facts: ProblemFacts) -> str:
    """Why it may not be signed off, or ""."""
    changed = facts.changed_since_consent
    return f"领导小组同意以后，卷宗有{changed}处改动，须重新提请同意。" if changed else ""


def lasting(facts: ProblemFacts) -> str:
    """Why it does not become long-term, or ""."""
    return "" if facts.is_lasting else "整改类别不是长期坚持。"


def stage_checked(facts: ProblemFacts) -> str:
    """Why its stage result is not accepted yet, or ""."""
    return "" if facts.stage_checks else "还没有阶段成效的“验收核查”记录。"


def proven_this_year(facts: ProblemFacts) -> str:
    """Why the yearly proof is not there yet, or ""."""
    return "" if facts.proofs_since else "上次核验以后还没有“年度核验”的现场核查记录。"


def rebound_proven(facts: ProblemFacts) -> str:
    """Why a rebound may not be stated without proof, or ""."""
    return "" if facts.rebound_proofs else "还没有反弹的依据：销号以后的现场核查记录、佐证，或确认了的反弹线索。"
