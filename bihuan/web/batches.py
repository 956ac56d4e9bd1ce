"""Pages of batches: which there are; one batch's bulletin with the records behind every figure; its papers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from bihuan.core import clock
from bihuan.gate import bulletins
from bihuan.gate.answers import page, paper
from bihuan.gate.policy import Asked, opens, policy
from bihuan.petitions import papers
from bihuan.petitions.queries import batches
from bihuan.petitions.rules.public_table import FORMS
from bihuan.web import batch_view
from bihuan.web.paging import pager_of

SHOWN = 50


@policy(*batches.READERS)
def batch_list(request: Asked) -> HttpResponse:
    """Every batch, the newest first."""
    found = Paginator(batches.batches_seen(request.actor), SHOWN).get_page(request.GET.get("page"))
    lines = [batch_view.line(one) for one in found]
    told: dict[str, Any] = {
        "batches": lines,
        "pager": pager_of(found),
        "may_word": opens("bulletin_wording", request.actor),
    }
    return page(request, "petitions/batch_list.html", room="petition_board", **told)


@policy(*batches.READERS)
def batch_detail(request: Asked, pk: int) -> HttpResponse:
    """One batch: its bulletin of either kind, each figure with its formula and its records; its papers."""
    batch = _batch(request, pk)
    told = batch_view.detail(batch, request.actor, clock.today(), request.GET)
    return page(request, "petitions/batch_detail.html", room="petition_board", **told)


@policy(*batches.READERS)
def batch_bulletin(request: Asked, pk: int) -> HttpResponse:
    """The bulletin as a Word paper."""
    batch = _batch(request, pk)
    told = bulletins.told(batch, request.actor, clock.today(), request.GET.get("kind", ""))
    return paper(told.title, papers.bulletin_docx(told.title, told.texts))


@policy(*batches.READERS)
def batch_table(request: Asked, pk: int) -> HttpResponse:
    """The table for the public as a Word paper, in the columns of the round that was chosen."""
    batch = _batch(request, pk)
    form = request.GET.get("form", "")
    told = bulletins.public(batch, request.actor, clock.today(), form if form in FORMS else bulletins.FORM)
    return paper(f"{batch.label}公开情况一览表", papers.table_docx(told))


def _batch(request: Asked, pk: int) -> Any:
    return get_object_or_404(batches.batches_seen(request.actor), pk=pk)
