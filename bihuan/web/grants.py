"""Grants that wait for a second person: who would hold which role, granted by whom; several settled at once."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse

from bihuan.core import history
from bihuan.core.action import Repeated
from bihuan.core.audit import Overtaken
from bihuan.gate.answers import again, deed, opinion, page
from bihuan.gate.policy import SECONDS, Asked, policy
from bihuan.gate.telling import tell
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import whole
from bihuan.organisation.actions import granting
from bihuan.organisation.queries import staff
from bihuan.organisation.rules.duties import ROLE_LABELS, Role

GONE = "没有这一项，或不由您确认"
ACTS: dict[str, tuple[str, Callable[..., Any]]] = {
    "confirm": ("已确认", lambda grant, note, **deed: granting.confirm_grant(grant, **deed)),  # noqa: ARG005 -- one shape for both
    "refuse": ("已退回", granting.refuse_grant),
}


@policy(SECONDS, weighty=True)
def grant_list(request: Asked) -> HttpResponse:
    """What waits for this person's confirmation; a POST confirms or refuses the chosen ones."""
    if request.method == "POST":
        _settle(request)
        return again(request)
    waiting = [*staff.grants_to_confirm(request.actor)]
    begun = history.begun(waiting)
    lines = [_line(grant, begun[grant.pk][0]) for grant in waiting]
    return page(request, "grants/grant_list.html", room="home", lines=lines)


def _settle(request: Asked) -> None:
    if request.POST.get("act") not in ACTS:
        raise Http404
    said, run = ACTS[request.POST["act"]]
    once, note = deed(request), opinion(request)
    done, refused = 0, list[str]()
    waiting = {grant.pk: grant for grant in staff.grants_to_confirm(request.actor)}
    for chosen in dict.fromkeys(whole(text) or 0 for text in request.POST.getlist("row")):
        try:
            _run(run, waiting.get(chosen), note, {**once, "key": f"{once['key']}:{chosen}" if once["key"] else ""})
            done += 1
        except (Refused, Overtaken) as refusal:
            refused.append(str(refusal))
        except Repeated:
            done += 1
    if done:
        tell(request, "done", f"{said}{done}项。")
    for sentence in dict.fromkeys(refused or ([] if done else ["一项也没有办：请先勾选。"])):
        tell(request, "refused", sentence)


def _run(run: Callable[..., Any], grant: Any, note: str, once: dict[str, Any]) -> None:
    if grant is None:
        raise Refused(f"{GONE}；也许别人刚办过。")
    run(grant, note=note, **once)


def _line(grant: Any, since: Any) -> dict[str, Any]:
    behalf = f"代{grant.stands_in_for.person}" if grant.stands_in_for else ""
    return {
        "key": grant.pk,
        "who": str(grant.person),
        "duty": ROLE_LABELS[Role(grant.role)],
        "post": f"{grant.post}{f'，{behalf}' if behalf else ''}",
        "days": f"{grant.starts_on} 至 {grant.ends_on or '今'}",
        "paper": grant.paper_number,
        "granter": str(grant.granted_by),
        "since": since,
    }
