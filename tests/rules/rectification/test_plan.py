"""The lifecycle of a plan: two ways to the same papers, each refusal in the office's words."""

import pytest

from bihuan.lib.flow import Refused
from bihuan.lib.reading.unit_names import GOVERNMENT
from bihuan.organisation.rules.duties import Capacity
from bihuan.rectification.rules.plan import PLAN, PlanState, bodies_for, is_draft_title, not_in_force
from tests.fine import fine

CITY, LOWER = PLAN[False], PLAN[True]


@pytest.mark.parametrize(
    ("name", "state", "facts", "sentence"),
    [
        ("consult", "draft", {"problems": 0}, "方案里还没有整改问题。"),
        ("consult", "draft", {"without_measures": ("第3项",)}, "第3项还没有整改措施。"),
        ("consult", "draft", {"without_lead": ("第1项", "第2项")}, "第1项、第2项还没有牵头单位。"),
        (
            "consult",
            "draft",
            {"undated": tuple(f"第{n}项" for n in range(1, 8))},
            "第1项、第2项、第3项、第4项、第5项等7处时限还没有定。",
        ),
        ("issue", "deliberating", {"bodies_missing": ("党委常委会",)}, "还没有审议记录：党委常委会。"),
        ("issue", "deliberating", {"bodies_against": ("政府常务会",)}, "政府常务会没有通过，修改后要再审议。"),
        ("reissue", "revising", {"is_amended": False}, "修订后的方案还没有导入，没有新的版次。"),
        ("keep", "revising", {"is_amended": True}, "修订后的方案已经写入台账，请办“印发修订”。"),
    ],
)
def test_what_is_missing_is_named_on_the_greyed_button_and_in_the_refusal(
    name: str, state: str, facts: dict[str, object], sentence: str
) -> None:
    told = fine(**facts)

    [offer] = [one for one in CITY.offers(state, {Capacity.OFFICE}, told) if one.name == name]
    with pytest.raises(Refused) as refused:
        CITY.check(name, state, {Capacity.OFFICE}, told, "理由", is_given=True)

    assert (offer.refusal, str(refused.value)) == (sentence, sentence)


def test_the_office_passes_a_lower_plan_only_when_every_difference_is_explained() -> None:
    with pytest.raises(Refused, match="与市方案核对还有2处没有说明。"):
        LOWER.check("pass", "checking", {Capacity.OFFICE_HEAD}, fine(unexplained=2))

    assert LOWER.check("pass", "checking", {Capacity.OFFICE_HEAD}, fine()).target == PlanState.DELIBERATING


def test_a_county_never_passes_its_own_plan_and_the_office_never_issues_it() -> None:
    for name, state, capacity in (
        ("pass", "checking", Capacity.COUNTY),
        ("return", "checking", Capacity.COUNTY),
        ("issue", "deliberating", Capacity.OFFICE_HEAD),
        ("consult", "draft", Capacity.OFFICE),
    ):
        with pytest.raises(Refused, match="您没有办理"):
            LOWER.check(name, state, {capacity}, fine(), "理由", is_given=True)


def test_a_paper_that_calls_itself_a_draft_is_one() -> None:
    assert is_draft_title("沧县整改方案（征求意见稿）")
    assert not is_draft_title("沧州市贯彻落实中央生态环境保护督察报告整改方案")


def test_whose_meetings_consider_it() -> None:
    assert bodies_for(GOVERNMENT, GOVERNMENT) == ("政府常务会", "党委常委会")
    assert bodies_for("部门", GOVERNMENT) == ("党组（党委）会",)


def test_a_plan_being_revised_is_in_force() -> None:
    assert (not_in_force("issued"), not_in_force("revising"), not_in_force("draft")) == ("", "", "起草")
