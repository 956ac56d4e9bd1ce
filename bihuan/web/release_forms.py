"""Shapes of what is filled in about a public text: its parts, and why somebody's contact is opened."""

from __future__ import annotations

from django import forms

from bihuan.disclosure.rules.petition_text import OPTIONAL, longest_of, words_of
from bihuan.disclosure.rules.wording import NOTICE, PERIOD, PETITION

ROWS = {"title": 2, "lead": 4, "task": 5, "bodies": 4, "done": 10, "contact": 3}
ROWS |= {"content": 6, "findings": 8, "handling": 6, "goal": 2, "accountability": 2}
HINTS = {
    "lead": f"“{PERIOD}”留着不要动：公开那天系统在这里填上起止日期。",
    "contact": "受理意见的单位、公开电话、通信地址。下一份公示会照这里写。",
    "accountability": "写约谈、问责各多少人；点名的，只能用经批准的通报里的话。",
}


def _part(kind: str, name: str) -> forms.CharField:
    part = forms.CharField(
        label=words_of(kind)[name],
        required=name == "title",
        max_length=longest_of(kind)[name],
        widget=forms.Textarea({"rows": ROWS[name]}),
        help_text=HINTS.get(name, ""),
    )
    part.optional = "可不填" if kind == PETITION and name in OPTIONAL else "送审批前写好"  # type: ignore[attr-defined]  # said beside the label
    return part


class PartsForm(forms.Form):
    """The parts of a text that are written."""


class TextForm(PartsForm):
    """The parts of a notice's text."""

    title = _part(NOTICE, "title")
    lead = _part(NOTICE, "lead")
    task = _part(NOTICE, "task")
    bodies = _part(NOTICE, "bodies")
    done = _part(NOTICE, "done")
    contact = _part(NOTICE, "contact")


class AnswerForm(PartsForm):
    """The words of a petition's text; its facts are the petition's own."""

    content = _part(PETITION, "content")
    findings = _part(PETITION, "findings")
    handling = _part(PETITION, "handling")
    goal = _part(PETITION, "goal")
    accountability = _part(PETITION, "accountability")


def form_for(kind: str) -> type[PartsForm]:
    """The form in which a text of this kind is written."""
    return AnswerForm if kind == PETITION else TextForm


class ContactForm(forms.Form):
    """Why the contact is opened."""

    reason = forms.CharField(label="为什么要看", max_length=300, help_text="例：核查清楚了，电话告知结论。")
