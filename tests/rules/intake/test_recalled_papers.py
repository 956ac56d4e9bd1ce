"""Papers written from memory of what governments publish: shapes that no other test has. All facts are invented."""

import io

import xlsxwriter
from docx import Document

from bihuan.intake.formats.kinds import understand
from bihuan.intake.formats.understood import Understanding
from bihuan.lib.paper.reading import read_paper
from tests.rules.intake.faithful import faults
from tests.rules.intake.plan_papers import values


def read(words: str | bytes, name: str = "文.txt") -> Understanding:
    document = read_paper(name, words.encode() if isinstance(words, str) else words)
    understood = understand(document)
    assert faults(document, understood) == []
    return understood


def sheet(*rows: tuple[str, ...]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet()
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    return file.getvalue()


SECTIONS = """中央第三环保督察组交办大庆市第十六批信访案件查处情况

一、肇源县新站镇举报案件（受理编号：D230000201806190032）
反映情况：养牛场粪便乱堆。
调查情况：经查，反映问题属实。
处理情况：已清运完毕，正在办理。
问责情况：无。
二、让胡路区举报案件（受理编号：X230000201806190005*）
反映情况：锅炉房冒黑烟。
调查情况：反映问题不属实。
处理情况：加强监管。
问责情况：无。
监督电话：0459-4600000
"""


def test_a_number_in_brackets_behind_a_sections_title_begins_a_petition() -> None:
    understood = read(SECTIONS)

    assert values(understood, "petition", "number", "closing", "handling", "accountability") == [
        ("D230000201806190032", "正在办理", "已清运完毕，正在办理。", "无。"),
        ("X230000201806190005*", None, "加强监管。", "无。"),
    ]


def test_a_table_of_a_plans_problems_is_not_taken_for_petitions() -> None:
    heading = ("编号", "问题描述", "问题类型", "所属地区", "整改措施", "完成时限", "责任单位")
    row = ("1", "河道非法采砂", "生态", "沂源县", "取缔采砂点3处", "2023年9月底", "沂源县政府")

    plan = read(sheet(("淄博市警示片披露问题整改台账",), heading, row), "台账.xlsx")
    listed = read(sheet(("淄博市群众信访件台账",), heading[:4], row[:4]), "台账.xlsx")

    assert values(plan, "problem", "number", "text", "due_on") == [(1, "河道非法采砂", "2023-09-30")]
    assert values(listed, "petition", "number", "region") == [("1", "沂源县")]


PROVINCE = """广东省贯彻落实中央生态环境保护督察反馈意见整改方案
一、练江污染治理进展缓慢。
整改目标：消除劣Ⅴ类。
整改时限：2020年底前。
牵头督导单位：省生态环境厅。
责任单位：汕头、揭阳市委、市政府。
具体措施：
1.建成污水管网1200公里。
2.整治12条支流。
"""


def test_a_place_without_its_rank_lends_the_word_of_the_next_only_once() -> None:
    understood = read(PROVINCE)

    assert values(understood, "problem", "deadline", "supervising", "responsible") == [
        ("2020年底前", ["省生态环境厅"], ["汕头市委、市政府", "揭阳市委、市政府"])
    ]


def test_a_notice_that_runs_so_many_days_from_a_day_says_when_it_begins() -> None:
    understood = read(
        "整改任务完成情况公示\n公示期为2023年10月9日起5个工作日。\n一、反馈问题：河水发黑。\n二、整改完成情况：已清淤。\n"
    )

    assert values(understood, "notice", "starts_on", "days", "day_kind") == [("2023-10-09", 5, "工作日")]


def test_each_row_of_a_notices_table_is_a_problem() -> None:
    paper = Document()
    paper.add_paragraph("禹州市中央生态环境保护督察反馈问题整改完成情况公示")
    heading = ("序号", "督察反馈问题", "整改目标", "整改时限", "责任单位", "整改落实情况", "整改结论")
    rows = (
        ("14", "矿山开采未批先建", "依法查处", "2021年12月底前", "禹州市委、市政府", "恢复植被120亩", "已完成"),
        ("15", "颍河水质超标", "达标", "2022年6月底前", "禹州市委、市政府", "新建湿地1座", "已完成"),
    )
    table = paper.add_table(rows=0, cols=7)
    for row in (heading, *rows):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    paper.add_paragraph("公示期：2022年8月1日至8月5日（5个工作日）")
    file = io.BytesIO()
    paper.save(file)

    understood = read(file.getvalue(), "公示.docx")

    assert values(understood, "notice", "number", "problem", "deadline", "results", "conclusion", "ends_on") == [
        ("14", "矿山开采未批先建", "2021-12-31", "恢复植被120亩", "已完成", "2022-08-05"),
        ("15", "颍河水质超标", "2022-06-30", "新建湿地1座", "已完成", "2022-08-05"),
    ]


SLIP = """新乡市环境污染防治攻坚战指挥部办公室
交 办 单

新环攻坚办交〔2021〕126号

卫辉市人民政府：
    督察组转办的举报件涉及你市2件（受理编号：D2HA202104180023、X2HA202104180057*），请于2021年4月24日18时前报告。
    联系人：赵××

新乡市环境污染防治攻坚战指挥部办公室
2021年4月19日
"""


def test_a_slip_may_be_a_letter() -> None:
    understood = read(SLIP)

    assert values(understood, "slip", "number", "responsible", "petition", "deadline", "issued_on", "issued_by") == [
        (
            "新环攻坚办交〔2021〕126号",
            ["卫辉市人民政府"],
            "D2HA202104180023、X2HA202104180057*",
            "2021-04-24",
            "2021-04-19",
            "新乡市环境污染防治攻坚战指挥部办公室",
        )
    ]


def test_parts_that_only_the_findings_number_are_told_apart() -> None:
    heading = ("受理编号", "反映问题", "调查核实情况", "是否属实")
    findings = "经查：\n1.关于“噪声扰民”问题，属实。\n2.反映的污水横流问题，不属实。"
    understood = read(
        sheet(heading, ("D2SC202109160041", "夜间噪声扰民；污水横流。", findings, "部分属实")), "一览表.xlsx"
    )

    (items,) = values(understood, "petition", "sub_items")[0]
    assert [(item["text"], item["truth"]) for item in items] == [("噪声扰民", "属实"), ("污水横流", "不属实")]


def test_a_report_counts_behind_the_noun_too() -> None:
    understood = read(
        "呼和浩特市督察整改情况报告\n反馈整改任务16项，已完成11项。交办群众信访举报件427件，已办结419件。\n"
    )

    assert values(understood, "report", "tasks_total", "petitions_total") == [(16, 427)]
