"""An understood plan as the draft that `adopt_plan` writes: units by id, deadlines as kind and day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from bihuan.intake.rules.records import Row, of_type
from bihuan.lib.reading.deadlines import read_deadline
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.rules.drafts import (
    DutyDraft,
    HeadingDraft,
    IndicatorDraft,
    MeasureDraft,
    MilestoneDraft,
    PlanDraft,
    ProblemDraft,
)

Head = Callable[[int], int | None]
UNIT_ROLES = {
    "lead": DutyRole.LEAD,
    "responsible": DutyRole.RESPONSIBLE,
    "supporting": DutyRole.SUPPORTING,
    "supervising": DutyRole.SUPERVISING,
    "accepting": DutyRole.ACCEPTING,
}
PEOPLE = {"leaders": DutyRole.CASE_LEADER, "persons": DutyRole.PERSON}
TITLE = 60


@dataclass(frozen=True, slots=True)
class Places:
    """The numbers of aspects and campaigns by their keys in the paper, and each campaign's aspect."""

    aspects: Mapping[str, int]
    campaigns: Mapping[str, int]
    aspects_of_campaigns: Mapping[str, int | None]


def plan_draft(paper: Row, rows: Sequence[Row], units: Mapping[str, int], first_responsible: Head) -> PlanDraft:
    """The whole plan. `units` are ids by name; `first_responsible(unit)` is whose heads answer first for it."""
    problems, measures = of_type(rows, "problem"), of_type(rows, "measure")
    by_parent: dict[str, list[Row]] = {}
    for measure in measures:
        by_parent.setdefault(measure.parent, []).append(measure)
    aspects = [_heading(row, place, {}) for place, row in enumerate(of_type(rows, "aspect"), 1)]
    aspect_numbers = {row.key: one.number for row, one in zip(of_type(rows, "aspect"), aspects, strict=True)}
    campaigns = [_heading(row, place, aspect_numbers) for place, row in enumerate(of_type(rows, "campaign"), 1)]
    places = Places(
        aspect_numbers,
        {row.key: one.number for row, one in zip(of_type(rows, "campaign"), campaigns, strict=True)},
        {row.key: one.aspect for row, one in zip(of_type(rows, "campaign"), campaigns, strict=True)},
    )
    return PlanDraft(
        title=paper.text("title"),
        document_number=paper.text("document_number"),
        issued_on=paper.day("issued_on"),
        aspects=tuple(aspects),
        campaigns=tuple(
            replace(one, measures=tuple(_measures(by_parent.get(one.key, []), (), units))) for one in campaigns
        ),
        problems=tuple(
            _problem(row, place, by_parent.get(row.key, []), units, first_responsible, places)
            for place, row in enumerate(problems, 1)
        ),
    )


def _heading(row: Row, place: int, aspects: Mapping[str, int]) -> HeadingDraft:
    name = row.text("name") or row.text("title") or row.text("text")
    return HeadingDraft(row.key, row.whole("number") or place, name, aspects.get(row.parent), (), row.spans())


def _problem(
    row: Row,
    place: int,
    measures: Sequence[Row],
    units: Mapping[str, int],
    first_responsible: Head,
    places: Places,
) -> ProblemDraft:
    text, duties = row.text("text"), _duties(row, units)
    heads = {first_responsible(duty.unit) for duty in duties if duty.role == DutyRole.LEAD and duty.unit}
    first = tuple(
        DutyDraft(DutyRole.FIRST_RESPONSIBLE, unit, "牵头单位所在地党政主要负责同志")
        for unit in sorted(unit for unit in heads if unit)
    )
    return ProblemDraft(
        key=row.key,
        number=row.whole("number") or place,
        title=row.text("title") or _title(text),
        text=text or row.text("title"),
        upper_number=_upper_number(row.value("upper_numbers")),
        county_number=row.text("county_number"),
        pollution_type=row.text("pollution_type"),
        nature=row.text("nature"),
        target=row.text("target"),
        deadline_raw=row.raw("deadline")[:200],
        deadline_kind=_kind(row),
        due_on=row.day("due_on"),
        aspect=places.aspects.get(row.parent) or places.aspects_of_campaigns.get(row.parent),
        campaign=places.campaigns.get(row.parent),
        measures=tuple(_measures(measures, duties, units)),
        duties=(*duties, *first),
        spans=row.spans(),
    )


def _upper_number(levels: Any) -> str:
    """The numbers that plans above give the problem, in words: 省级26/市级8."""
    return "/".join(f"{level}{number}" for level, number in levels.items()) if isinstance(levels, Mapping) else ""


def _measures(rows: Sequence[Row], inherited: Sequence[DutyDraft], units: Mapping[str, int]) -> list[MeasureDraft]:
    """A measure that names no responsible unit is borne by those of its problem, or else by the problem's lead."""
    theirs = [duty for duty in inherited if duty.role == DutyRole.RESPONSIBLE]
    theirs = theirs or [replace(duty, role=DutyRole.RESPONSIBLE) for duty in inherited if duty.role == DutyRole.LEAD]
    return [
        MeasureDraft(
            key=row.key,
            number=row.whole("number") or place,
            text=row.text("text"),
            completion_sign=row.text("completion_sign"),
            deadline_raw=row.raw("deadline")[:200],
            deadline_kind=_kind(row),
            due_on=row.day("due_on"),
            milestones=tuple(_milestones(row)),
            indicators=tuple(_indicators(row)),
            duties=_borne(_duties(row, units), theirs),
            spans=row.spans(),
        )
        for place, row in enumerate(rows, 1)
    ]


def _borne(own: Sequence[DutyDraft], theirs: Sequence[DutyDraft]) -> tuple[DutyDraft, ...]:
    if any(duty.role == DutyRole.RESPONSIBLE for duty in own):
        return tuple(own)
    return (*own, *(replace(duty, raw="同所属问题") for duty in theirs))


def _kind(row: Row) -> str:
    """The kind of a deadline: what its words say, or a plain date where an answer or the context settled one."""
    words = row.text("deadline")
    kind = read_deadline(words).kind if words else "unknown"
    return "date" if kind in ("unknown", "month") and row.day("due_on") else kind


def _duties(row: Row, units: Mapping[str, int]) -> list[DutyDraft]:
    found = [
        DutyDraft(role, units[name], name, is_first=place == 0 and role == DutyRole.LEAD)
        for field, role in UNIT_ROLES.items()
        for place, name in enumerate(dict.fromkeys(map(str, row.many(field))))
        if name in units
    ]
    named = [DutyDraft(role, None, str(name)) for field, role in PEOPLE.items() for name in row.many(field)]
    return found + named


def _milestones(row: Row) -> list[MilestoneDraft]:
    made = []
    for mark in row.many("milestones"):
        day = Row({"type": "", "fields": {"date": {"value": mark.get("date") or mark.get("due_on")}}}).day("date")
        if day is not None:
            text = str(mark.get("text") or mark.get("what") or "")[:300]
            made.append(MilestoneDraft(day, text, _decimal(mark.get("quantity") or mark.get("amount"))))
    return made


def _indicators(row: Row) -> list[IndicatorDraft]:
    made = []
    for mark in row.many("indicators"):
        name, unit = str(mark.get("name") or "")[:120], str(mark.get("unit") or "")[:20]
        target = _decimal(mark.get("target"))
        if target is not None:
            made.append(IndicatorDraft(name, unit, target, _decimal(mark.get("baseline"))))
    return made


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if value in (None, "") else round(Decimal(str(value)), 3)
    except InvalidOperation:
        return None


def _title(text: str) -> str:
    """The first sentence, at most 60 characters: how a problem without a title of its own is called."""
    first = text.split("。", 1)[0].split("；", 1)[0].strip()
    return first if len(first) <= TITLE else first[: TITLE - 1] + "…"
