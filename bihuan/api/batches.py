"""Batches over the API: which there are, a batch's bulletin with what stands behind every figure, its Word papers."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import Wrong, operation
from bihuan.api.paging import Backwards
from bihuan.core import clock
from bihuan.gate import bulletins
from bihuan.gate.answers import paper
from bihuan.gate.policy import Asked
from bihuan.petitions import papers
from bihuan.petitions.queries import batches, wordings
from bihuan.petitions.rules.bulletin import said
from bihuan.petitions.rules.public_table import FORMS

TAGS = ["信访批次"]


class BatchLine(Schema):
    """A batch: its label and day, how many petitions it has and how many its paper said."""

    id: int
    label: str
    inspection: str
    handed_over_on: date | None
    count: int
    printed_total: int | None


class Batches(Schema):
    """A page of batches, newest first; `next` begins the next one."""

    rows: list[BatchLine]
    next: int | None


class FigureLine(Schema):
    """A figure of a bulletin: its name, value and formula, the petitions behind it, in a rate those below the line."""

    name: str
    value: str
    formula: str
    codes: list[str]
    base: list[str]


class BulletinText(Schema):
    """A bulletin: its paragraphs, the sentences that explain differences, its figures in the order of the text."""

    title: str
    paragraphs: list[str]
    notes: list[str]
    figures: list[FigureLine]


class Kind(Schema):
    """Which bulletin: 转办通报 (handed_over), 办理情况通报 (handled), 反馈督察组 (reply), 公开结果通报 (results)."""

    kind: str = Field("handed_over", pattern=f"^(?:{'|'.join(bulletins.KINDS)})$")


class Form(Schema):
    """In the columns of which round."""

    form: str = Field(bulletins.FORM, pattern=f"^(?:{'|'.join(FORMS)})$")


class WordingLine(Schema):
    """How bulletins of a kind are worded: `is_own` where the city words them itself; paragraphs with tags."""

    kind: str
    label: str
    is_own: bool
    version: int
    paragraphs: list[str]


@operation("GET", "/wordings", "api_wordings", "通报用语", list[WordingLine], who=wordings.WORDERS, tags=TAGS)
def wording_list(request: Asked) -> Any:
    """The wording of each kind, as it stands; it is changed on its page, where it is tried first."""
    told = []
    for kind, (label, _) in bulletins.KINDS.items():
        row = wordings.row_of(request.actor.city, kind)
        paragraphs = [*bulletins.standing(request.actor.city, kind).paragraphs]
        version, is_own = (row.version, not row.is_ended) if row else (0, False)
        told.append({"kind": kind, "label": label, "is_own": is_own, "version": version, "paragraphs": paragraphs})
    return told


@operation("GET", "/batches", "api_batches", "信访批次", Batches, who=batches.READERS, tags=TAGS)
def batch_list(request: Asked, asked: Query[Backwards]) -> Any:
    """The batches that stand."""
    rows, following = asked.page_of(batches.batches_seen(request.actor))
    names = ("label", "handed_over_on", "count", "printed_total")
    told = [
        {"id": one.pk, "inspection": one.inspection.code, **{name: getattr(one, name) for name in names}}
        for one in rows
    ]
    return {"rows": told, "next": following}


@operation("GET", "/batches/{int:pk}/bulletin", "api_batch", "一批的通报", BulletinText, who=batches.READERS, tags=TAGS)
def bulletin(request: Asked, pk: int, asked: Query[Kind]) -> Any:
    """One batch's bulletin, from the ledger as it stands."""
    told = _told(request, pk, asked.kind)
    figures = [
        {"name": one.name, "value": str(one.value), "formula": one.formula, "codes": [*one.codes], "base": [*one.base]}
        for one in told.made.figures()
    ]
    notes = [said(one) for one in told.made.notes]
    return {"title": told.title, "paragraphs": told.texts, "notes": notes, "figures": figures}


@operation(
    "GET",
    "/batches/{int:pk}/bulletin/paper",
    "api_batch_bulletin",
    "一批通报的 Word 文书",
    None,
    who=batches.READERS,
    tags=TAGS,
    openapi_extra=shapes.FILE_DOCX,
)
def bulletin_paper(request: Asked, pk: int, asked: Query[Kind]) -> HttpResponse:
    """The same as a Word paper."""
    told = _told(request, pk, asked.kind)
    return paper(told.title, papers.bulletin_docx(told.title, told.texts))


@operation(
    "GET",
    "/batches/{int:pk}/table",
    "api_batch_table",
    "一批的公开情况一览表",
    None,
    who=batches.READERS,
    tags=TAGS,
    openapi_extra=shapes.FILE_DOCX,
)
def table_paper(request: Asked, pk: int, asked: Query[Form]) -> HttpResponse:
    """The table for the public as a Word paper: the office's own words, not yet redacted."""
    batch = get_object_or_404(batches.batches_seen(request.actor), pk=pk)
    told = bulletins.public(batch, request.actor, clock.today(), asked.form)
    return paper(f"{batch.label}公开情况一览表", papers.table_docx(told))


def _told(request: Asked, pk: int, kind: str) -> bulletins.Told:
    batch = get_object_or_404(batches.batches_seen(request.actor), pk=pk)
    told = bulletins.told(batch, request.actor, clock.today(), kind)
    if told.refused:
        raise Wrong(422, told.refused)
    return told
