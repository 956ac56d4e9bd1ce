"""Public notices of acceptance and sign-off: what was to be done, what was done, and how long the public may object.

Hides the forms of the notices; the period is counted again by the working-day calendar, and a difference is asked.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from bihuan.intake.formats.notice_period import Period, doubts_of, read_period
from bihuan.intake.formats.notice_sections import notices, part_named
from bihuan.intake.formats.notice_tables import by_columns, two_columns
from bihuan.intake.formats.petition_titles import date_field, days
from bihuan.intake.formats.understood import MISSING, Choice, Doubt, Field, Record, Understanding
from bihuan.lib.chinese import number
from bihuan.lib.paper.document import Document, Table
from bihuan.lib.paper.passage import Passage, joined, of_cell, of_document
from bihuan.lib.reading.deadlines import read_deadline
from bihuan.lib.reading.directory import Directory
from bihuan.lib.reading.document_numbers import find_document_numbers
from bihuan.lib.reading.regions import PROVINCES
from bihuan.lib.reading.units import UnitsRead, read_units
from bihuan.lib.workdays import Workdays

_INSPECTION = re.compile(
    rf"(?:第[一二三四五六七八九十\d]+轮)?(?:第[一二三四五六七八九十\d]+批)?(?:中央|国家|省级|省委|{PROVINCES}|省|市级|自治区)"
    r"(?:第[一二三四五六七八九十\d]+轮)?(?:第[一二三四五六七八九十\d]+(?=生态|环))?(?:生态)?环(?:境)?(?:保护)?督察(?:“回头看”)?"
)
_NUMBER = re.compile(
    r"(?:序号|(?<!公示\()(?<!公告\()第|编号|任务|问题)\s*(?P<n>\d+|[一二三四五六七八九十百]+)\s*(?:项|号|条|个)?(?=\s*(?:\)|项|号|条|个|问题|整改|任务|反馈|,))"
)
_CODED = re.compile(r"(?:任务|问题|反馈)\(?(?:编号|序号)\s*[:为]?\s*(?P<n>[A-Z\d]+(?:-[A-Z\d]+)*)(?![A-Za-z\d])")
_DONE = re.compile(
    r"(?:已?(?:完成整改|整改完成|按要求完成|整改到位|完成)[^。,;]{0,12}[,，]?\s*(?:并|且)?(?:已)?通过[^。,;]{0,8}(?:验收|核查)(?:销号)?"
    r"|达到(?:验收|销号)(?:标准|条件|要求)|同意(?:通过)?(?:验收|销号)|已完成[^。,;]{0,40}整改(?!措)|(?:已|均已|全部)整改完成(?!时))"
)
_RECEIVER = re.compile(
    r"向(?P<to>[^,。;:向\n]{2,40}?)(?:书面)?(?:反馈|反映|提出|举报)|请与(?P<with>[^,。;:\n]{2,30}?)联系|(?P<masked>\*{3,}[\u4e00-\u9fff]{2,8}?)(?:反映|反馈)"
)
_SUPERVISED = re.compile(r"监督方式\s*:\s*(?P<to>[^,。;:\n]{4,40})")
_LEADING = re.compile(r"(?P<to>[\u4e00-\u9fff]{3,20}?)牵头负责")
_ITEM = re.compile(
    r"(?:(?<=\n)|^|(?<=[。;\s]))\s*(?:\((?:\d{1,2}|[一二三四五六七八九十]{1,2})\)|\d{1,2}(?:[.、](?!\d)|\.(?=20\d\d年))|[一二三四五六七八九十]是)"
)
_BRACKETED = re.compile(r"\s*\((?:\d{1,2}|[一二三四五六七八九十]{1,2})\)")
_NOTICE = re.compile(r"公示|公告")
_TITLE_LINES, _TITLE_LENGTH = 4, 80
_PETITION = re.compile(r"(?P<n>[DX]\d[A-Z]{2}\d{12}|[DX]\d{18})")
_BARE = re.compile(r"第?\s*(?P<n>\d{1,3}|[一二三四五六七八九十百]{1,5}|[A-Z]{1,4}\d*(?:-[A-Z\d]+)*)\s*[项号条个]?")
_AROUND = frozenset(("opening", "ending", "period", "receiver", "other", "source"))


def understand_notice(document: Document, *, on: dt.date | None, directory: Directory | None) -> Understanding:
    """A record for each problem of the notice. `on` gives the year where the paper prints none."""
    passage = _whole(document)
    told = _told(document, passage)
    period = read_period(passage, on)
    records: list[Record] = []
    for place, parts in enumerate(told, start=1):
        fields = _fields(passage, parts, period, directory, is_single=len(told) == 1)
        doubts = (*doubts_of(period, Workdays()), *_unit_doubts(parts, directory), *_deadline_doubts(parts, on))
        records.append(Record("notice", fields, doubts, f"notice:{place}"))
    first = records[0].fields
    heading = {name: first[name] for name in ("inspection", "number", "title", "published_on")}
    if len(records) > 1:
        heading["number"] = MISSING
    asked = (
        ()
        if told[0].keys() - _AROUND
        else (Doubt("", "没有读出公示内容，请检查是否选对了文件。", kind="nothing_read"),)
    )
    return Understanding(document.name, "notice", tuple(records), asked, (), heading)


def notice_of_petitions(document: Document, on: dt.date | None) -> tuple[dict[str, Field], tuple[Doubt, ...]]:
    """What a list of petitions says where it is a public notice: its period, who takes objections, and what is asked.

    Nothing where its title is none of a notice.
    """
    words = [of_document(document), *(of_cell(cell) for table in document.tables() for cell in table.cells[:2])]
    lines = [line.folded for words_ in words for line in islice(words_.lines(), _TITLE_LINES)]
    if not any(_NOTICE.search(line) and len(line) <= _TITLE_LENGTH for line in lines):
        return {}, ()
    passage = _whole(document)
    period = read_period(passage, on)
    told = {
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "days": period.days,
        "day_kind": period.day_kind,
        "receiver": _receiver(passage.strip(), None),
        "published_on": _published(passage),
    }
    return told, tuple(doubts_of(period, Workdays()))


def _told(document: Document, passage: Passage) -> list[Mapping[str, Passage]]:
    """The parts of each problem: those of the tables, or one after the other in the text."""
    text = notices(passage)
    rows = list(by_columns(document))
    tables = rows or [parts for parts in two_columns(document) if parts]
    if rows or len(tables) > 1:
        shared = {name: piece for name, piece in text[0].items() if name in _AROUND}
        return [{**shared, **parts} for parts in tables]
    return [{**parts, **one} for one in text for parts in (tables or [{}])]


def _whole(document: Document) -> Passage:
    if document.text or not any(True for _ in document.tables()):
        return of_document(document)
    blocks = [block for block in document.blocks if not isinstance(block, Table)]
    cells = [of_cell(cell) for table in document.tables() for cell in table.cells]
    return joined([of_document(Document(document.name, document.sha256, tuple(blocks))), *cells])


def _fields(
    passage: Passage, parts: Mapping[str, Passage], period: Period, directory: Directory | None, *, is_single: bool
) -> dict[str, Field]:
    whole = passage.strip()
    return {
        "title": _title(passage),
        "inspection": _inspection(whole, parts.get("source")),
        "number": _own_number(parts.get("number")) or (_number(_above(passage, parts)) if is_single else MISSING),
        "problem": _plain(parts.get("problem")),
        "lead": _units(parts.get("lead") or _leading(whole), directory),
        "responsible": _units(parts.get("responsible"), directory),
        **{name: _units(parts.get(name), directory) for name in ("supporting", "supervising", "accepting")},
        "leaders": _plain(parts.get("leaders")),
        "target": _plain(parts.get("target")),
        "deadline": _deadline(parts.get("deadline")),
        "measures": _items(parts.get("measures")),
        "results": _plain(parts.get("results") or parts.get("measures_results")),
        "finished_on": _finished(parts.get("finished_on")),
        "conclusion": _plain(parts["conclusion"]) if "conclusion" in parts else _first(whole, _DONE),
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "days": period.days,
        "day_kind": period.day_kind,
        "receiver": _receiver(whole, parts.get("receiver")),
        "document_numbers": _document_numbers(whole),
        "published_on": _published(passage),
    }


def _plain(piece: Passage | None) -> Field:
    return Field(piece.value, piece.raw, piece.span) if piece else MISSING


def _inspection(whole: Passage, source: Passage | None) -> Field:
    """The inspection as labelled, else as first named outside a document's title, one with its round before others."""
    quoted = [match.span() for match in re.finditer(r"《[^》]*》", whole.folded)]
    found = [
        match
        for match in _INSPECTION.finditer(whole.folded)
        if not any(start < match.start() < end for start, end in quoted)
    ]
    labelled = _INSPECTION.search(source.folded) if source else None
    if source and labelled:
        return _plain(source.found(labelled))
    best = next((match for match in found if "轮" in match[0]), found[0] if found else None)
    return _plain(whole.found(best)) if best else MISSING


def _own_number(piece: Passage | None) -> Field | None:
    """The number that a label or the line of the problem gives, `None` where the words are another number."""
    matches = ((line, _BARE.fullmatch(line.folded)) for line in (piece.lines() if piece else ()))
    line, found = next(((line, found) for line, found in matches if found), (None, None))
    if not line or not found:
        return None
    words = line.found(found, "n")
    read = number(found["n"])
    value = found["n"] if read is None else str(read)
    return Field(value, words.raw, words.span, None if value == found["n"] else "中文数字换算")


def _first(whole: Passage, pattern: re.Pattern[str]) -> Field:
    found = pattern.search(whole.folded)
    return _plain(whole.found(found)) if found else MISSING


def _title(passage: Passage) -> Field:
    first = next(passage.lines(), None)
    if first and _NOTICE.search(first.folded) and len(first.folded) <= 80 and not re.search("[,。:]", first.folded):
        return _plain(first)
    return MISSING


def _above(passage: Passage, parts: Mapping[str, Passage]) -> Passage:
    """What stands above the parts: title and opening words, or the first line."""
    first = next(passage.lines(), passage.strip())
    opening = parts.get("opening")
    return opening if opening and opening.root is passage.root else first


def _number(whole: Passage) -> Field:
    found = _NUMBER.search(whole.folded)
    if not found:
        coded = _CODED.search(whole.folded) or _PETITION.search(whole.folded)
        return _plain(whole.found(coded, "n")) if coded else MISSING
    piece = whole.found(found, "n")
    read = str(number(found["n"]))
    return Field(read, piece.raw, piece.span, None if read == found["n"] else "中文数字换算")


def _leading(whole: Passage) -> Passage | None:
    found = _LEADING.search(whole.folded)
    return whole.found(found, "to") if found else None


def _read_units(piece: Passage, directory: Directory | None) -> UnitsRead:
    return read_units(piece.text, directory or Directory(""))


def _units(piece: Passage | None, directory: Directory | None) -> Field:
    """The units as a list. Without a directory they are those that the words divide, as printed."""
    if not piece:
        return MISSING
    read = _read_units(piece, directory)
    if directory is None:
        names = list(dict.fromkeys(unit.raw.strip("。 ") for unit in read.units))
        return Field(names, piece.raw, piece.span)
    rules = sorted({unit.derived for unit in read.units if unit.derived})
    return Field([unit.name for unit in read.units], piece.raw, piece.span, "、".join(rules) or None)


def _unit_doubts(parts: Mapping[str, Passage], directory: Directory | None) -> Iterator[Doubt]:
    for name in ("lead", "responsible", "supporting", "supervising", "accepting"):
        piece = parts.get(name)
        for doubt in _read_units(piece, directory).doubts if piece and directory else ():
            choices = tuple(Choice(choice, choice) for choice in doubt.question.choices)
            at = piece.piece(doubt.start, doubt.end).span if piece else None
            yield Doubt(name, doubt.question.text, choices, doubt.question.kind, at)


def _deadline(piece: Passage | None) -> Field:
    if not piece:
        return MISSING
    read = read_deadline(piece.folded)
    if read.due_on:
        return Field(read.due_on.isoformat(), piece.raw, piece.span, "时限换算为日期")
    return _plain(piece)


def _deadline_doubts(parts: Mapping[str, Passage], on: dt.date | None) -> Iterator[Doubt]:
    piece = parts.get("deadline")
    question = read_deadline(piece.folded, on).question if piece else None
    if piece and question:
        choices = tuple(Choice(choice, choice) for choice in question.choices)
        yield Doubt("deadline", question.text, choices, question.kind, piece.span)


def _finished(piece: Passage | None) -> Field:
    """When the work was finished: a day, or a month as YYYY-MM."""
    if not piece:
        return MISSING
    day = next(days(piece), None)
    if day:
        return date_field(*day)
    month = re.search(r"(?P<y>20\d\d)\s*年\s*(?P<m>\d{1,2})\s*月", piece.folded)
    if month and 1 <= int(month["m"]) <= 12:
        words = piece.found(month)
        return Field(f"{month['y']}-{int(month['m']):02}", words.raw, words.span, "月份写作年-月")
    return _plain(piece)


def _items(piece: Passage | None) -> Field:
    """The measures as a list, their numbers taken off; one that is not numbered is the only one."""
    if not piece:
        return MISSING
    marks = list((_BRACKETED if _BRACKETED.match(piece.folded) else _ITEM).finditer(piece.folded))
    if len(marks) < 2:
        return Field([piece.value], piece.raw, piece.span)
    ends = [*(mark.start() for mark in marks[1:]), len(piece.folded)]
    listed = [piece.piece(mark.end(), end).value.rstrip(";；,，") for mark, end in zip(marks, ends, strict=True)]
    return Field([one for one in listed if one], piece.raw, piece.span)


def _receiver(whole: Passage, section: Passage | None) -> Field:
    if section:
        return _plain(section.piece(0, (section.folded + "\n").index("\n")))
    named = [whole.found(found, "to") for found in _SUPERVISED.finditer(whole.folded)]
    for found in _RECEIVER.finditer(whole.folded):
        if not named and not (found["to"] or "").startswith(("社会", "公众")):
            named.append(whole.found(found, next(name for name, words in found.groupdict().items() if words)))
    return _plain(named[0]) if named else MISSING


def _document_numbers(whole: Passage) -> Field:
    named = [whole.piece(found.start, found.end) for found in find_document_numbers(whole.folded)]
    if not named:
        return MISSING
    return Field(list(dict.fromkeys(piece.value for piece in named)), named[0].raw, named[0].span)


_PUBLISHED = re.compile(r"(?:发布|发表|公布)(?:日期|时间)\s*:?\s*")


def _published(passage: Passage) -> Field:
    """The day of publication: as labelled, else the date that stands alone in a line at the end."""
    found = _PUBLISHED.search(passage.folded)
    labelled = next(days(passage.piece(found.end(), found.end() + 16)), None) if found else None
    if labelled:
        return date_field(*labelled)
    lines = list(passage.lines())
    for above, line in zip([None, *lines[:-1]][::-1], lines[::-1], strict=True):
        day = next(days(line), None)
        is_value = (line.span and line.span.table is not None) or (above and part_named(above.folded))
        if day and len(line.folded) <= 14 and not re.search("[前底后]", line.folded) and not is_value:
            return date_field(*day)
    return MISSING
