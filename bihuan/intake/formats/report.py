"""Reports and work information on rectification: what they are called, whose they are, of which day, what they count.

Hides how such a paper counts a plan ("5个方面14项整改举措、18个问题60项整改措施、205个群众信访问题").
"""

import datetime as dt
import re
from collections.abc import Mapping

from bihuan.intake.formats.petition_titles import date_field, days, inspection_of
from bihuan.intake.formats.understood import MISSING, Doubt, Field, Record, Understanding
from bihuan.lib.paper.document import Document
from bihuan.lib.paper.passage import Passage, of_document
from bihuan.lib.reading.directory import Directory

_REPORT = re.compile(
    r"(?:整改|督察|落实|销号|进展)[^。,;]{0,24}(?:报告|汇报|总结)$|^(?:半月|月度|季度)?[^。,;]{0,20}(?:调度|工作)(?:报告|汇报|总结)$"
    r"|(?:推进|抓好|做好|落实)[^。,;]{0,12}整改(?:工作|落实|任务)?$"
)
_SOURCE = re.compile(r"(?:来源|(?:报告|报送|填报)单位)\s*:\s*(?P<it>[^\s,。;:]{2,30})")
_COUNTS = tuple(
    (
        name,
        re.compile(
            rf"(?P<n>\d{{1,5}})\s*(?:{before})|(?:{behind})(?:共计|共|合计|为)?\s*(?P<m>\d{{1,5}})\s*[项个条件]"
        ),
    )
    for name, before, behind in (
        ("aspects", "个方面", "涉及方面"),
        ("campaigns", "项整改举措|个整改举措|项举措", "整改举措"),
        (
            "problems",
            "个(?:突出|反馈|生态环境)*问题|项(?:反馈)?问题",
            "(?:反馈|突出|披露)(?:的)?(?:突出|生态环境)*问题",
        ),
        ("measures", "[项条]整改措施|[项条]具体措施", "(?:整改|具体)措施"),
        ("tasks", "[项个]整改任务", "整改任务"),
        (
            "petitions",
            "[个件](?:群众)?信访(?:举报)?(?:问题|件)|件群众(?:举报|投诉)(?:问题|件)",
            "(?:群众)?(?:信访|举报|投诉)+(?:问题|案件|件)",
        ),
    )
)


def title_of(passage: Passage) -> Field:
    """The title of a report, missing where the paper is none."""
    for place, line in enumerate(passage.lines()):
        if place > 4:
            break
        if len(line.folded) <= 60 and _REPORT.search(line.folded):
            return Field(line.value, line.raw, line.span)
    return MISSING


def understand_report(document: Document, *, on: dt.date | None, directory: Directory | None) -> Understanding:
    """The report as one record; `on` and `directory` are taken for the sake of one form and not needed."""
    del on, directory
    passage = of_document(document)
    fields = {
        "title": title_of(passage),
        "inspection": inspection_of([passage]),
        "source": _found(passage, _SOURCE),
        "date": _date(passage),
        **_counts(passage),
    }
    heading = {name: fields[name] for name in ("title", "inspection", "source", "date") if fields[name].value}
    asked = () if heading else (Doubt("", "没有读出报告标题，请检查是否选对了文件。", kind="nothing_read"),)
    return Understanding(document.name, "report", (Record("report", fields, key="report:1"),), asked, heading=heading)


def _found(passage: Passage, pattern: re.Pattern[str]) -> Field:
    found = pattern.search(passage.folded)
    return _plain(passage.found(found, "it")) if found else MISSING


def _plain(piece: Passage) -> Field:
    return Field(piece.value, piece.raw, piece.span)


def _date(passage: Passage) -> Field:
    """The day in the head of the paper, else the last one."""
    head = list(days(passage.piece(0, min(200, len(passage.text)))))
    dated = head[:1] or list(days(passage.strip()))[-1:]
    return date_field(*dated[0]) if dated else MISSING


def _counts(passage: Passage) -> Mapping[str, Field]:
    """How many the paper says there are, each by its first mention."""
    told: dict[str, Field] = {}
    for name, pattern in _COUNTS:
        found = pattern.search(passage.folded)
        if found:
            piece = passage.found(found)
            told[f"{name}_total"] = Field(int(found["n"] or found["m"]), piece.raw, piece.span)
    return told
