"""Public texts and what the public says against them, as the office reads them. Never who said it."""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Schema

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.paging import Backwards
from bihuan.disclosure.queries import batches, petition_texts, sight
from bihuan.disclosure.rules.objection import OBJECTION
from bihuan.disclosure.rules.petition_text import parts_of
from bihuan.disclosure.rules.release import RELEASE, UNRELEASED
from bihuan.disclosure.rules.wording import PETITION, dated
from bihuan.gate.answers import or_404
from bihuan.gate.policy import Asked

TAGS = ["公示"]
NEVER = "意见里的姓名、号码已遮盖；提意见人的联系方式不经接口给出。"


class ReleaseLine(Schema):
    """A text: of which kind (notice, petition), what it is about, how it stands, from when to when it is shown."""

    id: int
    code: str
    kind: str
    title: str
    about: str
    state: str
    state_name: str
    drafted_by: str
    drafted_at: datetime
    approved_by: str
    approved_at: datetime | None
    starts_on: date | None
    ends_on: date | None
    undecided: int


class Releases(Schema):
    """A page of texts, newest first; `next` begins the next one."""

    rows: list[ReleaseLine]
    next: int | None = None


class PublicBatch(Schema):
    """What came of one batch of petitions on its way to the public: whose text is next, the texts in hand by their
    state, each whole in `release`, and how many the public reads.
    """

    id: int
    batch: str
    inspection: str
    inspection_name: str
    to_draft: list[str]
    in_hand: list[ReleaseLine]
    released: int


class Part(Schema):
    """One part of a text."""

    heading: str
    text: str


class Release(ReleaseLine):
    """One text: its parts (the frozen ones once it was redacted), what was proposed and left, its hash, its steps."""

    parts: list[Part]
    left: list[Part]
    sha256: str
    steps: list[shapes.Step]


class ObjectionLine(Schema):
    """An objection: against which notice, what it says (masked), how it stands, what was answered."""

    id: int
    code: str
    release: str
    text: str
    received_at: datetime
    state: str
    state_name: str
    has_contact: bool
    answer: str
    decided_by: str
    decided_at: datetime | None


class Objections(Schema):
    """A page of objections, newest first; `next` begins the next one."""

    rows: list[ObjectionLine]
    next: int | None = None


class Objection(ObjectionLine):
    """One objection, with its steps."""

    steps: list[shapes.Step]


@operation("GET", "/releases", "api_releases", "公示文本", Releases, who=sight.READERS, tags=TAGS)
def releases(request: Asked, asked: Query[Backwards]) -> Any:
    """The texts of every notice and petition."""
    shown, following = asked.page_of(sight.releases_for(request.actor))
    return {"rows": [_line(one) for one in shown], "next": following}


@operation("GET", "/releases/{slug:code}", "api_release", "一份公示文本", Release, who=sight.READERS, tags=TAGS)
def release(request: Asked, code: str) -> Any:
    """One text."""
    one = get_object_or_404(sight.releases_for(request.actor), code=code)
    if one.kind == PETITION:
        petition_texts.with_sources([one])
    text = dated(one.redacted or one.sections, one.period)
    return {
        **_line(one),
        "parts": [{"heading": heading, "text": text.get(part, "")} for part, heading in parts_of(one.kind).items()],
        "left": [{"heading": heading, "text": words} for heading, _, words in one.left],
        "sha256": one.digest,
        "steps": shapes.steps(sight.release_offers(one, request.actor)),
    }


@operation(
    "GET",
    "/releases/batches/{int:pk}",
    "api_public_batch",
    "一批信访件的公开",
    PublicBatch,
    who=sight.READERS,
    tags=TAGS,
)
def public_batch(request: Asked, pk: int) -> Any:
    """One batch of petitions on its way to the public."""
    batch = or_404(batches.batch_for(request.actor, pk))
    return {
        "id": batch.pk,
        "batch": batch.label,
        "inspection": batch.inspection.code,
        "inspection_name": str(batch.inspection),
        "to_draft": [one.matter.code for one in batches.to_draft(batch)],
        "in_hand": [_line(one) for state in UNRELEASED for one in batches.working_of(batch, state)],
        "released": batches.public_count(batch),
    }


def _line(one: Any) -> dict[str, Any]:
    return {
        "id": one.pk,
        "code": one.code,
        "kind": one.kind,
        "title": one.title,
        "about": one.about_code,
        "state": one.state,
        "state_name": RELEASE.label(one.state),
        "drafted_by": str(one.drafted_by),
        "drafted_at": one.drafted_at,
        "approved_by": str(one.approved_by or ""),
        "approved_at": one.approved_at,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "undecided": getattr(one, "undecided", 0),
    }


@operation(
    "GET",
    "/objections",
    "api_objections",
    "对公示的不同意见",
    Objections,
    who=sight.READERS,
    tags=TAGS,
    description=NEVER,
)
def objections(request: Asked, asked: Query[Backwards]) -> Any:
    """What the public said against notices."""
    shown, following = asked.page_of(sight.objections_for(request.actor))
    return {"rows": [_said(one) for one in shown], "next": following}


@operation(
    "GET",
    "/objections/{slug:code}",
    "api_objection",
    "一条不同意见",
    Objection,
    who=sight.READERS,
    tags=TAGS,
    description=NEVER,
)
def objection(request: Asked, code: str) -> Any:
    """One objection."""
    one = get_object_or_404(sight.objections_for(request.actor), code=code)
    return {**_said(one), "steps": shapes.steps(sight.objection_offers(one, request.actor))}


def _said(one: Any) -> dict[str, Any]:
    return {
        "id": one.pk,
        "code": one.code,
        "release": one.release.code,
        "text": one.text,
        "received_at": one.received_at,
        "state": one.state,
        "state_name": OBJECTION.label(one.state),
        "has_contact": one.has_contact,
        "answer": one.answer,
        "decided_by": str(one.decided_by or ""),
        "decided_at": one.decided_at,
    }
