"""Task slips (交办单): labels with their words behind or below them, one matter a slip.

Hides whether a slip came as lines or as a table of two columns.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from bihuan.intake.formats import petition_words as words
from bihuan.intake.formats.petition_titles import date_field, days
from bihuan.intake.formats.understood import MISSING, Choice, Doubt, Field, Record, Understanding
from bihuan.lib.paper.document import Document
from bihuan.lib.paper.passage import Passage, of_cell, of_document
from bihuan.lib.reading.deadlines import read_deadline
from bihuan.lib.reading.directory import Directory
from bihuan.lib.reading.document_numbers import find_document_numbers
from bihuan.lib.reading.units import read_units

_LABELS: Mapping[str, str] = {
    "year": "交办单年份|交办年份|年份",
    "number": "交办单编号|交办编号|交办单号|编号",
    "issued_on": "交办日期|交办时间|下发日期|签发日期|督办日期",
    "responsible": "责任单位|承办单位|主办单位|被交办单位|整改单位",
    "supporting": "配合单位|协办单位",
    "category": "交办类别|交办来源|问题来源|来源",
    "types": "主要类型|污染类型|问题类型|类型",
    "state": "当前状态|办理状态|状态|整改状态",
    "file": "交办单文件|文件|附件",
    "title": "交办单标题|标题|事由|交办事项|督办事项",
    "petition": "受理编号|信访编号|信访件编号|举报编号",
    "content": "交办内容|督办内容|交办问题|问题内容|主要内容|具体内容",
    "demand": "整改要求|办理要求|工作要求",
    "deadline": "整改时限|办理时限|完成时限|反馈时限|办结时限|整改期限",
    "materials": "整改资料|佐证材料|整改材料",
    "issued_by": "交办单位|签发单位|签发人",
}
_ROWS = 60  # a slip is a page or two
_NAMES = {label: name for name, labels in _LABELS.items() for label in labels.split("|")}
_LABELS_OR = "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
_LABEL = re.compile(
    rf"(?:^|(?<=[ \t]{{2}}))[ \t]*(?P<label>{_LABELS_OR})[ \t]*(?P<mark>:|\||$)",
    re.MULTILINE,
)
# A label that is none of a slip's ends the words before it all the same.
_OTHER = re.compile(r"\n[ \t]*(?:联系人|联系方式|联系电话|主送|抄送|报送|签收人?|经办人|审核人?|备注|附注)\s*:")
_TELLING = frozenset({"number", "issued_on", "content", "title", "responsible", "category", "state"})


def parts_of(document: Document) -> dict[str, Passage]:
    """The words of a slip by the field that their label names; fewer than four telling labels are no slip."""
    found = _of_lines(of_document(document)) if _is_text(document) else {}
    for table in document.tables():
        for row in table.grid()[:_ROWS]:
            cells = [of_cell(cell).strip() for cell in {id(cell): cell for cell in row if cell}.values()]
            for label, value in zip(cells[::2], cells[1::2], strict=False):
                name = _NAMES.get(re.sub(r"[\s:]+", "", label.folded))
                if name and value:
                    found.setdefault(name, value)
    return found if len(_TELLING & found.keys()) >= 4 else _of_letter(document)


# A slip written as a letter: its name, its number, whom it goes to, what is to be done, who signs, on which day.
_NAME = re.compile(r"[^。,;:]{0,40}(?:交办|转办|督办|提醒)\s*(?:单|函|通知单|通知书|通知)")
_TO = re.compile(r"(?P<to>[\u4e00-\u9fff、,，()]{3,60})\s*:")
_NUMBERED = re.compile(
    rf"(?:受理|信访|举报|交办)?编号\s*(?:分别)?[为:]?\s*(?P<n>{words.NUMBER}(?:[、,和]\s*{words.NUMBER})*)"
)
_DUE = re.compile(r"[于在]?(?P<due>20\d\d年\d{1,2}月\d{1,2}日)\s*(?:\d{1,2}[时点:]\d{0,2})?\s*(?:之前|以前|前)")
_DATED = re.compile(r"20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_LETTER_LINES = 60


def _is_text(document: Document) -> bool:
    return bool(document.text) or not any(True for _ in document.tables())


def _of_letter(document: Document) -> dict[str, Passage]:
    """The parts of a letter; without its name, addressee, words and day it is none."""
    lines = list(islice(of_document(document).lines(), _LETTER_LINES + 1)) if _is_text(document) else []
    name = next((at for at, line in enumerate(lines[:4]) if _NAME.fullmatch(re.sub(r"[ \t]", "", line.folded))), None)
    to = next((at for at, line in enumerate(lines[:8]) if _TO.fullmatch(line.folded.strip())), None)
    day = next(
        (at for at, line in enumerate(lines) if at > (to or 0) + 1 and _DATED.fullmatch(line.folded.strip())), None
    )
    if name is None or to is None or day is None or not name < to or len(lines) > _LETTER_LINES:
        return {}
    body = lines[to + 1].upto(lines[day - 2 if day - 2 > to else day - 1])
    body = body.piece(0, other.start() if (other := _OTHER.search(body.folded)) else len(body.text))
    number = next(((line, one) for line in lines[:to] for one in find_document_numbers(line.folded)), None)
    numbered, due = _NUMBERED.search(body.folded), _DUE.search(body.folded)
    found = {
        "title": lines[name],
        "responsible": lines[to].strip(" \t:："),
        "content": body,
        "issued_on": lines[day],
        "issued_by": lines[day - 1] if day - 2 > to else None,
        "number": number[0].piece(number[1].start, number[1].end) if number else None,
        "petition": body.found(numbered, "n") if numbered else None,
        "deadline": body.found(due, "due") if due else None,
    }
    return {label: piece for label, piece in found.items() if piece}


def _of_lines(passage: Passage) -> dict[str, Passage]:
    marks = list(_LABEL.finditer(passage.folded))
    ends = [*(mark.start() for mark in marks[1:]), len(passage.text)]
    found: dict[str, Passage] = {}
    for mark, end in zip(marks, ends, strict=bool(marks)):
        other = _OTHER.search(passage.folded, mark.end(), end)
        piece = passage.piece(mark.end(), other.start() if other else end)
        if piece:
            found.setdefault(_NAMES[mark["label"]], piece)
    head = passage.piece(0, marks[0].start() if marks else 0)
    number = next(find_document_numbers(head.folded), None)
    if number and len(_TELLING & found.keys()) > 2:
        found.setdefault("number", head.piece(number.start, number.end))
    return found


def understand_slip(document: Document, *, on: dt.date | None, directory: Directory | None) -> Understanding:
    """The slip as one record. `on` gives the year of a deadline that prints none."""
    parts = parts_of(document)
    issued = next(days(parts["issued_on"]), None) if "issued_on" in parts else None
    fields = _fields(parts, issued[0] if issued else on, directory)
    doubts = tuple(_doubts(parts, issued[0] if issued else on, directory))
    asked = () if parts else (Doubt("", "没有读出交办单，请检查是否选对了文件。", kind="nothing_read"),)
    records = (Record("slip", fields, doubts, "slip:1"),) if parts else ()
    return Understanding(document.name, "slip", records, asked, (), {"title": fields["title"]})


def _fields(parts: Mapping[str, Passage], on: dt.date | None, directory: Directory | None) -> dict[str, Field]:
    fields = {name: _plain(parts.get(name)) for name in _LABELS}
    fields["year"] = _year(parts)
    issued = next(days(parts["issued_on"]), None) if "issued_on" in parts else None
    fields["issued_on"] = date_field(*issued) if issued else fields["issued_on"]
    for name in ("responsible", "supporting"):
        fields[name] = _units(parts.get(name), directory)
    fields["types"] = _types(parts.get("types"))
    fields["deadline"] = _deadline(parts.get("deadline"), on)
    fields["document_numbers"] = _document_numbers(parts)
    return fields


def _plain(piece: Passage | None) -> Field:
    return Field(piece.value, piece.raw, piece.span) if piece else MISSING


def _figure(piece: Passage | None) -> Field:
    found = re.match(r"\d{4}", piece.folded) if piece else None
    return Field(int(found[0]), piece.raw, piece.span) if piece and found else _plain(piece)


def _year(parts: Mapping[str, Passage]) -> Field:
    """The year as labelled, else the one in the slip's document number."""
    number = parts.get("number")
    named = next(find_document_numbers(number.folded), None) if number else None
    if "year" not in parts and number and named:
        return Field(named.year, number.raw, number.span, "文号中的年份")
    return _figure(parts.get("year"))


def _units(piece: Passage | None, directory: Directory | None) -> Field:
    if not piece:
        return MISSING
    read = read_units(piece.text, directory or Directory(""))
    if directory is None:
        return Field(list(dict.fromkeys(unit.raw for unit in read.units)), piece.raw, piece.span)
    rules = sorted({unit.derived for unit in read.units if unit.derived})
    return Field([unit.name for unit in read.units], piece.raw, piece.span, "、".join(rules) or None)


def _types(piece: Passage | None) -> Field:
    if not piece:
        return MISSING
    named = words.pollution_types(piece.folded)
    merged = [f"{name}→{known}" for name, known in named if known and known != name]
    rule = f"污染类型归并({'、'.join(merged)})" if merged else None
    return Field([known or name for name, known in named], piece.raw, piece.span, rule)


def _deadline(piece: Passage | None, on: dt.date | None) -> Field:
    due = read_deadline(piece.folded, on).due_on if piece else None
    if not piece or not due:
        return _plain(piece)
    return Field(due.isoformat(), piece.raw, piece.span, "时限换算为日期")


def _document_numbers(parts: Mapping[str, Passage]) -> Field:
    named = [
        piece.piece(found.start, found.end) for piece in parts.values() for found in find_document_numbers(piece.folded)
    ]
    if not named:
        return MISSING
    return Field(list(dict.fromkeys(piece.value for piece in named)), named[0].raw, named[0].span)


def _doubts(parts: Mapping[str, Passage], on: dt.date | None, directory: Directory | None) -> Iterator[Doubt]:
    for name, known in words.pollution_types(parts["types"].folded) if "types" in parts else ():
        if known is None:
            question = f"污染类型“{name}”不在常用类型里，应归到哪一类？"
            yield Doubt("types", question, kind="type_unknown", span=parts["types"].span)
    piece = parts.get("deadline")
    question_ = read_deadline(piece.folded, on).question if piece else None
    if piece and question_:
        choices = tuple(Choice(choice, choice) for choice in question_.choices)
        yield Doubt("deadline", question_.text, choices, question_.kind, piece.span)
    units = parts.get("responsible")
    for doubt in read_units(units.text, directory).doubts if units and directory else ():
        choices = tuple(Choice(choice, choice) for choice in doubt.question.choices)
        yield Doubt("responsible", doubt.question.text, choices, doubt.question.kind, units.span if units else None)
