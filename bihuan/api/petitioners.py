"""Who has read a petitioner's data, and what left by two: to those who oversee it. Never a datum, nor its mask."""

from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Query, Schema

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.paging import Backwards
from bihuan.core import clock
from bihuan.gate.answers import or_404
from bihuan.gate.policy import Asked
from bihuan.petitioners.queries import exports as taken_out
from bihuan.petitioners.queries import limits, sight
from bihuan.petitioners.rules.export import REASONS as EXPORTED_FOR
from bihuan.petitioners.rules.fields import labels
from bihuan.petitioners.rules.opening import REASONS
from bihuan.petitions.queries import called

TAGS = ["举报人信息的查看"]
NEVER = "只说登记了哪几项、谁在什么时候为什么看过；举报人的内容不经接口给出，遮盖的也不给。"


class Reading(Schema):
    """A reading: who, in which post, when, which fields, why."""

    number: int
    at: datetime
    who: str
    post: str
    fields: list[str]
    why: str


class WaitingRead(Schema):
    """A request to read, or a proposal to destroy, that waits; the steps that this person sees on its page."""

    kind: str
    id: int
    person: str
    at: datetime
    fields: list[str]
    reason: str
    is_kin: bool
    steps: list[shapes.Step]


class Readings(Schema):
    """Of one petition: which fields are held, since when no more, for how many years after the close; who has read them
    (a page, newest first; `next` begins the next one), what waits, which units have the petition.
    """

    code: str
    number: str
    held: list[str]
    destroyed_on: date | None
    years: int
    rows: list[Reading]
    next: int | None
    waiting: list[WaitingRead]
    units: list[str]


class ExportLine(Schema):
    """An export: who asked for it, when, how many petitions, which fields, for whom, how it stands."""

    id: int
    code: str
    asked_by: str
    asked_at: datetime
    count: int
    fields: list[str]
    recipient: str
    state: str
    standing: str


class Exports(Schema):
    """A page of exports, newest first; `next` begins the next one."""

    rows: list[ExportLine]
    next: int | None = None


class Export(ExportLine):
    """One export: which petitions, why, by which paper, what became of it; neither the file nor its password."""

    codes: list[str]
    reason: shapes.Named
    words: str
    paper: str
    decided_by: str
    decided_at: datetime | None
    opinion: str
    made_at: datetime | None
    persons: int
    shown_at: datetime | None
    steps: list[shapes.Step]


@operation(
    "GET",
    "/petitions/{slug:code}/readings",
    "api_readings",
    "谁看过举报人信息",
    Readings,
    who=sight.OVERSEERS,
    tags=TAGS,
    description=NEVER,
)
def readings(request: Asked, code: str, asked: Query[Backwards]) -> Any:
    """Who has read what is held of one petition's petitioner; to nobody who is complained of."""
    by, now = request.actor, clock.now()
    petition = or_404(called.petition(by, code))
    if not sight.may_oversee(by, petition, clock.day_of(now)):
        raise Http404
    row = sight.standing(petition)
    shown, following = asked.page_of(sight.readings(row)) if row else ([], None)
    return {
        "code": code,
        "number": petition.number,
        "held": sight.labels_held(row),
        "destroyed_on": row.destroyed_on if row else None,
        "years": petition.matter.inspection.rule_set.petitioner_years,
        "rows": [_reading(entry) for entry in shown],
        "next": following,
        "waiting": [_waiting(one, offers) for one, offers in limits.waiting(row, by, now)] if row else [],
        "units": [str(one.unit) for one in petition.live],
    }


def _reading(entry: Any) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at,
        "who": entry.name,
        "post": entry.post,
        "fields": labels(entry.deltas),
        "why": entry.note,
    }


def _waiting(one: Any, offers: Any) -> dict[str, Any]:
    """A request to read (which names fields) or a proposal to destroy."""
    if hasattr(one, "fields"):
        told = {
            "kind": "opening",
            "person": str(one.asked_by),
            "at": one.asked_at,
            "fields": labels(one.fields),
            "reason": f"{REASONS[one.reason]}，{one.words}",
            "is_kin": one.is_kin,
        }
    else:
        told = {
            "kind": "destruction",
            "person": str(one.proposed_by),
            "at": one.proposed_at,
            "fields": [],
            "reason": one.reason,
            "is_kin": False,
        }
    return {"id": one.pk, "steps": shapes.steps(offers), **told}


def _line(one: Any, request: Asked, now: datetime) -> dict[str, Any]:
    return {
        "id": one.pk,
        "code": one.code,
        "asked_by": str(one.asked_by),
        "asked_at": one.asked_at,
        "count": len(one.codes),
        "fields": labels(one.fields),
        "recipient": one.recipient,
        "state": one.state,
        "standing": taken_out.standing_of(one, request.actor, now),
    }


@operation(
    "GET",
    "/petitioner-exports",
    "api_petitioner_exports",
    "举报人信息的导出",
    Exports,
    who=sight.OVERSEERS,
    tags=TAGS,
)
def exports(request: Asked, asked: Query[Backwards]) -> Any:
    """The exports that this person may see."""
    shown, following = asked.page_of(taken_out.exports_for(request.actor, clock.today()))
    return {"rows": [_line(one, request, clock.now()) for one in shown], "next": following}


@operation(
    "GET",
    "/petitioner-exports/{int:pk}",
    "api_petitioner_export",
    "一次导出",
    Export,
    who=sight.OVERSEERS,
    tags=TAGS,
)
def export(request: Asked, pk: int) -> Any:
    """One export; the file and its password are given by the page alone."""
    one: Any = get_object_or_404(taken_out.exports_for(request.actor, clock.today()), pk=pk)
    now = clock.now()
    names = ("words", "paper", "decided_at", "opinion", "made_at", "shown_at")
    return {
        **_line(one, request, now),
        "codes": [*one.codes],
        "reason": {"name": one.reason, "label": EXPORTED_FOR[one.reason]},
        "decided_by": str(one.decided_by or ""),
        "persons": one.count,
        "steps": shapes.steps(taken_out.export_offers(one, request.actor, now)),
        **{name: getattr(one, name) for name in names},
    }
