"""Who asks, and what matters hang on: inspections, plans, units, people as far as their pages show them."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Schema

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.paging import Forwards
from bihuan.core import clock
from bihuan.gate.policy import PEOPLE_AND_MACHINES, Asked
from bihuan.matters import queries as matters
from bihuan.organisation.queries import staff, structure
from bihuan.organisation.rules.duties import ROLE_LABELS
from bihuan.rectification.queries import sight

TAGS = ["名录"]


class PostHeld(Schema):
    """A post that somebody holds today."""

    post: str
    role: shapes.Named
    behalf: str


class Me(Schema):
    """Who asks, as what."""

    name: str
    posts: list[PostHeld]
    today: date


class Plan(Schema):
    """A plan of which this person sees some problem."""

    id: int
    code: str
    title: str
    document_number: str
    issued_on: date | None
    inspection: str
    unit: str


class UnitLine(Schema):
    """A unit."""

    id: int
    name: str
    short_name: str
    kind: str
    region: str
    parent: shapes.Reference | None = None
    valid_until: date | None = None


class Holder(Schema):
    """Who holds a post of a unit today."""

    post: str
    person: shapes.Reference


class Unit(UnitLine):
    """A unit with its other names, and who holds its posts today."""

    names: list[str]
    former_names: list[str]
    succeeded_by: shapes.Reference | None = None
    holders: list[Holder]


class Units(Schema):
    """A page of units; `next` begins the next one."""

    rows: list[UnitLine]
    next: int | None = None


class PersonPost(Schema):
    """A post that a person holds today."""

    post: str
    unit: shapes.Reference
    starts_on: date
    ends_on: date | None


class Person(Schema):
    """A person with today's posts; nothing private."""

    id: int
    name: str
    posts: list[PersonPost]


def _reference(row: Any) -> dict[str, Any] | None:
    return {"id": row.pk, "name": str(row)} if row else None


@operation("GET", "/me", "api_me", "我是谁", Me, who=(PEOPLE_AND_MACHINES,), tags=TAGS)
def me(request: Asked) -> Any:
    """Who asks."""
    posts = [
        {"post": one.post, "role": {"name": one.role, "label": ROLE_LABELS[one.role]}, "behalf": one.behalf}
        for one in request.actor.held
    ]
    return {"name": request.actor.name, "posts": posts, "today": clock.today()}


@operation("GET", "/inspections", "api_inspections", "督察", list[shapes.Inspected], tags=TAGS)
def inspections(request: Asked) -> Any:
    """The inspections of the city; for who is bound to some, those."""
    return [
        {
            "code": one.code,
            "name": one.name,
            "level": one.level,
            "kind": one.kind,
            "round": one.round_number,
            "feedback_on": one.feedback_on,
        }
        for one in matters.inspections_for(request.actor)
    ]


@operation("GET", "/plans", "api_plans", "整改方案", list[Plan], tags=TAGS)
def plans(request: Asked) -> Any:
    """The plans of which this person sees some problem."""
    return [
        {
            "id": one.pk,
            "code": one.code,
            "title": one.title,
            "document_number": one.document_number,
            "issued_on": one.issued_on,
            "inspection": one.inspection.code,
            "unit": str(one.unit),
        }
        for one in sight.plans_seen(request.actor)
    ]


def _line(unit: Any) -> dict[str, Any]:
    return {
        "id": unit.pk,
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.kind,
        "region": str(unit.region),
        "parent": _reference(unit.parent),
        "valid_until": unit.valid_until,
    }


@operation("GET", "/units", "api_units", "单位", Units, tags=TAGS)
def units(request: Asked, asked: Query[Forwards]) -> Any:
    """The units of the city, in the order of their numbers."""
    shown, following = asked.page_of(structure.units_in(request.actor.city))
    return {"rows": [_line(one) for one in shown], "next": following}


@operation("GET", "/units/{int:pk}", "api_unit", "一个单位", Unit, tags=TAGS)
def unit(request: Asked, pk: int) -> Any:
    """One unit, as its page shows it."""
    found = get_object_or_404(structure.units_in(request.actor.city), pk=pk)
    names = [(one.name, one.is_former) for one in found.names.order_by("pk")]
    return {
        **_line(found),
        "names": [name for name, is_former in names if not is_former],
        "former_names": [name for name, is_former in names if is_former],
        "succeeded_by": _reference(found.succeeded_by),
        "holders": [
            {"post": one.post.title, "person": _reference(one.person)}
            for one in staff.answering_on(found.pk, clock.today())
        ],
    }


@operation("GET", "/people/{int:pk}", "api_person", "一个人", Person, tags=TAGS)
def person(request: Asked, pk: int) -> Any:
    """One person, as his page shows him."""
    found: Any = get_object_or_404(staff.with_posts(staff.people_in(request.actor.city), clock.today()), pk=pk)
    posts = [
        {
            "post": one.post.title,
            "unit": _reference(one.post.unit),
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
        }
        for one in found.held
    ]
    return {"id": found.pk, "name": found.name, "posts": posts}
