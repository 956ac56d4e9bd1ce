"""The sample city's papers as files: plans in both forms, petition batches, a second inspection.

Hides python-docx and xlsxwriter. What is made here comes in again through the import path like any office's paper.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

import xlsxwriter
from docx import Document
from docx.document import Document as DocxDocument

from bihuan.sample import petition_text, plan_shapes, plan_text
from bihuan.sample.counties import COUNTY_PLANS, CountyPlan
from bihuan.sample.second_round import SECOND_ROUND

TITLE = "沧州市贯彻落实第二轮中央生态环境保护督察报告整改方案"
NUMBER = "沧字〔2022〕12号"
TOTALS = (
    "按照省委、省政府部署要求，对照督察报告逐条逐项研究，梳理形成5个方面14项整改举措、"
    "18个问题60项整改措施，另有205个群众信访问题一并纳入整改。"
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
    "责任人被处理情况",
)
PLAN_HEADS = (
    "序号",
    "所属方面",
    "整改举措",
    "反馈问题",
    "整改目标",
    "整改措施",
    "整改时限",
    "牵头单位",
    "责任单位",
    "配合单位",
    "督导单位",
    "验收单位",
    "包案领导",
    "责任人",
)
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Paper:
    """One file as an office would receive it: for which inspection, from which unit (or ""), when."""

    name: str
    data: bytes
    inspection: str
    at: datetime
    unit: str = ""


def papers() -> Iterator[Paper]:
    """Every paper of the sample city, in the order in which an office takes them in."""
    issued = datetime(2022, 7, 1, 1, 0, tzinfo=UTC)
    for batch in petition_text.batches():
        at = datetime.combine(batch.day, time(12, 0), UTC)
        if batch.number % 3:
            yield Paper(f"第{batch.number}批信访举报件.docx", batch_docx(batch), "HE2", at)
        else:
            yield Paper(f"第{batch.number}批信访举报件.xlsx", batch_xlsx(batch), "HE2", at)
    yield Paper("沧州市整改方案.docx", narrative_docx(), "HE2", issued, "沧州市委和市政府")
    for county in COUNTY_PLANS:
        yield Paper(
            f"{county.short}整改方案.docx",
            county_docx(county),
            "HE2",
            datetime(2022, 7, 20, 1, 0, tzinfo=UTC),
            county.unit,
        )
    for name, data in SECOND_ROUND:
        yield Paper(name, data(), "HES3", datetime(2022, 12, 9, 12, 0, tzinfo=UTC))


def narrative_docx(plan: tuple[plan_shapes.AspectText, ...] = plan_text.PLAN) -> bytes:
    """The city plan as running text with numbered headings and labelled lines."""
    paper = Document()
    _opening(paper)
    for aspect_number, aspect in enumerate(plan):
        paper.add_paragraph(f"{NUMERALS[aspect_number]}、{aspect.name}")
        for place, campaign in enumerate(aspect.campaigns):
            paper.add_paragraph(f"（{NUMERALS[place]}）{campaign.name}")
            for problem in campaign.problems:
                _problem(paper, problem)
    return _bytes(paper)


def table_docx(plan: tuple[plan_shapes.AspectText, ...] = plan_text.PLAN) -> bytes:
    """The same plan as one table, a row a measure, the problem's cells merged over its measures."""
    paper = Document()
    _opening(paper)
    table = paper.add_table(rows=1, cols=len(PLAN_HEADS))
    for cell, head in zip(table.rows[0].cells, PLAN_HEADS, strict=True):
        cell.text = head
    for aspect in plan:
        for campaign in aspect.campaigns:
            for problem in campaign.problems:
                _table_rows(table, aspect.name, campaign.name, problem)
    return _bytes(paper)


def _table_rows(table: object, aspect: str, campaign: str, problem: plan_shapes.ProblemText) -> None:
    shared = (
        str(problem.number),
        aspect,
        campaign,
        f"{problem.title}。{problem.found}",
        problem.target,
        "",
        problem.deadline,
        problem.lead,
        problem.responsible,
        *(problem.more.get(label, "") for label in PLAN_HEADS[9:]),
    )
    rows = [table.add_row().cells for _ in problem.measures]  # type: ignore[attr-defined]  # python-docx's table
    for number, (cells, measure) in enumerate(zip(rows, problem.measures, strict=True), 1):
        cells[5].text = f"（{number}）{measure}"
    for column, words in enumerate(shared):
        if column != 5:
            merged = rows[0][column].merge(rows[-1][column])
            merged.text = words


def county_docx(county: CountyPlan) -> bytes:
    """A county's plan, tied to the city's by the city's numbers."""
    paper = Document()
    paper.add_paragraph(county.title)
    paper.add_paragraph(county.number)
    paper.add_paragraph(county.totals)
    for problem in county.problems:
        _problem(paper, problem)
    return _bytes(paper)


def batch_docx(batch: petition_text.BatchText) -> bytes:
    """One batch as the public table of the second round, in Word."""
    paper = Document()
    paper.add_paragraph("沧州市群众信访举报转办和边督边改公开情况一览表")
    paper.add_paragraph(_batch_line(batch))
    table = paper.add_table(rows=1, cols=len(HEADS))
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = head
    for row in batch.rows:
        for cell, words in zip(table.add_row().cells, _cells(row), strict=True):
            cell.text = words
    return _bytes(paper)


def batch_xlsx(batch: petition_text.BatchText) -> bytes:
    """The same in Excel."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("一览表")
        sheet.merge_range(0, 0, 0, len(HEADS) - 1, "沧州市群众信访举报转办和边督边改公开情况一览表")
        sheet.merge_range(1, 0, 1, len(HEADS) - 1, _batch_line(batch))
        sheet.write_row(2, 0, HEADS)
        for place, row in enumerate(batch.rows):
            sheet.write_row(3 + place, 0, [row.row, *_cells(row)[1:]])
    return out.getvalue()


def _opening(paper: DocxDocument) -> None:
    for words in (TITLE, NUMBER, TOTALS):
        paper.add_paragraph(words)


def _problem(paper: DocxDocument, problem: plan_shapes.ProblemText) -> None:
    paper.add_paragraph(f"{problem.number}.{problem.title}。{problem.found}")
    lines = {
        "整改目标": problem.target,
        "整改时限": problem.deadline,
        "牵头单位": problem.lead,
        "责任单位": problem.responsible,
        **problem.more,
    }
    for label, words in lines.items():
        paper.add_paragraph(f"{label}：{words}")
    paper.add_paragraph(
        "整改措施：" + "".join(f"（{number}）{words}" for number, words in enumerate(problem.measures, 1))
    )


def _batch_line(batch: petition_text.BatchText) -> str:
    return f"（第{batch.number}批 {batch.day.year}年{batch.day.month}月{batch.day.day}日）"


def _cells(row: petition_text.PetitionText) -> tuple[str, ...]:
    number = f"{row.number}*" if row.is_key_case else row.number
    return (
        str(row.row),
        number,
        row.content,
        row.region,
        row.types,
        row.findings,
        row.truth,
        row.handling,
        row.accountability,
    )


def _bytes(paper: DocxDocument) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
