"""The page on which the city's office splits a petition into sub-items (分项): added, corrected, taken back."""

from typing import Any

from django.http import HttpResponse

from bihuan.gate.answers import again, deed, opinion, or_404, page, refusals, refused_at
from bihuan.gate.policy import Asked, policy
from bihuan.lib.quantity import whole
from bihuan.petitions.actions import splitting as actions
from bihuan.petitions.queries import called, sub_items
from bihuan.web import splitting_view
from bihuan.web.splitting_view import ItemForm, SplitForm

DONE = "已添上分项。"


@policy(*sub_items.OFFICE)
def petition_items(request: Asked, code: str) -> HttpResponse:
    """The sub-items of one petition beside its words; what its own text proposes is filled in where there is none."""
    petition = or_404(called.petition(request.actor, code))
    act = request.POST.get("act", "")
    if act == "end":
        with refusals(request, "已收回，其余分项依次排好。"):
            actions.end_sub_item(_item(request, petition), note=opinion(request), **deed(request))
        return again(request)
    typed = _typed(request, petition, act)
    if typed is not None and not typed.errors:
        return again(request)
    told = splitting_view.page_of(petition, typed)
    status = 422 if typed is not None and typed.errors else 200
    return page(request, "petitions/petition_items.html", room="petition_board", status=status, **told)


def _typed(request: Asked, petition: Any, act: str) -> Any:
    """The form that was sent, done or with what is wrong; None where none was."""
    if act == "split":
        form: Any = SplitForm(request.POST, petition=petition)
        if form.is_valid():
            with refused_at(form, request, DONE):
                actions.split_petition(petition, form.texts, **deed(request))
        return form
    if act == "correct":
        item = _item(request, petition)
        form = ItemForm(request.POST, item=item)
        if form.is_valid():
            with refused_at(form, request, "分项文字已改。"):
                actions.correct_sub_item(item, form.cleaned_data["text"], **deed(request))
        return form
    return None


def _item(request: Asked, petition: Any) -> Any:
    return or_404(sub_items.item_of(petition, whole(request.POST.get("item"))))
