"""Pages of exports of petitioners' data: the desk asks and gets the file, the head agrees and sees the password."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.action import Repeated
from bihuan.core.audit import Overtaken
from bihuan.core.listing import narrowed
from bihuan.gate.answers import again, deed, opinion, page, refusals, workbook
from bihuan.gate.policy import Asked, policy
from bihuan.gate.shelves import SHELVES, rows_of
from bihuan.gate.telling import tell
from bihuan.lib.flow import Refused
from bihuan.lib.ledger import view_of
from bihuan.organisation.queries import scope
from bihuan.petitioners.actions import exporting
from bihuan.petitioners.queries import exports, sight
from bihuan.petitioners.rules.export import AGREED_FOR, EXPORT, MOST
from bihuan.petitions import queries as petitions
from bihuan.web import export_view
from bihuan.web.export_forms import ExportForm
from bihuan.web.problem_view import done

ROOM = "petition_board"


@policy(*sight.OVERSEERS)
def petitioner_export_list(request: Asked) -> HttpResponse:
    """Every export that this person may see, newest first."""
    by, now = request.actor, clock.now()
    lines = [export_view.line(one, by, now) for one in exports.exports_for(by, clock.day_of(now))[: export_view.SHOWN]]
    new = reverse("petitioner_export_new") if scope.has_role(by, sight.READERS) else ""
    return page(request, "petitions/export_list.html", room=ROOM, lines=lines, new_url=new)


@policy(*sight.READERS, weighty=True)
def petitioner_export_new(request: Asked) -> HttpResponse:
    """Ask for an export; `?…` of the petitions' ledger brings along what is filtered there."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        chosen, unknown = _chosen(request, form)
        if unknown:
            form.add_error("named", f"查不到：{'、'.join(unknown[:20])}。请核对编码或受理编号。")
        else:
            try:
                fields, purpose = form.cleaned_data["fields_asked"], form.purpose()
                export = exporting.ask_export(chosen, fields, purpose, **deed(request))
                tell(request, "done", _said(export, len(chosen)))
                return redirect("petitioner_export_detail", export.pk)
            except (Refused, Repeated) as refusal:
                form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    return page(request, "petitions/export_new.html", room=ROOM, form=form, agreed_for=AGREED_FOR, status=status)


def _said(export: Any, chosen: int) -> str:
    left = chosen - len(export.codes)
    out = f"另有{left}件与您的单位有关，没有列入。" if left else ""
    is_stuck = not exports.heads_for(export, clock.today()) - {export.asked_by_id}
    waits = "但现在没有能批准的主任：其中有信访件与主任的单位有关。" if is_stuck else "等整改办主任批准。"
    return f"{export.code}已提出，共{len(export.codes)}件，{waits}{out}"


def _form(request: Asked) -> ExportForm:
    asked = request.POST.get("asked", "") if request.method == "POST" else request.GET.urlencode()
    count = _filtered(request, asked)[: MOST + 1].count() if _has_filters(asked) else 0
    initial = {"asked": asked if count else "", "of_view": bool(count)}
    return ExportForm(request.POST or None, batches=exports.batches_for(request.actor), count=count, initial=initial)


def _has_filters(asked: str) -> bool:
    return bool(view_of(SHELVES["petitions"].ledger, QueryDict(asked)).filters)


def _filtered(request: Asked, asked: str) -> Any:
    """The petitions that the ledger shows at that address."""
    shelf = SHELVES["petitions"]
    rows = rows_of(shelf, request.actor, request.session.get("inspection", ""))
    return narrowed(rows, view_of(shelf.ledger, QueryDict(asked)), clock.today())


def _chosen(request: Asked, form: ExportForm) -> tuple[list[Any], list[str]]:
    """(the petitions that are meant, the words that name none)."""
    given, seen = form.cleaned_data, petitions.petitions_seen(request.actor).select_related("matter")
    if given.get("of_view"):
        return [*_filtered(request, given["asked"]).select_related("matter")[: MOST + 1]], []
    if given["batch"]:
        return [*seen.filter(batch=given["batch"])[: MOST + 1]], []
    return exports.named_by(request.actor, given["named"])


@policy(*sight.OVERSEERS, weighty=True)
def petitioner_export_detail(request: Asked, pk: int) -> HttpResponse:
    """One export and its steps; making it answers with the file, and the password is drawn once."""
    export = get_object_or_404(exports.exports_for(request.actor, clock.today()), pk=pk)
    if request.method == "POST":
        return _act(request, export, request.POST.get("move", ""))
    told = export_view.detail(export, request.actor, clock.now())
    return page(request, "petitions/export_detail.html", room=ROOM, **told)


def _act(request: Asked, export: Any, name: str) -> HttpResponse:
    if name in ("make", "show"):
        return _given(request, export, name)
    with refusals(request, done(EXPORT, name)):
        if name == "withdraw":
            exporting.withdraw_export(export, **deed(request))
        else:
            exporting.decide_export(export, name, note=opinion(request), **deed(request))
    return again(request)


def _given(request: Asked, export: Any, name: str) -> HttpResponse:
    """The file, or the page with the password; where it is refused, the page again with the sentence."""
    try:
        if name == "make":
            made = exporting.make_export(export, **deed(request))
            return workbook(f"举报人信息{made.code}", made.file)
        password = exporting.show_password(export, **deed(request)).plain
    except (Refused, Overtaken, Repeated) as refusal:
        tell(request, "refused", str(refusal))
        return again(request)
    told = {"export": export, "password": password, "back": request.get_full_path()}
    return page(request, "petitions/export_password.html", room=ROOM, **told)
