"""Forms of bulletins beside those that were rebuilt whole: each is a few values, and is read back."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bihuan.petitions.rules.bulletin import (
    CITY_HANDED_OVER,
    CITY_RESULTS,
    Bulletin,
    Listing,
    Occasion,
    PetitionRow,
    Wording,
    WordingError,
    compose,
    fault,
    plain,
    wording_of,
)
from bihuan.petitions.rules.bulletin.parts import CHANNELS
from bihuan.petitions.rules.bulletin.wording import INDUSTRY, TYPES_TOGETHER
from tests.rules.intake.slipped import understood_of
from tests.rules.petitions.printed import ALL, Printed, dealt, of, spread

DAY = dt.date(2024, 10, 21)
AT = Occasion("省第三生态环境保护督察组", DAY, "第3批", ("青县", "献县", "沧县", "任丘市"))
ROWS = [
    *dealt(2, 6, places=of("青县4 献县2"), channel=spread("来电5 来信1"), is_key_case=[(True, 2)]),
    *dealt(
        3,
        10,
        places=[*of("青县4 献县3 沧县1 任丘市1"), (("青县", "任丘市"), 1)],
        channel=spread("来电6 来信3 来访1"),
        main_type=spread("大气4 水3 噪声2 其他1"),
        is_key_case=[(True, 1)],
    ),
]


def told(sentence: str, rows: list[PetitionRow] = ROWS, **changed: object) -> Bulletin:
    wording: Wording = CITY_HANDED_OVER.but(paragraphs=(sentence,), **changed)
    return compose(rows, AT, wording)


def test_places_in_brackets_behind_the_ways_of_intake() -> None:
    said = told(
        "{日期}，{督察组}向我市移交{批次}群众信访举报件。涉及我市{件数}件（来电举报{来电}件，来信举报{来信}件，"
        "其他途径{其他方式}件），其中重点关注{重点件}件。截至{日期}10时，累计向我市转办群众信访举报件{累计·件数}件"
        "（来电{累计·来电}件、来信{累计·来信}件），其中重点关注{累计·重点件}件。"
    )

    assert said.text == (
        "10月21日，省第三生态环境保护督察组向我市移交第三批群众信访举报件。涉及我市10件（来电举报6件，来信举报3件，"
        "其他途径1件），其中重点关注1件。截至10月21日10时，累计向我市转办群众信访举报件16件"
        "（来电11件、来信4件），其中重点关注3件。"
    )
    (record,) = understood_of(said.text).records
    assert [record.value(name) for name in ("received_total", "key_cases")] == [10, 1]
    assert record.value("cumulative_by_intake") == {"来电": 11, "来信": 4}
    assert record.value("cumulative_key_cases") == 3


def test_types_that_nobody_complained_of_are_told_as_none() -> None:
    order = ("水", "大气", "噪声", "生态", "辐射", "其他")
    said = told(
        "{批次}信访件{件数}件，涉及{各类型}。",
        lists={"各类型": Listing("类型", sort="given", order=order, tells_none=True)},
    )

    assert said.text == "第三批信访件10件，涉及水3件、大气4件、噪声2件、生态0件、辐射0件、其他1件。"
    assert understood_of(said.text).records[0].value("by_type") == {
        "水": 3, "大气": 4, "噪声": 2, "生态": 0, "辐射": 0, "其他": 1
    }  # fmt: skip


def test_the_joint_ones_are_told_behind_the_places() -> None:
    said = told(
        "{批次}信访件{件数}件。按县（市、区）分：{各地}[；其余{合办}件属县市区合办件，涉及{合办·合办各地}]。",
        lists={"各地": Listing("地区", joint="alone"), "合办各地": Listing("地区", "{名}", last_separator="和")},
    )

    assert said.text == (
        "第三批信访件10件。按县（市、区）分：青县4件、献县3件、沧县1件、任丘市1件；其余1件属县市区合办件，涉及青县和任丘市。"
    )


def test_those_that_stand_last_are_not_told_together_with_the_others() -> None:
    rows = [
        replace(row, places=(place,))
        for row, place in zip(ROWS[6:], ["青县"] * 4 + ["沧县", "省发改委"] * 3, strict=True)
    ]
    one = Listing("地区", separator="，", grouped=9, last=("省发改委",))

    assert told("{各地}", rows, lists={"各地": one}).text == "青县4件，沧县3件，省发改委3件"


def test_a_list_of_bare_names_explains_nothing() -> None:
    assert told("{各地}", lists={"各地": Listing("地区", "{名}")}).notes == ()
    assert len(told("{各地}").notes) == 1


def test_the_most_first_then_the_rest_with_all_together() -> None:
    first, rest = Listing("类型", "{名}", most=1), Listing("类型", "{名}", skip=1, last_separator="和")
    counts = replace(rest, item="{件数}个", last_separator="")
    said = told(
        "共{件数}件，涉及各类污染类型{各类型·合计}个。涉及{最多}污染的最多，为{最多·合计}个；其次为{其余}，数量{其余·分别}为{其余数}。",
        lists={"最多": first, "其余": rest, "其余数": counts},
    )

    assert (
        said.text
        == "共10件，涉及各类污染类型10个。涉及大气污染的最多，为4个；其次为水、噪声和其他，数量分别为3个、2个、1个。"
    )
    summed = next(figure for figure in said.figures() if figure.name == "各类型·合计")
    assert (summed.value, len(summed.codes)) == (10, 10)


def test_of_parts_that_count_the_same_none_is_named_by_chance() -> None:
    def most(number: int) -> str:
        return told("{最多}", lists={"最多": Listing("地区", most=number)}).text

    assert most(2) == "青县5件、献县3件"
    assert told("{最多}", ROWS[6:14], lists={"最多": Listing("地区", most=1)}).text == "青县4件"
    assert told("{最多}", ROWS[13:15], lists={"最多": Listing("地区", most=1)}).text == "沧县1件、任丘市1件"
    assert told("{最多}", ROWS[10:15], lists={"最多": Listing("地区", most=2)}).text == "献县3件"


def test_several_types_together_are_one_part() -> None:
    rows = [replace(row, types=("土壤", "噪声", "生态") if at < 7 else ("水",)) for at, row in enumerate(ROWS)]
    said = told("涉及{各类型}。", rows, lists={"各类型": Listing(TYPES_TOGETHER, "{名}污染{件数}宗", separator="，")})

    assert said.text == "涉及水污染9宗，土壤、噪声和生态污染1宗。"


def test_industries_batches_repeats_and_supervised_ones() -> None:
    rows = [
        replace(row, industry="工业类" if at % 2 else "养殖类", is_repeat=at == 9, is_supervised=at == 8)
        for at, row in enumerate(ROWS)
    ]
    said = told(
        "共收到{累计·批次数}批次{累计·件数}件，剔除重复后{累计·非重复件}件，督办件{累计·督办件}件；按行业分：{各行业}。",
        rows,
        lists={"各行业": Listing(INDUSTRY)},
    )

    assert said.text == "共收到2批次16件，剔除重复后15件，督办件1件；按行业分：养殖类5件、工业类5件。"
    assert said.notes == ()


def test_what_is_still_being_checked_has_its_figure() -> None:
    rows = [replace(row, truth="属实" if at % 2 else "") for at, row in enumerate(ROWS)]
    said = told("核查属实{查实}件，包含重点问题{查实·重点件}件[；仍在调查{未核实}件]。", rows)

    assert said.text == "核查属实5件，包含重点问题0件；仍在调查5件。"


def test_to_whom_copies_went_is_told_and_explained() -> None:
    units = (("市生态环境局", "市城管局"), ("市生态环境局",), ())
    rows = [replace(row, units=own) for row, own in zip(ROWS[6:9], units, strict=True)]
    said = told("上述信访件{当日全部交办}，其中{各单位}。", [replace(row, assigned_on=DAY) for row in rows])

    assert said.text == "上述信访件当日全部交办，其中市生态环境局2件，市城管局1件。"
    assert ["".join(piece.text for piece in note) for note in said.notes] == [
        "第三批各单位合计3件，与总数3件相同：1件由两个单位承办，1件没有承办单位。"
    ]


def test_a_batch_without_a_number_is_named_by_its_label() -> None:
    rows = [PetitionRow("1", "第29、30批", None, DAY, places=("青县",))]
    said = compose(rows, replace(AT, batch="第29、30批"), CITY_HANDED_OVER.but(paragraphs=("{批次}{件数}件。",)))

    assert said.text == "第29、30批1件。"


def test_the_ways_of_intake_have_their_order() -> None:
    assert CHANNELS[:2] == ("来电", "来信")
    assert told("其中{各方式}。").text == "其中来电6件、来信3件、来访1件。"


@pytest.mark.parametrize(
    ("verb", "noun", "key"),
    [
        ("转办", "群众信访举报", "重点关注案件"),
        ("交办", "群众举报件", "重点关注件"),
        ("转交", "信访举报件", "重点件"),
        ("移交", "信访件", "重点案件"),
    ],
)
def test_the_words_of_other_cities_are_read_back(verb: str, noun: str, key: str) -> None:
    said = compose(ROWS, AT, CITY_HANDED_OVER.but(verb=verb, noun=noun, key_noun=key, numerals="arabic"))
    (record,) = understood_of(said.text).records

    assert (record.value("batch"), record.value("date")) == ("第3批", "2024-10-21")
    assert [record.value(name) for name in ("received_total", "key_cases", "cumulative_received_total")] == [10, 1, 16]
    assert record.value("by_region") == {"青县": 5, "献县": 3, "任丘市": 2, "沧县": 1}


def test_a_list_may_not_hide_a_tag() -> None:
    with pytest.raises(WordingError, match="“来电”是标签，名单不能同名。"):
        told("{来电}", lists={"来电": Listing("方式")})


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_a_wording_is_kept_and_taken_up_again(make: Callable[[], Printed]) -> None:
    printed = make()
    kept = json.loads(json.dumps(plain(printed.wording)))

    assert fault(printed.wording) == ""
    assert wording_of(kept) == printed.wording


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"paragraphs": ("共{好件}件。",)}, "没有“好件”这个标签。"),
        ({"paragraphs": ("[共{件数}件。",)}, "“[共{件数}件。”里的括号不成对。"),
        ({"lists": {"各县": Listing("县份")}}, "名单“各县”不能按“县份”分。"),
        ({"lists": {"各县": Listing("地区", "{名}{好件}件")}}, "没有“好件”这个标签。"),
        ({"lists": {"各县": Listing("地区", "{名}{好件}件", only="slower")}}, "没有“好件”这个标签。"),
        ({"lists": {"各县": Listing("地区", each="{名}各{好件}件")}}, "没有“好件”这个标签。"),
        ({"lists": {"件数": Listing("地区")}}, "“件数”是标签，名单不能同名。"),
    ],
)
def test_what_an_office_wrote_wrongly_is_told_before_it_is_used(changed: dict[str, Any], why: str) -> None:
    assert fault(CITY_HANDED_OVER.but(**changed)) == why


def test_a_kept_wording_with_another_value_is_refused() -> None:
    with pytest.raises(WordingError, match="通报用语里没有“colour”这一项。"):
        wording_of({**plain(CITY_HANDED_OVER), "colour": "red"})
    with pytest.raises(WordingError, match="通报用语里没有“colour”这一项。"):
        wording_of({"paragraphs": ["{各地}"], "lists": {"各地": {"by": "地区", "colour": "red"}}})


def test_where_nothing_is_closed_nothing_is_said_to_be_published() -> None:
    said = compose(ROWS, AT, CITY_RESULTS).text

    assert "现予以公开" not in said
    assert "属实" not in said
    assert said.startswith("省第三生态环境保护督察组转办第三批信访件10件")
    assert "截至10月21日，正在办理10件（其中" in said


def test_how_many_places_stand_before_the_list_of_them() -> None:
    said = told(
        "{督察组}向我市交办{批次}群众举报件{件数}件（来电{来电}件、来信{来信}件），涉及{各地·个数}个县（市），{各地}。",
        lists={"各地": Listing("地区", separator="，", joint="first")},
    )

    assert said.text == (
        "省第三生态环境保护督察组向我市交办第三批群众举报件10件（来电6件、来信3件），涉及4个县（市），青县5件，献县3件，"
        "沧县1件，任丘市1件。"
    )
    assert understood_of(said.text).records[0].value("by_region") == {"青县": 5, "献县": 3, "沧县": 1, "任丘市": 1}
    figures = {figure.name: figure for figure in said.figures()}
    assert len(figures["各地·个数"].codes) == 10


def test_what_is_complained_of_most_stands_before_the_rest() -> None:
    said = told(
        "{督察组}向我市移交{批次}信访事项共{件数}件。投诉比较集中的主要是{首位}污染问题，共{首位件数}个；"
        "涉及{其余}污染问题的分别为{其余件数}。",
        lists={
            "首位": Listing("类型", "{名}", most=1),
            "首位件数": Listing("类型", "{件数}", most=1),
            "其余": Listing("类型", "{名}", skip=1, last_separator="和"),
            "其余件数": Listing("类型", "{件数}个", skip=1),
        },
    )

    assert said.text.endswith(
        "投诉比较集中的主要是大气污染问题，共4个；涉及水、噪声和其他污染问题的分别为3个、2个、1个。"
    )
    assert understood_of(said.text).records[0].value("by_type") == {"大气": 4, "水": 3, "噪声": 2, "其他": 1}


def test_shares_without_counts_and_key_cases_behind_each_place() -> None:
    said = told(
        "{督察组}向我市移交{批次}信访件{件数}件，其中重点信访件{重点件}件。按区域分类：{各地}。"
        "从生态环境问题类型来看，{各类型}。",
        lists={
            "各地": Listing("地区", "{名}{件数}件[，重点件{重点件}件]", separator="；", joint="first"),
            "各类型": Listing("类型", "{名}类占比{占比}"),
        },
    )

    assert said.text.endswith(
        "按区域分类：青县5件，重点件1件；献县3件；沧县1件；任丘市1件。"
        "从生态环境问题类型来看，大气类占比40%、水类占比30%、噪声类占比20%、其他类占比10%。"
    )
    (record,) = understood_of(said.text).records
    assert record.value("by_region.青县.key_cases") == 1
    assert record.value("share_by_type") == {"大气": 40, "水": 30, "噪声": 20, "其他": 10}
