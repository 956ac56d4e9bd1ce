"""Public texts and objections as their pages draw them: plain values, and the places of what should be blacked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.disclosure.queries import petition_texts, sight
from bihuan.disclosure.rules.objection import OBJECTION, UNDECIDED
from bihuan.disclosure.rules.petition_text import digest_of, parts_of, words_of
from bihuan.disclosure.rules.release import RELEASE, ReleaseState
from bihuan.disclosure.rules.wording import NOTICE, PETITION, dated
from bihuan.web.jinja import day, moment
from bihuan.web.release_forms import form_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bihuan.core.actor import Actor
    from bihuan.disclosure.models import Objection, Release
    from bihuan.disclosure.rules.wording import Found
    from bihuan.rectification.models import Problem
    from bihuan.web.release_forms import PartsForm

SHOWN, AROUND = 100, 12
PUBLIC = {NOTICE: "notice_detail", PETITION: "public_petition"}


def version_sent(sent: Mapping[str, Any]) -> int:
    """The version that was before the person's eyes; 0, which no row has, where none was sent."""
    word = str(sent.get("seen", ""))
    return int(word) if word.isdecimal() and len(word) < 10 else 0


def line(one: Release) -> dict[str, Any]:
    """One text of the list."""
    undecided: int = getattr(one, "undecided", 0)
    return {
        "code": one.code,
        "url": reverse("release_detail", args=[one.code]),
        "title": one.title,
        "state": RELEASE.label(one.state),
        "period": one.period,
        "who": f"{one.drafted_by}，{moment(one.drafted_at)}",
        "undecided": undecided,
        "is_open": one.state in (ReleaseState.DRAFT, ReleaseState.REDACTED, ReleaseState.APPROVED),
    }


def candidate(one: Problem) -> dict[str, str]:
    """One problem whose notice is next."""
    return {
        "code": one.matter.code,
        "url": reverse("problem_detail", args=[one.matter.code]),
        "title": one.title,
        "inspection": str(one.matter.inspection),
    }


def detail(release: Release, by: Actor, form: PartsForm | None) -> dict[str, Any]:
    """What disclosure/release_detail.html draws."""
    is_petition, parts = release.kind == PETITION, parts_of(release.kind)
    if is_petition:
        petition_texts.with_sources([release])
    offers = sight.release_offers(release, by)
    redact = next((one for one in offers if one.name == "redact"), None)
    may_write = redact is not None
    found = petition_texts.found(release) if may_write else []
    text = dated(release.redacted or release.sections, release.period)
    return {
        "release": line(release) | {"version": release.version},
        "facts": [(label, words) for label, words in _facts(release) if words],
        "about": (release.about_code, _about_url(release)),
        "public_url": reverse(PUBLIC[release.kind], args=[release.code]) if _is_out(release) else "",
        "form": (form or form_for(release.kind)(initial=release.sections)) if may_write else None,
        "stored": _stored(release, form) if form else [],
        "redact": redact,
        "found": [_place(release, one) for one in found],
        "digest": digest_of(release.kind, release.sections) if may_write else "",
        "text": [(heading, text.get(part, "")) for part, heading in parts.items()],
        "headed": 1 if is_petition else 2,
        "text_head": "公开稿" if release.redacted else "稿（还没有脱敏）",
        "left": release.left,
        "offers": [one for one in offers if one.name != "redact"],
        "objections": [said(one) for one in sight.objections_for(by).filter(release=release)],
    }


def _about_url(release: Release) -> str:
    return reverse("petition_detail" if release.kind == PETITION else "problem_detail", args=[release.about_code])


def _stored(release: Release, form: PartsForm) -> list[tuple[str, str]]:
    """What stands otherwise than in a form that was not taken: somebody else may have written it meanwhile."""
    parts = words_of(release.kind)
    typed = {part: "\n".join(str(form.data.get(part, "")).strip().splitlines()) for part in parts}
    return [
        (heading, release.sections[part]) for part, heading in parts.items() if release.sections[part] != typed[part]
    ]


def _is_out(release: Release) -> bool:
    return release.state == ReleaseState.RELEASED


def _facts(release: Release) -> Iterator[tuple[str, str]]:
    yield "拟稿", f"{release.drafted_by}，{moment(release.drafted_at)}"
    yield "审批", f"{release.approved_by}，{moment(release.approved_at)}" if release.approved_at else ""
    yield "公开", moment(release.published_at)
    yield "公示期", release.period
    yield "撤下", moment(release.withdrawn_at)


def _place(release: Release, one: Found) -> dict[str, Any]:
    """One stretch that was found, with the words around it."""
    text, start, end = release.sections[one.part], one.proposal.start, one.proposal.end
    around = (text[max(0, start - AROUND) : start], one.proposal.words, text[end : end + AROUND])
    return {"key": one.key, "kind": one.proposal.label, "part": words_of(release.kind)[one.part], "around": around}


def said(one: Objection) -> dict[str, Any]:
    """One objection of a list."""
    return {
        "code": one.code,
        "url": reverse("objection_detail", args=[one.code]),
        "text": one.text,
        "notice": one.release.title,
        "when": one.received_at,
        "state": OBJECTION.label(one.state),
        "is_open": one.state in UNDECIDED,
        "has_contact": one.has_contact,
    }


def objection(one: Objection, by: Actor) -> dict[str, Any]:
    """What disclosure/objection_detail.html draws."""
    decided = f"{one.decided_by}，{day(one.decided_at)}" if one.decided_at else ""
    return {
        "objection": said(one),
        "answer": one.answer,
        "decided": decided,
        "release": (one.release.code, one.release.title, reverse("release_detail", args=[one.release.code])),
        "about": (one.release.about_code, _about_url(one.release)),
        "contact_url": reverse("objection_contact", args=[one.code]) if sight.may_read_contact(by, one) else "",
        "offers": sight.objection_offers(one, by),
    }
