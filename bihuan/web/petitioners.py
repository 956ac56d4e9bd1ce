"""Pages of petitioners: for the petition desk, and for the head of the office, who agrees and sees who has read."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.vault import Secret
from bihuan.gate.answers import again, deed, opinion, or_404, page, refusals
from bihuan.gate.policy import Asked, policy
from bihuan.gate.telling import tell
from bihuan.lib.quantity import whole
from bihuan.petitioners.actions import destroying, keeping, reading
from bihuan.petitioners.queries import limits, sight
from bihuan.petitioners.rules.destruction import DESTRUCTION
from bihuan.petitioners.rules.opening import LOOKUPS_A_DAY, OPENING, OpeningState
from bihuan.petitions.queries import called
from bihuan.web import petitioner_view
from bihuan.web.petitioner_forms import IdentityForm, LookupForm, OpenForm
from bihuan.web.problem_view import done

WAITS = "已提出，等整改办主任批准；批准后在这一页打开。"


@policy(*sight.OVERSEERS, weighty=True)
def petitioner_detail(request: Asked, code: str) -> HttpResponse:
    """One petition's petitioner; a POST records, opens, decides, proposes."""
    petition = _petition(request, code)
    bound = _act(request, petition) if request.method == "POST" else {}
    if request.method == "POST" and not bound:
        return again(request)
    told = petitioner_view.detail(petition, request.actor, clock.now(), **bound)
    status = 422 if bound else 200
    return page(request, "petitions/petitioner_detail.html", room="petition_board", status=status, **told)


@policy(*sight.OVERSEERS)
def petitioner_letter(request: Asked, code: str) -> HttpResponse:
    """The letter to the petitioner, to print: what is held of him and who received it; nothing in it is plain."""
    petition = _petition(request, code)
    told = petitioner_view.letter(petition, request.actor, clock.now())
    return page(request, "petitions/petitioner_letter.html", room="petition_board", **told)


@policy(*sight.READERS, weighty=True)
def petitioner_lookup(request: Asked) -> HttpResponse:
    """Find a petitioner's petitions by a whole number; what was typed stands in no address and comes back nowhere."""
    form, found = LookupForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        with refusals(request):
            number = Secret(form.cleaned_data["number"])
            found = reading.look_up(form.cleaned_data["field"], number, **deed(request))
        form = LookupForm(initial={"field": form.cleaned_data["field"]})
    left = LOOKUPS_A_DAY - limits.lookups_today(request.actor, clock.now())
    lines = [(one.number, reverse("petitioner_detail", args=[one.matter.code])) for one in found or ()]
    told: dict[str, Any] = {"form": form, "lines": lines, "is_asked": found is not None, "left": left}
    return page(request, "petitions/petitioner_lookup.html", room="petition_board", **told)


def _petition(request: Asked, code: str) -> Any:
    petition = or_404(called.petition(request.actor, code))
    if not sight.may_oversee(request.actor, petition, clock.today()):
        raise Http404
    return petition


def _act(request: Asked, petition: Any) -> dict[str, Any]:
    """Do what was sent: {} when it was done or refused with a sentence, else the form that is to be mended, by name."""
    act = request.POST.get("act", "")
    if act == "write":
        return _write(request, petition)
    if act == "ask":
        return _ask(request, petition)
    note = opinion(request)
    if act == "propose":
        with refusals(request, "已提出，等另一人确认。"):
            destroying.propose_destruction(petition, note=note, **deed(request))
        return {}
    _decide(request, petition, act, note)
    return {}


def _decide(request: Asked, petition: Any, kind: str, note: str) -> None:
    """A step on something that waits: a request to read, or a proposal to destroy."""
    name, row, pk = request.POST.get("move", ""), sight.standing(petition), whole(request.POST.get("row")) or 0
    waiting = [one for one, _ in limits.waiting(row, request.actor, clock.now())] if row else []
    one = or_404(next((one for one in waiting if one.pk == pk and one._meta.model_name == kind), None))
    with refusals(request, done(OPENING if kind == "opening" else DESTRUCTION, name)):
        if kind == "destruction":
            destroying.decide_destruction(one, name, note=note, **deed(request))
        elif name == "open":
            reading.use_opening(one, **deed(request))
        else:
            reading.decide_opening(one, name, note=note, **deed(request))


def _held(request: Asked, petition: Any) -> tuple[Any, ...]:
    return or_404(sight.view_for(request.actor, petition, clock.now())).held


def _write(request: Asked, petition: Any) -> dict[str, Any]:
    form = IdentityForm(request.POST, held=_held(request, petition))
    if not form.is_valid():
        return {"write": form}
    with refusals(request, "已存入。"):
        keeping.record_identity(petition, form.values(), seen=form.cleaned_data["seen"], **deed(request))
    return {}


def _ask(request: Asked, petition: Any) -> dict[str, Any]:
    form = OpenForm(request.POST, held=_held(request, petition))
    if not form.is_valid():
        return {"open": form}
    given = form.cleaned_data
    fields, why, words = given["fields_asked"], given["reason"], given["words"]
    with refusals(request):
        opening = reading.ask_opening(petition, fields, why, words, is_kin=given["is_kin"], **deed(request))
        if opening.state == OpeningState.ASKED:
            tell(request, "asked", WAITS)
    return {}
