"""What the open steps of problems and measures ask for, and the sentence where it is missing."""

from dataclasses import replace

import pytest

from bihuan.lib.flow import Refused
from bihuan.organisation.rules.duties import Capacity
from bihuan.rectification.rules.measure import MEASURE, MeasureFacts
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PROBLEM, PUBLISH_FIRST, ProblemFacts

READY = ProblemFacts(
    lead_units=1, first_responsible=1, is_deadline_settled=True, measures=1, days_since_issue=3, decline_days=3
)


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
        flow.check("issue", "draft", office, replace(READY, **facts))
    assert str(refused.value) == sentence


def test_a_problem_is_declined_within_its_days() -> None:
    flow, lead = PROBLEM[ACCEPT_FIRST], {Capacity.LEAD}

    assert flow.check("decline", "issued", lead, READY, "不归我们管").target == "draft"
    with pytest.raises(Refused, match="交办已满3个工作日，不能再退回。"):
        flow.check("decline", "issued", lead, replace(READY, days_since_issue=4), "不归我们管")


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
    assert MEASURE.check("start", "not_started", {Capacity.RESPONSIBLE}, MeasureFacts(is_received=True))
    with pytest.raises(Refused, match="所属问题尚未签收。"):
        MEASURE.check("start", "not_started", {Capacity.RESPONSIBLE}, MeasureFacts(is_received=False))


def test_nobody_confirms_what_he_himself_reported_as_done() -> None:
    assert {row.who for row in MEASURE.rows("finish")} == {frozenset({Capacity.RESPONSIBLE})}
    assert not {*MEASURE.rows("finish")[0].who} & {*MEASURE.rows("confirm")[0].who}
