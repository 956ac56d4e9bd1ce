"""Which kind of paper it is, and who understands it.

Hides the signs of each kind. What shows no sign of any is `unknown`: nothing is read out of it by force.
"""

import datetime as dt
import re
from dataclasses import replace
from itertools import islice

from bihuan.intake.formats import petitions
from bihuan.intake.formats.bulletin import understand_bulletin
from bihuan.intake.formats.bulletin_counts import counts
from bihuan.intake.formats.notice import notice_of_petitions, understand_notice
from bihuan.intake.formats.plan import understand_plan
from bihuan.intake.formats.plan.heading import place_in
from bihuan.intake.formats.report import title_of, understand_report
from bihuan.intake.formats.slip import parts_of, understand_slip
from bihuan.intake.formats.understood import Doubt, Understanding
from bihuan.lib.paper.document import Document
from bihuan.lib.paper.passage import Passage, of_cell, of_document
from bihuan.lib.reading.directory import Directory, default_directory, homeless_directory

_LATIN_WORD, _HAN = re.compile(r"[A-Za-z]{2,}"), re.compile(r"[\u4e00-\u9fff]")
_TITLE_LINES, _TITLE_LENGTH = 3, 80
_PLAN_TITLE = re.compile(
    r"(?:整改(?:落实)?|实施|工作)方案|(?:整改|任务|措施|责任|问题)(?:措施|任务)?清单|整改台账|调整[^。]{0,30}整改时限"
)
_PLAN_WORD = (
    "(?:整改目标|(?:整改|具体|主要)措施|(?:整改|完成|办结)(?:时限|期限|时间)|(?:整改)?(?:牵头|责任|督导|验收|配合)(?:单位|部门|主体)"
    "|整改任务(?:概述)?|(?:督察)?反馈问题|问题描述)"
)
_PLAN_LABEL = re.compile(rf"{_PLAN_WORD}\s*[::】|\n\t]")
_BROKEN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_PLAN_CELL = re.compile(rf"{_PLAN_WORD}(?:\(.*\))?")
_NOTICE_TITLE = re.compile(r"公示|公告")
_NOTICE = re.compile(
    r"公示(?:期|时间|期限)|(?:验收|销号|整改(?:完成)?情况)[^。\n]{0,20}公示|向社会(?:予以)?公[示开][^。]{0,40}异议"
)
_BULLETIN_TITLE = re.compile(r"简报|通报|快报|专报|周报|月报|旬报|日报|汇总")
_BULLETIN = re.compile(
    r"批[^。]{0,30}\d+\s*件|累计[^。]{0,40}\d+\s*[件家个]|情况通报如下|(?<!\d)\d{1,6}\s*件[^。]{0,8}(?:信访|举报)[^。]{0,16}办结\d+\s*件"
)


def kind_of(document: Document) -> str:
    """plan, petitions, bulletin, notice, report, slip or unknown."""
    return _kind_and_parts(document)[0]


def _kind_and_parts(document: Document) -> tuple[str, list[petitions.Part]]:
    """The kind, and the petitions where it is theirs: to look for them is half of reading them."""
    whole = of_document(document)
    if _is_foreign(whole.folded):
        return "unknown", []
    if parts_of(document):
        return "slip", []
    parts = petitions.parts_of(document)
    return ("petitions", parts) if parts else (_kind_of_prose(document, whole), [])


def _kind_of_prose(document: Document, whole: Passage) -> str:
    lines = [line.folded for line in islice(whole.lines(), _TITLE_LINES)] or _first_cells(document)
    title = "\n".join(line for line in lines if len(line) <= _TITLE_LENGTH)
    return _by_title(title, whole) or _by_words(document, whole)


def _first_cells(document: Document) -> list[str]:
    """The title of a workbook that has no words but its cells."""
    return [of_cell(cell).folded for table in islice(document.tables(), 1) for cell in table.cells[:1]]


def _is_foreign(text: str) -> bool:
    """Whether a text is not written in Chinese, though it may quote it: papers about papers are none themselves."""
    return len(_LATIN_WORD.findall(text)) > len(_HAN.findall(text)) / 4


def _by_title(title: str, whole: Passage) -> str:
    if _NOTICE_TITLE.search(title) and _NOTICE.search(whole.folded):
        return "notice"
    if _PLAN_TITLE.search(title):
        return "plan"
    if _BULLETIN_TITLE.search(title) and any(True for _ in counts(whole.strip())):
        return "bulletin"
    return "report" if title_of(whole).value else ""


def _by_words(document: Document, whole: Passage) -> str:
    text = whole.folded
    labels = {label.rstrip(":】|\n\t ") for label in _PLAN_LABEL.findall(text + _BROKEN.sub("", text))} | _headings(
        document
    )
    if _NOTICE.search(text) and len(_PLAN_LABEL.findall(text)) < 12:
        return "notice"
    if _BULLETIN.search(text) and sum(1 for _ in counts(whole.strip())) >= 3:
        return "bulletin"
    return "plan" if len(labels) >= 2 else "unknown"


def _headings(document: Document) -> set[str]:
    """The words of a plan that are a whole cell: headings above the columns, or labels beside the rows."""
    near = [cell for table in document.tables() for cell in table.cells[:400] if cell.row < 4 or cell.column == 0]
    cells = (re.sub(r"\s+", "", of_cell(cell).folded) for cell in near)
    return {cell for cell in cells if len(cell) < 20 and _PLAN_CELL.fullmatch(cell)}


def home_of(document: Document) -> Directory | None:
    """The directory of the city or county that the paper's first lines name."""
    for place, line in enumerate(of_document(document).lines()):
        if place >= _TITLE_LINES:
            break
        is_row = "\t" in line.folded  # the words of a pasted table are no title
        found = None if is_row else place_in(line.folded[:_TITLE_LENGTH], homeless_directory())
        if found:
            return default_directory(found[2].code)
    return None


_READERS = {
    "bulletin": understand_bulletin,
    "notice": understand_notice,
    "report": understand_report,
    "slip": understand_slip,
}


def understand(document: Document, *, on: dt.date | None = None, directory: Directory | None = None) -> Understanding:
    """What the paper says, by the reader of its kind.

    `on` is a day of its context, `directory` the units and places of the office; without one the place in the title
    is home, with its usual departments. A paper of no known kind is returned empty, with a doubt that says so.
    """
    understood = _understood(document, on, directory or home_of(document))
    remarks = tuple(Doubt("", remark, kind="reading_incomplete") for remark in document.remarks)
    return replace(understood, doubts=(*remarks, *understood.doubts)) if remarks else understood


def _understood(document: Document, on: dt.date | None, directory: Directory | None) -> Understanding:
    kind, parts = _kind_and_parts(document)
    if kind == "petitions":
        read = petitions.understand_petitions(document, on=on, directory=directory, parts=parts)
        told, asked = notice_of_petitions(document, on)
        return replace(read, heading={**read.heading, **told}, doubts=(*read.doubts, *asked)) if told else read
    if kind in _READERS:
        return _READERS[kind](document, on=on, directory=directory)
    if kind == "plan":
        return understand_plan(document, on=on, directory=directory or homeless_directory())
    question = "认不出这是哪一类材料（方案、举报件、通报、公示、报告、交办单），请核对是不是选错了文件，换一份再导入。"
    return Understanding(document.name, "unknown", (), (Doubt("", question, kind="kind_unknown"),))
