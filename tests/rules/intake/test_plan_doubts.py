"""What a plan leaves open is asked, and the totals it prints are held against what was read."""

from datetime import date

import pytest

from bihuan.intake.formats.plan import understand_plan
from bihuan.intake.formats.understood import Doubt, Understanding
from bihuan.lib.paper.document import Document
from bihuan.lib.reading.directory import default_directory, directory_of
from tests.rules.intake.plan_papers import paper, paragraphs, pasted, table, tables, values

CITY = default_directory("130900")
COUNTY = default_directory("130921")
WHOLE = """1.甲河断面水质超标。
整改目标:达标。
整改措施:1.清淤5公里。2.建设闸坝3座。
整改时限:2023年12月底前
牵头单位:市水利局
"""


def read(text: str, on: date | None = None) -> Understanding:
    return understand_plan(paragraphs(text), on=on, directory=CITY)


def asked(understood: Understanding, kind: str) -> list[Doubt]:
    return [doubt for record in understood.records for doubt in record.doubts if doubt.kind == kind]


@pytest.mark.parametrize(
    ("changed", "into", "kind", "question", "choices"),
    [
        (
            "2023年12月底前",
            "2024年8月前",
            "deadline_ambiguous",
            "是2024年7月31日前，还是2024年8月31日前？",
            ["2024-07-31", "2024-08-31"],
        ),
        ("2023年12月底前", "2023年2月30日前", "deadline_impossible", "2月没有30日，请核对原文。", ["2023-02-28"]),
        ("2023年12月底前", "12月底前", "deadline_year_missing", "时限没有写明年份，应为哪一年？", []),
        ("2023年12月底前", "尽快", "deadline_unknown", "时限“尽快”读不懂，应为哪一天？", []),
        ("整改时限:2023年12月底前\n", "", "deadline_missing", "没有写整改时限，应为哪一天？", []),
        ("牵头单位:市水利局\n", "", "lead_missing", "没有写牵头单位，由哪个单位牵头？", []),
        (
            "市水利局",
            "市水里局",
            "unit_unknown",
            "单位“市水里局”不在名录里，是哪个单位？",
            ["市水利局", "市农业农村局"],
        ),
        ("市水利局", "市直有关部门", "unit_collective", "“市直有关部门”具体是哪些单位？", []),
        ("市水利局", "成安县水利局", "place_foreign", "“成安县水利局”不属于沧州市，是否抄自外地？", []),
        ("甲河断面", "成安县甲河断面", "place_foreign", "文中出现“成安县”，不属于沧州市，是否抄自外地？", []),
        (
            "2.建设闸坝3座。",
            "2.2024年6月底前建设闸坝3座。",
            "measure_after_problem",
            "措施时限2024-06-30晚于所属问题的时限2023-12-31，以哪个为准？",
            ["2023-12-31", "2024-06-30"],
        ),
        ("2.建设", "3.建设", "measure_gap", "措施序号缺2，是漏了措施还是编号有误？", []),
        (
            "1.清淤5公里。2.建设闸坝3座。",
            "清淤5公里；建设闸坝3座。",
            "measure_count",
            "措施没有编号，“清淤5公里；建设闸坝3座。…”有2句，按1项还是2项措施登记？",
            [1, 2],
        ),
        (
            "1.清淤5公里。2.建设闸坝3座。",
            "清淤5公里。\n建设闸坝3座。",
            "measure_count",
            "措施没有编号，分2段书写，按2项还是1项措施登记？",
            [2, 1],
        ),
        ("整改措施:1.清淤5公里。2.建设闸坝3座。\n", "", "measures_missing", "没有读到整改措施，请核对原文。", []),
    ],
)
def test_what_is_open_is_asked_and_a_whole_plan_asks_nothing(
    changed: str, into: str, kind: str, question: str, choices: list[object]
) -> None:
    text = WHOLE.replace(changed, into) if kind != "measure_gap" else WHOLE.replace("。2.建设", "。\n3.建设")

    doubts = asked(read(text), kind)

    assert asked(read(WHOLE), kind) == []
    assert [(doubt.question, [choice.value for choice in doubt.choices]) for doubt in doubts] == [(question, choices)]


def test_an_open_deadline_is_no_day_until_it_is_settled() -> None:
    understood = read(WHOLE.replace("2023年12月底前", "2024年8月前"))

    assert values(understood, "problem", "deadline", "due_on") == [("2024年8月前", None)]
    assert values(understood, "measure", "deadline", "due_on") == [("2024年8月前", None)] * 2


def test_a_year_that_a_deadline_leaves_out_comes_from_the_context_or_the_document_number() -> None:
    text = WHOLE.replace("2023年12月底前", "12月底前")

    assert values(read(text, date(2022, 3, 1)), "problem", "due_on") == [("2022-12-31",)]
    assert values(read(f"沧政字〔2021〕12号\n{text}"), "problem", "due_on") == [("2021-12-31",)]


def test_a_year_is_asked_where_the_document_number_and_the_context_differ() -> None:
    text = f"沧政字〔2026〕12号\n{WHOLE.replace('2023年12月底前', '年底前')}"

    assert asked(read(text, date(2022, 6, 1)), "deadline_year_missing")
    assert values(read(text, date(2026, 6, 1)), "problem", "due_on") == [("2026-12-31",)]


def test_the_answer_to_a_missing_year_is_a_whole_day() -> None:
    (doubt,) = asked(read(WHOLE.replace("2023年12月底前", "3月底前"), date(2022, 12, 1)), "deadline_year_missing")

    assert [choice.value for choice in doubt.choices] == ["2022-03-31", "2023-03-31"]


def test_two_problems_of_one_number_are_asked_about_and_keep_apart() -> None:
    understood = read(WHOLE + WHOLE.replace("甲河", "乙河"))

    assert [doubt.question for doubt in asked(understood, "number_repeated")] == ["有两项问题的序号都是1，请核对。"] * 2
    assert len({record.key for record in understood.records}) == len(understood.records)


def test_numbers_that_start_again_under_each_aspect_are_no_clash() -> None:
    understood = read(f"一、大气方面\n{WHOLE}二、水方面\n{WHOLE}")

    assert asked(understood, "number_repeated") == []
    assert [record.key for record in understood.records if record.type == "problem"] == ["problem:1", "problem:2.1"]


def test_a_problem_without_a_number_is_asked_about() -> None:
    understood = understand_plan(
        tables([["整改任务概述", "甲河超标"], ["整改目标", "达标"], ["整改时间", "2021年10月底"]]),
        on=None,
        directory=CITY,
    )

    assert values(understood, "problem", "number", "due_on") == [(None, "2021-10-31")]
    assert [doubt.question for doubt in asked(understood, "number_missing")] == ["没有写序号，应为第几项？"]


def test_a_paper_without_problems_says_so() -> None:
    understood = read("关于召开会议的通知\n请准时参加。")

    assert understood.records == ()
    assert [doubt.question for doubt in understood.doubts] == ["没有读出问题和措施，请确认这是整改方案。"]


TOTALS = "梳理形成{}个方面{}项整改举措、{}个问题{}项整改措施、205个群众信访问题。\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "整改任务清单包括1项整改任务、2条整改措施。",
        "锁定1个问题细化2条具体措施。",
        "共梳理反馈问题1个、制定整改措施2条。",
        "分解为1项整改任务、2条整改措施",
        "列出一个问题，两项措施中的二项措施。",
    ],
)
def test_every_phrasing_of_a_total_is_held_against_what_was_read(sentence: str) -> None:
    understood = read(f"{sentence}\n{WHOLE}")

    assert [(row.what, row.printed, row.read, row.note) for row in understood.reconciliation] == [
        ("问题", 1, 1, ""),
        ("整改措施", 2, 2, ""),
    ]


def test_numbers_of_a_part_are_no_totals() -> None:
    understood = read(f"确保2024年底前整改完成45个问题,其余1个问题长期坚持。\n{WHOLE}")

    assert understood.reconciliation == ()


def test_a_gap_is_named_where_it_is() -> None:
    text = WHOLE.replace("。2.建设", "。\n3.建设") + WHOLE.replace("1.甲河", "3.丙河").replace(
        "1.清淤5公里。2.", "清淤；"
    )

    rows = {row.what: row for row in read(TOTALS.format(5, 14, 3, 6) + text).reconciliation}

    assert rows["方面"].note == "文中写5，读到0，少5。"
    assert rows["整改举措"].note == "文中写14，读到0，少14。"
    assert rows["群众信访问题"].note == "本文件没有逐件列出群众信访问题。"
    assert rows["群众信访问题"].read is None
    assert rows["问题"].note == "文中写3，读到2，少1。序号缺2。"
    assert rows["整改措施"].note == "文中写6，读到3，少3。问题1缺第2项措施；问题3的措施没有编号，可能不止1项。"


def test_a_problem_without_measures_is_named_in_the_gap() -> None:
    text = WHOLE.replace("整改措施:1.清淤5公里。2.建设闸坝3座。\n", "")

    (row,) = read(f"共2条整改措施。\n{text}").reconciliation

    assert row.plain() == {
        "what": "整改措施",
        "printed": 2,
        "read": 0,
        "note": "文中写2，读到0，少2。问题1没有读到措施。",
    }


def test_more_than_printed_is_said_too() -> None:
    (row,) = read(f"共1条整改措施。\n{WHOLE}").reconciliation

    assert row.note == "文中写1，读到2，多1。"


def test_aspects_above_problems_and_campaigns_are_counted() -> None:
    text = f"形成1个方面、1个问题。\n三、反馈问题清单\n(一)水环境方面\n{WHOLE}"

    assert [(row.what, row.read) for row in read(text).reconciliation] == [("方面", 1), ("问题", 1)]


def test_the_heading_is_read_though_its_title_is_broken_over_lines() -> None:
    understood = read(f"沧州市贯彻落实第二轮中央生态环境保护\n督察报告整改方案\n(公开稿)\n沧政字[2022]12号\n{WHOLE}")

    assert {name: field.value for name, field in understood.heading.items()} == {
        "title": "沧州市贯彻落实第二轮中央生态环境保护督察报告整改方案",
        "document_number": "沧政字〔2022〕12号",
        "inspection": "第二轮中央生态环境保护督察",
        "inspection_level": "中央",
        "inspection_kind": "例行",
        "inspection_round": 2,
        "region": "沧州市",
        "region_code": "130900",
        "unit": "沧州市",
    }


@pytest.mark.parametrize(
    ("title", "level", "kind", "round_"),
    [
        ("沧县第三轮河北省生态环境保护督察反馈意见整改方案", "省级", "例行", 3),
        ("沧县中央环境保护督察“回头看”反馈意见整改方案", "中央", "回头看", None),
        ("沧县省级生态环境保护专项督察反馈问题整改方案", "省级", "专项", None),
        ("沧县生态环境警示片披露问题整改方案", None, None, None),
        ("沧县省级生态环境保护督察警示片披露问题整改方案", "省级", "警示片", None),
        ("沧县生态环境保护督察整改任务清单", None, None, None),
    ],
)
def test_level_kind_and_round_of_the_inspection(
    title: str, level: str | None, kind: str | None, round_: int | None
) -> None:
    heading = read(f"{title}\n{WHOLE}").heading

    assert heading["region_code"].value == "130921"
    assert [heading[name].value for name in ("inspection_level", "inspection_kind", "inspection_round")] == [
        level,
        kind,
        round_,
    ]


def test_a_sheet_name_serves_as_title() -> None:
    sheet = table([["序号", "反馈问题", "整改措施"], ["1", "甲河超标", "1.清淤"]], title="沧县整改清单")

    understood = understand_plan(paper(sheet), on=None, directory=COUNTY)

    assert understood.heading["title"].value == "沧县整改清单"
    assert understood.heading["title"].derived == "取工作表名称"
    assert understood.kind == "plan"


def notice(*lines: str) -> Document:
    return paragraphs("\n".join(["关于调整沧州市整改方案部分任务整改时限的通知", *lines]))


def test_a_notice_that_moves_deadlines_gives_an_amendment_for_each() -> None:
    understood = understand_plan(
        notice(
            "因管网施工受汛期影响,经省整改办同意,第7项整改时限由2022年12月底前调整为2023年6月底前。",
            "第12项问题整改时限由“2023年底前”延长至“2023年6月底前”。",
        ),
        on=None,
        directory=CITY,
    )

    assert values(understood, "amendment", "number", "old_due_on", "deadline", "due_on", "reason") == [
        (7, "2022-12-31", "2023年6月底前", "2023-06-30", "管网施工受汛期影响"),
        (12, "2023-12-31", "2023年6月底前", "2023-06-30", None),
    ]
    assert [doubt.question for doubt in asked(understood, "amendment_backwards")] == [
        "调整后的时限2023-06-30不晚于原时限2023-12-31，请核对。"
    ]
    assert understood.reconciliation == ()


def test_moved_deadlines_are_read_out_of_a_table_too() -> None:
    rows = [
        ["序号", "整改任务", "原整改时限", "调整后整改时限", "调整理由"],
        ["7", "甲河治理", "2022年底前", "2024年8月前", "施工受阻"],
        ["8", "乙河治理", "", "长期坚持", ""],
        ["9", "丙河治理", "2023年底前", "", "未获同意"],
    ]
    title = next(notice().paragraphs())

    understood = understand_plan(paper(title, table(rows)), on=None, directory=CITY)

    assert values(understood, "amendment", "number", "text", "old_deadline", "deadline", "due_on", "reason") == [
        (7, "甲河治理", "2022年底前", "2024年8月前", None, "施工受阻"),
        (8, "乙河治理", None, "长期坚持", None, None),
    ]
    assert len(asked(understood, "deadline_ambiguous")) == 1


def test_without_a_home_no_place_is_foreign() -> None:
    understood = understand_plan(
        pasted(WHOLE.replace("甲河断面", "成安县甲河断面")), on=None, directory=directory_of("", ())
    )

    assert asked(understood, "place_foreign") == []


def test_a_directory_without_a_home_takes_the_place_in_the_title_for_it() -> None:
    nowhere = directory_of("", ())
    text = WHOLE.replace("甲河断面", "成安县甲河断面")

    at_home = understand_plan(paragraphs(f"成安县整改措施清单\n{text}"), on=None, directory=nowhere)
    elsewhere = understand_plan(paragraphs(f"沧州市整改措施清单\n{text}"), on=None, directory=nowhere)
    unclear = understand_plan(paragraphs(f"新华区整改措施清单\n{text}"), on=None, directory=nowhere)

    assert asked(at_home, "place_foreign") == []
    assert len(asked(elsewhere, "place_foreign")) == 1
    assert unclear.heading["region_code"].value is None
    assert [doubt.question for doubt in unclear.doubts] == ["标题没有写明是哪个市或县(市、区)的方案，请选择所属地区。"]
    assert values(unclear, "problem", "lead") == [(["市水利局"],)]
    assert asked(unclear, "unit_unknown") == []


def test_counts_in_a_text_are_no_numbers_of_a_body_above() -> None:
    understood = read(WHOLE.replace("水质超标。", "水质超标，全市3项工程未完工，某县2条河流污染。"))

    assert values(understood, "problem", "number", "upper_numbers") == [(1, None)]


def test_the_title_in_a_tables_first_row_is_the_title_of_the_paper() -> None:
    rows = [["沧县整改措施清单", "<", "<"], ["序号", "反馈问题", "整改措施"], ["1", "甲河超标", "1.清淤"]]

    assert understand_plan(tables(rows), on=None, directory=COUNTY).heading["title"].value == "沧县整改措施清单"
