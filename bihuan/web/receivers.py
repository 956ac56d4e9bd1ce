"""Who outside is told of steps: the security administrator lists them, the system administrator confirms."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from bihuan.core import vault
from bihuan.core.action import Repeated
from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.policy import Asked, policy
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import whole
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.outgoing import actions, queries
from bihuan.outgoing.rules import OFF, ON, PATIENCE, WAITING
from bihuan.web.settings_forms import ReceiverForm

LISTS, CONFIRMS = (Role.SECURITY_ADMIN,), (Role.SYSTEM_ADMIN,)


@policy(*LISTS, *CONFIRMS, weighty=True)
def receiver_list(request: Asked) -> HttpResponse:
    """The receivers; a POST lists one, whose secret is shown this once, or confirms, stops, or sends again."""
    may_list = scope.has_role(request.actor, LISTS)
    rows = queries.receivers_in(request.actor.city)
    form = ReceiverForm(request.POST if "url" in request.POST else None)
    if request.method == "POST" and not form.is_bound:
        _decide(request, get_object_or_404(rows, pk=whole(request.POST.get("receiver")) or 0), may_list=may_list)
        return again(request)
    shown = _listed(request, form) if may_list and form.is_bound and form.is_valid() else None
    form = ReceiverForm() if shown else form
    return page(
        request,
        "console/receivers.html",
        room="home",
        status=422 if form.errors else 200,
        lines=[(queries.standing_of(one), _acts(request, one, may_list=may_list)) for one in rows],
        form=form if may_list else None,
        patience=PATIENCE,
        shown=shown,
    )


def _listed(request: Asked, form: Any) -> tuple[Any, str] | None:
    """A new receiver and its secret; None, and why on the form, where it was refused."""
    secret = actions.new_secret()
    try:
        return actions.add_receiver(**form.cleaned_data, secret=vault.Secret(secret), **deed(request)), secret
    except (Refused, Repeated) as refusal:
        form.add_error("url", str(refusal))
        return None


def _acts(request: Asked, one: Any, *, may_list: bool) -> list[tuple[str, str]]:
    acts = []
    if one.state == WAITING and scope.has_role(request.actor, CONFIRMS) and one.added_by_id != request.actor.person:
        acts.append(("confirm", "确认"))
    if one.state == ON:
        acts.append(("again", "把没送成的再送"))
    if one.state != OFF and may_list:
        acts.append(("stop", "停用"))
    return acts


def _decide(request: Asked, to: Any, *, may_list: bool) -> None:
    act = request.POST.get("act", "")
    if act not in dict(_acts(request, to, may_list=may_list)):
        raise Http404
    if act == "confirm":
        with refusals(request, f"已确认，从现在起通知{to}；先发了一条问候，看它能不能收到。"):
            actions.confirm_receiver(to, **deed(request))
    elif act == "again":
        with refusals(request, f"{to}没收到的已重新排上。"):
            actions.send_again(to, **deed(request))
    else:
        with refusals(request, f"{to}已停用，不再通知。"):
            actions.stop_receiver(to, note=opinion(request), **deed(request))
