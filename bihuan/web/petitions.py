"""Pages of petitions: the de-identified text, the units that handle it, and the steps."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from bihuan.core import clock, correction
from bihuan.gate.answers import again, deed, opinion, or_404, page, refusals, refused_at
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import whole
from bihuan.organisation.queries import scope, structure
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import actions, queries
from bihuan.petitions.actions import calling
from bihuan.petitions.queries import called, steps
from bihuan.petitions.rules.facts import PLACED
from bihuan.petitions.rules.petition import AFTER_ANSWER, PETITION, WEIGHTY
from bihuan.petitions.rules.undertaking import UNDERTAKING
from bihuan.web import board_view, petition_view, petitioner_view
from bihuan.web.findings_forms import CallBackForm, PlaceForm
from bihuan.web.forms import AssignForm
from bihuan.web.matter_view import after
from bihuan.web.problem_view import done


@policy(BUSINESS)
def petition_board(request: Asked) -> HttpResponse:
    """The open petitions by days left and step, the figures of all, and who has not opened what."""
    told = board_view.board_of(request.actor, str(request.session.get("inspection", "")), clock.now())
    return page(request, "petitions/board.html", room="petition_board", **told)


@policy(BUSINESS, weighty=WEIGHTY)
def petition_detail(request: Asked, code: str) -> HttpResponse:
    """One petition, and the steps that this person may take on it and on his unit's part."""
    petition = or_404(called.petition(request.actor, code))
    if request.method == "POST" and request.POST.get("move") == "call_back":
        return _call_back(request, petition)
    if request.method == "POST" and request.POST.get("move") == "place":
        return _place(request, petition)
    if request.method == "POST":
        _act(request, petition)
        return after(request, queries.petitions_for(request.actor), petition)
    return _page(request, petition, _call_form(request, petition))


def _page(
    request: Asked, petition: Any, call_form: Any, status: int = 200, place_form: PlaceForm | None = None
) -> HttpResponse:
    units = structure.units_in(request.actor.city)
    return page(
        request,
        "petitions/petition_detail.html",
        room="petition_board",
        status=status,
        call_form=call_form,
        place_form=place_form or _place_form(request, petition),
        offers=steps.petition_offers(petition, request.actor),
        move_forms={"assign": AssignForm(units=units)},
        petitioner=petitioner_view.section(petition, request.actor, clock.now()),
        **petition_view.detail(petition, request.actor, clock.today(), units),
    )


def _call_form(request: Asked, petition: Any, sent: Any = None) -> CallBackForm | None:
    """The form of a call-back, for the petition desk once the petition is answered."""
    is_desk = scope.has_role(request.actor, (Role.PETITION_DESK,))
    return CallBackForm(sent, today=clock.today()) if is_desk and petition.matter.state in AFTER_ANSWER else None


def _place_form(request: Asked, petition: Any, sent: Any = None) -> PlaceForm | None:
    """The form of a petition's region, for the office until it is handed over."""
    if not steps.may_place(petition, request.actor):
        return None
    return PlaceForm(sent, regions=structure.regions_in(request.actor.city), chosen=petition.matter.region_id)


def _place(request: Asked, petition: Any) -> HttpResponse:
    form = _place_form(request, petition, request.POST)
    if form is None:
        with refusals(request):
            raise Refused(PLACED)
    elif form.is_valid():
        with refused_at(form, request, "行政区域已定。"):
            facts = {"region": form.cleaned_data["region"].pk}
            actions.change_petition(petition, facts, **deed(request), note=opinion(request))
    failed = form is not None and form.errors
    return _page(request, petition, None, 422, form) if failed else again(request)


def _call_back(request: Asked, petition: Any) -> HttpResponse:
    form = _call_form(request, petition, request.POST)
    if form is None:
        with refusals(request):
            raise Refused(calling.DESK_ONLY)
    elif form.is_valid():
        with refused_at(form, request, "回访已记下。"):
            calling.record_call_back(petition, form.called(), **deed(request))
    return _page(request, petition, form, 422) if form is not None and form.errors else again(request)


def _act(request: Asked, petition: Any) -> None:
    name, part = request.POST.get("move", ""), request.POST.get("undertaking", "")
    told: dict[str, Any] = {**deed(request), "note": opinion(request)}
    with refusals(request, done(UNDERTAKING if part else PETITION, name)):
        if part:
            _act_on_part(request, get_object_or_404(queries.undertakings_of(petition), pk=whole(part) or 0), name, told)
        elif name == correction.CORRECT:
            actions.correct_petition(petition, **told)
        elif name == "assign":
            actions.assign_petition(petition, _units(request), **told)
        else:
            actions.move_petition(petition, name, **told)


def _act_on_part(request: Asked, part: Any, name: str, told: dict[str, Any]) -> None:
    if name == "reassign":
        actions.reassign_undertaking(part, _units(request), **told)
    else:
        actions.move_undertaking(part, name, **told)


def _units(request: Asked) -> list[Any]:
    """The units that were chosen."""
    form = AssignForm(request.POST, units=structure.units_in(request.actor.city))
    if not form.is_valid():
        raise Refused("请至少选一个承办单位。")
    return [*form.cleaned_data["units"]]
