"""Papers nobody fitted the readers to: every record of each is read, and each word leads back to the paper."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bihuan.intake.formats.kinds import understand
from bihuan.intake.formats.understood import Understanding
from bihuan.lib.paper.reading import read_paper
from tests.rules.intake import stranger_papers as papers
from tests.rules.intake.faithful import faults
from tests.rules.intake.plan_papers import values


def read(make: Callable[[], bytes], name: str) -> Understanding:
    document = read_paper(name, make())
    understood = understand(document)
    assert faults(document, understood) == []
    return understood


@pytest.mark.parametrize(
    ("make", "name"), [(papers.two_columned, "方案.docx"), (papers.plan_sheet, "方案.xlsx")], ids=["columns", "sheet"]
)
def test_a_countys_plan_is_read_whole(make: Callable[[], bytes], name: str) -> None:
    understood = read(make, name)

    assert values(understood, "problem", "number", "text", "target", "due_on", "measures") == [
        (1, papers.PROBLEMS[0][1], "坑塘垃圾全部清理。", "2022-10-31", list(papers.PROBLEMS[0][3])),
        (2, papers.PROBLEMS[1][1], "反弹企业全部取缔。", "2022-12-31", list(papers.PROBLEMS[1][3])),
    ]
    assert values(understood, "measure", "problem", "number", "due_on") == [
        (1, 1, "2022-09-30"),
        (1, 2, "2022-10-31"),
        (2, 1, "2022-12-31"),
        (2, 2, "2022-11-30"),
        (2, 3, "2022-12-31"),
    ]
    assert understood.heading["region"].value == "青县"
    assert [doubt for record in understood.records for doubt in record.doubts] == []


def test_the_sub_columns_of_a_sheets_heading_are_told_apart() -> None:
    understood = read(papers.plan_sheet, "方案.xlsx")

    assert understood.heading["title"].value == f"{papers.PLAN_TITLE}任务清单"
    assert values(understood, "problem", "lead", "supporting") == [
        (["县农业农村局"], ["陈嘴乡人民政府"]),
        (["县工业和信息化局"], ["金牛镇人民政府"]),
    ]


def test_a_sheet_of_petitions_is_read_without_its_sum() -> None:
    understood = read(papers.petition_sheet, "第12批.xlsx")

    assert values(understood, "petition", "row", "number", "region", "types", "truth", "accountability", "batch") == [
        (1, "D2HE202204120031*", "青县", ["大气"], "属实", "无", "第12批"),
        (2, "X2HE202204120007", "献县", ["油烟"], "部分属实", "无", "第12批"),
        (3, "D2HE202204120119", "沧县", ["噪声"], "不属实", "无", "第12批"),
    ]


def test_a_newspapers_bulletin_is_counted() -> None:
    understood = read(papers.bulletin, "通报.docx")

    (record,) = understood.records
    assert (understood.kind, record.value("batch"), record.value("received_total")) == ("bulletin", "第12批", 12)
    assert [(row.printed, row.read) for row in understood.reconciliation] == [(12, 12), (12, 12), (140, 140)]


def test_a_notice_with_line_breaks_in_its_paragraphs_is_read() -> None:
    understood = read(papers.notice, "公示.docx")

    (record,) = understood.records
    assert [record.value(name) for name in ("number", "problem", "target", "measures", "results")] == [
        "11",
        "农村黑臭水体底数不清。",
        "黑臭水体全部消除。",
        ["开展排查。", "分批治理。"],
        "6处黑臭水体全部完成治理。",
    ]
    assert [record.value(name) for name in ("starts_on", "ends_on", "days", "day_kind")] == [
        "2025-10-30",
        "2025-11-12",
        10,
        "工作日",
    ]


@pytest.mark.parametrize(("make", "records"), [(papers.plan_sheet, 7), (papers.petition_sheet, 3)])
def test_the_same_papers_as_pdf_hold_the_same_records(make: Callable[[], bytes], records: int, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        assert not os.environ.get("CI"), "the PDF is made by LibreOffice"
        pytest.skip("没有 LibreOffice：PDF 的一项没有运行")
    (tmp_path / "a.xlsx").write_bytes(make())
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "a.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=90)
    pdf = tmp_path / "a.pdf"

    as_pdf, as_sheet = read(pdf.read_bytes, "a.pdf"), read(make, "a.xlsx")

    assert len(as_pdf.records) == records
    for kind, names in (("measure", ("problem", "number", "text", "due_on")), ("petition", ("number", "content"))):
        assert values(as_pdf, kind, *names) == values(as_sheet, kind, *names)
