"""Bulletins: every figure is a field, every printed sum is held to its parts."""

import datetime as dt
from pathlib import Path

import pytest

from bihuan.intake.formats.bulletin import understand_bulletin
from bihuan.intake.formats.understood import Understanding
from bihuan.lib.paper.reading import read_paper
from tests.rules.intake.faithful import faults
from tests.rules.lib.paper.papers import paragraph, word

SAMPLES = Path(__file__).parents[2] / "samples" / "bulletins"


def sample(name: str, on: dt.date | None = None) -> Understanding:
    return understand_bulletin(read_paper(name, (SAMPLES / name).read_bytes()), on=on, directory=None)


def of_text(text: str) -> Understanding:
    return understand_bulletin(read_paper("通报.txt", text.encode()), on=None, directory=None)


def differing(understood: Understanding) -> dict[str, tuple[float, float]]:
    return {row.what: (row.printed, row.read) for row in understood.reconciliation if row.note}


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.txt")))
def test_the_samples_are_read_faithfully(name: str) -> None:
    document = read_paper(name, (SAMPLES / name).read_bytes())

    assert faults(document, understand_bulletin(document, on=None, directory=None)) == []


def test_a_batch_by_place_and_type() -> None:
    understood = sample("batch_by_place.txt", on=dt.date(2024, 6, 20))

    (record,) = understood.records
    assert (record.value("batch"), record.value("date")) == ("第3批", "2024-06-18")
    assert record.value("inspection") == "中央第一生态环境保护督察组"
    assert (record.value("received_total"), record.value("key_cases")) == (57, 7)
    assert record.value("by_region")["任丘市"] == 18
    assert [record.value(f"by_region.{place}") for place in ("东光县", "南皮县", "渤海新区")] == [1, 1, 1]
    assert record.value("by_type") == {"大气": 16, "水": 16, "土壤": 12, "生态": 8, "噪声": 2, "其他": 3}
    assert (record.value("cumulative_received_total"), record.value("cumulative_key_cases")) == (123, 19)
    assert record.value("cumulative_by_region") == {"任丘市": 68, "河间市": 31, "献县": 24}
    assert differing(understood) == {}
    assert len(understood.reconciliation) == 3
    assert record.doubts == ()


def test_a_date_without_a_year_is_asked_about() -> None:
    (record,) = sample("batch_by_place.txt").records

    assert record.value("date") == "--06-18"
    assert [doubt.question for doubt in record.doubts] == ["“6月18日”没有写年份，是哪一年？"]


def test_printed_slips_are_found_and_explained() -> None:
    understood = sample("batch_traditional_slip.txt")

    assert differing(understood) == {
        "第4批各地合计": (61, 59),
        "第4批各类型合计": (61, 62),
        "第4批各受理方式合计": (61, 60),
    }
    notes = [row.note for row in understood.reconciliation if row.note]
    assert notes[0] == "各地合计59，总数写61，可能有几地联合办理、退办后重交或漏列，请核对。"


def test_results_with_brackets_rates_and_shares() -> None:
    understood = sample("results.txt")

    (record,) = understood.records
    assert (record.value("closed"), record.value("open")) == (42, 8)
    assert record.value("by_intake") == {"来电": 11, "来信": 39}
    assert record.value("open_by_region")["河间市和开发区合办"] == 1
    assert (record.value("founded"), record.value("unfounded")) == (39, 3)
    assert record.value("penalties")["fine_yuan"] == 56200
    assert record.fields["fine_yuan"].derived == "万元换算为元"
    assert record.value("discipline") == {"诫勉谈话": 1, "通报批评": 1}
    assert record.value("cumulative_closing_rate") == 54.9
    assert record.value("cumulative_completion_rate_by_region") == {"献县": 99.15, "青县": 98.03, "沧县": 96.5}
    assert differing(understood) == {"第27批累计不属实率": (8.01, 7.01)}
    (note,) = [row.note for row in understood.reconciliation if row.note]
    assert note == "不属实率 = 不属实 ÷ 总数 = 100 ÷ 1427 = 7.01%，原文写8.01%，请核对。"


def test_works_by_place_are_summed_for_the_week_and_for_all() -> None:
    understood = sample("weekly_by_place.txt")

    (record,) = understood.records
    assert record.value("cumulative_by_region")["沧县"] == {"closed_down": 32, "merged": 3, "upgraded": 1}
    assert record.value("by_region.沧县.closed_down") == 7
    assert record.value("date") == "2018-05-11"
    assert differing(understood) == {"关停取缔各地合计": (9, 10)}


def test_a_brief_counts_problems() -> None:
    (record,) = sample("brief.txt").records

    assert (record.value("issue"), record.value("date"), record.value("as_of")) == ("第6期", "2021-01-13", "2021-01-11")
    assert (record.value("received_total"), record.value("finished")) == (62, 40)


def test_one_bulletin_after_another_is_held_to_the_one_before() -> None:
    first = "# 2024-06-18\n中央第一环保督察组转办第三批信访件5件。累计转办信访件10件,涉及青县4件、献县6件。\n"
    second = (
        "# 2024-06-19\n中央第一环保督察组转办第四批信访件3件,涉青县3件。累计转办信访件14件,涉及青县7件、献县7件。\n"
    )

    understood = of_text(first + second)

    assert [record.key for record in understood.records] == ["bulletin:1", "bulletin:2"]
    assert differing(understood) == {"第4批累计件数": (14, 13), "第4批献县累计": (7, 6)}


def test_a_word_bulletin_is_read_like_a_pasted_one() -> None:
    text = (SAMPLES / "batch_by_place.txt").read_text()
    document = read_paper("通报.docx", word("".join(paragraph(line) for line in text.splitlines())))

    understood = understand_bulletin(document, on=None, directory=None)

    assert faults(document, understood) == []
    assert [one.value("by_type") for one in understood.records] == [
        one.value("by_type") for one in sample("batch_by_place.txt").records
    ]


def test_figures_that_contradict_each_other_are_asked_about() -> None:
    (record,) = of_text("2024年6月18日,督察组转办第三批信访件5件。已办结4件。其中已办结3件。").records

    assert [doubt.question for doubt in record.doubts] == ["“已办结4件”与“其中已办结3件”前后不一，以哪个为准？"]


def test_a_paper_without_figures_says_so() -> None:
    assert [doubt.question for doubt in of_text("今天无事。").doubts] == ["没有读出通报数字，请检查是否选对了文件。"]


def test_the_end_of_a_stay_is_not_the_day_of_the_bulletin() -> None:
    text = "今年5月31日至6月30日,督察组共交办群众信访举报问题4721件。各地核查属实3976件,不属实745件。"
    (record,) = understand_bulletin(read_paper("通报.txt", text.encode()), on=None, directory=None).records

    assert record.value("date") is None


BATCH = "2021年4月20日,省第一督察组向我市转办第三批信访件9件"


def test_states_without_the_open_ones_are_no_slip() -> None:
    assert differing(of_text(f"{BATCH}。已办结3件,阶段性办结2件。")) == {}
    assert differing(of_text(f"{BATCH}。已办结8件,阶段性办结2件。")) == {"第3批办结情况合计": (9, 10)}


def test_names_that_begin_like_a_string_of_names_stay_whole() -> None:
    (record,) = of_text(f"{BATCH},涉及玉泉区、和林格尔县各3件,长白山管委会2件,市直部门1件。").records

    assert record.value("by_region") == {"玉泉区": 3, "和林格尔县": 3, "长白山管委会": 2, "市直部门": 1}


def test_what_was_received_until_a_day_is_cumulative() -> None:
    text = f"{BATCH},重点件1件,非重点件8件。截至4月20日,我市共接到督察组转办信访件204件。已办结148件。"
    (record,) = of_text(text).records

    assert (record.value("received_total"), record.value("key_cases")) == (9, 1)
    assert (record.value("cumulative_received_total"), record.value("cumulative_closed")) == (204, 148)
    assert record.doubts == ()


def test_a_total_may_stand_before_what_it_counts() -> None:
    text = "截至2024年3月底,督察移交我市的385件群众信访件,已办结372件。其中,第一批反馈意见的48个问题已整改。"
    (record,) = of_text(text).records

    assert (record.value("received_total"), record.value("batch")) == (385, None)


def test_a_headline_does_not_count_a_place_twice() -> None:
    understood = of_text(f"第三批信访件9件 沧州5件\n{BATCH}。沧州市5件,衡水市4件。")

    assert understood.records[0].value("by_region") == {"沧州市": 5, "衡水市": 4}
    assert differing(understood) == {}


def test_shares_are_counted_again() -> None:
    understood = of_text(f"{BATCH}。大气6件(66.7%),水3件,占30%。")

    assert differing(understood) == {"第3批水占比": (30, 33)}


def test_less_since_the_beginning_than_in_the_batch_is_a_slip() -> None:
    assert differing(of_text(f"{BATCH}。累计转办信访件8件。")) == {"第3批累计件数": (8, 9)}


def test_a_place_that_the_next_bulletin_leaves_out_is_missed() -> None:
    first = "# 2024-06-18\n中央第一环保督察组转办第三批信访件5件。累计转办信访件10件,涉及青县4件、献县6件。\n"
    second = "# 2024-06-19\n中央第一环保督察组转办第四批信访件3件,涉青县3件。累计转办信访件7件,涉及青县7件。\n"

    assert differing(of_text(first + second))["第4批献县累计"] == (0, 6)


def test_fines_and_filed_cases_have_other_names() -> None:
    (record,) = of_text(f"{BATCH}。立案13家,处罚金额188.9万元,重点督办件2件。").records

    assert [record.value(name) for name in ("filed_cases", "fine_yuan", "supervised_cases")] == [13, 1889000, 2]


def test_what_came_this_week_stands_beside_what_came_in_all() -> None:
    (record,) = of_text("整改周报\n本周新完成整改问题5个,累计完成41个。本周新办结12件,累计办结1402件。").records

    assert [record.value(name) for name in ("finished", "cumulative_finished")] == [5, 41]
    assert [record.value(name) for name in ("closed", "cumulative_closed")] == [12, 1402]
    assert [doubt.kind for doubt in record.doubts] == []


def test_works_of_the_counties_are_no_sum_of_letters() -> None:
    understood = of_text(f"{BATCH}。武强县、饶阳县各有1项、故城县有1项任务正在推进。")

    assert understood.records[0].value("by_region") == {"武强县": 1, "饶阳县": 1, "故城县": 1}
    assert differing(understood) == {}


def test_a_headline_that_takes_in_what_is_closed_in_part_is_counted_once() -> None:
    understood = of_text(
        "自治区已办结第八批环境信访举报案件24件\n2024年11月26日，督察组交办的第8批27件信访举报案件，均已按要求办理。"
        "目前办结20件，阶段办结4件，正在办理3件。"
    )

    (record,) = understood.records
    assert [record.value(name) for name in ("received_total", "closed", "staged", "open")] == [27, 20, 4, 3]
    assert [(row.what, row.printed, row.read) for row in understood.reconciliation] == [("第8批办结情况合计", 27, 27)]
    assert record.doubts == ()


def test_a_series_of_one_place_is_read_like_one_of_several() -> None:
    text = (
        "整改进展看,献县整改进度快于全市平均水平,完成99.15%;青县、沧县整改进度慢于全市平均水平,分别完成80.5%、91.2%。"
    )
    (record,) = of_text(f"{BATCH}。{text}未完成整改任务较多的有青县,未完成整改数量为4件。").records

    assert record.value("completion_rate_by_region") == {"献县": 99.15, "青县": 80.5, "沧县": 91.2}
    assert record.value("unfinished_by_region") == {"青县": 4}
    assert record.value("finished") is None


def test_what_is_ours_is_the_total_unless_another_is_told() -> None:
    day = "2021年4月20日,省第一环保督察组"
    (own,) = of_text(f"{day}移交第三批群众信访举报件。涉及我市3件,青县1件、献县2件。").records
    beside = of_text(f"{day}移交第三批群众信访举报件128件,涉及我市3件。")

    assert (own.value("received_total"), own.value("by_region")) == (3, {"青县": 1, "献县": 2})
    assert (beside.records[0].value("received_total"), beside.records[0].value("by_region")) == (128, None)
    assert differing(beside) == {}


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("其中重点交办件4件", "key_cases", 4),
        ("列为重点关注举报件共4件", "key_cases", 4),
        ("涉及大气2件、其他类型7件", "by_type", {"大气": 2, "其他": 7}),
        ("按地区分布为:青县8件,省发改委1件", "by_region", {"青县": 8, "省发改委": 1}),
        ("青县5件,献县3件;其余1件属县市区合办件,涉及青县和献县", "by_region", {"青县": 5, "献县": 3, "合办": 1}),
        ("涉及青县5件、献县4件;其中涉及青县5宗、献县4宗", "by_region", {"青县": 5, "献县": 4}),
        ("属实6件,不属实2件,仍在调查1件", "unchecked", 1),
        ("属实6件,不属实2件,另有1件正在核实中", "unchecked", 1),
        ("已办结8件,另有1件正在办理", "open", 1),
        ("水7件、土壤、噪音和生态污染1宗、大气1件", "by_type", {"水": 7, "土壤、噪音和生态污染": 1, "大气": 1}),
        ("立案侦查2件,行政和刑事拘留3人", "detention", 3),
        ("立案行政处罚违法案件3起", "fined_cases", 3),
        ("停产限产违法企业2家", "suspended", 2),
        ("公安部门立案侦查违法案件4起", "criminal_cases", 4),
        ("青县6件,已办结5件;献县3件,已办结2件", "by_region", {"青县": 6, "献县": 3}),
    ],
)
def test_other_words_for_the_same_figures(words: str, field: str, value: object) -> None:
    understood = of_text(f"{BATCH}。{words}。")

    assert understood.records[0].value(field) == value
    assert differing(understood) == {}


def test_so_many_batches_with_so_many_are_all_since_the_beginning() -> None:
    understood = of_text(f"{BATCH}。截至4月20日下午4时,督察组向我省移交三批共247件信访件。各地上报办结121件。")
    (record,) = understood.records

    assert [record.value(f"{name}received_total") for name in ("", "cumulative_")] == [9, 247]
    assert (record.value("closed"), record.value("cumulative_closed")) == (None, 121)
    assert (record.doubts, differing(understood)) == ((), {})


def test_a_total_may_stand_behind_a_mark() -> None:
    (record,) = of_text("2021年4月20日,督察组向我市转办第三批群众信访举报件,共9件,其中重点件1件。").records

    assert (record.value("received_total"), record.value("key_cases")) == (9, 1)


def test_the_city_that_its_counties_make_up_is_the_total() -> None:
    text = "4月20日,督察组移交第三批群众信访举报件。涉及沧州9件,其中重点关注1件。从区域分布上看,青县5件、献县4件。"
    understood = of_text(text)

    assert understood.records[0].value("received_total") == 9
    assert understood.records[0].value("by_region") == {"青县": 5, "献县": 4}


def test_parts_that_stand_behind_the_total_of_all_may_be_those_of_the_batch() -> None:
    understood = of_text(f"{BATCH}。截至4月20日,累计转办信访举报件200件。从类型来看,其中涉及水3件、大气6件、辐射0件。")

    assert understood.records[0].value("by_type") == {"水": 3, "大气": 6, "辐射": 0}
    assert understood.records[0].value("cumulative_by_type") is None
    assert differing(understood) == {}


def test_types_that_are_said_to_overlap_need_not_make_up_the_total() -> None:
    said = "(部分举报件涉及多个问题类型)"

    assert differing(of_text(f"{BATCH}。涉及大气6件、水5件{said}。")) == {}
    assert differing(of_text(f"{BATCH}。涉及大气6件、水5件。")) == {"第3批各类型合计": (9, 11)}
    assert differing(of_text(f"{BATCH}。涉及大气3件、水5件{said}。")) == {"第3批各类型合计": (9, 8)}


def test_a_city_that_did_something_is_no_part_of_itself() -> None:
    text = "7月9日,通辽市已对中央督察组交办的第三批1件信访举报件进行调查处理,其中,已办结1件。"
    (record,) = of_text(text).records

    assert (record.value("received_total"), record.value("closed"), record.value("by_region")) == (1, 1, None)


def test_closed_of_each_place_does_not_contradict_closed_of_all() -> None:
    whole = of_text(f"{BATCH},已办结8件。其中青县6件,已办结5件;献县3件,已办结3件。")
    unlike = of_text(f"{BATCH},已办结8件。其中已办结5件。")

    assert [doubt.kind for doubt in whole.records[0].doubts] == []
    assert [doubt.kind for doubt in unlike.records[0].doubts] == ["figure_twice"]
