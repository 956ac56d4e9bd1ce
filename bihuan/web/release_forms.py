"""Shapes of what is filled in about a public text: its parts, and why somebody's contact is opened."""

from __future__ import annotations

from django import forms

from bihuan.disclosure.rules.wording import LONGEST, PARTS, PERIOD

ROWS = {"title": 2, "lead": 4, "task": 5, "bodies": 4, "done": 10, "contact": 3}
HINTS = {
    "lead": f"“{PERIOD}”留着不要动：公开那天系统在这里填上起止日期。",
    "contact": "受理意见的单位、公开电话、通信地址。下一份公示会照这里写。",
}


def _part(name: str) -> forms.CharField:
    part = forms.CharField(
        label=PARTS[name],
        required=name == "title",
        max_length=LONGEST[name],
        widget=forms.Textarea({"rows": ROWS[name]}),
        help_text=HINTS.get(name, ""),
    )
    part.optional = "送审批前写好"  # type: ignore[attr-defined]  # said beside the label
    return part


class TextForm(forms.Form):
    """The parts of a text."""

    title = _part("title")
    lead = _part("lead")
    task = _part("task")
    bodies = _part("bodies")
    done = _part("done")
    contact = _part("contact")


class ContactForm(forms.Form):
    """Why the contact is opened."""

    reason = forms.CharField(label="为什么要看", max_length=300, help_text="例：核查清楚了，电话告知结论。")
