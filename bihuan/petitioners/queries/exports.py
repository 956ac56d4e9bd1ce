"""Exports of petitioners' data: whose they are, what their steps ask, which petitions are meant, what the file tells.

Hides how a petition is found by what somebody wrote of it. `taken_for` is the second and last way in which a value
leaves the vault.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet

from bihuan.core import moving
from bihuan.core.actor import Actor
from bihuan.lib.chinese import half_width
from bihuan.lib.flow import Offer
from bihuan.lib.reading.petition_numbers import read_petition_number
from bihuan.organisation.queries import emergency, scope
from bihuan.petitioners.models import Export, Petitioner
from bihuan.petitioners.queries import accused, limits, sight
from bihuan.petitioners.rules import export as rules
from bihuan.petitioners.rules.export import EXPORT, ExportFacts
from bihuan.petitions import queries as petitions
from bihuan.petitions.models import Batch, Petition

CLOSED = "申请人的单位与此件有关，不能导出"
NOTHING = "没有登记这几项"


@dataclass(frozen=True, slots=True)
class Taken:
    """One petition of an export: its petitioner and his words by field, or the remark why there are none."""

    petition: Petition
    row: Petitioner | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""


def exports_for(by: Actor, day: date) -> QuerySet[Export]:
    """The exports that this person may see, newest first: the head of the office every one, the desk its own and those
    of whom it stands in for. Of others' a head sees none with a petition that concerns a unit of his own.
    """
    bearers = {post.bearer for post in by.held if post.role in sight.READERS}
    own = Q(asked_by_id__in=bearers | {by.person or 0})
    is_overseer = scope.has_role(by, sight.OVERSEERS)
    seen = Export.objects.filter(city=by.city) if is_overseer else Export.objects.none()
    seen = (
        seen.exclude(pk__in=_closed(seen.exclude(own), by, day))
        if scope.has_role(by, limits.HEADS)
        else seen.filter(own)
    )
    return seen.select_related("asked_by", "decided_by").order_by("-pk")


def _closed(exports: QuerySet[Export], by: Actor, day: date) -> list[int]:
    """Those of these exports in which a petition concerns a unit of this person's."""
    codes: dict[int, list[str]] = dict(exports.values_list("pk", "codes"))
    every = _of_codes(sorted({code for held in codes.values() for code in held}), by.city)
    closed = accused.closed_to(by, every, day)
    theirs = {one.matter.code for one in every if one.pk in closed}
    return [pk for pk, held in codes.items() if not theirs.isdisjoint(held)]


def _of_codes(codes: Sequence[str], city: str) -> list[Petition]:
    """The petitions with these codes, withdrawn or not."""
    rows = Petition.objects.filter(city=city).select_related("matter")
    parts = (codes[start : start + rules.MOST] for start in range(0, len(codes), rules.MOST))
    return [one for part in parts for one in rows.filter(matter__code__in=part)]


def heads_for(export: Export, day: date) -> frozenset[int]:
    """The heads of the office who may see an export that they did not ask for: whom none of its petitions concerns."""
    heads = scope.persons_holding(limits.HEADS, export.city, day)
    return accused.unconcerned(heads, petitions_of(export), export.city, day)


def export_facts(export: Export, by: Actor, at: datetime) -> ExportFacts:
    """What an export's steps ask."""
    is_asker = by.person is not None and export.asked_by_id == by.person
    return ExportFacts(
        is_asker=is_asker,
        is_another=not is_asker,
        is_agreer=by.person is not None and export.decided_by_id == by.person,
        is_lasting=emergency.has_lasting_role(by, limits.HEADS),
        has_password=bool(export.sealed_password),
        since_agreed=at - export.decided_at if export.decided_at else None,
        since_made=at - export.made_at if export.made_at else None,
    )


def export_offers(export: Export, by: Actor, at: datetime) -> tuple[Offer, ...]:
    """The steps that this person sees on an export, each with why not."""
    return moving.offers(EXPORT, export, scope.capacities(by, ()), export_facts(export, by, at))


def standing_of(export: Export, by: Actor, at: datetime) -> str:
    """How an export stands now, in words."""
    return rules.standing(export.state, export_facts(export, by, at))


def petitions_of(export: Export) -> list[Petition]:
    """The petitions of an export that still stand, in the order of their codes."""
    rows = Petition.objects.filter(city=export.city, matter__code__in=export.codes, matter__is_withdrawn=False)
    return [*rows.select_related("matter").order_by("matter__code")]


def batches_for(by: Actor) -> QuerySet[Batch]:
    """The batches of the petitions in this actor's scope, newest first."""
    seen = petitions.petitions_seen(by).order_by().values("batch")
    return Batch.objects.filter(pk__in=seen, is_withdrawn=False).select_related("inspection").order_by("-pk")


def named_by(by: Actor, text: str) -> tuple[list[Petition], list[str]]:
    """(the petitions in this actor's scope that somebody names by code or number, the words that name none).

    Full-width letters, digits and marks name what half-width ones do.
    """
    words = [*dict.fromkeys(word for word in re.split(r"[\s,、;]+", half_width(text)) if word)]
    keys = {word: read_petition_number(word).number_key for word in words}
    codes, numbers = {word.upper() for word in words}, set(keys.values())
    seen = petitions.petitions_seen(by).select_related("matter")
    found = [*seen.filter(Q(matter__code__in=codes) | Q(number_key__in=numbers))]
    known = {one.matter.code for one in found} | {one.number_key for one in found}
    return found, [word for word in words if word.upper() not in known and keys[word] not in known]


def taken_for(by: Actor, chosen: Sequence[Petition], names: Sequence[str], day: date) -> list[Taken]:
    """What the file of an export tells of each petition, in plain words; to whoever may not read it, nothing."""
    is_reader, closed = scope.has_role(by, sight.READERS), accused.closed_to(by, chosen, day)
    rows = sight.held_for(chosen)
    return [
        _taken(one, rows.get(one.pk), names) if is_reader and one.pk not in closed else Taken(one, remark=CLOSED)
        for one in chosen
    ]


def _taken(petition: Petition, row: Petitioner | None, names: Sequence[str]) -> Taken:
    if row is None or row.is_withdrawn or not any(getattr(row, name) for name in names):
        return Taken(petition, remark=NOTHING)
    if row.destroyed_on is not None:
        return Taken(petition, remark=f"密钥已于{row.destroyed_on.isoformat()}销毁，不能再读")
    return Taken(petition, row, {name: sight.plain_words(row, name) for name in names if getattr(row, name)})


def how_many_held(chosen: Sequence[Petition], names: Sequence[str]) -> int:
    """Of how many of these petitions any of the fields is held and can be read."""
    held = sight.held_for(chosen).values()
    living = (row for row in held if not row.is_withdrawn and row.destroyed_on is None)
    return sum(any(getattr(row, name) for name in names) for row in living)


def rows_about(code: str) -> list[int]:
    """The petitioners' rows of the petition with that code: their readings stand in no matter's trail."""
    return [*Petitioner.objects.filter(petition__matter__code=code).values_list("pk", flat=True)]


def code_about(row: int) -> str:
    """The code of the petition of that petitioner's row, or ""."""
    found = Petitioner.objects.filter(pk=row).values_list("petition__matter__code", flat=True).first()
    return found or ""
