"""The page on which the office words its city's bulletins (通报用语): tried on a real batch, saved, put back."""

from typing import Any

from django.http import HttpResponse

from bihuan.core import clock, history
from bihuan.gate import bulletins
from bihuan.gate.answers import again, deed, opinion, page, refusals, refused_at
from bihuan.gate.policy import Asked, policy
from bihuan.lib.quantity import whole
from bihuan.petitions.actions import wordings as actions
from bihuan.petitions.queries import batches, wordings
from bihuan.petitions.rules.bulletin import kinds
from bihuan.web.drawing import address
from bihuan.web.trail import trail_lines
from bihuan.web.wording_forms import WordingForm

OFFERED = 30


@policy(*wordings.WORDERS)
def bulletin_wording(request: Asked) -> HttpResponse:
    """One kind's wording with its fixed tags, tried on a batch; a POST tries it, saves it or puts the house's back."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds.KINDS else next(iter(kinds.KINDS))
    act = request.POST.get("act", "")
    held = {"seen": whole(request.POST.get("seen")), "note": opinion(request), **deed(request)}
    if act == "restore":
        with refusals(request, "已恢复默认用语。"):
            actions.restore_wording(kind, **held)
        return again(request)
    form = _form(request, kind, act)
    if act == "save" and form.is_valid():
        with refused_at(form, request, "已存下，从现在起的通报照此写。"):
            actions.set_wording(kind, form.wording, **held)
        if not form.errors:
            return again(request)
    told, status = {"form": form, **_drawn(request, kind, form)}, 422 if form.errors else 200
    return page(request, "petitions/bulletin_wording.html", room="petition_board", status=status, **told)


def _form(request: Asked, kind: str, act: str) -> WordingForm:
    row = wordings.row_of(request.actor.city, kind)
    standing = bulletins.standing(request.actor.city, kind)
    return WordingForm(request.POST if act in ("try", "save") else None, wording=standing, row=row)


def _drawn(request: Asked, kind: str, form: WordingForm) -> dict[str, Any]:
    """What the page draws beside its form: the tabs, the tags, the bulletin as it would read of the chosen batch."""
    offered = [*batches.batches_seen(request.actor)[:OFFERED]]
    asked = whole((request.POST or request.GET).get("batch"))
    batch = next((one for one in offered if one.pk == asked), offered[0] if offered else None)
    tried = form.wording if form.is_bound and form.is_valid() else None if form.is_bound else form.standing
    told = bulletins.told(batch, request.actor, clock.today(), kind, tried) if batch and tried else None
    return {
        "kinds": [(label, address("", [("kind", one)]), one == kind) for one, (label, _) in kinds.KINDS.items()],
        "batches": [(one.pk, f"{one.inspection} {one.label}", one == batch) for one in offered],
        "tags": kinds.tags_of(form.standing),
        "told": told,
        "is_own": form.row is not None and not form.row.is_ended,
        "seen": form.row.version if form.row else 0,
        "trail": trail_lines(history.deeds_on(form.row)) if form.row else [],
    }
