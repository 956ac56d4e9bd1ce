"""The emergency (应急启封): each administrator seals a code of his own; any two let somebody act for the head."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from bihuan.core import clock
from bihuan.gate import arrival, watching
from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.policy import ENDING, OPENING, Asked, policy
from bihuan.gate.telling import tell
from bihuan.lib import one_time
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import span, whole
from bihuan.organisation.actions import emergency as deeds
from bihuan.organisation.queries import access, emergency, scope
from bihuan.organisation.rules.duties import ROLE_LABELS, Role
from bihuan.organisation.rules.emergency import HOLDERS, LASTS
from bihuan.organisation.rules.entering import SLIP_GROUPS
from bihuan.web.account_forms import code_field
from bihuan.web.jinja import moment

SHOWN = 20
HINT = "向保管它的管理员要；五组字母和数字，不分大小写。"


class UnsealForm(forms.Form):
    """Two administrators' codes, why the head cannot be waited for, and what for."""

    reason = forms.CharField(label="为什么等不了主任", max_length=200, help_text="如：主任住院，手机关机。")
    purpose = forms.CharField(label="要办什么", max_length=200, help_text=f"写明事项和步骤，{span(LASTS)}里只办这些。")
    first_code = code_field("第一位管理员的封存码", HINT)
    second_code = code_field("另一位管理员的封存码", HINT)


@policy(ENDING, weighty=True)
def unsealing_list(request: Asked) -> HttpResponse:
    """Which codes are sealed, and every emergency; a POST seals one's own code anew, or ends an emergency."""
    city, now = request.actor.city, clock.now()
    if request.method == "POST" and request.POST.get("act") == "seal":
        return _sealed(request)
    if request.method == "POST":
        one = get_object_or_404(emergency.open_unsealings(city, now), pk=whole(request.POST.get("row")) or 0)
        with refusals(request, "应急启封已结束。"):
            deeds.end_unsealing(one, note=opinion(request), **deed(request))
        return again(request)
    return page(
        request,
        "emergency/list.html",
        room="home",
        codes=[(ROLE_LABELS[role], code, is_founding) for role, code, is_founding in watching.codes(city, now)],
        lent_for=LASTS,
        may_seal=scope.has_role(request.actor, HOLDERS),
        unsealings=[_line(one, now) for one in emergency.unsealings_in(city)[:SHOWN]],
    )


def _sealed(request: Asked) -> HttpResponse:
    """The new code, shown this once, as a sheet to print and to seal."""
    if not scope.has_role(request.actor, HOLDERS):
        raise Http404
    code = one_time.new_code(SLIP_GROUPS)
    try:
        kept = deeds.seal_code(code, by=request.actor, at=clock.now())
    except Refused as refusal:
        tell(request, "refused", str(refusal))
        return again(request)
    return page(request, "emergency/sheet.html", room="home", kept=kept, code=code, role=ROLE_LABELS[Role(kept.role)])


def _line(one: Any, now: Any) -> dict[str, Any]:
    over = watching.over_at(one)
    return {
        "row": one,
        "who": str(one.appointment.person),
        "holders": f"{one.first_code.holder}、{one.second_code.holder}",
        "lasts": now < over,
        "over": over,
        "ended_by": str(one.ended_by) if one.ended_by else "",
    }


@policy(OPENING, weighty=True)
def unsealing_open(request: Asked) -> HttpResponse:
    """Two codes, a reason and what for: then whoever sent them holds the head's duties for two hours."""
    form = UnsealForm(request.POST or None)
    lasting = emergency.open_unsealings(request.actor.city, clock.now()).first()
    is_mine = lasting is not None and lasting.appointment.person_id == request.actor.person
    if request.method == "POST" and form.is_valid() and not is_mine:
        try:
            until = _unsealed(request, **form.cleaned_data)
            tell(request, "done", f"已启封：{moment(until)}前您代行主任职责。")
            return redirect("home")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    told = {"form": form, "lasting": lasting, "is_mine": is_mine, "lent_for": LASTS}
    return page(request, "emergency/open.html", room="home", status=422 if form.errors else 200, **told)


def _unsealed(request: Asked, reason: str, purpose: str, first_code: str, second_code: str) -> datetime:
    one, other = arrival.sealed_codes(access.account_of(request.actor), (first_code, second_code))
    return deeds.unseal(one, other, reason=reason, purpose=purpose, by=request.actor, at=clock.now()).valid_until
