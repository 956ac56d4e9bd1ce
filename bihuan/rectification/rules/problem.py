"""The lifecycle of a problem (整改问题): one row a step, in the order of the work.

Hides the two orders of acceptance and public notice: a rule set chooses one when the problem is issued.
"""

from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity
from bihuan.rectification.rules import problem_facts as facts


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
SIGNED_OFF = frozenset({ProblemState.SIGNED_OFF, ProblemState.FILED})
CLOSED = SIGNED_OFF | {ProblemState.WITHDRAWN}
DARK = (*CLOSED, ProblemState.DRAFT, ProblemState.SUSTAINED)  # which show no light, whatever their dates
OPEN = tuple(state for state in ProblemState if state not in CLOSED)


READY = (
    Condition("方案已印发", facts.plan_in_force),
    Condition("牵头单位已定", facts.lead_named),
    Condition("第一责任人已定", facts.first_responsible_named),
    Condition("时限无存疑", facts.deadline_settled),
    Condition("措施已列", facts.measures_named),
)
DONE = (
    Condition("措施全部确认", facts.measures_confirmed),
    Condition("申请材料齐全", facts.claim_proven),
)
HEARD = Condition("请的专家都有意见", facts.experts_heard)
SEEN = (
    Condition("申请后验收核查过", facts.checked_for_acceptance),
    Condition("验收条件逐条答复", facts.conditions_answered),
    Condition("验收条件没有答复为不符合的", facts.conditions_met),
    Condition("验收材料齐全", facts.acceptance_proven),
    Condition("“不适用”已确认", facts.waivers_confirmed),
    HEARD,
)
S, C = ProblemState, Capacity
PAPER = "文号和日期"
CLOSING = ("sign_off", "sustain")
"""The steps whose signature closes a round: signed off, or long-term."""
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
            (Condition("在退回期限内", facts.within_decline_days),),
            note_required=True,
            tells=("office",),
        ),
        Move(
            "claim_done",
            "申请验收",
            (S.RECTIFYING,),
            S.CLAIMED,
            frozenset({C.LEAD_HEAD}),
            conditions=DONE,
            tells=("county", "office"),
            basis="S1§2",
        ),
        Move(
            "pass_preliminary",
            "县级初验通过",
            (S.CLAIMED,),
            S.VERIFYING,
            frozenset({C.COUNTY}),
            conditions=(Condition("县级核查过", facts.checked_by_county),),
            tells=("accepting",),
            basis="S1§2",
        ),
        Move(
            "skip_preliminary",
            "市本级事项直接待市级验收",
            (S.CLAIMED,),
            S.VERIFYING,
            SYSTEM,
            tells=("accepting",),
        ),
        Move(
            "accept",
            "验收通过",
            (accept_from,),
            S.ACCEPTED,
            frozenset({C.ACCEPTING}),
            conditions=SEEN,
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
            tells=("lead",),
        ),
        Move(
            "publish",
            "公示",
            (before_notice,),
            S.NOTICED,
            frozenset({C.PUBLICITY}),
            tells=("lead",),
            basis="S1§3",
        ),
        Move("object", "受理异议", (S.NOTICED,), S.OBJECTED, OFFICE, basis="S1§3"),
        Move(
            "dismiss_notice",
            "异议不成立(公示未满)",
            (S.OBJECTED,),
            S.NOTICED,
            OFFICE,
            note_required=True,
            conditions=(Condition("公示期未满", facts.period_running),),
        ),
        Move(
            "dismiss",
            "异议不成立",
            (S.OBJECTED,),
            S.UNCONTESTED,
            OFFICE,
            (Condition("公示期已满", facts.period_over),),
            note_required=True,
        ),
        Move(
            "uphold",
            "异议成立",
            (S.OBJECTED,),
            S.RECTIFYING,
            OFFICE,
            note_required=True,
            tells=("lead",),
        ),
        Move(
            "close_notice",
            "公示期满",
            (S.NOTICED,),
            S.UNCONTESTED,
            OFFICE,
            (Condition("公示期已满", facts.period_over),),
            basis="S1§3",
        ),
        Move(
            "report_up",
            "报省级验收",
            (after_proof,),
            S.REPORTED_UP,
            OFFICE,
            (Condition("由省级验收", facts.for_the_province),),
            asks=PAPER,
        ),
        Move("accepted_above", "省级验收通过", (S.REPORTED_UP,), S.AWAITING_CONSENT, OFFICE, asks=PAPER),
        Move(
            "returned_above",
            "省级退回",
            (S.REPORTED_UP,),
            S.RECTIFYING,
            OFFICE,
            note_required=True,
            asks=PAPER,
            tells=("lead",),
        ),
        Move(
            "ask_consent",
            "提请同意",
            (after_proof,),
            S.AWAITING_CONSENT,
            OFFICE,
            conditions=(Condition("由市级验收", facts.for_the_city), Condition("销号材料齐全", facts.sign_off_proven)),
            tells=("leading_group",),
            basis="S1§4",
        ),
        Move(
            "consent",
            "领导小组同意",
            (S.AWAITING_CONSENT,),
            S.CONSENTED,
            frozenset({C.LEADING_GROUP}),
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
            tells=("lead", "office"),
        ),
        Move(
            "sign_off",
            "销号",
            (S.CONSENTED,),
            S.SIGNED_OFF,
            frozenset({C.OFFICE_HEAD}),
            conditions=(Condition("同意后卷宗未改动", facts.unchanged_since_consent),),
            tells=("lead", "responsible"),
            basis="S1§4",
        ),
        Move("file", "备案", (S.SIGNED_OFF,), S.FILED, OFFICE, asks=PAPER, basis="S1§4"),
        Move(
            "rebound",
            "认定反弹",
            (S.SIGNED_OFF, S.FILED, S.SUSTAINED),
            S.RECTIFYING,
            frozenset({C.OFFICE_HEAD}),
            note_required=True,
            opens_round=True,
            conditions=(Condition("有反弹的依据", facts.rebound_proven),),
            tells=("lead", "responsible"),
        ),
        Move(
            "sustain",
            "转长期坚持",
            (S.RECTIFYING, S.VERIFYING),
            S.SUSTAINED,
            frozenset({C.ACCEPTING}),
            conditions=(
                Condition("整改类别是长期坚持", facts.lasting),
                Condition("阶段成效核查过", facts.stage_checked),
                HEARD,
            ),
            tells=("lead",),
        ),
        Move(
            "prove",
            "年度核验",
            (S.SUSTAINED,),
            S.SUSTAINED,
            frozenset({C.ACCEPTING}),
            (Condition("有年度核验记录", facts.proven_this_year),),
        ),
        Move(
            "withdraw",
            "撤销",
            OPEN,
            S.WITHDRAWN,
            OFFICE,
            note_required=True,
            asks=PAPER,
            tells=("lead",),
        ),
    )


def _flow(*, publish_first: bool) -> Flow:
    return Flow("problem", S.DRAFT, STATES, _moves(publish_first=publish_first), frozenset({S.FILED, S.WITHDRAWN}))


ACCEPT_FIRST, PUBLISH_FIRST = "accept_first", "publish_first"
PROBLEM = {ACCEPT_FIRST: _flow(publish_first=False), PUBLISH_FIRST: _flow(publish_first=True)}
WEIGHTY = {name: PROBLEM[ACCEPT_FIRST].rows(name)[0].label for name in ("publish", "sign_off")}
"""The steps before which a person shows again who he is: what they do stands before the public, or for good;
as they are called."""
