"""From the words of one row to the fields of a petition.

Hides the rules by which a value is worked out; each value that the words do not hold as they stand names its rule.
"""

import datetime as dt
import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from bihuan.intake.formats import petition_words as words
from bihuan.intake.formats.petition_alignment import Row
from bihuan.intake.formats.petition_titles import Title, batch_of
from bihuan.intake.formats.understood import MISSING, Field, Value
from bihuan.lib.chinese import number
from bihuan.lib.paper.passage import Passage
from bihuan.lib.reading.deadlines import Deadline, Found, find_deadlines, read_deadline
from bihuan.lib.reading.document_numbers import find_document_numbers
from bihuan.lib.reading.petition_numbers import PetitionNumber, read_petition_number, unbroken
from bihuan.lib.reading.regions import places

_VERDICT = re.compile(
    r"(?:(?:举报|反映|信访|投诉|交办|情况|问题|内容)[^。;\n]{0,14}?|^\s*|经[^,。;]{0,4}[查核实],?\s*)"
    r"(?P<truth>不属实|部分属实|基本属实|属实)(?!的?情况)"
)
_CONCLUDED = re.compile(r"(?<=[,;。])\s*(?P<truth>不属实|部分属实|基本属实|属实)(?=[。;]?\s*$)")
_NUMERAL = "[一二三四五六七八九十]{1,2}"
_ITEMS = tuple(
    re.compile(rf"(?:^|(?<=[\n\s。;:!?)])){mark}")
    for mark in (
        r"(?P<n>\d{1,2})(?:、|\.(?!\d)|\.(?=20\d\d年))",
        r"(?P<n>[①-⑳])[、.]?",
        rf"\((?P<n>\d{{1,2}}|{_NUMERAL})\)[、.]?",
        rf"(?P<n>{_NUMERAL})(?:、|是(?!否))",
        rf"(?:反映的?)?(?:第(?P<nth>{_NUMERAL})个问题|问题(?P<n>{_NUMERAL}|\d{{1,2}}))[、.:,]",
    )
)
_CLOSED = re.compile(r"(?<!未)(?<!待)(?P<closing>阶段性办结|已办结|(?:正在办理|未办结)(?=[。;]?\s*$))")
_REPEATED = re.compile(r"重复|同一(?:问题|事项|信访件)|(?<![\u4e00-\u9fff])同(?=\s?[DX]\d)|见(?=[^。;]{0,8}[DX]\d)")
_CLAUSE_END = re.compile(r"[。;()\n]")
_OTHER = re.compile(
    rf"(?P<n>{words.NUMBER}|[A-Z]{{2,4}}\d[\d\s]{{8,16}}\d)|第\s*[\d一二三四五六七八九十]+\s*批\s*(?:第\s*)?\d+\s*号?|(?<=[与同和及])\s*\d{{2,6}}(?=号|案件|重复|件)"
)
_SINCE = re.compile(r"(?:截至|截止|截止到|自|从|已于|曾于)\s*$")


def fields(row: Row, title: Title) -> dict[str, Field]:
    """All fields of one petition, `None` where the row does not say it."""
    printed = row.get("number")
    read = read_petition_number(printed.text) if printed else None
    on = day_of(row, title)
    return {
        **_numbers(printed, read, row.get("key_case")),
        "batch": _batch(row.get("batch"), title),
        "batch_date": title.batch_date,
        "row": _serial(row.get("row")),
        "intake": _intake(row.get("intake"), printed, read),
        "received": _received(row.get("received"), on),
        "region": _region(row),
        "content": _plain(row.get("content")),
        **_types(row.get("types")),
        "findings": _plain(row.get("findings")),
        "truth": truth(row),
        "sub_items": _sub_items(row),
        "handling": _plain(row.get("handling")),
        "goal": _plain(row.get("goal")),
        "closing": _closing(row),
        "accountability": _plain(row.get("accountability")),
        "duplicates": _duplicates(row),
        "deadline": deadline(row, on),
        "penalties": _penalties(row),
        "document_numbers": _document_numbers(row),
        "unit": _plain(row.get("unit")),
        "remark": _plain(row.get("remark")),
    }


def day_of(row: Row, title: Title) -> dt.date | None:
    """The day to read the petition's dates by: the one in its number, else that of the batch or the reader."""
    printed = row.get("number")
    return (read_petition_number(printed.text).on if printed else None) or title.on


def _field(piece: Passage, value: Value, derived: str | None = None) -> Field:
    return Field(value, piece.raw, piece.span, derived)


def _present(row: Row, *names: str) -> Iterator[Passage]:
    return (row[name] for name in names if name in row)


def _plain(piece: Passage | None) -> Field:
    span = piece.span if piece else None
    is_in_cells = span is not None and span.table is not None and bool(span.also)
    return _field(piece, piece.value, "分写在几格，已接上" if is_in_cells else None) if piece else MISSING


def _numbers(piece: Passage | None, read: PetitionNumber | None, key: Passage | None) -> dict[str, Field]:
    if not piece or not read:
        return {"number": MISSING, "number_key": MISSING, "key_case": MISSING}
    printed = unbroken(piece.folded)
    is_listed = printed.count("、") > piece.folded.count("、")
    return {
        "number": _field(piece, printed, "分行写的编号以顿号隔开" if is_listed else None),
        "number_key": _field(piece, read.number_key, None if read.number_key == printed else "编号去掉空格和标记"),
        "key_case": _key_case(piece, read, key),
    }


def _key_case(piece: Passage, read: PetitionNumber, column: Passage | None) -> Field:
    said = words.truth(column.folded) if column else None
    if column and (said or re.search(r"[*★√]|重点", column.folded)):
        return _field(column, said != "不属实", "重点件一栏")
    return _field(piece, read.key_case, "编号标有“*”" if read.key_case else "编号没有标“*”")


def _batch(column: Passage | None, title: Title) -> Field:
    """The batch of the row itself, else that of the title."""
    if not column:
        return title.batch
    named = batch_of(column)
    if named.value is None and (count := number(column.folded)):
        return _field(column, f"第{count}批", "批次写作“第×批”")
    return named if named.value else _plain(column)


def _serial(piece: Passage | None) -> Field:
    if not piece or not re.fullmatch(r"\d{1,6}", piece.folded):
        return MISSING
    return _field(piece, int(piece.folded))


def _intake(column: Passage | None, printed: Passage | None, read: PetitionNumber | None) -> Field:
    if column:
        known = words.intake(column.folded)
        same = known == column.value
        return _field(column, known or column.value, None if same or not known else "受理方式归并")
    if printed and read and read.intake:
        return _field(printed, "来电" if read.intake == "D" else "来信", f"编号中的“{read.intake}”")
    return MISSING


_OPENING_PLACE = re.compile(
    r"^(?:投诉人|举报人)?(?:反映)?:?\s*(?:1[、.]\s*)?(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,4}市)?(?P<place>[\u4e00-\u9fff]{1,4}?(?:县|新区|区|市|旗))(?!委|政)"
)


# 和 divides places, and opens the names of some.
_PLACES = re.compile(r"[、,;/\s]+|(?<=[市县区旗盟州镇乡])[和及与](?!平|静|田|顺|政|布|龙|县|林|硕)")
_WHOLE = re.compile(r"(?:[市县区旗盟州镇乡园]|街道|新城)$")


def places_of(column: Passage) -> list[str]:
    """The places that a cell names, each on a line of its own or divided by marks; a name that a line breaks is one."""
    lines: list[str] = []
    for line in column.lines():
        lies_in = bool(lines) and _lies_in(line.value, lines[-1])
        lines.append(lines.pop() + line.value if lies_in else line.value)
    text = "、".join(lines) if all(_WHOLE.search(line) for line in lines) else column.value
    return [name for name in _PLACES.split(text) if name]


def _lies_in(name: str, outer: str) -> bool:
    """Whether a county stands below its city: 吴忠市 / 利通区."""
    around = {region.code for region in places().named(outer)}
    return any(
        places().is_within(region.code, code) and region.code != code
        for region in places().named(name)
        for code in around
    )


def _region(row: Row) -> Field:
    column = row.get("region")
    if column:
        named = places_of(column)
        return _field(column, column.value if len(named) < 2 else named)
    content = row.get("content")
    found = _OPENING_PLACE.match(content.folded) if content else None
    if not content or not found:
        return MISSING
    piece = content.found(found, "place")
    return _field(piece, piece.value, "反映内容开头的地名")


def _received(piece: Passage | None, on: dt.date | None) -> Field:
    """The day it came in, as ISO text; the words themselves where they name no day."""
    due = read_deadline(piece.folded, on).dates[:1] if piece else ()
    day = due[0].on if due else None
    if not piece or not day:
        return _plain(piece)
    return _field(piece, day.isoformat(), None if day.isoformat() == piece.folded else "日期写作年-月-日")


def _types(piece: Passage | None) -> dict[str, Field]:
    if not piece:
        return {"types": MISSING, "main_type": MISSING}
    named = words.pollution_types(piece.folded)
    kinds = list(dict.fromkeys(known or name for name, known in named))
    merged = [f"{name}→{known}" for name, known in named if known and known != name]
    rule = f"污染类型归并({'、'.join(merged)})" if merged else None
    first = rule if len(kinds) == 1 else "列有几类的取第一类"
    return {"types": _field(piece, kinds, rule), "main_type": _field(piece, kinds[0], first) if kinds else MISSING}


def truth(row: Row) -> Field:
    """Whether the complaint was true: as the column says, else as the findings conclude."""
    column = row.get("truth")
    if not column:
        return _concluded(row.get("findings") or row.get("handling"))
    known = words.truth(column.folded)
    if known:
        same = known == re.sub(r"\s+", "", column.folded)
        return _field(column, known, None if same else f"“{column.value}”即{known}")
    several = words.verdicts(column.folded)
    if several:
        return _field(column, *_together(several))
    return _field(column, column.value) if re.search(r"[^\s/\\—–\-、无]", column.folded) else MISSING


def _together(verdicts: Sequence[str]) -> tuple[str, str]:
    """The verdict on the whole that several make, and the rule."""
    if len(set(verdicts)) == 1:
        return verdicts[0], "各项结论相同"
    return "部分属实", "各项结论不一"


def _concluded(findings: Passage | None) -> Field:
    """The verdict that the findings state, on each part where they go part by part."""
    found = list(_VERDICT.finditer(findings.folded)) if findings else []
    if not findings or not found:
        return MISSING
    first, verdicts = found[0], [verdict["truth"] for verdict in found]
    opening = min((part.start for part in items(findings).values()), default=findings.end)
    if findings.start + first.start() >= opening and len(set(verdicts)) > 1:
        piece = findings.piece(first.start("truth"), found[-1].end("truth"))
        return _field(piece, *_together(verdicts))
    return _field(findings.found(first, "truth"), first["truth"], "调查核实情况中的结论")


def _closing(row: Row) -> Field:
    column = row.get("closing")
    if column:
        known = words.closing(column.folded)
        same = known is None or known == re.sub(r"\s+", "", column.folded)
        return _field(column, known or column.value, None if same else f"“{column.value}”即{known}")
    for name in ("handling", "findings"):
        piece = row.get(name)
        found = _CLOSED.search(piece.folded) if piece else None
        if piece and found:
            return _field(piece.found(found), words.closing(found["closing"]), "处理情况中写明")
    return MISSING


def items(piece: Passage | None) -> dict[int, Passage]:
    """The numbered parts (1. ① (1) 一、) of a text; empty unless they count up from one to at least two."""
    listed = [counted for pattern in _ITEMS if piece and len(counted := _counted(pattern, piece)) > 1]
    if not piece or not listed:
        return {}
    counted = min(listed, key=lambda marks: marks[0].start())
    ends = [*(mark.start() for mark in counted[1:]), len(piece.folded)]
    return {
        place: piece.piece(mark.end(), end)
        for place, (mark, end) in enumerate(zip(counted, ends, strict=True), start=1)
    }


def _counted(pattern: re.Pattern[str], piece: Passage) -> list[re.Match[str]]:
    """The marks that count up from one."""
    counted: list[re.Match[str]] = []
    for mark in pattern.finditer(piece.folded):
        if number(next(filter(None, mark.groupdict().values()))) == len(counted) + 1:
            counted.append(mark)
    return counted


def _verdict(finding: Passage) -> re.Match[str] | None:
    return _VERDICT.search(finding.folded) or _CONCLUDED.search(finding.folded)


def _sub_items(row: Row) -> Field:
    content, findings = row.get("content"), row.get("findings")
    parts, found = items(content), items(findings)
    if not content or not parts:
        return _of_findings(findings, found)
    column = words.verdicts(row["truth"].folded) if "truth" in row else []
    listed: list[Mapping[str, object]] = []
    for place, part in parts.items():
        finding = found.get(place) if found.keys() == parts.keys() else None
        verdict = _verdict(finding) if finding else None
        said = column[place - 1] if len(column) == len(parts) else None
        listed.append(
            {
                "number": place,
                "text": part.value,
                "finding": finding.value if finding else None,
                "truth": said or (verdict["truth"] if verdict else None),
            }
        )
    return _field(content, listed, "按编号逐项拆分")


_ABOUT = re.compile(
    r"\s*(?:关于|针对|就|对于?)?(?:群众|来电|来信|信访件?|举报件?|投诉)?(?:反映|举报|投诉)?(?:的|中)?\s*"
    r"(?:[\"“](?P<quoted>[^\"“”\n]{2,80})[\"”]|(?<=[于映报对的])(?!的)(?P<bare>[^,，。;:\"“”\n]{2,40}?)(?=的?问题))"
)


def _of_findings(findings: Passage | None, found: Mapping[int, Passage]) -> Field:
    """The parts of a complaint that only the findings number, each naming what it answers and how it was found."""
    listed: list[Mapping[str, object]] = []
    for place, part in found.items():
        about, verdict = _ABOUT.match(part.folded), _verdict(part)
        if not about or not verdict:
            return MISSING
        said = part.found(about, "quoted" if about["quoted"] else "bare").value
        listed.append({"number": place, "text": said, "finding": part.value, "truth": verdict["truth"]})
    return _field(findings, listed, "按调查核实情况的编号逐项拆分") if findings and listed else MISSING


def _clauses_of_repeats(piece: Passage) -> Iterator[Passage]:
    """The clauses that say something came before, each once."""
    ends = [-1, *(match.start() for match in _CLAUSE_END.finditer(piece.folded)), len(piece.folded)]
    told = {bisect(ends, match.start()) for match in _REPEATED.finditer(piece.folded)}
    for place in sorted(told):
        yield piece.piece(ends[place - 1] + 1, ends[place])


def _duplicates(row: Row) -> Field:
    own = re.sub(r"\s+", "", row["number"].folded) if "number" in row else ""
    others: dict[str, Passage] = {}
    for piece in _present(row, "content", "findings", "remark", "duplicates"):
        for clause in _clauses_of_repeats(piece):
            for other in _OTHER.finditer(clause.folded):
                name = re.sub(r"\s+", "", other[0]).strip("*★")
                others.setdefault(name, clause.found(other))
    others.pop(own, None)
    return _field(next(iter(others.values())), list(others)) if others else MISSING


@lru_cache(maxsize=2)
def _deadlines_in(text: str, on: dt.date | None) -> tuple[Found, ...]:
    """The deadlines of one text, which is asked for its field and again for its doubts."""
    return tuple(find_deadlines(text, on))


def limits(row: Row, on: dt.date | None) -> Iterator[tuple[Passage, Deadline]]:
    """The limits that a petition sets: its column, else every day in the handling that the words make a limit."""
    column = row.get("deadline")
    if column:
        is_over = words.closing(column.folded) == "已办结" or not re.search(r"[^\s/\\—–\-无]", column.folded)
        yield from () if is_over else ((column, read_deadline(column.folded, on)),)
        return
    handling = row.get("handling")
    for found in _deadlines_in(handling.folded, on) if handling else ():
        if handling and found.marked and not _is_past(handling.folded, found):
            yield handling.piece(found.start, found.end), found.deadline


def _is_past(text: str, found: Found) -> bool:
    """Whether the words tell what was, not what is to be: 截至6月24日, 已于5月底前完成."""
    return bool(_SINCE.search(text[: found.start])) or text[found.start :].startswith(("截至", "截止", "截止到"))


def deadline(row: Row, on: dt.date | None) -> Field:
    """The day or days set, as ISO dates; the words themselves where they set no day."""
    settled = [(piece, limit) for piece, limit in limits(row, on) if not limit.question]
    if not settled:
        return MISSING
    dated = [(piece, limit.due_on.isoformat()) for piece, limit in settled if limit.due_on]
    if not dated:
        piece = settled[0][0]
        return _field(piece, piece.value)
    dates = list(dict.fromkeys(day for _, day in dated))
    return _field(dated[0][0], dates[0] if len(dates) == 1 else dates, "时限换算为日期")


def _penalties(row: Row) -> Field:
    handling = row.get("handling") or row.get("findings")
    found = words.penalties(handling.folded) if handling else []
    if not handling or not found:
        return MISSING
    figures: dict[str, int | float] = {}
    for name, figure, _ in found:
        figures[name] = figures.get(name, 0) + figure
    piece = handling.piece(found[0][2].start(), found[-1][2].end())
    return _field(piece, figures, "处罚数字归并")


def _document_numbers(row: Row) -> Field:
    named = [
        piece.piece(found.start, found.end)
        for piece in _present(row, "content", "findings", "handling", "remark")
        for found in find_document_numbers(piece.folded)
    ]
    return _field(named[0], list(dict.fromkeys(piece.value for piece in named))) if named else MISSING
