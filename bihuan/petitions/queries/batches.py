"""Batches of petitions as the office tells of them: which there are, and the plain rows behind their papers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, QuerySet

from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.matters.models import Inspection
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import queries
from bihuan.petitions.models import Batch, Petition, Undertaking
from bihuan.petitions.rules.board import STANDS
from bihuan.petitions.rules.bulletin import PetitionRow
from bihuan.petitions.rules.penalties import PENALTIES
from bihuan.petitions.rules.petition import STATES, PetitionState, outdated
from bihuan.petitions.rules.public_table import PublicRow
from bihuan.petitions.rules.undertaking import GIVEN_UP

READERS = (Role.COORDINATION, Role.OFFICE_HEAD, Role.PETITION_DESK, Role.PUBLICITY)
AWAY = (PetitionState.TRANSFERRED, PetitionState.MERGED)
SETTLED = {PetitionState.ACCEPTING: "验收中", PetitionState.SIGNED_OFF: "已验收销号"}
PLAIN = (
    *("pk", "channel", "main_type", "types", "is_key_case", "is_supervised", "truth", "closing", "batch_id"),
    *("region_raw", *PENALTIES),
)


def batches_seen(by: Actor) -> QuerySet[Batch]:
    """The batches of a city that stand, the newest first, for those of the office who tell of them."""
    rows = Batch.objects.filter(city=by.city, is_withdrawn=False)
    rows = rows.select_related("inspection").annotate(count=Count("petitions"))
    return rows.order_by("-handed_over_on", "-pk") if scope.has_role(by, READERS) else rows.none()


def told_with(batch: Batch, by: Actor) -> list[PetitionRow]:
    """The petitions of a batch and of the batches of its inspection before it, as a bulletin counts them."""
    seen = _up_to(batch, by).order_by("batch__number", "row", "pk")
    words = {
        "code": F("matter__code"),
        "state": F("matter__state"),
        "place": F("matter__region__name"),
        "label": F("batch__label"),
        "number_of": F("batch__number"),
        "came_on": F("batch__handed_over_on"),
    }
    rows = [*seen.values(*PLAIN, **words)]
    parts = _parts([row["pk"] for row in rows])
    return [_row(row, parts.get(row["pk"], ())) for row in rows]


def _up_to(batch: Batch, by: Actor) -> QuerySet[Petition]:
    numbered = Batch.objects.filter(inspection=batch.inspection_id, is_withdrawn=False)
    if batch.number is not None:
        numbered = numbered.filter(number__lte=batch.number)
    return queries.petitions_seen(by).filter(batch__in=numbered.values("pk"))


Part = tuple[int, str, str, str, datetime | None]


def _parts(petitions: Sequence[int]) -> Mapping[int, list[Part]]:
    """{petition: (petition, unit, its place, state, when it was handed over) of each part of the first round}."""
    rows = Undertaking.objects.filter(petition__in=petitions, is_withdrawn=False, round_number=1).order_by("pk")
    told = rows.values_list("petition_id", "unit__name", "unit__region__name", "state", "handed_over_at")
    found: dict[int, list[Part]] = {}
    for one in told:
        found.setdefault(one[0], []).append(one)
    return found


def _row(row: Mapping[str, Any], parts: Sequence[Part]) -> PetitionRow:
    held = [one for one in parts if one[3] not in GIVEN_UP]
    own = row["place"] or row["region_raw"]
    places = [own, *(place for _, _, place, *_ in held if len(held) > 1)]
    handed = [at for *_, at in parts if at is not None]
    return PetitionRow(
        code=row["code"],
        batch=row["label"],
        number=row["number_of"],
        handed_over_on=row["came_on"],
        assigned_on=day_of(min(handed)) if handed else None,
        channel=row["channel"],
        places=tuple(dict.fromkeys(place for place in places if place)),
        main_type=row["main_type"],
        types=tuple(row["types"]),
        is_key_case=row["is_key_case"],
        is_supervised=row["is_supervised"],
        truth=row["truth"],
        closing=SETTLED.get(row["state"], row["closing"]),
        penalties={kind: row[kind] for kind in PENALTIES if row[kind]},
        units=tuple(unit for _, unit, *_ in held),
        is_repeat=row["state"] == PetitionState.MERGED,
    )


def elsewhere(batch: Batch, by: Actor) -> Mapping[str, str]:
    """{petition: 已移送 or 并案} of those `told_with` that are handled elsewhere, or with another petition."""
    held = _up_to(batch, by).filter(matter__state__in=AWAY)
    return {code: STANDS[PetitionState(state)] for code, state in held.values_list("matter__code", "matter__state")}


def public_rows(batch: Batch, by: Actor) -> list[PublicRow]:
    """The petitions of a batch as the table for the public shows them, in the batch's order; the office's own words,
    not yet redacted for the public.
    """
    rows = queries.petitions_seen(by).filter(batch=batch).select_related("matter__region").order_by("row", "pk")
    return [
        PublicRow(
            number=one.number,
            content=one.content,
            is_key_case=one.is_key_case,
            channel=one.channel,
            places=(str(one.matter.region or one.region_raw),),
            types=tuple(one.types) or ((one.main_type,) if one.main_type else ()),
            findings=one.findings,
            truth=one.truth,
            handling=one.handling,
            goal=one.goal,
            closing=one.closing,
            accountability=one.accountability,
            remark=outdated(one.matter.state, one.matter.round_number, one.truth),
        )
        for one in rows
    ]


def standing(batch: Batch, by: Actor) -> list[tuple[str, int]]:
    """(state, how many) of a batch's petitions, in the order of the road."""
    rows = queries.petitions_seen(by).filter(batch=batch).order_by()
    counts = dict(rows.values_list("matter__state").annotate(Count("pk")))
    return [(state, counts[state]) for state in STATES if state in counts]


def called(codes: Sequence[str], by: Actor) -> QuerySet[Petition]:
    """The petitions behind a figure, in the batches' order."""
    rows = queries.petitions_seen(by).filter(matter__code__in=codes).select_related("matter")
    return rows.order_by("batch__number", "row", "pk")


def team_of(inspection: Inspection) -> str:
    """How papers call the inspection's team."""
    return inspection.team or f"{inspection.level}生态环境保护督察组"


def days_of(batch: Batch) -> tuple[date | None, date | None]:
    """From when to when the inspection of a batch is on site."""
    return batch.inspection.on_site_from, batch.inspection.on_site_until
