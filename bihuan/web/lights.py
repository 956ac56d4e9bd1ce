"""The page of a matter's light: what the rules compute, what a leader set by hand, and setting or lifting it."""

from typing import Any

from django import forms
from django.http import HttpResponse

from bihuan.core import clock
from bihuan.gate.answers import again, deed, opinion, or_404, page, refusals, refused_at
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.matters.rules.lateness import LIGHT_WORDS, Light
from bihuan.rectification.actions import hand_light as actions
from bihuan.rectification.queries import lights, proofs, shown
from bihuan.rectification.rules.hand_light import MOST_DAYS, SETTABLE, SETTERS
from bihuan.web.proofs_view import called
from bihuan.web.schedule_view import turns


class HandLightForm(forms.Form):
    """Which light, until when, and why."""

    light = forms.ChoiceField(label="设为", choices=[(one.value, LIGHT_WORDS[one]) for one in SETTABLE])
    until = forms.DateField(
        label="到哪天为止", widget=forms.DateInput({"type": "date"}), help_text=f"那天也算，最长{MOST_DAYS}天。"
    )
    reason = forms.CharField(label="理由", max_length=2000, widget=forms.Textarea({"rows": 3}))


@policy(BUSINESS)
def light_list(request: Asked, code: str) -> HttpResponse:
    """One matter's light; a POST sets one by hand, or lifts it."""
    subject: Any = or_404(proofs.subject_of(request.actor, code))
    form = HandLightForm(request.POST if request.POST.get("act") == "set" else None)
    if request.method == "POST" and not form.is_bound:
        with refusals(request, "已撤去，从今天起按规则显示。"):
            actions.lift_light(subject, note=opinion(request), **deed(request))
        return again(request)
    if form.is_bound and form.is_valid() and _set(request, subject, form):
        return again(request)
    status = 422 if form.errors else 200
    told = {"form": form, **_told(request, subject)}
    return page(request, "rectification/light_list.html", room="ledger_list", status=status, **told)


def _set(request: Asked, subject: Any, form: HandLightForm) -> bool:
    with refused_at(form, request, "已手工设灯；按规则算的灯照样写在旁边。"):
        actions.set_light(subject, **form.cleaned_data, **deed(request))
    return not form.errors


def _told(request: Asked, subject: Any) -> dict[str, Any]:
    matter, today = subject.matter, clock.today()
    may_set = bool(proofs.able(subject, request.actor) & SETTERS)
    held = lights.hand_on(matter, today)
    computed = shown.computed(subject, today)
    return {
        "subject": called(subject),
        "light": shown.light_of(subject, today),
        "computed": (computed.light.value, computed.word, computed.reason),
        "hands": [(one, LIGHT_WORDS[Light(one.light)]) for one in lights.hands_of(matter)],
        "held": held,
        "may_set": may_set and held is None and lights.is_lit(matter, today),
        "may_lift": may_set and held is not None,
        "turns": turns([one for one in lights.spans_of(matter) if one.since <= today]),
        "today": today,
    }
