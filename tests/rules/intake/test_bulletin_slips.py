"""Slips in bulletins: what can be found in one, and in two that follow each other; what is right is left in peace."""

import re
from collections import Counter

import pytest

from bihuan.intake.formats.bulletin_succession import successive
from tests.rules.intake.slipped import findings, measured, measured_together, printed, together, understood_of

PRINTED = printed()
HEBEI = PRINTED["hebei_2022_03_26"], PRINTED["hebei_2022_03_27"]


def test_of_what_was_printed_one_bulletin_left_places_out() -> None:
    """Eleven cities were told to be done, ahead or behind: eight, and three zones, stand there."""
    said = {name: findings(text) for name, text in PRINTED.items() if findings(text)}

    assert said == {"hebei_2018_totals": {"各地整改进展没有提到唐山市、邢台市、张家口市，是否漏列？"}}


@pytest.fixture(scope="module")
def found() -> tuple[Counter[str], Counter[str]]:
    """Of all slips in the printed bulletins by kind: how many were found, of how many."""
    hits: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for text in PRINTED.values():
        for kind, _, is_found in measured(text):
            hits[kind] += is_found
            tried[kind] += 1
    return hits, tried


@pytest.mark.parametrize(
    ("kind", "floor"),
    [
        ("part left out", 1.0),
        ("part told twice", 1.0),
        ("range off by one", 1.0),
        ("off by one", 0.85),
        ("digits swapped", 0.82),
        ("parts out of order", 0.79),
        ("day off by one", 0.77),
        ("rate off by one", 0.59),
        ("rate off by the last digit", 0.45),
        ("batch off by one", 0.40),
    ],
)
def test_slips_in_one_bulletin_are_found(found: tuple[Counter[str], Counter[str]], kind: str, floor: float) -> None:
    hits, tried = found

    assert tried[kind] >= 8
    assert hits[kind] / tried[kind] >= floor


def test_only_what_nothing_else_says_is_missed_in_a_count_of_parts() -> None:
    """Every count that stands in a printed sum is found; penalties, key cases and days stand in none."""
    alone = re.compile(
        r"责令|立案|关停|停产|刑事|约谈|问责|重点关注|共向我省交办2271|第二十三批84|已办结56|62件|37件、30"
    )
    missed = [what for text in PRINTED.values() for kind, what, ok in measured(text) if kind == "off by one" and not ok]

    assert [what for what in missed if not alone.search(what)] == []
    assert missed


def test_two_bulletins_together_find_nearly_all() -> None:
    assert together(*HEBEI) == frozenset()
    missed = [(kind, what) for kind, what, is_found in measured_together(*HEBEI) if not is_found]

    assert [one for one in missed if one[0] != "parts out of order"] == [
        ("off by one", "重点关注案件7件→8"),  # the batch of the first, whose cumulated key cases hold the one before it
        ("off by one", "重点关注案件7件→6"),
    ]
    assert all("类" in what for kind, what in missed if kind == "parts out of order")


BATCH = "6月22日,中央第一生态环境保护督察组向我市转办第十六批信访件"
HANDLED = "6月22日,全市已对中央督察组交办的第十六批5件信访举报件进行调查处理"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{BATCH}9件。截至6月21日,累计转办信访件48件。", "开头写“6月22日”，累计写截至“6月21日”，以哪个为准？"),
        (f"{HANDLED}。全市已对1-17批48件信访件进行调查处理。", "本批是第16批，累计却写“1-17批”，以哪个为准？"),
        (f"{BATCH}9件。前十五批信访件累计48件。", "本批是第16批，累计却写“前十五批”，以哪个为准？"),
        (f"{BATCH}9件,青县3件、献县3件、青县3件。", "“青县”列了2次，是否重复？"),
        (
            f"{BATCH}45件,青县9件、献县8件、沧县7件、东光县5件、盐山县6件、肃宁县4件、南皮县3件、吴桥县3件。",
            "各地从多到少排列，“东光县5件”却在“盐山县6件”之前，件数是否有误？",
        ),
        (f"{BATCH}9件,其中重点关注案件12件。", "重点件12件，却多于总数9件，请核对。"),
        (f"{BATCH}9件,青县9件。累计转办信访件48件,青县8件、献县40件。", "青县累计8件，却少于本批的9件，请核对。"),
        (
            f"{HANDLED},其中,已办结5件,立案处罚3家。截至6月22日,已对1-16批48件信访件进行调查处理,立案处罚2家。",
            "立案处罚累计2家，却少于本批的3家，请核对。",
        ),
        (
            f"{HANDLED},其中,已办结2件、阶段性办结2件。已对1-16批48件信访件进行调查处理,已办结40件、未办结8件。",
            "已办结、阶段性办结、未办结合计4，总数写5，请核对。",
        ),
        (
            f"{BATCH}1427件,不属实100件,不属实率7.00%。",
            "不属实率 = 不属实 ÷ 总数 = 100 ÷ 1427 = 7.01%，原文写7.0%，请核对。",
        ),
        (f"{BATCH}9件,办结率101.5%。", "“办结率101.5%”超过100%，请核对。"),
        (
            "整改完成率94.52%。青县、献县整改进度快于平均水平,分别完成99.15%、93.03%。",
            "献县完成93.03%，总的是94.52%，并不快于平均水平，请核对。",
        ),
        (
            "整改完成率94.52%。青县、献县整改进度慢于平均水平,分别完成95.1%、93.03%。",
            "青县完成95.1%，总的是94.52%，并不慢于平均水平，请核对。",
        ),
        (
            "青县、献县、沧县整改进度快于平均水平,分别完成99.15%、96.03%、97.2%。",
            "快于平均水平的各地不是按完成率排列（99.15%、96.03%、97.2%），是否有误？",
        ),
        (
            "承德、沧州整改进度慢于平均水平,分别完成80.53%、91.57%。未完成整改较多的有承德、沧州,未完成整改数量分别为38件、30件。",
            "承德未完成38件，完成率80.53%，没有这样的总数，请核对。",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_asked(text: str, said: str) -> None:
    assert said in findings(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{BATCH}9件。截至6月25日,已办结6件。",  # it tells later what came of it
        "2021年1月13日\n市整改办\n截至1月11日,第三批信访件累计转办48件。",
        f"{BATCH}36件,青县8件、献县7件、沧县6件、东光县5件、盐山县4件、肃宁县3件、南皮县2件、吴桥县1件。",
        f"{BATCH}9件,青县1件、献县2件、沧县1件、东光县1件、盐山县2件、肃宁县1件、南皮县1件。",  # in an order of its own
        "整改完成率94.52%。青县整改进度快于平均水平,完成99.15%。",
        "承德、沧州整改进度慢于平均水平,分别完成80.53%、91.57%。未完成整改较多的有承德、沧州,未完成整改数量分别为37件、30件。",
        "2024年6月18日,督察组向我市转办第三批信访件800件。已办结1件,办结率0.13%。",
    ],
)
def test_what_may_well_be_so_is_not_asked(text: str) -> None:
    assert [said for said in findings(text) if "占比" not in said] == []


def said_of(previous: str, current: str) -> tuple[str, ...]:
    return successive(understood_of(previous).records[0], understood_of(current).records[0])


TEAM = "省第一环保督察组"
FIRST = f"6月3日,{TEAM}向我市转办第三批信访件5件,其中重点件1件。累计转办信访件10件,其中重点件2件,涉及青县4件、献县6件。"
NEXT = (
    f"6月4日,{TEAM}向我市转办第四批信访件3件,其中重点件1件,涉青县3件。"
    "累计转办信访件13件,其中重点件3件,涉及青县7件、献县6件。"
)


def test_two_that_follow_each_other_agree() -> None:
    assert said_of(FIRST, NEXT) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("信访件13件", "信访件14件", ("第4批累计件数：上一批累计10加本批3应为13，原文写14，请核对。",)),
        ("重点件3件", "重点件4件", ("第4批累计重点件：上一批累计2加本批1应为3，原文写4，请核对。",)),
        ("献县6件", "献县7件", ("第4批献县累计：上一批累计6加本批0应为6，原文写7，请核对。",)),
        (
            "、献县6件",
            "",
            ("第4批献县累计：上一批累计有献县6件，这一批没有列出，请核对。",),
        ),
        (
            "献县6件",
            "献县5件",
            (
                "第4批献县累计：上一批累计6加本批0应为6，原文写5，请核对。",
                "献县累计由6降为5，请核对。",
            ),
        ),
        ("第四批", "第三批", ("前一份是第3批，后一份是第3批，批次没有增加，请核对。",)),
        ("6月4日", "6月5日", ("批次相差1批，日期却相差2天，请核对是否有一天没有转办。",)),
        ("6月4日", "6月3日", ("批次相差1批，日期只相差0天，请核对。",)),
        ("6月4日", "6月1日", ("后一份的日期（06-01）早于前一份（06-03），请核对。",)),
        (
            TEAM,
            "省第二环保督察组",
            ("前一份是省第一环保督察组的通报，后一份是省第二环保督察组的，不能相互比较。",),
        ),
    ],
)
def test_two_that_disagree_are_told_apart(old: str, new: str, said: tuple[str, ...]) -> None:
    slipped = NEXT.replace(old, new)

    assert slipped != NEXT
    assert said_of(FIRST, slipped) == said


def test_with_batches_between_what_came_is_the_least_that_was_added() -> None:
    later = NEXT.replace("第四批", "第六批").replace("6月4日", "6月6日")

    assert said_of(FIRST, later) == ()
    assert said_of(FIRST, later.replace("信访件13件", "信访件12件")) == (
        "件数累计12，少于前一份的累计10加本批的3，请核对。",
    )
    assert said_of(FIRST, later.replace("青县7件", "青县6件")) == ("青县累计6，少于前一份的累计4加本批的3，请核对。",)


def test_penalties_only_ever_rise() -> None:
    (first, second) = (
        f"6月{day}日,全市已对中央督察组交办的第{batch}批5件信访举报件进行调查处理,其中,已办结5件,立案处罚{now}家。"
        f"截至6月{day}日,全市已对1-{number}批{since}件信访件进行调查处理,其中,已办结{since}件,立案处罚{fined}家。"
        for day, batch, number, now, since, fined in ((3, "三", 3, 2, 10, 4), (4, "四", 4, 3, 15, 7))
    )

    assert said_of(first, second) == ()
    assert said_of(first, second.replace("立案处罚7家", "立案处罚6家")) == (
        "立案处罚累计6，少于前一份的累计4加本批的3，请核对。",
    )
    assert said_of(first, second.replace("立案处罚7家", "立案处罚3家")) == ("立案处罚累计由4降为3，请核对。",)


def test_days_in_a_row_without_a_batch_follow_each_other() -> None:
    first, second = (
        f"6月{day}日,{TEAM}向我省转办信访举报件共{now}件,其中来电{now}件。累计转办信访举报件{since}件,其中来电{since}件。"
        for day, now, since in ((25, 5, 10), (26, 4, 14))
    )

    assert said_of(first, second) == ()
    assert said_of(first, second.replace("14件", "15件")) == (
        "累计件数：上一批累计10加本批4应为14，原文写15，请核对。",
        "来电累计：上一批累计10加本批4应为14，原文写15，请核对。",
    )
    assert said_of(first, second.replace("26日", "28日").replace("14件", "15件")) == ()
