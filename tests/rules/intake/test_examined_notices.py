"""Public notices and bulletins in shapes that no other test has. All facts are invented."""

import io

from docx import Document

from bihuan.intake.formats.kinds import understand
from bihuan.intake.formats.understood import Understanding
from bihuan.lib.paper.reading import read_paper
from tests.rules.intake.faithful import faults


def read(words: str | bytes, name: str = "文.txt") -> Understanding:
    document = read_paper(name, words.encode() if isinstance(words, str) else words)
    understood = understand(document)
    assert faults(document, understood) == []
    return understood


def value(understood: Understanding, name: str, at: int = 0) -> object:
    return understood.records[at].fields[name].value


SEVERAL = """关于第三轮自治区生态环境保护督察整改任务拟销号问题的公示
现予公示，公示时间为2025年3月10日至3月21日，公示期10个工作日。
问题一（序号5）：部分砂石企业扬尘管控不力。
整改目标：砂石企业规范管理。
整改情况：已对13家砂石企业完成整治。
问题二（序号：9）：农村生活垃圾收运体系不健全。
整改目标：建立收运体系。
整改情况：已配备垃圾箱320个。
"""


def test_problems_that_are_counted_with_their_numbers_in_brackets_are_told_apart() -> None:
    understood = read(SEVERAL)
    assert [value(understood, "number", at) for at in (0, 1)] == ["5", "9"]
    assert value(understood, "problem", 1) == "农村生活垃圾收运体系不健全。"
    assert value(understood, "results") == "已对13家砂石企业完成整治。"


def test_the_length_of_a_period_may_stand_in_another_clause() -> None:
    understood = read(SEVERAL)
    assert (value(understood, "days"), value(understood, "day_kind")) == (10, "工作日")


ONE = """关于第二轮中央生态环境保护督察反馈问题（第二十七项）整改完成情况的公示
一、反馈问题
污水处理厂进水浓度偏低。
二、责任单位
华容县人民政府；督导单位：岳阳市水利局
三、整改完成情况
提标改造完成。
四、销号结论
该问题达到销号标准。
公示时间：2024年1月8日—2024年1月19日（10个工作日）
联系单位：岳阳市整改工作领导小组办公室
"""


def test_a_label_behind_another_value_opens_its_own_part() -> None:
    understood = read(ONE)
    assert value(understood, "responsible") == ["华容县人民政府"]
    assert value(understood, "supervising") == ["岳阳市水利局"]
    assert value(understood, "conclusion") == "该问题达到销号标准。"
    assert value(understood, "receiver") == "岳阳市整改工作领导小组办公室"


def test_the_day_beside_a_label_is_not_the_day_of_publication() -> None:
    paper = Document()
    paper.add_paragraph("生态环境保护督察整改任务验收销号公示表")
    rows = (
        ("问题序号", "31"),
        ("反馈问题", "污水处理设施运行不正常。"),
        ("整改情况", "全部稳定运行。"),
        ("完成时间", "2022年6月20日"),
        ("公示期限", "2022年7月4日至7月15日"),
    )
    table = paper.add_table(rows=0, cols=2)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    out = io.BytesIO()
    paper.save(out)
    understood = read(out.getvalue(), "公示.docx")
    assert value(understood, "finished_on") == "2022-06-20"
    assert value(understood, "published_on") is None
    pasted = "销号公示\n反馈问题\n污水直排。\n整改情况\n完成。\n公示期限：7月4日至7月15日\n完成时间\n2022年6月20日\n"
    assert value(read(pasted), "published_on") is None


def test_how_many_batches_there_were_is_no_batch_and_makes_the_total_cumulative() -> None:
    understood = read(
        "衢州市信访件办理情况通报（第6期）\n2020年9月18日\n截至9月17日，我市共收到督察组交办信访件15批次、83件，其中重点件6件。"
        "按县分，柯城区45件、江山市38件。共责令整改企业37家，约谈党政干部2人，办理中3件。"
    )
    names = ("batch", "cumulative_received_total", "cumulative_ordered_correction", "cumulative_summoned")
    assert [value(understood, name) for name in names] == [None, 83, 37, 2]
    assert value(understood, "cumulative_open") == 3
    assert [row.read for row in understood.reconciliation if "各地" in row.what] == [83]


def test_what_a_whole_region_finished_is_no_part_of_it() -> None:
    understood = read(
        "自治区已办结第八批环境信访举报案件24件\n2024年11月26日，督察组交办的第8批27件信访举报案件均已办理。"
        "办结24件，办理中3件。截至目前，督察组共向我区转办8批、201件信访举报件。"
    )
    assert value(understood, "batch") == "第8批"
    assert [value(understood, name) for name in ("received_total", "closed", "open")] == [27, 24, 3]
    assert "by_region" not in understood.records[0].fields
    assert value(understood, "cumulative_received_total") == 201
