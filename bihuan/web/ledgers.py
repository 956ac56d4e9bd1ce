"""The three ledgers and four lists: one page function for all, each a declaration and a query."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.core import aside, clock, still
from bihuan.core.actor import Actor
from bihuan.core.listing import Listing, listing
from bihuan.gate import books
from bihuan.gate.answers import deed, opinion, page, refusals, workbook
from bihuan.gate.policy import BUSINESS, Asked, opens, policy
from bihuan.gate.shelves import SHELVES, Shelf, ledger_for, rows_of
from bihuan.gate.telling import tell
from bihuan.intake.queries import returning
from bihuan.intake.queries.sight import IMPORTERS
from bihuan.lib.flow import Refused
from bihuan.lib.ledger import View, view_of
from bihuan.lib.quantity import whole
from bihuan.organisation.actions import own
from bihuan.organisation.queries import staff
from bihuan.web import drawing, many
from bihuan.web.drawing import Piece

EXPORTS = ("petitioner_export_new", "petitioner_export_list")


@policy(BUSINESS)
def ledger_list(request: Asked) -> HttpResponse:  # noqa: ARG001 -- a page's signature
    """The ledgers begin with the problems."""
    return redirect("ledger_detail", "problems")


@policy(BUSINESS)
def ledger_detail(request: Asked, name: str) -> HttpResponse:
    """One ledger as the address asks for it."""
    shelf, today = _shelf(name), clock.today()
    view = view_of(ledger_for(shelf, request.actor), request.GET)
    found = listing(_rows(request, shelf), view, today, kinds=_kinds(shelf, today))
    url = reverse("ledger_detail", args=[name])
    drawn = drawing.ledger(
        view,
        found,
        url=url,
        row_url=_row_url(shelf),
        today=today,
        views=_sisters(shelf),
        offered=_offered(request, name, url, view),
    )
    sheet = drawing.address(reverse("ledger_workbook", args=[name]), view.pairs())
    room = "petition_board" if name == "petitions" else "ledger_list"
    return page(
        request,
        "ledgers/ledger.html",
        room=room,
        ledger=drawn,
        lead=_lead(drawn, found, view),
        acts=[("取出 Excel", sheet), *_forms(request, name, view), *_exports(request, name, view)],
    )


def _forms(request: Asked, name: str, view: View) -> list[tuple[str, str]]:
    """The ways to the workbook that comes back, and to where it does."""
    if not returning.may_fill(name, request.actor):
        return []
    url = drawing.address(reverse("ledger_form", args=[name]), view.pairs())
    return [("取出填报", url), ("交回", reverse("import_new"))]


def _exports(request: Asked, name: str, view: View) -> list[tuple[str, str]]:
    """The way to the petitioners' data of what is shown: the desk asks for it, the head of the office agrees."""
    if name != "petitions":
        return []
    page_name = next((one for one in EXPORTS if opens(one, request.actor)), "")
    pairs = view.pairs() if view.filters else []
    return [("导出举报人信息", drawing.address(reverse(page_name), pairs))] if page_name else []


def _offered(request: Asked, name: str, url: str, view: View) -> drawing.Offered:
    return drawing.Offered(
        many.selection(name, request.actor, drawing.address(reverse("ledger_rows", args=[name]), view.pairs())),
        many.refusals_of(name, request.actor),
        _own(request, name, url, view),
        _keep_url(name, view),
    )


def _sisters(shelf: Shelf) -> list[drawing.Sister]:
    return [drawing.Sister(one.ledger.title, _address(one), "", one is shelf) for one in SHELVES.values()]


def _kinds(shelf: Shelf, today: date) -> dict[str, Q]:
    """What the lead sentence counts: what is overdue, and what falls due in the rest of this week."""
    sunday = today + timedelta(days=6 - today.weekday())
    return {
        "over": shelf.over(today),
        "week": ~shelf.dark & Q(matter__due_on__range=(today, sunday)),
    }


def _lead(drawn: drawing.Drawn, found: Listing, view: View) -> list[str | Piece]:
    """The conclusion: how many, how many of them overdue (they open), how many due this week."""
    of = view.ledger.counted
    said: list[str | Piece] = [f"{drawn.count}{view.ledger.noun}"]
    if found.tally.get("over"):
        url = drawing.address(drawn.url, [*view.pairs("light"), ("light", "over")])
        said += ["，", Piece(f"{found.tally['over']:,} {of}超期", "link", url)]
    if found.tally.get("week"):
        said.append(f"，{found.tally['week']:,} {of}本周到期")
    quiet = bool(found.count and found.tally and not any(found.tally.values()))
    return [*said, "，没有超期和本周到期的。" if quiet else "。"]


def _row_url(shelf: Shelf) -> Callable[[Any], str]:
    """The address of a row's page: asked of the site's map once, not fifty times."""
    before, _, after = reverse(shelf.page, args=["CODE"]).partition("CODE")
    return lambda row: f"{before}{shelf.ledger.key(row)}{after}"


@policy(BUSINESS)
@require_POST
def ledger_views(request: Asked, name: str) -> HttpResponse:
    """Keep the view of this address under a name, or drop one of one's own (`drop`)."""
    shelf = _shelf(name)
    question = urlencode(view_of(shelf.ledger, request.GET).pairs())
    if drop := request.GET.get("drop"):
        kept = get_object_or_404(staff.views_of(request.actor, name), pk=whole(drop) or 0)
        with refusals(request, f"已删去视图“{kept}”。"):
            own.drop_view(kept, **deed(request))
    else:
        label = request.POST.get("label", "").strip()[:40]
        with refusals(request, f"已存为视图“{label}”。"):
            if not label:
                raise Refused("请给视图起个名字。")
            own.keep_view(name, label, question, **deed(request))
    return redirect(f"{reverse('ledger_detail', args=[name])}?{question}")


@policy(BUSINESS)
@require_POST
def ledger_rows(request: Asked, name: str) -> HttpResponse:
    """Do one thing to every chosen row, each a deed of its own; what was refused is named."""
    shelf = _shelf(name)
    question = urlencode(view_of(shelf.ledger, request.GET).pairs())
    back = redirect(f"{reverse('ledger_detail', args=[name])}?{question}")
    if request.POST.get("act") == many.NONE:
        tell(request, "refused", "什么也没有办：请点要办的那个按钮。")
        return back
    done, refused = many.do_all(
        name,
        request.POST.get("act", ""),
        request.POST.getlist("row"),
        note=opinion(request),
        **deed(request),
    )
    if done:
        tell(request, "done", f"办好 {done} {shelf.ledger.counted}。")
    if refused:
        tell(request, "refused", many.said(refused, shelf.ledger.counted))
    return back


def _own(request: Asked, name: str, url: str, view: View) -> tuple[drawing.Sister, ...]:
    kept, now = reverse("ledger_views", args=[name]), urlencode(view.pairs())
    return tuple(
        drawing.Sister(one.label, f"{url}?{one.question}", "", one.question == now, f"{kept}?{now}&drop={one.pk}")
        for one in _views_of(request.actor, name)
    )


def _views_of(by: Actor, name: str) -> list[Any]:
    return still.known(("views", by.person, name), lambda: [*staff.views_of(by, name)])


def _keep_url(name: str, view: View) -> str:
    return drawing.address(reverse("ledger_views", args=[name]), view.pairs())


@policy(BUSINESS)
def ledger_workbook(request: Asked, name: str) -> HttpResponse:
    """What the same address shows, as a workbook fit to print."""
    shelf, today = _shelf(name), clock.today()
    asked = (name, request.actor, _inspection(request), request.GET, today)
    return workbook(f"{shelf.ledger.title}{today:%Y%m%d}", aside.call(books.ledger, *asked))


@policy(*IMPORTERS)
def ledger_form(request: Asked, name: str) -> HttpResponse:
    """What the same address shows, as a workbook to fill in and bring back; for those who may change these rows."""
    shelf, today, by = _shelf(name), clock.today(), request.actor
    if not returning.may_fill(name, by):
        raise Http404
    asked = (name, by, _inspection(request), request.GET, today)
    return workbook(f"{shelf.ledger.title}填报{today:%Y%m%d}", aside.call(books.form, *asked))


def _shelf(name: str) -> Shelf:
    if name not in SHELVES:
        raise Http404
    return SHELVES[name]


def _address(shelf: Shelf) -> str:
    return reverse("ledger_detail", args=[shelf.ledger.name])


def _rows(request: Asked, shelf: Shelf) -> Any:
    return rows_of(shelf, request.actor, _inspection(request))


def _inspection(request: Asked) -> str:
    """The inspection that is chosen; none where the address names the one it asks about."""
    return "" if request.GET.get("inspection") else str(request.session.get("inspection", ""))
