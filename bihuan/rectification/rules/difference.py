"""What an amended plan changes: each problem and measure is new, the same, changed or vanished.

Hides how a record is recognised under a new number or with other words.
"""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from bihuan.lib.quantity import plain
from bihuan.lib.reading.deadlines import WITHOUT_DAY
from bihuan.matters.rules.difference import CHANGED, NEW, SAME, VANISHED, Change, Difference
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.rules.drafts import MeasureDraft, MilestoneDraft, PlanDraft, ProblemDraft

ALIKE, ALIKE_UNDER_SAME_NUMBER = 0.75, 0.35
PROBLEM_FIELDS = (
    "number",
    "title",
    "text",
    "target",
    "nature",
    "deadline_kind",
    "due_on",
    "upper_number",
    "county_number",
)
MEASURE_FIELDS = ("number", "text", "completion_sign", "deadline_kind", "due_on")
READ_AS = {DutyRole.CASE_LEADER: "leaders", DutyRole.PERSON: "persons"}  # as the reader of papers names these roles
Draft = TypeVar("Draft", ProblemDraft, MeasureDraft)


def difference(known: PlanDraft, read: PlanDraft) -> Difference:
    """Hold a plan that was read against the plan that stands; a question that was answered before is no change."""
    read = settled(known, read)
    changes: list[Change] = []
    for old, new in paired(known.problems, read.problems):
        changes.append(_change("problem", old, new, PROBLEM_FIELDS))
        changes += _measures(old.measures if old else (), new.measures if new else ())
    campaigns = {one.name: one for one in known.campaigns}
    for campaign in read.campaigns:
        standing = campaigns.pop(campaign.name, None)
        changes += _measures(standing.measures if standing else (), campaign.measures)
    for gone in campaigns.values():
        changes += _measures(gone.measures, ())
    return Difference(tuple(changes))


def _measures(known: Sequence[MeasureDraft], read: Sequence[MeasureDraft]) -> list[Change]:
    return [_change("measure", old, new, MEASURE_FIELDS) for old, new in paired(known, read)]


def settled(known: PlanDraft, read: PlanDraft) -> PlanDraft:
    """The plan that was read, with the deadlines that somebody settled before where the words are still the same."""
    return _redated(known, read, _dated)


def with_standing_deadlines(known: PlanDraft, read: PlanDraft) -> PlanDraft:
    """The plan that was read, each known record with the deadline that stands: a draft paper moves none."""
    return _redated(known, read, _undated)


def _redated(known: PlanDraft, read: PlanDraft, dated: Callable[[Any, Any], Any]) -> PlanDraft:
    campaigns = {one.name: one.measures for one in known.campaigns}
    return replace(
        read,
        problems=tuple(
            dated(old, replace(new, measures=_all_dated(old.measures if old else (), new.measures, dated)))
            for old, new in paired(known.problems, read.problems)
            if new is not None
        ),
        campaigns=tuple(
            replace(one, measures=_all_dated(campaigns.get(one.name, ()), one.measures, dated))
            for one in read.campaigns
        ),
    )


def _all_dated(
    known: Sequence[MeasureDraft], read: Sequence[MeasureDraft], dated: Callable[[Any, Any], Any]
) -> tuple[MeasureDraft, ...]:
    return tuple(dated(old, new) for old, new in paired(known, read) if new is not None)


def _undated(old: Draft | None, new: Draft) -> Draft:
    if old is None:
        return new
    return replace(new, due_on=old.due_on, deadline_raw=old.deadline_raw, deadline_kind=old.deadline_kind)


def _dated(old: Draft | None, new: Draft) -> Draft:
    is_open = new.due_on is None and new.deadline_kind not in WITHOUT_DAY
    if old is None or not is_open or old.deadline_raw != new.deadline_raw or not _is_settled(old):
        return new
    dated = replace(new, due_on=old.due_on, deadline_kind=old.deadline_kind)
    return (
        replace(dated, nature=old.nature)
        if isinstance(dated, ProblemDraft) and isinstance(old, ProblemDraft)
        else dated
    )


def _is_settled(old: Draft) -> bool:
    is_dated = old.due_on is not None and (bool(old.deadline_raw) or old.deadline_kind == "date")
    return is_dated or old.deadline_kind in WITHOUT_DAY


def paired(known: Sequence[Draft], read: Sequence[Draft]) -> list[tuple[Draft | None, Draft | None]]:
    """Each known record with the read one that it became, in the new paper's order; the rest stand alone."""
    rest = dict(enumerate(known))
    partner: dict[int, Draft] = {}
    rounds: tuple[Callable[[Draft, Draft], float], ...] = (_equal, _alike_and_same_number, _alike)
    for likeness in rounds:
        for place, new in enumerate(read):
            if place in partner or not rest:
                continue
            best = max(rest, key=lambda at: likeness(rest[at], new))
            if likeness(rest[best], new) > 0:
                partner[place] = rest.pop(best)
    return [(partner.get(place), new) for place, new in enumerate(read)] + [(old, None) for old in rest.values()]


def _equal(old: Draft, new: Draft) -> float:
    if _plain(old.text) != _plain(new.text):
        return 0
    return 2 if old.number == new.number else 1


def _alike_and_same_number(old: Draft, new: Draft) -> float:
    ratio = _ratio(old, new) if old.number == new.number else 0
    return ratio if ratio >= ALIKE_UNDER_SAME_NUMBER else 0


def _alike(old: Draft, new: Draft) -> float:
    ratio = _ratio(old, new)
    return ratio if ratio >= ALIKE else 0


def _ratio(old: Draft, new: Draft) -> float:
    return difflib.SequenceMatcher(None, _plain(old.text), _plain(new.text), autojunk=False).ratio()


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _change(kind: str, old: Any, new: Any, fields: Sequence[str]) -> Change:
    shown = new or old
    label = f"{f'第{shown.number}项' if kind == 'problem' else f'措施{shown.number}'} {shown.text[:30]}"
    if old is None:
        return Change(kind, NEW, label, "", new.key, {})
    if new is None:
        return Change(kind, VANISHED, label, old.key, "", {})
    changed = {
        name: (_words(getattr(old, name)), _words(getattr(new, name)))
        for name in fields
        if _differs(getattr(old, name), getattr(new, name))
    }
    if old.due_on is None and new.due_on is None and _differs(old.deadline_raw, new.deadline_raw):
        changed["deadline"] = (old.deadline_raw, new.deadline_raw)  # no day tells them apart, their words do
    changed |= _duties(old, new)
    if kind == "measure":
        changed |= _marks(old, new)
    return Change(kind, CHANGED if changed else SAME, label, old.key, new.key, changed)


def _differs(old: Any, new: Any) -> bool:
    return _plain(old) != _plain(new) if isinstance(old, str) and isinstance(new, str) else bool(old != new)


def _duties(old: Any, new: Any) -> dict[str, tuple[str, str]]:
    changed = {}
    for role in dict.fromkeys(duty.role for one in (old, new) for duty in one.duties):
        before, after = (
            {duty.unit or duty.raw: duty.raw for duty in one.duties if duty.role == role} for one in (old, new)
        )
        if before.keys() != after.keys():
            changed[READ_AS.get(role, role.value)] = ("、".join(before.values()), "、".join(after.values()))
    return changed


def _marks(old: MeasureDraft, new: MeasureDraft) -> dict[str, tuple[str, str]]:
    pairs = {
        "milestones": tuple("；".join(map(_milestone, side.milestones)) for side in (old, new)),
        "indicators": tuple("；".join(one.words for one in side.indicators) for side in (old, new)),
    }
    return {name: (before, after) for name, (before, after) in pairs.items() if before != after}


def _milestone(one: MilestoneDraft) -> str:
    return one.words if one.quantity is None else f"{one.words}({plain(one.quantity)})"


def _words(value: Any) -> str:
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
