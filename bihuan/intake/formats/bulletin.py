"""Bulletins of batches: what was handed over and what came of it, every figure a field.

Hides how a bulletin is told. Figures of this batch bear plain names, those since the beginning begin with
`cumulative_`; a figure of one place, type or way of intake is `by_region.NAME`, and so on.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from bihuan.intake.formats import bulletin_doubts, petition_titles
from bihuan.intake.formats import petition_words as words
from bihuan.intake.formats.bulletin_counts import Count, counts
from bihuan.intake.formats.bulletin_said import said_in
from bihuan.intake.formats.bulletin_sums import reconciled
from bihuan.intake.formats.bulletin_whose import settled
from bihuan.intake.formats.bulletin_words import COUNTS
from bihuan.intake.formats.understood import MISSING, Doubt, Field, Record, Understanding
from bihuan.lib.chinese import number
from bihuan.lib.paper.document import Document
from bihuan.lib.paper.passage import Passage, of_document
from bihuan.lib.reading.directory import Directory
from bihuan.lib.reading.regions import PROVINCES

_SECTION = re.compile(r"^#{1,6}\s+.*$", re.MULTILINE)
_BEGUN = re.compile(r"^\s*第(?P<n>\d+|[一二三四五六七八九十百]+)批(?=[^\n]{0,20}\d)(?![、至到\-])", re.MULTILINE)
_ISSUE = re.compile(r"第\s*(?P<n>\d+|[一二三四五六七八九十百]+)\s*期")
_DAY = re.compile(
    r"(?<!日[至到—~-])(?:(?P<y>20\d\d)\s*[年\-./]\s*)?(?<!\d)(?P<m>\d{1,2})\s*[月\-./]\s*(?P<d>\d{1,2})\s*(?:日|(?<=-\d\d)(?!\d))(?!\s*[至到—~-])"
)
_AS_OF = re.compile(r"截(?:至|止到?)\s*(?=(?:20\d\d年)?\d{1,2}月)")
_TEAM = re.compile(
    rf"(?:中央|{PROVINCES}|省委|省|自治区)?第[一二三四五六七八九十\d]+(?:生态)?(?:环境保护|环保)督察组"
    rf"|(?:中央|{PROVINCES}|省委|省|自治区)(?:生态)?(?:环境保护|环保)?督察组"
)
_THINGS = re.compile(r"(?<!\d)(?P<n>\d{1,9})\s*[个件项](?:突出|重点)*(?:生态|环境)*(?:信访)?(?:问题|任务)")
_MAPPED = {
    "type_share": "share_by_type",
    "region": "by_region",
    "type": "by_type",
    "intake": "by_intake",
    "discipline": "discipline",
    "rank": "rank",
}
_PENALTIES = frozenset(COUNTS) - {"filed_cases"}  # 立案 alone does not say what came of it


def sections(passage: Passage) -> list[Passage]:
    """The bulletins of one paper: one for each heading that begins with #, or each line that begins to tell what came
    of another batch than the one before it; else the whole.
    """
    marks = [match.start() for match in _SECTION.finditer(passage.folded)]
    ends = [*marks[1:], len(passage.text)]
    if not marks:
        marks = [0, *_other_batches(passage)]
        ends = [*marks[1:], len(passage.text)]
    parts = [passage.piece(start, stop) for start, stop in zip(marks, ends, strict=True)]
    told = [part for part in parts if any(True for _ in counts(part))]
    return told if len(told) > 1 else [passage.strip()]


def _other_batches(passage: Passage) -> Iterator[int]:
    """Where a line begins to tell of another batch: 第十五批信访件已办结63件, below that of the twenty-fourth."""
    first = petition_titles.batch_of(passage).value
    for line in _BEGUN.finditer(passage.folded):
        own = f"第{number(line['n'])}批"
        if first and own != first:
            first = own
            yield line.start()


def understand_bulletin(document: Document, *, on: dt.date | None, directory: Directory | None) -> Understanding:
    """One record for each bulletin in the paper, and each printed sum against its parts.

    `on` gives the year where the paper prints none; `directory` is not needed here.
    """
    del directory
    whole = of_document(document)
    records: list[Record] = []
    told: list[Sequence[Count]] = []
    parts = sections(whole)
    for place, section in enumerate(parts, start=1):
        found = settled(list(counts(section)))
        told.append(found)
        records.append(_record(place, section, found, on))
    heading = (
        {name: records[0].fields[name] for name in ("title", "batch", "date", "inspection")}
        if len(records) == 1
        else {}
    )
    asked = () if any(told) else (Doubt("", "没有读出通报数字，请检查是否选对了文件。", kind="nothing_read"),)
    sums = reconciled(records, told, [said_in(section) for section in parts])
    return Understanding(document.name, "bulletin", tuple(records), asked, tuple(sums), heading)


def _record(place: int, section: Passage, found: Sequence[Count], on: dt.date | None) -> Record:
    fields = {**_heading(section, on), **_totals(section, found)}
    for is_cumulative, prefix in ((False, ""), (True, "cumulative_")):
        fields.update(_figures([count for count in found if count.is_cumulative == is_cumulative], prefix))
    asked = (*_doubts(fields, found), *bulletin_doubts.doubts(section, fields, found))
    return Record("bulletin", fields, asked, f"bulletin:{place}")


def _heading(section: Passage, on: dt.date | None) -> dict[str, Field]:
    title = section.piece(0, (section.folded + "\n").index("\n"))
    plain = title.piece(len(title.folded) - len(title.folded.lstrip("# ")), len(title.folded))
    issue = _ISSUE.search(section.folded)
    team = _TEAM.search(section.folded)
    day = _dated(section, on)
    as_of = _AS_OF.search(section.folded)
    until = _DAY.match(section.folded, as_of.end()) if as_of else None
    year = int(str(day.value)[:4]) if day.value and str(day.value)[0] != "-" else None
    return {
        "title": Field(plain.value, plain.raw, plain.span)
        if len(plain.folded) <= 60 and "。" not in plain.folded
        else MISSING,
        "batch": petition_titles.batch_of(section),
        "date": day,
        "as_of": _day_field(section, until, year) if until else MISSING,
        "issue": _issue(section, issue) if issue else MISSING,
        "inspection": _plain(section.found(team)) if team else MISSING,
    }


def _plain(piece: Passage) -> Field:
    return Field(piece.value, piece.raw, piece.span)


def _issue(section: Passage, found: re.Match[str]) -> Field:
    piece = section.found(found)
    label = f"第{number(found['n'])}期"
    return Field(label, piece.raw, piece.span, None if label == piece.folded else "期号写作“第×期”")


def _dated(section: Passage, on: dt.date | None) -> Field:
    """The day of the bulletin: a full date at its head or foot, else month and day with the year of the context."""
    full = next(petition_titles.days(section), None)
    if full:
        return petition_titles.date_field(*full)
    found = _DAY.search(section.folded)
    return _day_field(section, found, on.year if on else None) if found else MISSING


def _day_field(section: Passage, found: re.Match[str], year: int | None) -> Field:
    piece = section.found(found)
    known = int(found["y"]) if found["y"] else year
    try:
        day = dt.date(known or 2000, int(found["m"]), int(found["d"]))
    except ValueError:
        return MISSING
    if known is None:
        return Field(f"--{day:%m-%d}", piece.raw, piece.span, "原文没有写年份")
    rule = "日期写作年-月-日" if found["y"] else "年份取自标题或上下文"
    return Field(day.isoformat(), piece.raw, piece.span, rule)


def _totals(section: Passage, found: Sequence[Count]) -> dict[str, Field]:
    """The total of a bulletin that counts problems before naming them ("62个问题")."""
    things = None if any(count.group == "total" for count in found) else _THINGS.search(section.folded)
    if not things:
        return {}
    piece = section.found(things)
    return {"received_total": Field(int(things["n"]), piece.raw, piece.span)}


def _figures(found: Sequence[Count], prefix: str) -> Iterator[tuple[str, Field]]:
    mapped: dict[str, list[Count]] = {}
    penalties: list[Count] = []
    seen: set[str] = set()
    for count in found:
        name = _name(count)
        if "." in name:
            mapped.setdefault(name.split(".")[0], []).append(count)
        elif count.group in _PENALTIES:
            penalties.append(count)
        if name not in seen:
            seen.add(name)
            yield prefix + name, _figure(count)
    for name, listed in mapped.items():
        yield prefix + name, _mapping(listed, {})
    if penalties:
        yield prefix + "penalties", _mapping(penalties, {count.group: count.figure for count in reversed(penalties)})


def _name(count: Count) -> str:
    if count.heading:
        return f"by_region.{count.heading}.{count.group}"
    if count.group not in _MAPPED:
        return "received_total" if count.group == "total" else count.group
    within = f"{count.within}_" if count.group == "region" and count.within not in {"", "total", "region"} else ""
    return f"{within}{_MAPPED[count.group]}.{label(count)}"


def label(count: Count) -> str:
    """What a part of a sum is called: a type by the office's word, everything else as printed."""
    if count.group == "rank":
        return count.name.removeprefix("问责")
    if count.group == "type_share":
        return words.pollution_type(re.sub(r"占比?$", "", count.name)) or count.name
    if count.group == "type":
        return words.pollution_type(count.name) or count.name
    if count.group == "intake":
        return words.intake(count.name) or count.name
    return count.name


def _figure(count: Count) -> Field:
    rule = None
    if count.unit == "元":
        rule = next((f"{unit}换算为元" for unit in ("万元", "亿元") if unit in count.piece.folded), None)
    elif str(count.figure) not in count.piece.folded:
        rule = "数字去掉多余的零"
    return Field(count.figure, count.piece.raw, count.piece.span, rule)


def _mapping(listed: Sequence[Count], values: Mapping[str, int | float]) -> Field:
    whole = listed[0].piece.upto(listed[-1].piece)
    if values:
        return Field(dict(values), whole.raw, whole.span, "逐项归并")
    nested: dict[str, object] = {}
    for count in listed:
        if count.heading:
            place = nested.setdefault(count.heading, {})
            if isinstance(place, dict):
                place.setdefault(count.group, count.figure)
        else:
            nested.setdefault(label(count), count.figure)
    return Field(nested, whole.raw, whole.span, "逐项归并")


def _doubts(fields: Mapping[str, Field], found: Sequence[Count]) -> Iterator[Doubt]:
    date = fields["date"]
    if isinstance(date.value, str) and date.value.startswith("--"):
        yield Doubt("date", f"“{date.raw}”没有写年份，是哪一年？", kind="year_missing", span=date.span)
    said: dict[tuple[bool, str], list[Count]] = {}
    for count in found:
        if not count.heading and not count.within and count.group in {"total", "closed", "open", "staged"}:
            said.setdefault((count.is_cumulative, _name(count)), []).append(count)
    for first, *others in said.values():
        unlike = [one for one in others if one.figure != first.figure and one.unit == first.unit]
        if sum(one.figure for one in unlike) == first.figure and len(unlike) > 1:
            continue  # those of the places, each behind its own
        for one in unlike:
            question = f"“{first.piece.value}”与“{one.piece.value}”前后不一，以哪个为准？"
            yield Doubt(_name(one), question, kind="figure_twice", span=one.piece.span)
