"""A unit or a person as everybody of the city may read it: names, posts, where their matters stand; nothing private."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.gate.answers import page
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.gate.registers import standing
from bihuan.organisation.queries import scope, staff, structure
from bihuan.organisation.rules.keeping import KEEPERS
from bihuan.rectification.queries import sharing
from bihuan.web.drawing import Piece, address
from bihuan.web.sharing import part

GROUPED_BY = (("case_leader", "按包案领导看"), ("person", "按具体责任人看"))
SHOWN = 100  # parts of measures that one person answers for

MATTERS = (  # what a unit may answer for: (words, ledger, the ledger's column)
    ("牵头的问题", "problems", "lead"),
    ("负责的措施", "measures", "responsible"),
    ("承办的信访件", "petitions", "units"),
)


def row_url(by: Actor, kind: str, pk: int) -> str:
    """Where a found unit or person (`kind` units or people) opens: the settings row for those who may change it."""
    if scope.has_role(by, KEEPERS[kind]):
        return reverse("settings_row", args=[kind, pk])
    return reverse({"units": "unit_detail", "people": "person_detail"}[kind], args=[pk])


@policy(BUSINESS)
def unit_detail(request: Asked, pk: int) -> HttpResponse:
    """One unit: what it is and was called, who holds its posts today, its matters in the ledgers."""
    unit = get_object_or_404(structure.units_in(request.actor.city), pk=pk)
    holders = [
        (one.post.title, Piece(one.person.name, "link", row_url(request.actor, "people", one.person_id)))
        for one in staff.answering_on(unit.pk, clock.today())
    ]
    return page(
        request,
        "directory/unit_detail.html",
        room="search",
        unit=unit,
        facts=_facts(request.actor, unit),
        holders=holders,
    )


def _facts(by: Actor, unit: Any) -> list[tuple[str, list[Any]]]:
    names = [(one.name, one.is_former) for one in unit.names.order_by("pk")]
    own = [unit.short_name] if unit.short_name else []
    facts: list[tuple[str, list[Any]]] = [
        ("上级单位", [_unit_link(by, unit.parent)] if unit.parent else []),
        ("别名", ["、".join([*own, *(name for name, is_former in names if not is_former)])]),
        ("原名", ["、".join(name for name, is_former in names if is_former)]),
        ("状态", _standing(by, unit)),
        ("事项", matters_of(unit.name)),
    ]
    return [(term, line) for term, line in facts if any(line)]


def _standing(by: Actor, unit: Any) -> list[Any]:
    if unit.succeeded_by is None:
        return [standing(unit)]
    return [f"至 {unit.valid_until}，并入", _unit_link(by, unit.succeeded_by)]


def _unit_link(by: Actor, unit: Any) -> Piece:
    return Piece(unit.name, "link", row_url(by, "units", unit.pk))


def matters_of(name: str) -> list[str | Piece]:
    """The unit's matters, each kind through its ledger's own filter: only what the reader may see is listed there."""
    links = [
        Piece(words, "link", address(reverse("ledger_detail", args=[ledger]), [(column, name)]))
        for words, ledger, column in MATTERS
    ]
    return [piece for link in links for piece in ("、", link)][1:]


@policy(BUSINESS)
def person_detail(request: Asked, pk: int) -> HttpResponse:
    """One person: the posts held today, and the parts of measures that he answers for (责任清单 by person)."""
    people: Any = staff.with_posts(staff.people_in(request.actor.city), clock.today())
    person = get_object_or_404(people, pk=pk)
    posts = [(one.post.title, _unit_link(request.actor, one.post.unit), _since(one)) for one in person.held]
    parts = [part(one) for one in sharing.parts_for(request.actor, person.pk)[:SHOWN]]
    told: dict[str, Any] = {"posts": posts, "parts": parts, "lists": _responsibility()}
    return page(request, "directory/person_detail.html", room="search", person=person, **told)


def _responsibility() -> list[str | Piece]:
    """The responsibility list grouped by person: all that each one answers for, of what the reader may see."""
    home = reverse("ledger_detail", args=["responsibility-list"])
    links = [Piece(words, "link", address(home, [("group", column)])) for column, words in GROUPED_BY]
    return [piece for link in links for piece in ("、", link)][1:]


def _since(appointment: Any) -> str:
    return f"{appointment.starts_on} 至 {appointment.ends_on or '今'}"
