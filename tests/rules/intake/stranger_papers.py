"""Papers as a stranger would send them: other layouts of the same kinds, made as bytes; all facts are invented."""

import io

import xlsxwriter
from docx import Document

PROBLEMS = (
    (
        "1",
        "农村坑塘垃圾清理不及时。督察发现，3个村坑塘堆放生活垃圾。",
        "坑塘垃圾全部清理。",
        ("2022年9月底前清理坑塘垃圾12处。", "建立日常保洁制度。"),
        "2022年10月底前",
        "县农业农村局",
        "陈嘴乡人民政府",
    ),
    (
        "2",
        "散乱污企业反弹。督察发现，5家企业死灰复燃。",
        "反弹企业全部取缔。",
        ("对5家企业断水断电。", "2022年11月底前完成回头看。", "开展举报奖励。"),
        "2022年底前",
        "县工业和信息化局",
        "金牛镇人民政府",
    ),
)
PETITIONS = tuple(
    tuple(row.split())
    for row in (
        "1 D2HE202204120031* 青县金牛镇××村西侧料场扬尘严重。 青县 大气 经查，料场苫盖不全。 属实 已责令苫盖。 无",
        "2 X2HE202204120007 献县陌南镇××街烧烤店油烟扰民。 献县 油烟 经查，净化器未开启。 部分属实 已清洗净化器。 无",
        "3 D2HE202204120119 沧县杜林乡××村夜间加工噪声大。 沧县 噪声 经查，监测达标。 不属实 加强巡查。 无",
    )
)
HEADS = (
    "序号",
    "受理编号",
    "交办问题基本情况",
    "行政区域",
    "污染类型",
    "调查核实情况",
    "是否属实",
    "处理和整改情况",
    "问责情况",
)
PLAN_TITLE = "青县贯彻落实第二轮中央生态环境保护督察反馈意见整改方案"


def two_columned() -> bytes:
    """A county's plan, one table of two columns to a problem, Word."""
    paper = Document()
    paper.add_paragraph(PLAN_TITLE)
    for number, text, target, measures, deadline, lead, responsible in PROBLEMS:
        paper.add_paragraph(f"整改任务{number}")
        rows = (
            ("整改任务概述", text),
            ("整改责任单位", f"{lead}、{responsible}"),
            ("整改目标", target),
            ("整改措施及成效", "\n".join(f"{at}.{words}" for at, words in enumerate(measures, 1))),
            ("整改时间", deadline),
            ("社会监督联系人及电话", "某某 0317-000****"),
        )
        table = paper.add_table(rows=0, cols=2)
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    return _docx(paper)


def plan_sheet() -> bytes:
    """A plan as a sheet: title row, heading over two rows, a row a measure, a sum at the end."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        ruled = book.add_format({"border": 1, "text_wrap": True})
        sheet = book.add_worksheet("清单")
        sheet.set_column(0, 8, 12)
        sheet.set_default_row(60)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.merge_range(0, 0, 0, 6, PLAN_TITLE + "任务清单", ruled)
        for column, head in ((0, "序号"), (1, "反馈问题"), (2, "整改\n目标"), (3, "整改措施"), (4, "整改时限")):
            sheet.merge_range(1, column, 2, column, head, ruled)
        sheet.merge_range(1, 5, 1, 6, "责任单位", ruled)
        sheet.write_row(2, 5, ("牵头单位", "配合单位"), ruled)
        row = 3
        for number, text, target, measures, deadline, lead, responsible in PROBLEMS:
            last = row + len(measures) - 1
            for column, words in ((0, number), (1, text), (2, target), (4, deadline), (5, lead), (6, responsible)):
                sheet.merge_range(row, column, last, column, words, ruled)
            for at, words in enumerate(measures, 1):
                sheet.write(row + at - 1, 3, f"（{at}）{words}", ruled)
            row = last + 1
        sheet.merge_range(row, 0, row, 1, "合计", ruled)
        sheet.write(row, 3, "5项", ruled)
    return out.getvalue()


def petition_sheet() -> bytes:
    """A batch as a sheet: heading over two rows, a region merged over rows, a sum at the end."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        ruled = book.add_format({"border": 1, "text_wrap": True})
        sheet = book.add_worksheet("第12批")
        sheet.set_column(0, 8, 12)
        sheet.set_default_row(60)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.merge_range(0, 0, 0, 8, "群众信访举报转办和边督边改公开情况一览表（第12批 2022年4月13日）", ruled)
        for column, head in enumerate(HEADS):
            if column not in (5, 6):
                sheet.merge_range(1, column, 2, column, head, ruled)
        sheet.merge_range(1, 5, 1, 6, "核查情况", ruled)
        sheet.write_row(2, 5, ("调查核实情况", "是否属实"), ruled)
        for at, petition in enumerate(PETITIONS):
            sheet.write_row(3 + at, 0, [*petition[:8]], ruled)
        sheet.merge_range(3, 8, 5, 8, "无", ruled)
        sheet.merge_range(6, 0, 6, 1, "合计", ruled)
        sheet.write(6, 2, "3件", ruled)
    return out.getvalue()


def bulletin() -> bytes:
    """The text that a newspaper prints of a batch, Word."""
    paper = Document()
    paper.add_paragraph("省督察组向我市转办第十二批群众信访举报件")
    paper.add_paragraph(
        "4月13日，省生态环境保护督察组向我市转办第十二批群众信访举报12件，其中重点关注件2件。涉及青县5件、献县4件、沧县3件。"
        "涉大气类6件、水类4件、噪声类2件。"
    )
    paper.add_paragraph("截至4月13日，累计向我市转办信访件140件，已办结81件、阶段性办结40件、未办结19件。")
    return _docx(paper)


def notice() -> bytes:
    """A public notice of acceptance whose paragraphs hold line breaks, Word."""
    paper = Document()
    paper.add_paragraph("青县农业农村局第二轮中央生态环境保护督察整改任务（序号11）\n整改验收公示")
    paper.add_paragraph(
        "整改任务（序号11）已完成整改并通过验收，现向社会公示，公示期2025年10月30日\n至11月12日（10个工作日）。"
    )
    paper.add_paragraph("一、整改任务\n农村黑臭水体底数不清。")
    paper.add_paragraph("二、整改实施主体\n牵头单位：青县农业农村局。\n责任单位：青县党委和人民政府。")
    paper.add_paragraph("三、整改目标\n黑臭水体全部消除。")
    paper.add_paragraph("四、整改措施\n（1）开展排查。\n（2）分批治理。")
    paper.add_paragraph("五、整改完成情况\n6处黑臭水体全部完成治理。")
    return _docx(paper)


def _docx(paper: object) -> bytes:
    out = io.BytesIO()
    paper.save(out)  # type: ignore[attr-defined]  # python-docx
    return out.getvalue()
