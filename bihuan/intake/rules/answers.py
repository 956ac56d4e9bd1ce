"""What the answers to doubts say: a day, or the words of a deadline without one; which fields they set.

Hides how an answer in somebody's own words is read.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bihuan.intake.formats.petition_repeats import NUMBER_TWICE
from bihuan.intake.rules.records import Row
from bihuan.intake.rules.repeats import number_said
from bihuan.intake.rules.taking import BEARER_MISSING, DAYS, STANDING_CLOSING, STANDING_UNKNOWN, days_of
from bihuan.lib.flow import Refused
from bihuan.lib.reading.deadlines import WITHOUT_DAY, read_deadline
from bihuan.lib.reading.directory import Directory
from bihuan.lib.reading.regions import places
from bihuan.lib.reading.units import read_units

UNIT_UNKNOWN, LEAD_MISSING = "unit_unknown", "lead_missing"
NAMING = (UNIT_UNKNOWN, LEAD_MISSING, BEARER_MISSING)  # answered by a unit
REGION_UNKNOWN = "region_unknown"
NUMBER_FORM = "number_form"  # answered by the number as it should be written, or by a word
# Answered by a day. What each of several years brings (`deadline_shares`) is told in words.
DATING = frozenset(
    {
        "deadline_ambiguous",
        "deadline_impossible",
        "deadline_missing",
        "deadline_open",
        "deadline_relative",
        "deadline_rivals",
        "deadline_unknown",
        "deadline_year_missing",
        "measure_after_problem",
    }
)
# The doubts whose answer is a field's value; the others are answered by a word that is kept with the question.
SETTLING = frozenset(
    {
        *NAMING,
        "content_missing",
        "number_missing",
        "number_several",
        REGION_UNKNOWN,
        "truth_unknown",
        "truth_findings",
        "truth_sub_items",
        "type_unknown",
        "intake_unknown",
        "closing_unknown",
        STANDING_UNKNOWN,
        STANDING_CLOSING,
    }
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_QUOTED = re.compile("“([^”]+)”")
Asked = Mapping[str, Any]


def sets_a_field(kind: str) -> bool:
    """Whether the answer to such a doubt changes what is written; any other is kept with the question alone."""
    return kind in DATING | DAYS | SETTLING or kind in (NUMBER_FORM, NUMBER_TWICE)


def asked_name(question: str) -> str:
    """The name that a question about an unknown unit, or kind, asks about: the one in quotation marks."""
    found = _QUOTED.search(question)
    return found[1] if found else ""


def day_or_words(said: str, asked: str = "") -> str:
    """The ISO day that an answer names, or the words of a deadline that has none. Refuses what says neither.

    A year alone completes the words that were `asked` about: 3月底前 and 2026 are the last of March.
    """
    read = read_deadline(asked or "年底前", date(int(said), 1, 1)) if _YEAR.fullmatch(said) else read_deadline(said)
    if read.due_on:
        return read.due_on.isoformat()
    if read.kind in WITHOUT_DAY and not read.question and not _YEAR.fullmatch(said):
        return said
    raise Refused(f"“{said}”看不出是哪一天，请写成 2026-12-31 的样子；没有日期的，写“立行立改”或“长期坚持”。")


def unit_called(said: str, names: Mapping[str, int], directory: Directory) -> str:
    """The unit that an answer names, read as papers are. Refuses one that is not listed and names those like it."""
    if said in names:
        return said
    match = directory.find(said)
    read = read_units(said, directory)
    name = match.name if match else read.units[0].name if len(read.units) == 1 and not read.doubts else ""
    if name not in names:
        near = "、".join(one for one in directory.nearest(said) if one in names)
        raise Refused(f"单位表里没有“{said}”，{f'相近的有：{near}' if near else '请先在系统里添加'}。")
    return name


def region_called(said: str, names: Mapping[str, int], city: str) -> str:
    """The place that an answer names, if the city calls one so. Refuses any other: nobody could hand it over to it."""
    if said in names:
        return said
    counties = "、".join(region.name for region in places().counties(city, zones=True))
    raise Refused(f"“{said}”不是本市的县(市、区)，请写明是哪一个：{counties}。")


def answers_of(doubts: Iterable[Asked], understood: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    """The values that answered doubts set: {(record key, field): value}.

    A unit that was named takes the place of the name that was not recognised; every other answer is the field's value.
    """
    records = {str(record.get("key") or ""): Row(record) for record in understood["records"]}
    answers: dict[tuple[str, str], Any] = {}
    for doubt in doubts:
        key, field, kind = doubt["record_key"], doubt["field"], doubt["kind"]
        if not field or doubt["answer"] is None:
            continue
        value, row = doubt["answer"].get("value"), records.get(key, Row({"type": "", "fields": {}}))
        if kind in DAYS:
            answers |= days_of(key, field, value)
        elif kind in DATING:
            answers |= _deadline(row, key, str(value))
        elif kind in (NUMBER_FORM, NUMBER_TWICE):
            answers |= _number(key, str(value), is_known=kind == NUMBER_TWICE)
        elif kind in (UNIT_UNKNOWN, "type_unknown"):
            listed = answers.get((key, field), row.many(field))
            answers[key, field] = _put(value, asked_name(doubt.get("question") or ""), listed)
        elif kind in SETTLING:
            answers[key, field] = value
    return answers


def _deadline(row: Row, key: str, value: str) -> dict[tuple[str, str], Any]:
    try:
        said = day_or_words(value, row.raw("deadline"))
    except Refused:  # an answer of the days when any words were taken
        return {}
    read = read_deadline(said)
    day = read.due_on.isoformat() if read.due_on else None
    due = "first_due_on" if row.says("first_due_on") else "due_on"  # what was put off since stays the one in force
    fields: dict[str, Any] = {due: day} if day else {due: None, "deadline": said}
    if row.type == "problem" and not (day and row.value("nature")):
        fields["nature"] = read.nature or None
    return {(key, name): one for name, one in fields.items()}


def _number(key: str, value: str, *, is_known: bool) -> dict[tuple[str, str], Any]:
    """The number that an answer writes as it should be; an answer that is none is kept with the question only.

    Where it `is_known` what a number looks like there, one that needs its batch to tell anything is one as well.
    """
    read = number_said(value)
    return {(key, "number"): value, (key, "number_key"): read.number_key} if read and (is_known or read.on) else {}


def _put(value: Any, asked: str, listed: list[Any]) -> list[Any]:
    """The list with the value where the asked name stands, or behind it; each value once."""
    put = [value if one == asked else one for one in listed]
    return [*dict.fromkeys(put if asked in listed else [*put, value])]
