"""Ledgers that come back: which can, who may fill them in, and what a workbook would change now.

Hides how a cell's words become what an action takes.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.core.audit import canonical
from bihuan.intake.formats.returned import Heads, Returned, folded, read_returned, returned_of
from bihuan.intake.models import Intake
from bihuan.intake.queries import drafting
from bihuan.intake.rules import returning as rules
from bihuan.intake.rules.returning import Comparison, Known, Shape
from bihuan.lib import redact
from bihuan.lib.flow import Refused
from bihuan.lib.ledger import Column, Ledger
from bihuan.lib.paper.document import Document
from bihuan.lib.reading.units import read_units
from bihuan.matters.models import Inspection
from bihuan.matters.rules.settling import day, settled
from bihuan.organisation.queries import scope, structure
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import ledger as petition_ledger
from bihuan.petitions import queries as petitions
from bihuan.rectification import ledger as rectification_ledger
from bihuan.rectification.queries import sight

SETTLERS = (Role.COORDINATION, Role.OFFICE_HEAD)
MATCH = "row_match"
NONE_OF_THEM = "都不是，不收这一行"
UNSETTLED = "没有定是哪一行，没有收。"


@dataclass(frozen=True, slots=True)
class Desk:
    """A ledger that comes back: its declaration, its rows for somebody with all that a change asks, who may fill it."""

    ledger: Ledger
    rows: Callable[[Actor], Any]
    roles: Collection[Role]
    kind: str

    @property
    def columns(self) -> dict[str, Column]:
        """Its columns by name."""
        return {column.name: column for column in self.ledger.columns}


_PROBLEMS, _MEASURES = (
    (rectification_ledger.PROBLEMS, rectification_ledger.PROBLEM_LIST, rectification_ledger.RESPONSIBILITY_LIST),
    (rectification_ledger.MEASURES, rectification_ledger.RECTIFICATION_LIST),
)
DESKS = {
    desk.ledger.name: desk
    for desk in (
        *(Desk(one, sight.problems_for, SETTLERS, "problem") for one in _PROBLEMS),
        *(Desk(one, sight.measures_for, SETTLERS, "measure") for one in _MEASURES),
        Desk(petition_ledger.PETITIONS, petitions.petitions_for, (*SETTLERS, Role.PETITION_DESK), "petition"),
    )
}


def may_fill(name: str, by: Actor) -> bool:
    """Whether this actor may take that ledger out to fill it in."""
    return name in DESKS and scope.has_role(by, DESKS[name].roles)


def drop_downs(city: str) -> dict[str, list[str]]:
    """The words of the drop-downs that are the city's own, by kind."""
    return {"region": [region.name for region in structure.regions_in(city)]}


def heads() -> Heads:
    """The labels of every ledger that comes back."""
    return {name: {column.label: column.name for column in desk.ledger.columns} for name, desk in DESKS.items()}


def recognised(document: Document, inspection: Inspection, by: Actor) -> Returned | None:
    """The ledger that this workbook is, or None where it is none of ours.

    Refuses one of another city, of another inspection than the chosen one, of a ledger that this actor may not fill in.
    """
    back = read_returned(document, heads())
    if back is None:
        return None
    if back.meta.get("city", by.city) != by.city:
        raise Refused("这本台账是从别的市的系统取出的，没有收。")
    codes = back.meta.get("inspections")
    if codes and inspection.code not in codes:
        names = Inspection.objects.filter(city=by.city, code__in=codes).values_list("name", flat=True)
        called = "、".join(names) or "、".join(map(str, codes))
        raise Refused(f"这本台账属于“{called}”，您选的是“{inspection.name}”，没有收；请改选后再交。")
    if not may_fill(back.ledger, by):
        raise Refused("这本台账不由您填，没有收。")
    if not back.lines:
        raise Refused("这本台账里没有读到行，没有收。")
    return back


def stored(intake: Intake) -> tuple[Returned, dict[str, Any]]:
    """What came back as it was read, and all that is kept with it."""
    plain = drafting.understood(intake)
    return returned_of(plain["returned"]), plain


def compared(intake: Intake, by: Actor) -> Comparison:
    """What this workbook would change now."""
    back, _ = stored(intake)
    given = drafting.doubts_of(intake).filter(kind=MATCH, answer__isnull=False)
    answers = {doubt.record_key: str((doubt.answer or {}).get("value") or "") for doubt in given}
    return held_against(back, intake.inspection, by, answers)


def held_against(back: Returned, inspection: Inspection, by: Actor, answers: Mapping[str, str]) -> Comparison:
    """What a workbook would change of the ledger as this actor sees it."""
    desk, today = DESKS[back.ledger], clock.today()
    codes = {*map(str, back.meta.get("inspections") or ()), inspection.code}
    rows = desk.rows(by).filter(matter__inspection__code__in=codes)
    shape = Reader(desk, by.city).shape
    return rules.compared(back, [_known(desk, row, today) for row in rows], shape, answers)


def _known(desk: Desk, row: Any, today: date) -> Known:
    filled = [(one.name, one.fill) for one in desk.ledger.columns if one.fill is not None]
    return Known(
        desk.ledger.key(row),
        desk.ledger.called(row),
        {one.name: str(one.value(row, today)) for one in desk.ledger.columns if one.tells},
        {name: fill.words(row) for name, fill in filled},
        {name: why for name, fill in filled if (why := fill.shut(row))},
    )


def digest_of(found: Comparison) -> str:
    """What somebody saw, in one word: another one when the ledger says something else since."""
    seen = [[cell.key, cell.now, cell.mine, cell.status] for cell in found.cells]
    return hashlib.sha256(canonical(seen).encode()).hexdigest()[:32]


def told(found: Comparison, taken: Collection[str]) -> list[dict[str, Any]]:
    """Every cell with whether it was taken, as it is kept after the commit."""
    return [asdict(cell) | {"is_taken": cell.key in taken} for cell in found.cells]


def lost(found: Comparison) -> list[dict[str, str]]:
    """The rows that are none of the ledger's, as they are kept after the commit: where, what they say, why."""
    return [
        {
            "place": f"{one.line.sheet}第{one.line.row}行",
            "said": "、".join(word for word in one.line.cells.values() if word)[:200],
            "why": one.why or UNSETTLED,
        }
        for one in found.matched
        if not one.code
    ]


class Reader:
    """What the words of one ledger's cells mean."""

    def __init__(self, desk: Desk, city: str) -> None:
        self.desk, self.city, self.columns = desk, city, desk.columns

    @cached_property
    def directory(self) -> Any:
        """The city's units as papers call them."""
        return structure.directory(self.city)

    @cached_property
    def units(self) -> dict[str, int]:
        """Every name of a unit → its id."""
        return structure.names_in_papers(self.city)

    @cached_property
    def unit_names(self) -> dict[int, str]:
        """Each unit's own name."""
        return dict(structure.units_in(self.city).values_list("pk", "name"))

    @cached_property
    def regions(self) -> dict[str, int]:
        """Every name of a region → its id."""
        return structure.region_names(self.city)

    @property
    def shape(self) -> Shape:
        """The columns as they are compared."""
        columns = self.desk.ledger.columns
        return Shape(
            {one.name: one.label for one in columns},
            [one.name for one in columns if one.tells],
            [one.name for one in columns if one.fill is not None],
            [one.name for one in columns if one.fill is not None and one.fill.kind in ("units", "types")],
            self.read,
        )

    def read(self, name: str, words: str) -> str:
        """What a cell's words mean, as one text. Refuses words that mean nothing there."""
        column, text = self.columns[name], words.strip()
        if column.fill is None:
            raise Refused(rules.NOT_IN_SHEET)
        if len(text) > column.fill.most:
            raise Refused(f"超过{column.fill.most}字，请写短些。")
        read: dict[str, Callable[[Column, str], str]] = {
            "choice": _choice,
            "day": _day,
            "deadline": lambda _, said: str(settled(said)),
            "units": lambda _, said: self._units(said),
            "region": lambda _, said: self._region(said),
            "types": _types,
        }
        if column.fill.kind in read:
            return read[column.fill.kind](column, text)
        return redact.masked(text) if self.desk.kind == "petition" else text

    def _units(self, text: str) -> str:
        found = read_units(text, self.directory)
        if found.doubts:
            doubt = found.doubts[0]
            near = "、".join(doubt.question.choices)
            raise Refused(f"单位表里没有“{doubt.raw}”{f'，相近的有：{near}' if near else '，请写全称'}。")
        strange = next((one.raw for one in found.units if one.name not in self.units), "")
        if strange:
            raise Refused(f"单位表里没有“{strange}”，请写全称。")
        ids = dict.fromkeys(self.units[one.name] for one in found.units)
        return "、".join(self.unit_names[one] for one in ids)

    def _region(self, text: str) -> str:
        names = {folded(name): pk for name, pk in self.regions.items()}
        if folded(text) not in names:
            raise Refused(f"没有行政区域“{text}”。")
        regions = structure.regions_in(self.city).values_list("pk", "name")
        return dict(regions)[names[folded(text)]]

    def value(self, name: str, meaning: str) -> Any:
        """A meaning as the action takes it."""
        fill = self.columns[name].fill
        kind = fill.kind if fill is not None else ""
        if kind == "units":
            names = {unit: pk for pk, unit in self.unit_names.items()}
            return {names[one]: one for one in meaning.split("、") if one}
        if kind == "deadline":
            return settled(meaning)
        if kind == "day":
            return day(meaning)
        if kind == "types":
            return [one for one in meaning.split("、") if one]
        return self.regions[meaning] if kind == "region" else meaning

    def facts(self, cells: Sequence[rules.Cell]) -> dict[str, Any]:
        """{fact: value} of these cells of one row."""
        found = {}
        for cell in cells:
            fill = self.columns[cell.column].fill
            if fill is not None:
                found[fill.fact] = self.value(cell.column, cell.mine)
        return found


def _choice(column: Column, text: str) -> str:
    words = {folded(word): word for word in column.choices.values()}
    if text and folded(text) not in words:
        raise Refused(f"没有“{text[:20]}”，只能填{'、'.join(words.values())}。")
    return words[folded(text)] if text else ""


def _types(column: Column, text: str) -> str:
    parts = [part for part in folded(text).replace(",", "、").replace(";", "、").split("、") if part]
    strange = next((part for part in parts if part not in column.choices), "")
    if strange:
        raise Refused(f"没有“{strange[:20]}”，只能填{'、'.join(column.choices)}。")
    return "、".join(dict.fromkeys(parts))


def _day(_: Column, text: str) -> str:
    found = day(text)
    if text and found is None:
        raise Refused(f"“{text[:20]}”看不出是哪一天，请写成2022-12-31这样。")
    return found.isoformat() if found else ""
