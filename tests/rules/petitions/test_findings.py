"""What a report must say, what is asked about it, and how several become one answer."""

from datetime import date
from decimal import Decimal

import pytest

from bihuan.petitions.rules import findings as rules
from bihuan.petitions.rules.findings import Asked, Findings, ItemFinding, Part
from bihuan.petitions.rules.penalties import PENALTIES, penalties_in
from tests.answering import FOUND, found, staged

TODAY = date(2022, 7, 10)
ASKED = Asked(TODAY, "130900", "村东坑塘堆放生活垃圾。", date(2022, 7, 4))
TWO = Asked(TODAY, "130900", "坑塘", date(2022, 7, 4), {7: "倾倒垃圾", 8: "井水浑浊"})


def asked_about(filled: Findings, asked: Asked = ASKED) -> list[str]:
    return [one.key for one in rules.questions(filled, asked)]


def test_a_plain_report_is_taken_and_nothing_is_asked() -> None:
    assert rules.refusal(found(), ASKED) == ""
    assert asked_about(found()) == []
    assert rules.refusal(staged(), ASKED) == ""


@pytest.mark.parametrize(
    ("filled", "sentence"),
    [
        (found(findings="属实"), "请写明调查核实情况"),
        (found(truth=""), "请选是否属实"),
        (found(truth="也许"), "请选是否属实"),
        (found(handling=" "), "请写明处理和整改情况"),
        (found(closing="办结"), "请选是否办结"),
        (found(closing="正在办理"), "请写明办结目标和整改时限"),
        (staged(due_on=None), "请写明办结目标和整改时限"),
        (found(due_on=date(2023, 1, 1)), "已办结的不再写整改时限"),
        (found(penalties={"whipped": Decimal(1)}), "有一种查处不在表里"),
        (found(penalties={"punished": Decimal("1.5")}), "整数"),
        (found(penalties={"fined": Decimal(-1)}), "不小于0"),
    ],
)
def test_what_says_too_little_is_refused_with_one_sentence(filled: Findings, sentence: str) -> None:
    assert sentence in rules.refusal(filled, ASKED)


def test_an_unfounded_one_needs_no_handling() -> None:
    assert rules.refusal(found(truth="不属实", handling=""), ASKED) == ""


def test_one_unit_answers_every_sub_item_and_one_of_several_its_own() -> None:
    one = {7: ItemFinding("坑塘东岸有垃圾。", "属实")}
    together = Asked(TODAY, "130900", "坑塘", items=TWO.items, parts=2)

    assert rules.refusal(found(items=one), TWO) == "分项2还没有填。"
    assert rules.refusal(found(items=one), together) == ""
    assert rules.refusal(found(), together) == "请至少核实一个分项；由别的承办单位核实的可以不填。"
    assert rules.refusal(found(items={9: ItemFinding("有", "属实")}), TWO).startswith("有一个分项不属于")
    assert rules.refusal(found(items={7: ItemFinding("", "属实")}), together) == "分项1要写明核实情况和是否属实。"


def test_without_an_overall_verdict_the_sub_items_make_it() -> None:
    both = {7: ItemFinding("有垃圾。", "属实"), 8: ItemFinding("水质达标。", "不属实")}

    assert found(truth="", items=both).overall == "部分属实"
    assert rules.refusal(found(truth="", items=both), TWO) == ""
    assert asked_about(found(truth="属实", items=both), TWO) == ["truth"]
    assert asked_about(found(truth="基本属实", items=both), TWO) == []  # offices draw this line in either way


@pytest.mark.parametrize(
    ("filled", "key"),
    [
        (found(handling="无需整改。"), "no-need"),
        (found(findings="7月2日现场核查，坑塘东岸有垃圾。"), "visit"),
        (found(findings=f"{FOUND}该厂2202年建成。"), "year"),
        (found(findings=f"{FOUND}黄骅市已清理。", handling="邯郸市永年县已清理。"), "foreign"),
        (found(handling="垃圾正在清运中。"), "ahead"),
        (staged(due_on=date(2022, 7, 1)), "due"),
        (found(truth="不属实", penalties={"punished": Decimal(1)}), "unfounded"),
        (found(handling="立案处罚2家，已清运。", penalties={"punished": Decimal(1)}), "said-punished"),
        (found(handling="罚款5.62万元，已清运。"), "said-fined"),
        (found(penalties={"fined": Decimal(20_000)}), "said-unpunished"),
        (found(accountability="对2名责任人问责2人。"), "said-held_to_account"),
    ],
)
def test_what_looks_wrong_is_asked_about_and_an_answer_lets_it_pass(filled: Findings, key: str) -> None:
    assert asked_about(filled) == [key]
    answered = Findings(**{name: getattr(filled, name) for name in filled.__slots__} | {"answers": {key: "情况如此"}})

    assert rules.unanswered(filled, ASKED)
    assert not rules.unanswered(answered, ASKED)
    assert rules.topic(key) != "说明"


def test_a_place_that_the_complaint_names_is_not_foreign() -> None:
    beyond = Asked(TODAY, "130900", "与衡水市武邑县交界处倾倒垃圾。", date(2022, 7, 4))

    assert asked_about(found(handling="与武邑县共同清运。"), beyond) == []


def test_another_county_of_the_city_is_elsewhere_too() -> None:
    in_county = Asked(TODAY, "130921", "坑塘堆放垃圾。", date(2022, 7, 4))

    assert asked_about(found(handling="青县坑塘已清理。"), in_county) == ["foreign"]
    assert asked_about(found(handling="沧县、沧州市已派人清理。"), in_county) == []
    assert asked_about(found(handling="青县坑塘已清理。")) == []


def test_the_same_text_elsewhere_is_asked_about() -> None:
    elsewhere = Asked(TODAY, "130900", "", date(2022, 7, 4), elsewhere="HE2-X0007")

    assert asked_about(found(), elsewhere) == ["copied"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("责令改正17家，关停取缔9家，停产整治1家，立案处罚3家，罚款金额5.62万元。", "17 3 56200.00 9 1"),
        ("立案侦查18件，刑事拘留3人，约谈5人，问责8人", "18 3 5 8"),
        ("对两家企业立案处罚，罚款人民币20，000元", "20000"),
        ("责令整改。", ""),
        ("罚款251542.71元；行政拘留 2 人；查封扣押1处", "251542.71 1 2"),
        ("立案处罚1家，罚款5万元；立案处罚2家，罚款3万元", "3 80000"),
    ],
)
def test_penalties_are_read_out_of_a_text(text: str, told: str) -> None:
    read = penalties_in(text)

    assert " ".join(str(read[kind]) for kind in PENALTIES if kind in read) == told


def test_several_reports_are_one_answer() -> None:
    first = staged(penalties={"punished": Decimal(1), "fined": Decimal(100)}, items={7: ItemFinding("有", "属实")})
    second = found(
        truth="不属实",
        handling="加强巡查。",
        penalties={"punished": Decimal(2)},
        items={7: ItemFinding("没有", "不属实"), 8: ItemFinding("达标", "不属实")},
    )

    answer = rules.joined([Part("沧县", first), Part("青县", second)])

    assert (answer.truth, answer.closing, answer.due_on) == ("部分属实", "阶段性办结", date(2022, 9, 30))
    assert answer.handling == f"沧县：{first.handling}\n青县：加强巡查。"
    assert answer.findings == FOUND  # both say the same
    assert (answer.penalties["punished"], answer.penalties["fined"]) == (Decimal(3), Decimal(100))
    assert answer.items == {7: ItemFinding("沧县：有\n青县：没有", "部分属实"), 8: ItemFinding("达标", "不属实")}
