"""From an understood plan to the draft that is adopted: nothing that was read is dropped on the way."""

from datetime import date
from decimal import Decimal

from bihuan.intake.formats.plan import understand_plan
from bihuan.intake.rules.plans import plan_draft
from bihuan.intake.rules.records import Row, heading, rows
from bihuan.lib.reading.directory import default_directory
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.rules.drafts import PlanDraft
from tests.rules.intake.plan_papers import paragraphs

PLAN = (
    "沧州市贯彻落实第二轮中央生态环境保护督察报告整改方案\n沧字〔2022〕12号\n"
    "三、整改举措\n(一)提高站位方面\n1.加强学习。\n整改措施:1.学习2次。\n"
    "四、问题整改\n(一)大气方面\n1.市级第14项(区级第11项):扬尘突出。多处裸土未苫盖。\n整改目标:达标。\n"
    "整改措施:\n(1)2022年6月底前苫盖3处；2022年底前苫盖10处。(责任单位:市住房城乡建设局)\n(2)由45.5%提升至70%。\n"
    "整改时限:2022年12月底前\n牵头单位:市生态环境局\n配合单位:市水利局\n包案领导:某副市长\n"
)
UNITS = {"市生态环境局": 1, "市住房城乡建设局": 2, "市水利局": 3}


def draft(text: str = PLAN) -> PlanDraft:
    plain = understand_plan(paragraphs(text), on=None, directory=default_directory("130900")).plain()
    return plan_draft(heading(plain), rows(plain, {}), UNITS, {1: 9}.get)


def row(**fields: object) -> Row:
    return Row(
        {"type": "problem", "key": "problem:1", "fields": {name: {"value": one} for name, one in fields.items()}}
    )


def test_a_plan_keeps_its_heading_problems_and_their_places() -> None:
    made = draft()

    (problem,) = made.problems
    assert (made.title, made.document_number) == (
        "沧州市贯彻落实第二轮中央生态环境保护督察报告整改方案",
        "沧字〔2022〕12号",
    )
    assert [(one.number, one.name) for one in made.aspects] == [(1, "提高站位方面"), (2, "大气方面")]
    assert [(one.name, one.aspect, len(one.measures)) for one in made.campaigns] == [("加强学习", 1, 1)]
    assert (problem.number, problem.aspect, problem.upper_number) == (1, 2, "市级14/县级11")
    assert (problem.deadline_kind, problem.due_on) == ("date", date(2022, 12, 31))


def test_the_duties_of_a_problem_are_those_of_its_units_people_and_the_heads_of_the_lead() -> None:
    (problem,) = draft().problems

    assert [(one.role, one.unit, one.raw, one.is_first) for one in problem.duties] == [
        (DutyRole.LEAD, 1, "市生态环境局", True),
        (DutyRole.RESPONSIBLE, 2, "市住房城乡建设局", False),
        (DutyRole.SUPPORTING, 3, "市水利局", False),
        (DutyRole.CASE_LEADER, None, "某副市长", False),
        (DutyRole.FIRST_RESPONSIBLE, 9, "牵头单位所在地党政主要负责同志", False),
    ]


def test_a_measure_keeps_its_milestones_indicators_and_own_units() -> None:
    first, second = draft().problems[0].measures

    assert [(one.due_on, one.quantity) for one in first.milestones] == [
        (date(2022, 6, 30), Decimal(3)),
        (date(2022, 12, 31), Decimal(10)),
    ]
    assert [(one.name, one.target) for one in first.indicators] == [("苫盖", Decimal(10))]
    assert [(one.role, one.unit) for one in first.duties] == [
        (DutyRole.LEAD, 1),
        (DutyRole.RESPONSIBLE, 2),
        (DutyRole.SUPPORTING, 3),
    ]
    assert second.number == 2


def test_a_measure_without_units_is_its_problems_responsible_units_or_the_leads() -> None:
    def of(**fields: object) -> list[tuple[str, int | None, str]]:
        measure = Row({"type": "measure", "key": "m", "parent": "problem:1", "fields": {"text": {"value": "喷淋。"}}})
        (problem,) = plan_draft(row(), [row(**fields), measure], UNITS, {}.get).problems
        return [(one.role, one.unit, one.raw) for one in problem.measures[0].duties]

    assert of(lead=["市水利局"], responsible=["市生态环境局"]) == [(DutyRole.RESPONSIBLE, 1, "同所属问题")]
    assert of(lead=["市水利局"]) == [(DutyRole.RESPONSIBLE, 3, "同所属问题")]


def test_what_is_not_said_is_filled_from_what_is() -> None:
    long = "长" * 80
    rows_ = [row(text=f"{long}。后文"), row(title="标题", due_on="2022-12-31", deadline="2022年12月")]

    first, second = plan_draft(row(), rows_, UNITS, {}.get).problems

    assert (first.number, first.title, first.deadline_kind) == (1, f"{'长' * 59}…", "unknown")
    assert (second.number, second.title, second.text, second.deadline_kind) == (2, "标题", "标题", "date")


def test_marks_that_are_no_day_or_figure_are_left_out() -> None:
    marks = [{"date": None, "text": "制定"}, {"date": "2022-06-30", "text": "完成", "amount": "若干"}]
    figures = [
        {"name": "管网", "unit": "公里", "target": None},
        {"name": "率", "unit": "%", "target": 70, "baseline": 45},
    ]
    measure = Row(
        {
            "type": "measure",
            "parent": "problem:1",
            "fields": {"milestones": {"value": marks}, "indicators": {"value": figures}},
        }
    )

    (problem,) = plan_draft(row(), [row(), measure], UNITS, {}.get).problems

    assert [(one.due_on, one.quantity) for one in problem.measures[0].milestones] == [(date(2022, 6, 30), None)]
    assert [(one.name, one.target, one.baseline) for one in problem.measures[0].indicators] == [
        ("率", Decimal(70), Decimal(45))
    ]
