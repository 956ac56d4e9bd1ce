"""What the open steps of problems and measures ask for, and the sentence where it is missing."""

import pytest

from bihuan.lib.flow import Refused
from bihuan.organisation.rules.duties import Capacity
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PROBLEM, PUBLISH_FIRST
from tests.fine import OVER, RUNNING, fine

READY = fine(days_since_issue=3)


@pytest.mark.parametrize("variant", PROBLEM)
@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"lead_units": 0}, "还没有牵头单位。"),
        ({"first_responsible": 0}, "还没有第一责任人。"),
        ({"is_deadline_settled": False}, "整改时限存疑，尚未确定。"),
        ({"measures": 0}, "还没有整改措施。"),
    ],
)
def test_a_problem_is_issued_when_it_is_ready(variant: str, facts: dict[str, int], sentence: str) -> None:
    flow, office = PROBLEM[variant], {Capacity.OFFICE}

    assert flow.check("issue", "draft", office, READY).target == "issued"
    with pytest.raises(Refused) as refused:
        flow.check("issue", "draft", office, fine(**facts))
    assert str(refused.value) == sentence


def test_a_problem_is_declined_within_its_days() -> None:
    flow, lead = PROBLEM[ACCEPT_FIRST], {Capacity.LEAD}

    assert flow.check("decline", "issued", lead, READY, "不归我们管").target == "draft"
    with pytest.raises(Refused, match="交办已满3个工作日，不能再退回。"):
        flow.check("decline", "issued", lead, fine(days_since_issue=4), "不归我们管")


@pytest.mark.parametrize(
    ("variant", "path"),
    [
        (ACCEPT_FIRST, {"accept": "verifying", "publish": "accepted", "ask_consent": "uncontested"}),
        (PUBLISH_FIRST, {"accept": "uncontested", "publish": "verifying", "ask_consent": "accepted"}),
    ],
)
def test_acceptance_and_notice_stand_in_the_order_of_the_rule_set(variant: str, path: dict[str, str]) -> None:
    assert {name: PROBLEM[variant].rows(name)[0].sources[0] for name in path} == path


@pytest.mark.parametrize("variant", PROBLEM)
def test_what_can_be_accepted_can_be_returned(variant: str) -> None:
    accepted_from = {state for row in PROBLEM[variant].rows("accept") for state in row.sources}
    returned_from = {state for row in PROBLEM[variant].rows("return") for state in row.sources}

    assert accepted_from <= returned_from


def test_a_measure_starts_when_its_problem_was_received() -> None:
    assert MEASURE.check("start", "not_started", {Capacity.RESPONSIBLE}, fine())
    with pytest.raises(Refused, match="所属问题尚未签收。"):
        MEASURE.check("start", "not_started", {Capacity.RESPONSIBLE}, fine(is_received=False))


def test_nobody_confirms_what_he_himself_reported_as_done() -> None:
    assert {row.who for row in MEASURE.rows("finish")} == {frozenset({Capacity.RESPONSIBLE})}
    assert not {*MEASURE.rows("finish")[0].who} & {*MEASURE.rows("confirm")[0].who}


PROBLEM_REFUSALS = [
    ("claim_done", "rectifying", {"unconfirmed": ("措施2",)}, "还有1项措施未确认：措施2。"),
    ("claim_done", "rectifying", {"claim_missing": ("自查自验报告",)}, "申请材料还缺：自查自验报告。"),
    ("pass_preliminary", "claimed", {"county_checks": 0}, "申请以后还没有县级现场核查记录。"),
    ("accept", "verifying", {"acceptance_checks": 0}, "申请以后还没有“验收核查”的现场核查记录。"),
    ("accept", "verifying", {"conditions_unanswered": ("甲", "乙")}, "验收条件还有2条没有答复：甲；乙。"),
    ("accept", "verifying", {"conditions_unmet": ("甲",)}, "验收条件有1条不符合：甲。应退回整改。"),
    ("accept", "verifying", {"acceptance_missing": ("群众走访记录",)}, "验收材料还缺：群众走访记录。"),
    ("accept", "verifying", {"waivers_unconfirmed": ("缴款凭证",)}, "“不适用”的材料还没有确认：缴款凭证。"),
    ("close_notice", "noticed", {"notice_ends_on": RUNNING}, "公示到2022年7月15日止，那天过后才算期满。"),
    ("close_notice", "noticed", {"notice_ends_on": None}, "没有公示记录。"),
    ("dismiss", "objected", {"notice_ends_on": RUNNING}, "公示到2022年7月15日止，那天过后才算期满。"),
    ("dismiss_notice", "objected", {"notice_ends_on": OVER}, "公示期已满，请办“异议不成立”。"),
    ("report_up", "uncontested", {}, "这一项由市级验收，不报省级。"),
    ("ask_consent", "uncontested", {"is_provincial": True}, "这一项须经省级验收，请先报省级验收。"),
    ("ask_consent", "uncontested", {"sign_off_missing": ("公示截图",)}, "销号材料还缺：公示截图。"),
    ("sign_off", "consented", {"changed_since_consent": 2}, "领导小组同意以后，卷宗有2处改动，须重新提请同意。"),
    (
        "rebound",
        "signed_off",
        {"rebound_proofs": 0},
        "还没有反弹的依据：销号以后的现场核查记录、佐证，或确认了的反弹线索。",
    ),
    ("sustain", "rectifying", {"is_lasting": False}, "整改类别不是长期坚持。"),
    ("sustain", "rectifying", {"stage_checks": 0}, "还没有阶段成效的“验收核查”记录。"),
    ("prove", "sustained", {"proofs_since": 0}, "上次核验以后还没有“年度核验”的现场核查记录。"),
]
MEASURE_REFUSALS = [
    ("finish", {"below_target": ("封填9/20眼",)}, "指标还没有达到目标：封填9/20眼。"),
    ("finish", {"milestones_open": ("2022-09-30 过半",)}, "还有1个节点没有到达：2022-09-30 过半。"),
    ("finish", {"files": 0}, "还没有佐证材料。"),
    ("finish", {"entries_waiting": 1}, "还有1条进展没有审核。"),
    ("sustain", {"is_lasting": False}, "这项措施没有要求长期坚持。"),
    ("sustain", {"files": 0}, "还没有佐证材料。"),
]


@pytest.mark.parametrize(("step", "state", "facts", "sentence"), PROBLEM_REFUSALS)
def test_a_step_of_a_problem_names_what_is_missing_and_so_does_its_greyed_button(
    step: str, state: str, facts: dict[str, object], sentence: str
) -> None:
    flow = PROBLEM[ACCEPT_FIRST]
    who = flow.rows(step)[0].who

    with pytest.raises(Refused) as refused:
        flow.check(step, state, who, fine(**facts), "理由", is_given=True)

    greyed = {one.name: one.refusal for one in flow.offers(state, who, fine(**facts))}
    assert (str(refused.value), greyed[step]) == (sentence, sentence)


@pytest.mark.parametrize(("step", "facts", "sentence"), MEASURE_REFUSALS)
def test_a_step_of_a_measure_names_what_is_missing(step: str, facts: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        MEASURE.check(step, "under_way", MEASURE.rows(step)[0].who, fine(**facts))

    assert str(refused.value) == sentence


def test_a_step_that_asks_for_a_paper_is_refused_without_one() -> None:
    flow, who = PROBLEM[ACCEPT_FIRST], {Capacity.OFFICE}

    with pytest.raises(Refused, match="请填写文号和日期。"):
        flow.check("file", "signed_off", who, fine())
    assert flow.check("file", "signed_off", who, fine(), is_given=True).target == "filed"
