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


FILM = """黄石市长江经济带生态环境警示片披露问题整改方案
一、问题概况
警示片披露我市问题2个：围垦问题、扬尘问题。
二、整改目标及措施
（一）大冶湖非法围垦问题
问题描述：违规围垦1200亩。
整改目标：退垦还湖。
整改措施：
1.拆除堤坝3处；
2.修复湖滨带800亩。
整改期限：2024年6月底前
责任单位：大冶市委、市政府
（二）富池镇扬尘污染问题
问题描述：石料露天堆放。
整改目标：封闭堆场。
整改措施：
1.建成料棚3座。
整改期限：2023年12月底前
责任单位：阳新县委、县政府
三、保障措施
（一）加强组织领导。
"""


def test_a_chapter_named_like_a_label_may_hold_the_problems() -> None:
    understood = read(FILM)

    assert values(understood, "problem", "number", "title", "text", "due_on", "aspect") == [
        (1, "大冶湖非法围垦问题", "违规围垦1200亩。", "2024-06-30", None),
        (2, "富池镇扬尘污染问题", "石料露天堆放。", "2023-12-31", None),
    ]
    assert values(understood, "measure", "problem", "number", "text") == [
        (1, 1, "拆除堤坝3处"),
        (1, 2, "修复湖滨带800亩。"),
        (2, 1, "建成料棚3座。"),
    ]


AGAINST = """青县贯彻落实省生态环境保护督察反馈意见整改工作方案
二、重点任务
（一）针对思想认识不到位的问题
1.强化理论武装。每年专题学习不少于2次。
牵头单位：县委宣传部
完成时限：长期坚持
2.压实工作责任。
牵头单位：县委办公室
完成时限：2022年10月底前
（二）针对农村污水治理滞后的问题
3.加快补齐短板。新建处理站12座。
牵头单位：县水利局
完成时限：2023年6月底前
三、工作要求
（一）加强组织领导。各单位要高度重视。
"""


def test_a_heading_that_names_a_problem_has_the_measures_below_it() -> None:
    understood = read(AGAINST)

    assert values(understood, "problem", "number", "text") == [
        (1, "思想认识不到位的问题"),
        (2, "农村污水治理滞后的问题"),
    ]
    assert values(understood, "measure", "problem", "number", "lead", "deadline") == [
        (1, 1, ["县委宣传部"], "长期坚持"),
        (1, 2, ["县委办公室"], "2022年10月底前"),
        (2, 3, ["县水利局"], "2023年6月底前"),
    ]
    assert [doubt.kind for record in understood.records for doubt in record.doubts] == []


PARTS = """衡水市督察整改措施清单
序号12
反馈问题：雨污分流不彻底。
整改目标：分流率达到90%以上。
整改措施：
（一）加快管网建设
1.2022年底前新建雨水管网45公里。
2.2023年6月底前改造混接点87处。
（二）加强应急处置
1.清淤管网。
2.配备处理设备6套。
整改时限：2023年12月底前
牵头单位：市水利局
"""


def test_the_parts_of_a_measure_stay_lines_of_their_own() -> None:
    understood = read(PARTS)

    assert values(understood, "measure", "number", "text") == [
        (1, "加快管网建设\n1.2022年底前新建雨水管网45公里。\n2.2023年6月底前改造混接点87处。"),
        (2, "加强应急处置\n1.清淤管网。\n2.配备处理设备6套。"),
    ]
    (milestones,) = values(understood, "measure", "milestones")[0]
    assert [one["text"] for one in milestones] == ["新建雨水管网45公里", "改造混接点87处"]
    (counted,) = values(understood, "measure", "indicators")[1]
    assert [one["name"] for one in counted] == ["配备处理设备"]


NUMBERED = """关于第二轮中央生态环境保护督察反馈问题（第三十二项）整改完成情况的公示
一、问题基本情况
汈汊湖围网养殖清退不彻底。
二、整改责任单位
汉川市委、市政府
三、整改工作亮点
拆除围网1.2万亩，签订退养协议326份。
四、验收情况
认为达到整改目标，同意销号。
公示时间：2023年3月1日—2023年3月7日
"""


def test_an_unknown_heading_of_a_notice_ends_the_part_above_it() -> None:
    understood = read(NUMBERED)

    assert values(understood, "notice", "responsible", "results", "conclusion") == [
        (["汉川市委、市政府"], None, "认为达到整改目标，同意销号。")
    ]
    assert read(NUMBERED.replace("亮点", "进展")).records[0].value("results") == "拆除围网1.2万亩，签订退养协议326份。"


OWN = """酒泉市贯彻落实督察反馈意见整改措施清单
问题一
责任单位：市委、市政府
主要问题：矿权退出不彻底。
整改目标：全部退出。
整改时限：2018年9月底前
具体措施：
1.制定退出方案。
责任单位：市水利局
2.恢复治理14宗矿业权。
责任单位：肃北县政府
问题二
责任单位：市委、市政府
主要问题：园区未批先建。
整改目标：完善手续。
整改时限：2017年10月底前
具体措施：
1.停产补办手续。
"""


def test_a_label_below_a_measure_opens_no_problem() -> None:
    understood = read(OWN)

    assert values(understood, "problem", "number", "text") == [(1, "矿权退出不彻底。"), (2, "园区未批先建。")]
    assert values(understood, "measure", "problem", "number", "responsible") == [
        (1, 1, ["市水利局"]),
        (1, 2, ["肃北县政府"]),
        (2, 1, ["市委、市政府"]),
    ]


def test_the_parts_of_two_batches_do_not_contradict_their_sum() -> None:
    understood = read(
        "省督察组转办第5-6批信访件情况通报\n（2020年11月18日）\n"
        "向我市转办信访举报件19件，其中第5批8件，第6批11件。按区域分：魏都区6件，建安区13件。\n"
    )

    (record,) = understood.records
    assert record.value("received_total") == 19
    assert record.doubts == ()


def test_a_pasted_row_names_no_home() -> None:
    understood = read(
        "序号\t反馈问题\t整改目标\t整改措施\t整改时限\t责任单位\n"
        "1\t吕梁市焦化压减不力。\t按期完成\t1.关停焦炉。\t2022年6月底前\t吕梁市政府\n"
        "2\t晋中市散煤治理不彻底。\t散煤清零\t1.加强巡查。\t长期坚持\t晋中市政府\n"
    )

    assert [doubt.kind for doubt in understood.doubts] == ["home_unknown"]
    assert [doubt.kind for record in understood.records for doubt in record.doubts] == []
