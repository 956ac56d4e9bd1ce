"""From the words of a field to its value: units, deadlines, milestones, indicators, plain text; and the doubts met.

Hides which reader settles which field. Every value keeps its raw words and span; what is worked out names its rule.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bihuan.intake.formats.plan.measures import unbroken
from bihuan.intake.formats.understood import PASSED_ON, Choice, Doubt, Field
from bihuan.lib.paper.passage import Passage
from bihuan.lib.reading.clauses import clauses
from bihuan.lib.reading.deadlines import Deadline, Due, Found, find_deadlines, read_deadline
from bihuan.lib.reading.directory import Directory
from bihuan.lib.reading.quantities import quantities
from bihuan.lib.reading.question import Question
from bihuan.lib.reading.regions import Region, places
from bihuan.lib.reading.units import read_units

UNIT_FIELDS = ("lead", "responsible", "supporting", "supervising", "accepting")
NAME_FIELDS = ("leaders", "persons")
LATEST = "取最晚的时间节点"
_NAMES = re.compile(r"[、,，;；\n]+|\s{1,}(?=[\u4e00-\u9fff]{2,4}(?:\s|$|[、,，(（]))")
_POST = re.compile(r"(?:书记|市长|县长|区长|镇长|乡长|局长|主任|部长|秘书长|主席|常委|院长|处长|科长|所长|经理|主官)$")
_LINE_NUMBER = re.compile(r"(?:(?<=[\n;。、])|^)[ \t]*(?:\d{1,2}[.、](?!\d)|\(\d{1,2}\)|[①-⑳])[ \t]*")
_PAST = re.compile(r"(?:截至|截止|截止到|自|从|以来|已于|早在)\s*$")
_LASTING = re.compile(r"[,;。]\s*(?:并|且)?(?P<said>长期坚持)[。;]?\s*$")
# A cell that a clerk struck out.
_NOTHING = re.compile(r"[\s/／\\—–－-]+")


def text_field(words: Passage | None, derived: str | None = None, *, keeps_parts: bool = False) -> Field:
    """The words themselves, without the breaks a page put into them; those before numbered parts may stay."""
    if not words:
        return Field(None)
    value = unbroken(words, keeps_parts=keeps_parts).text.strip().strip(";；")
    if _NOTHING.fullmatch(value):
        return Field(None)
    return Field(value or None, words.raw, words.span, derived)


def units_field(words: Passage, name: str, directory: Directory) -> tuple[Field, list[Doubt]]:
    """The units that the words list, and a doubt for each that is not settled."""
    flat = unbroken_units(words)
    read = read_units(flat.text, directory)
    rules = dict.fromkeys(unit.derived for unit in read.units if unit.derived)
    value = [unit.name for unit in read.units]
    home = places().get(directory.city)
    doubts = [_doubt(name, doubt.question, flat.cut(doubt.start, doubt.end)) for doubt in read.doubts]
    doubts += [
        Doubt(
            name,
            f"“{unit.raw}”不属于{home.name}，是否抄自外地？",
            (),
            "place_foreign",
            flat.cut(unit.start, unit.end).span,
        )
        for unit in read.units
        if home and unit.region_code and not _is_near(unit.region_code, home)
    ]
    return Field(value or None, words.raw, words.span, "；".join(rules) or None), doubts


def _is_near(code: str, home: Region) -> bool:
    return places().is_within(code, home.code) or code == home.parent


def unbroken_units(words: Passage) -> Passage:
    """A list of units without the numbers of its lines and line ends inside names; blanks stay, they may part two."""
    return words.without(_LINE_NUMBER).without(re.compile(r"(?<![局委办府会、,，;；。])\s*\n\s*"))


def names_field(words: Passage) -> Field:
    """The people that the words list."""
    names: list[str] = []
    for name in (part.strip(" \t。") for part in _parted(words.text) if part.strip()):
        # A post and the name behind it are one person: 副市长 某某; 市委常委、副市长某某.
        whole = [f"{names[-1]}{link}{name}" for link in (" ", "、") if names and _POST.search(names[-1])]
        one = next((person for person in whole if person in words.text and not _POST.search(name)), None)
        one = one or (_with_post(names[-1], name, words.text) if names else None)
        names = [*names[:-1], one] if one else [*names, name]
    return Field(names or None, words.raw, words.span)


def _with_post(name: str, post: str, text: str) -> str | None:
    """A name and the post that stands behind it after blanks."""
    is_post = _POST.search(post) and not _POST.search(name) and len(name) <= 4
    return f"{name} {post}" if is_post and re.search(rf"{re.escape(name)}[ \t]+{re.escape(post)}", text) else None


def _parted(text: str) -> Iterator[str]:
    """The names; what stands in brackets behind one parts none: 王某（县委常委、副县长）."""
    masked = re.sub(r"[(（][^()（）]*[)）]", lambda found: "x" * len(found[0]), text)
    at = 0
    for found in _NAMES.finditer(masked):
        yield text[at : found.start()]
        at = found.end()
    yield text[at:]


def _doubt(name: str, question: Question, words: Passage, values: Sequence[Any] = ()) -> Doubt:
    choices = zip(question.choices, values or question.choices, strict=True)
    answers = tuple(Choice(label, value) for label, value in choices)
    return Doubt(name, question.text, answers, question.kind, words.span)


def deadline_doubt(read: Deadline, words: Passage) -> list[Doubt]:
    """What a deadline leaves open, each answer the day it would set."""
    question = read.question
    if not question:
        return []
    return [_doubt("due_on", question, words, [_answer(choice, read.dates) for choice in question.choices])]


def _answer(choice: str, dates: Sequence[Due]) -> str:
    due = next((due for due in dates if due.month and due.day and not due.on), None)
    return f"{choice}-{due.month:02}-{due.day:02}" if due and len(choice) == 4 else choice


def deadline_fields(words: Passage, on: date | None) -> tuple[dict[str, Field], Deadline]:
    """`deadline`, `due_on`, `milestones` and `nature` out of the words of a deadline."""
    read = read_deadline(words.text, on)
    due_on = read.due_on
    fields = {"deadline": text_field(words.strip(" \t\n。") if words.text.count("。") == 1 else words)}
    fields["due_on"] = Field(due_on.isoformat() if due_on else None, words.raw, words.span, _rule(read))
    if read.kind == "dates":
        listed = [_milestone(due.iso, due.text, due.amount, due.unit) for due in read.dates]
        fields["milestones"] = Field(listed, words.raw, words.span, "时限逐个推算")
    if nature := read.nature:
        fields["nature"] = Field(nature, words.raw, words.span, None if nature in words.text else "按时限类别")
    return fields, read


def _rule(read: Deadline) -> str | None:
    if not read.due_on:
        return None
    return LATEST if read.kind == "dates" else "时限推算为日期"


def _milestone(day: str | None, text: str, amount: float | None, unit: str) -> dict[str, Any]:
    return {"date": day, "text": text, "amount": amount, "unit": unit or None}


def days_in(words: Passage, on: date | None) -> list[Found]:
    """The days by which a measure's own words want something done; days gone by (截至…) are none."""
    found = [one for one in find_deadlines(words.text, on) if not _PAST.search(words.text[: one.start])]
    if not any(one.marked for one in found):
        return []
    opens = [one for one in found if one.marked or _opens_clause(words.text, one.start)]
    return [one for one in opens if one.deadline.question or one.deadline.due_on]


def _opens_clause(text: str, start: int) -> bool:
    return not text[:start].strip() or text[:start].rstrip()[-1] in ";；。,，\n"


def own_deadline(words: Passage, found: Sequence[Found]) -> tuple[dict[str, Field], Deadline | None]:
    """`deadline`, `due_on` and `milestones` of a measure that says its days in its own words."""
    if not found:
        return _lasting(words), None
    last = max(reversed(found), key=lambda one: (one.deadline.due_on or date.min, one.marked))
    open_ones = [one for one in found if one.deadline.question]
    place = words.cut(last.start, last.end)
    due_on = None if open_ones else last.deadline.due_on
    fields = {"deadline": text_field(place)}
    fields["due_on"] = Field(
        due_on.isoformat() if due_on else None, place.raw, place.span, LATEST if len(found) > 1 else "时限推算为日期"
    )
    if len(found) > 1:
        fields["milestones"] = _milestones(words, found)
    return fields, open_ones[0].deadline if open_ones else last.deadline


def _lasting(words: Passage) -> dict[str, Field]:
    """The deadline of a measure whose last words say that it is to go on."""
    said = _LASTING.search(words.folded)
    if not said:
        return {}
    place = words.found(said, "said")
    return {"deadline": text_field(place), "nature": Field("长期坚持", place.raw, place.span)}


def _milestones(words: Passage, found: Sequence[Found]) -> Field:
    stretches = clauses(words.text, [(one.start, one.end) for one in found])
    listed = []
    for one, (start, end) in zip(found, stretches, strict=True):
        text = words.text[start:end]
        amount = next(quantities(text), None)
        day = one.deadline.due_on.isoformat() if one.deadline.due_on else None
        listed.append(_milestone(day, text, amount.amount if amount else None, amount.unit if amount else ""))
    return Field(listed, words.raw, words.span, "时限逐个推算")


def number_field(value: int | None, words: Passage | None, derived: str | None = None) -> Field:
    """A number as it counts; where the words do not print these digits (第十一项, ②), the rule says so."""
    if value is None or not words:
        return Field(None)
    printed = re.search(rf"(?<!\d)0*{value}(?!\d)", words.folded)
    return Field(value, words.raw, words.span, derived or (None if printed else "序号化为数字"))


def inherited(field: Field) -> Field:
    """A problem's field as its measure's."""
    return replace(field, derived=PASSED_ON)
