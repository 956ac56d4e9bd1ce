"""What came of a batch of petitions as its page draws it: plain values, each text with what should be blacked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.disclosure.queries import batches, drafting, petition_texts, sight
from bihuan.disclosure.rules.petition_text import PARTS, WORDS, missing
from bihuan.disclosure.rules.release import OVERTAKEN, RELEASE
from bihuan.web.jinja import moment
from bihuan.web.release_view import AROUND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bihuan.core.actor import Actor
    from bihuan.disclosure.models import Release
    from bihuan.petitions.models import Batch

TABLE = tuple(one for one in PARTS if one not in ("title", "inspection", "batch", "number"))
DONE = {
    "draft": "稿已拟好，请看提出要涂的。",
    "redact": "已脱敏，送审批。",
    "approve": "已审批。",
    "return": "已退回修改。",
    "publish": "已公开。",
}


def line(one: dict[str, Any]) -> dict[str, Any]:
    """One batch of the list: how many petitions stand where."""
    batch = one["batch"]
    labels = {"draft": "拟稿", "redacted": "待审批", "approved": "待公开", "released": "已公开"}
    counts = [f"{label}{one[state]}件" for state, label in labels.items() if one[state]]
    waits = one["waiting"]
    return {
        "label": str(batch),
        "url": reverse("public_batch", args=[batch.pk]),
        "inspection": str(batch.inspection),
        "counts": "，".join([f"待拟稿{waits}件", *counts] if waits else counts),
        "is_open": bool(waits or one["draft"] or one["redacted"] or one["approved"]),
    }


def batch(one: Batch, by: Actor) -> dict[str, Any]:
    """What disclosure/batch.html draws."""
    may_write = drafting.may_draft(by)
    held = {state: batches.working_of(one, state) for state in ("draft", "redacted", "approved")}
    return {
        "batch": {"label": str(one), "inspection": str(one.inspection), "most": petition_texts.MOST},
        "to_draft": [_candidate(row) for row in batches.to_draft(one)] if may_write else [],
        "drafts": _section(held["draft"], by, "redact"),
        "waiting": _section(held["redacted"], by, "approve"),
        "approved": _section(held["approved"], by, "") | {"may": may_write},
        "public": batches.public_count(one),
    }


def _candidate(row: Any) -> tuple[str, str, str]:
    where = str(row.matter.region or row.region_raw)
    return row.number, where, reverse("petition_detail", args=[row.matter.code])


def _section(releases: Sequence[Release], by: Actor, step: str) -> dict[str, Any]:
    """The texts in one state: what this person may do with all of them, or why not yet."""
    offers = [offer for one in releases for offer in sight.release_offers(one, by) if offer.name == step]
    refusals = [one.refusal for one in offers if one.refusal]
    return {
        "texts": [_text(one, with_found=step == "redact") for one in releases],
        "digest": petition_texts.digest_of(releases) if releases else "",
        "may": bool(offers),
        "refusal": refusals[0] if refusals else "",
        "label": RELEASE.rows(step)[0].label if step else "",
    }


def _text(one: Release, *, with_found: bool) -> dict[str, Any]:
    text = one.redacted or one.sections
    lacks = missing(one.kind, one.sections)
    return {
        "code": one.code,
        "number": one.petition_number,
        "url": reverse("release_detail", args=[one.code]),
        "about_url": reverse("petition_detail", args=[one.about_code]),
        "facts": "　".join(part for part in (one.county, one.main_type, one.truth, one.closing) if part),
        "who": f"{one.drafted_by}，{moment(one.drafted_at)}",
        "parts": [(PARTS[part], text.get(part, "")) for part in TABLE if text.get(part)],
        "left": one.left,
        "wrong": OVERTAKEN if not sight.is_current(one) else f"还没有写：{'、'.join(lacks)}。" if lacks else "",
        "found": [_place(one, found) for found in petition_texts.found(one)] if with_found else [],
    }


def _place(release: Release, found: Any) -> dict[str, Any]:
    text, start, end = release.sections[found.part], found.proposal.start, found.proposal.end
    around = (text[max(0, start - AROUND) : start], found.proposal.words, text[end : end + AROUND])
    key = f"{release.code}:{found.key}"
    return {"key": key, "kind": found.proposal.label, "part": WORDS[found.part], "around": around}
