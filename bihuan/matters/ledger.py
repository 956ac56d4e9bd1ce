"""The cells that every matter's ledger shares: who bears it (`bearers` of the row), by when, which light."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from bihuan.lib.ledger import Column, Day, Fill, Light, Where
from bihuan.matters.models import Duty, Inspection, Matter
from bihuan.matters.queries import lights, taken
from bihuan.matters.rules import lateness
from bihuan.matters.rules.lateness import standing
from bihuan.organisation.rules.duties import DutyRole


def _borne(matter: Matter, role: DutyRole) -> list[Duty]:
    return [duty for duty in getattr(matter, "bearers", ()) if duty.role == role]


def bearers(matter: Matter, role: DutyRole) -> str:
    """The units that bear a role, the first lead first."""
    return "、".join(str(duty.unit) for duty in _borne(matter, role) if duty.unit)


def first_of(matter: Matter, role: DutyRole) -> str:
    """The first unit that bears a role, and how many more there are."""
    units = [str(duty.unit) for duty in _borne(matter, role) if duty.unit]
    return f"{units[0]}等{len(units)}家" if len(units) > 1 else "".join(units)


def persons(matter: Matter, role: DutyRole) -> str:
    """The persons (or posts) that bear a role; names that only the paper knows stand as the paper has them."""
    return "、".join(str(duty.person or duty.post or duty.raw) for duty in _borne(matter, role))


def telephones(matter: Matter) -> str:
    """The office telephones of the persons who answer for a matter."""
    borne = [duty.person for duty in getattr(matter, "bearers", ()) if duty.person]
    return "、".join(dict.fromkeys(f"{one.name} {one.office_phone}" for one in borne if one.office_phone))


def due(matter: Matter, raw: str) -> Day:
    """The current deadline and, where it was another, the first; without a date, the words of the paper."""
    if matter.due_on is None:
        return Day(raw)
    moved = matter.first_due_on is not None and matter.first_due_on != matter.due_on
    return Day(matter.due_on.isoformat(), matter.first_due_on.isoformat() if moved and matter.first_due_on else "")


def light(due_on: date | None, due_soon_days: int, today: date) -> Light:
    """The light of an open matter by its dates alone."""
    stands = standing(due_on, None, today, due_soon_days=due_soon_days)
    return Light(stands.light, stands.word, stands.reason)


def word_only(shown: Light) -> Light:
    """A light as a row shows it: the reason stands on the matter's page."""
    return Light(shown.state, shown.word)


def light_where(dark: Q) -> Where:
    """What choosing lights means."""

    def where(values: Sequence[str], today: date) -> Q:
        ranges, found = lights.ranges(dark, today), Q(pk__in=[])
        for value in values:
            found |= ranges[value]
        return found

    return where


BY_DATES = (lateness.Light.OVER, lateness.Light.DUE, lateness.Light.OK)
LIGHTS = {one.value: lateness.LIGHT_WORDS[one] for one in BY_DATES} | {"none": "未到期或无灯"}


def light_column(shown: Callable[[Any, date], Light], where: Where, choices: Mapping[str, str] = LIGHTS) -> Column:
    """The column of lights: `shown` is a row's light, `where` what choosing some of `choices` means."""
    return Column(
        "light",
        "灯号",
        lambda row, today: word_only(shown(row, today)),
        "light",
        where=where,
        choices=choices,
        group=lambda row, today: shown(row, today).word,
        sort="matter__due_on",
        width=8,
    )


def inspection_column(label: str, width: int) -> Column:
    """The column of the inspection, found by its whole name where one is called so, else by a part of it."""
    return Column(
        "inspection", label, lambda row, _: row.inspection_name, where=_of_inspection, width=width, shown=False
    )


def _of_inspection(values: Sequence[str], _: date) -> Q:
    is_whole = Inspection.objects.filter(name=values[0]).exists()
    return Q(**{f"matter__inspection__name{'' if is_whole else '__icontains'}": values[0]})


def taken_column() -> Column:
    """The column that marks what was taken over, with the word of the ledger it came from."""
    return Column(
        "taken",
        "接管",
        lambda row, _: f"接管：{row.taken_over}" if row.taken_over else "",
        where=lambda values, _: Q(matter__in=taken.matters_taken_over()) if "yes" in values else Q(),
        choices={"yes": "接管来的"},
        width=8,
        shown=False,
    )


def due_column(label: str, shut: Callable[[Any], str]) -> Column:
    """The column of the current deadline, with the first where it was another one; `shut` as a `Fill` has it."""
    return Column(
        "due",
        label,
        lambda row, _: due(row.matter, row.deadline_raw),
        "day",
        sort="matter__due_on",
        lookup="matter__due_on",
        is_dated=True,
        width=10,
        fill=Fill("deadline", "deadline", lambda row: due(row.matter, row.deadline_raw).text, shut),
    )
