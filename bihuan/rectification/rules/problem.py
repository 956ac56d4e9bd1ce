"""The lifecycle of a problem (整改问题): one row a step, in the order of the work.

Hides the two orders of acceptance and public notice: a rule set chooses one when the problem is issued.
"""

from dataclasses import dataclass
from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity


class ProblemState(StrEnum):
    """Where a problem stands. Overdue is never a state."""

    DRAFT = "draft"
    ISSUED = "issued"
    RECTIFYING = "rectifying"
    CLAIMED = "claimed"
    VERIFYING = "verifying"
    ACCEPTED = "accepted"
    NOTICED = "noticed"
    OBJECTED = "objected"
    UNCONTESTED = "uncontested"
    REPORTED_UP = "reported_up"
    AWAITING_CONSENT = "awaiting_consent"
    CONSENTED = "consented"
    SIGNED_OFF = "signed_off"
    FILED = "filed"
    SUSTAINED = "sustained"
    WITHDRAWN = "withdrawn"


STATES: dict[str, str] = {
    ProblemState.DRAFT: "草案",
    ProblemState.ISSUED: "已交办",
    ProblemState.RECTIFYING: "整改中",
    ProblemState.CLAIMED: "申请验收",
    ProblemState.VERIFYING: "待市级验收",
    ProblemState.ACCEPTED: "验收通过",
    ProblemState.NOTICED: "公示中",
    ProblemState.OBJECTED: "异议核查",
    ProblemState.UNCONTESTED: "公示无异议",
    ProblemState.REPORTED_UP: "待省级验收",
    ProblemState.AWAITING_CONSENT: "待销号同意",
    ProblemState.CONSENTED: "待销号",
    ProblemState.SIGNED_OFF: "已销号",
    ProblemState.FILED: "已备案",
    ProblemState.SUSTAINED: "长期坚持",
    ProblemState.WITHDRAWN: "已撤销",
}
CLOSED = frozenset({ProblemState.SIGNED_OFF, ProblemState.FILED, ProblemState.WITHDRAWN})
DARK = (*CLOSED, ProblemState.DRAFT, ProblemState.SUSTAINED)  # which show no light, whatever their dates
OPEN = tuple(state for state in ProblemState if state not in CLOSED)


@dataclass(frozen=True, slots=True)
class ProblemFacts:
    """What the steps up to 整改中 ask about a problem. Days are working days."""

    lead_units: int
    first_responsible: int
    is_deadline_settled: bool
    measures: int
    days_since_issue: int
    decline_days: int


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


READY = (
    Condition("牵头单位已定", lead_named),
    Condition("第一责任人已定", first_responsible_named),
    Condition("时限无存疑", deadline_settled),
    Condition("措施已列", measures_named),
)
S, C = ProblemState, Capacity
OFFICE = frozenset({C.OFFICE, C.OFFICE_HEAD})
SYSTEM = frozenset({C.CONSEQUENCE})
HOLDER = frozenset({C.COUNTY, C.ACCEPTING, C.SUPERVISION, C.OFFICE_HEAD})


def _moves(*, publish_first: bool) -> tuple[Move, ...]:
    """The rows; with `publish_first` the notice runs before the acceptance."""
    before_notice = S.VERIFYING if publish_first else S.ACCEPTED
    accept_from = S.UNCONTESTED if publish_first else S.VERIFYING
    after_proof = S.ACCEPTED if publish_first else S.UNCONTESTED
    return (
        Move("issue", "下达", (S.DRAFT,), S.ISSUED, OFFICE, READY, tells=("lead", "responsible"), basis="S1§1"),
        Move("receive", "签收", (S.ISSUED,), S.RECTIFYING, frozenset({C.LEAD}), tells=("office",), basis="S1§1"),
        Move(
            "decline",
            "退回交办",
            (S.ISSUED,),
            S.DRAFT,
            frozenset({C.LEAD}),
            (Condition("在退回期限内", within_decline_days),),
            note_required=True,
            tells=("office",),
        ),
        Move(
            "claim_done",
            "申请验收",
            (S.RECTIFYING,),
            S.CLAIMED,
            frozenset({C.LEAD_HEAD}),
            awaits="措施确认、佐证清单和自查自验报告",
            tells=("county", "office"),
            basis="S1§2",
        ),
        Move(
            "pass_preliminary",
            "县级初验通过",
            (S.CLAIMED,),
            S.VERIFYING,
            frozenset({C.COUNTY}),
            awaits="县级现场核查记录",
            tells=("accepting",),
            basis="S1§2",
        ),
        Move(
            "skip_preliminary",
            "市本级事项直接待市级验收",
            (S.CLAIMED,),
            S.VERIFYING,
            SYSTEM,
            awaits="验收申请",
            tells=("accepting",),
        ),
        Move(
            "accept",
            "验收通过",
            (accept_from,),
            S.ACCEPTED,
            frozenset({C.ACCEPTING}),
            awaits="验收核查记录和五个验收条件的答复",
            tells=("lead", "office"),
            basis="S1§2",
        ),
        Move(
            "return",
            "退回整改",
            tuple(dict.fromkeys((S.CLAIMED, S.VERIFYING, accept_from))),
            S.RECTIFYING,
            HOLDER,
            note_required=True,
            awaits="验收申请",
            tells=("lead",),
        ),
        Move(
            "publish",
            "公示",
            (before_notice,),
            S.NOTICED,
            frozenset({C.PUBLICITY}),
            awaits="经审批的公示文本",
            tells=("lead",),
            basis="S1§3",
        ),
        Move("object", "有异议", (S.NOTICED,), S.OBJECTED, OFFICE, awaits="公示异议", basis="S1§3"),
        Move(
            "dismiss_notice",
            "异议不成立(公示未满)",
            (S.OBJECTED,),
            S.NOTICED,
            OFFICE,
            note_required=True,
            awaits="公示异议",
        ),
        Move("dismiss", "异议不成立", (S.OBJECTED,), S.UNCONTESTED, OFFICE, note_required=True, awaits="公示异议"),
        Move(
            "uphold",
            "异议成立",
            (S.OBJECTED,),
            S.RECTIFYING,
            OFFICE,
            note_required=True,
            awaits="公示异议",
            tells=("lead",),
        ),
        Move("close_notice", "公示期满", (S.NOTICED,), S.UNCONTESTED, OFFICE, awaits="公示起止日期", basis="S1§3"),
        Move("report_up", "报省级验收", (after_proof,), S.REPORTED_UP, OFFICE, awaits="上报文号和日期"),
        Move(
            "accepted_above", "省级验收通过", (S.REPORTED_UP,), S.AWAITING_CONSENT, OFFICE, awaits="省级验收文号和日期"
        ),
        Move(
            "returned_above",
            "省级退回",
            (S.REPORTED_UP,),
            S.RECTIFYING,
            OFFICE,
            note_required=True,
            awaits="省级退回文号和日期",
            tells=("lead",),
        ),
        Move(
            "ask_consent",
            "提请同意",
            (after_proof,),
            S.AWAITING_CONSENT,
            OFFICE,
            awaits="销号材料清单和督办办结情况",
            tells=("leading_group",),
            basis="S1§4",
        ),
        Move(
            "consent",
            "领导小组同意",
            (S.AWAITING_CONSENT,),
            S.CONSENTED,
            frozenset({C.LEADING_GROUP}),
            awaits="卷宗哈希和领导小组签字",
            tells=("office",),
            basis="S1§4",
        ),
        Move(
            "refuse_consent",
            "领导小组退回",
            (S.AWAITING_CONSENT,),
            S.RECTIFYING,
            frozenset({C.LEADING_GROUP}),
            note_required=True,
            awaits="卷宗哈希和领导小组签字",
            tells=("lead", "office"),
        ),
        Move(
            "sign_off",
            "销号",
            (S.CONSENTED,),
            S.SIGNED_OFF,
            frozenset({C.OFFICE_HEAD}),
            awaits="卷宗哈希",
            tells=("lead", "responsible"),
            basis="S1§4",
        ),
        Move("file", "备案", (S.SIGNED_OFF,), S.FILED, OFFICE, awaits="省级备案文号和日期", basis="S1§4"),
        Move(
            "rebound",
            "认定反弹",
            (S.SIGNED_OFF, S.FILED, S.SUSTAINED),
            S.RECTIFYING,
            frozenset({C.OFFICE_HEAD}),
            note_required=True,
            opens_round=True,
            awaits="复查记录和反弹佐证",
            tells=("lead", "responsible"),
        ),
        Move(
            "sustain",
            "转长期坚持",
            (S.RECTIFYING,),
            S.SUSTAINED,
            frozenset({C.ACCEPTING}),
            awaits="阶段成效验收",
            tells=("lead",),
        ),
        Move("prove", "年度核验", (S.SUSTAINED,), S.SUSTAINED, frozenset({C.ACCEPTING}), awaits="年度核验记录"),
        Move(
            "withdraw",
            "撤销",
            OPEN,
            S.WITHDRAWN,
            OFFICE,
            note_required=True,
            awaits="方案批准机关的同意",
            tells=("lead",),
        ),
    )


def _flow(*, publish_first: bool) -> Flow:
    return Flow("problem", S.DRAFT, STATES, _moves(publish_first=publish_first), frozenset({S.FILED, S.WITHDRAWN}))


ACCEPT_FIRST, PUBLISH_FIRST = "accept_first", "publish_first"
PROBLEM = {ACCEPT_FIRST: _flow(publish_first=False), PUBLISH_FIRST: _flow(publish_first=True)}
