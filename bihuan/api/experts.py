"""Experts for an acceptance over the API: whom to ask, who was asked, the package that an expert reads, his opinion."""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.writing import Key, Words, deed, once
from bihuan.core import clock
from bihuan.gate.answers import or_404
from bihuan.gate.packages import asked_told, package_read, package_told
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.lib.quantity import MOST
from bihuan.lib.redact import masked
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import experts as actions
from bihuan.rectification.queries import called, experts

TAGS = ["验收销号"]
SAYS = "要带 Idempotency-Key(同一个键重发不会办第二次)。"


class OpinionLine(Schema):
    """Who was asked for an opinion, and what he said; `is_kept` where he said it and you may not read it (yet).

    `changes` is what was changed since he said it: then it is for an earlier version of the package.
    """

    id: int
    name: str
    post: str
    round: int
    starts_on: date
    until: date
    asked: str
    state: str
    words: str
    is_kept: bool
    given_at: datetime | None
    unheard: str
    changes: list[shapes.Named]


class CandidateLine(Schema):
    """An expert, and why he may not be asked about this problem, or ""."""

    id: int
    name: str
    post: str
    refusal: str


class Experts(Schema):
    """Who was asked about a problem; `candidates` for whoever may ask now, else empty."""

    asked: list[OpinionLine]
    candidates: list[CandidateLine]


class PackageLine(Schema):
    """A package that one was asked to judge."""

    code: str
    title: str
    until: date
    is_judged: bool


class MeasureRead(Schema):
    """A measure, as it was claimed."""

    number: int
    text: str
    state: str
    sign: str
    due: str
    indicators: list[shapes.Named]


class ReportRead(Schema):
    """An approved entry of a measure."""

    label: str
    on: date
    words: str
    difficulties: str


class FileRead(Schema):
    """A proof: what it shows and the words in it. Its picture is looked at on the page, under one's name."""

    id: int
    kind: str
    caption: str
    proves: str
    facts: list[str]
    has_picture: bool
    words: str


class CheckRead(Schema):
    """A field check."""

    title: str
    when: datetime
    unit: str
    place: str
    findings: str
    opinion: str
    disagreement: str
    demand: str
    verdicts: list[shapes.Named]


class PackageRead(Schema):
    """A package; `digest` names what one read, and goes back with the opinion."""

    code: str
    title: str
    text: str
    state: str
    facts: list[shapes.Named]
    until: date
    asked: str
    digest: str
    is_judged: bool
    changes: list[shapes.Named]
    waivers: list[shapes.Named]
    measures: list[MeasureRead]
    reports: list[ReportRead]
    files: list[FileRead]
    checks: list[CheckRead]
    others: list[OpinionLine]


class InvitationAsked(Schema, extra="forbid"):
    """Whom to ask, until when, and what he should look at."""

    person: int = Field(ge=1, le=MOST)
    until: date
    asked: Words = ""


class WithoutAsked(Schema, extra="forbid"):
    """Why the acceptance does not wait for this expert."""

    note: Words


class OpinionAsked(Schema, extra="forbid"):
    """The one opinion: 同意, 有条件同意 or 不同意; `digest` is what the package said of itself when it was read."""

    verdict: str = Field(max_length=10)
    words: Words
    digest: str = Field(max_length=64)


def _named(pairs: Any) -> list[dict[str, str]]:
    return [{"name": name, "label": label} for name, label in pairs]


def _opinion(one: Any) -> dict[str, Any]:
    told = asked_told(one, clock.today())
    return {**told, "id": told["pk"], "changes": _named(told["changes"])}


@operation(
    "GET", "/problems/{slug:code}/experts", "api_experts", "验收请的专家和意见", Experts, who=(BUSINESS,), tags=TAGS
)
def asked(request: Asked, code: str) -> Any:
    """Who was asked about one problem, with the opinions that one may read; whom one may ask."""
    row = or_404(called.problem(request.actor, code))
    found = experts.candidates(row, clock.today()) if experts.may_ask(row, request.actor) else []
    return {
        "asked": [_opinion(one) for one in experts.asked(row, request.actor)],
        "candidates": [{"id": one.person, "name": one.name, "post": one.post, "refusal": one.refusal} for one in found],
    }


@operation(
    "POST",
    "/problems/{slug:code}/experts",
    "api_experts",
    "请专家看验收材料",
    shapes.Done,
    who=(BUSINESS,),
    refuses=(409,),
    tags=TAGS,
    description=SAYS,
)
def invite(request: Asked, code: str, asked: InvitationAsked, key: Key) -> Any:
    """Ask an expert about one problem."""
    row = or_404(called.problem(request.actor, code))
    run = actions.invite_expert
    _, is_repeated = once(lambda: run(row, asked.person, asked.until, asked.asked, **deed(request, key)))
    return {"done": "已请。", "is_repeated": is_repeated, "code": code}


@operation(
    "POST",
    "/problems/{slug:code}/experts/{int:pk}/withdrawal",
    "api_expert_without",
    "收回专家邀请，不等意见",
    shapes.Done,
    who=(BUSINESS,),
    refuses=(409,),
    tags=TAGS,
    description=SAYS,
)
def without(request: Asked, code: str, pk: int, asked: WithoutAsked, key: Key) -> Any:
    """Take an invitation back, and say why the acceptance does not wait for this expert."""
    row = or_404(called.problem(request.actor, code))
    invitation = get_object_or_404(experts.invitations_of(row.matter), pk=pk)
    _, is_repeated = once(lambda: actions.go_without(invitation, note=asked.note, **deed(request, key)))
    return {"done": "已收回邀请。", "is_repeated": is_repeated, "code": code}


@operation(
    "GET",
    "/packages",
    "api_packages",
    "请我提意见的验收材料",
    list[PackageLine],
    who=(Role.ACCEPTANCE_EXPERT,),
    tags=TAGS,
)
def packages(request: Asked) -> Any:
    """The packages that this expert reads today, what ends first in front."""
    found = experts.packages_for(request.actor, clock.today())
    return [
        {
            "code": one.problem.matter.code,
            "title": masked(one.problem.title),
            "until": one.invitation.until,
            "is_judged": one.is_judged,
        }
        for one in found
    ]


@operation(
    "GET",
    "/packages/{slug:code}",
    "api_package",
    "一份请我提意见的验收材料",
    PackageRead,
    who=(Role.ACCEPTANCE_EXPERT,),
    tags=TAGS,
)
def package(request: Asked, code: str) -> Any:
    """One package, as its expert reads it: no file of it is handed out."""
    read = package_read(request.actor, code)
    told = package_told(read, clock.today())
    plain = ("until", "asked", "reports")
    return {
        **{name: told[name] for name in plain},
        **{name: told["problem"][name] for name in ("code", "title", "text", "state")},
        "facts": _named(told["problem"]["facts"]),
        "digest": read.digest,
        "is_judged": read.is_judged,
        "changes": _named(told["changes"]),
        "waivers": _named(told["waivers"]),
        "measures": [{**one, "indicators": _named(one["indicators"])} for one in told["measures"]],
        "files": [{**one, "id": one["pk"]} for one in told["files"]],
        "checks": [{**one, "verdicts": _named(line[:2] for line in one["verdicts"])} for one in told["checks"]],
        "others": [_opinion(one) for one in experts.asked_beside(read)],
    }


@operation(
    "POST",
    "/packages/{slug:code}/opinion",
    "api_package_opinion",
    "专家提出意见",
    shapes.Done,
    who=(Role.ACCEPTANCE_EXPERT,),
    refuses=(409,),
    tags=TAGS,
    description=SAYS,
)
def opine(request: Asked, code: str, asked: OpinionAsked, key: Key) -> Any:
    """Give one's one opinion on a package, as one read it."""
    read = package_read(request.actor, code)
    run = actions.give_opinion
    told = (asked.verdict, asked.words, asked.digest)
    _, is_repeated = once(lambda: run(read.invitation, *told, **deed(request, key)))
    return {"done": "意见已提出，不能再改。", "is_repeated": is_repeated, "code": code}
