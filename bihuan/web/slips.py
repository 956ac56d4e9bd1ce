"""One-time slips: the system administrator prints one for somebody who cannot get in; the guard confirms it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.action import Repeated
from bihuan.gate.answers import deed, page, refusals
from bihuan.gate.policy import Asked, policy
from bihuan.lib import one_time
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import access as ways
from bihuan.organisation.queries import access, scope
from bihuan.organisation.rules.duties import Role
from bihuan.organisation.rules.entering import SLIP_FOR, SLIP_GROUPS
from bihuan.web.account_forms import SlipPrintForm

PRINTERS, CONFIRMERS = (Role.SYSTEM_ADMIN,), (Role.SECURITY_ADMIN,)


@policy(*PRINTERS, *CONFIRMERS, weighty=True)
def slip_list(request: Asked) -> HttpResponse:
    """Slips that are open; the system administrator prints another."""
    may_print = scope.has_role(request.actor, PRINTERS)
    form = SlipPrintForm(request.POST or None, city=request.actor.city)
    if request.method == "POST" and may_print and form.is_valid():
        told, code = form.cleaned_data, one_time.new_code(SLIP_GROUPS)
        try:
            slip = ways.print_slip(
                told["account"],
                code,
                reason=f"{told['reason']}（{told['asked_by']}提出）",
                ends_factors=told["ends_factors"],
                **deed(request),
            )
            address = request.build_absolute_uri(reverse("account_slip"))
            return page(request, "slips/slip.html", room="slip_list", slip=slip, code=code, address=address)
        except (Refused, Repeated) as refusal:
            form.add_error(None, str(refusal))
    slips = [_line(request, one) for one in access.open_slips(clock.now()).filter(city=request.actor.city)]
    told = {"form": form if may_print else None, "valid_for": SLIP_FOR, "slips": slips}
    return page(request, "slips/list.html", room="slip_list", status=422 if form.errors else 200, **told)


@policy(*PRINTERS, *CONFIRMERS, weighty=True)
def slip_detail(request: Asked, pk: int) -> HttpResponse:
    """Confirm a slip, or make it void."""
    slip = get_object_or_404(access.open_slips(clock.now()).filter(city=request.actor.city), pk=pk)
    if request.method == "POST" and "void" in request.POST:
        with refusals(request, "凭条已作废。"):
            ways.void_slip(slip, **deed(request))
    elif request.method == "POST" and scope.has_role(request.actor, CONFIRMERS):
        with refusals(request, "凭条已确认，可以用了。"):
            ways.confirm_slip(slip, **deed(request))
    return redirect("slip_list")


def _line(request: Asked, slip: Any) -> tuple[Any, bool]:
    """A slip, and whether this person may confirm it."""
    waits = slip.wants_confirmation and slip.confirmed_by_id is None
    return slip, bool(waits and scope.has_role(request.actor, CONFIRMERS))
