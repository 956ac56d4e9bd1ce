"""A public copy of a text: what it should not show is proposed, a person decides each; nothing of it is kept here."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.http import HttpResponse

from bihuan.gate.answers import page
from bihuan.gate.policy import Asked, policy
from bihuan.lib.redact import LABELS
from bihuan.lib.redaction import Proposal, also, blacked, proposals
from bihuan.organisation.rules.duties import Role

MOST, AROUND = 20_000, 12
CHANGED = "文字改过了，请把下面的再看一遍、重新勾选。"


class TextForm(forms.Form):
    """The text, and what nobody proposed but the reader wants blacked out."""

    text = forms.CharField(
        label="要公开的文字", max_length=MOST, strip=False, widget=forms.Textarea({"rows": 10, "autocomplete": "off"})
    )
    more = forms.CharField(
        label="另外要涂的字",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
        help_text="一行一处，全文里都涂。没有称呼、单独出现的人名要靠您看出来。",
    )

    def clean_text(self) -> str:
        """The text with the line ends of one kind, as it is counted."""
        return "\n".join(str(self.cleaned_data["text"]).splitlines())


@policy(Role.PUBLICITY, Role.PETITION_DESK, weighty=True)
def redaction(request: Asked) -> HttpResponse:
    """Propose what to black out; with `act` copy, the copy with what was ticked and what the reader added."""
    form = TextForm(request.POST or None)
    told: dict[str, Any] = {"form": form, "lines": None, "copy": "", "changed": ""}
    if request.method == "POST" and form.is_valid():
        told |= _told(request, form.cleaned_data["text"], form.cleaned_data["more"])
    return page(request, "petitions/redaction.html", room="home", status=422 if form.errors else 200, **told)


def _told(request: Asked, text: str, more: str) -> dict[str, Any]:
    found, digest = proposals(text), hashlib.sha256(text.encode()).hexdigest()
    is_same = request.POST.get("digest") == digest
    is_asked = request.POST.get("act") == "copy"
    ticked = set(request.POST.getlist("black")) if is_same else {_key(one) for one in found}
    chosen = [one for one in found if _key(one) in ticked]
    chosen += also(text, more.splitlines(), chosen)
    return {
        "lines": [(_key(one), one.label, _around(text, one), _key(one) in ticked) for one in found],
        "digest": digest,
        "copy": blacked(text, chosen) if is_asked and is_same else "",
        "changed": CHANGED if is_asked and not is_same else "",
        "kinds": "、".join(LABELS.values()),
    }


def _key(one: Proposal) -> str:
    return f"{one.start}-{one.end}"


def _around(text: str, one: Proposal) -> tuple[str, str, str]:
    """The words before it, it, and the words after it."""
    return text[max(0, one.start - AROUND) : one.start], one.words, text[one.end : one.end + AROUND]
