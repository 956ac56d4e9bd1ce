"""GrantStanding in (代理) within one's own unit: its head lets a colleague stand in for who is away, and ends it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from bihuan.core import clock
from bihuan.core.action import Repeated
from bihuan.core.audit import Overtaken
from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.policy import HEADS, Asked, policy
from bihuan.gate.telling import tell
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import whole
from bihuan.organisation.actions import appointing, granting
from bihuan.organisation.queries import delegating
from bihuan.organisation.rules.duties import ROLE_LABELS, Role
from bihuan.organisation.rules.keeping import DELEGATED_FOR, GRANT_STANDINGS, GrantStanding
from bihuan.web.settings_forms import Day


class _Seat(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes no argument when it runs
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person}，{obj.post}({ROLE_LABELS[Role(obj.role)]})"


class StandInForm(forms.Form):
    """Who is away, who stands in, from when to when."""

    appointment = _Seat(label="谁离岗", queryset=None, empty_label="请选择")
    person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="由谁代理", queryset=None, empty_label="请选择", help_text="本单位今天有任职的人；别的人请整改办设。"
    )
    starts_on = forms.DateField(label="起", widget=Day)
    ends_on = forms.DateField(label="止", widget=Day, help_text=f"一次最长{DELEGATED_FOR.days}天。")

    def __init__(self, data: Any, *, request: Asked) -> None:
        super().__init__(data)
        by, today = request.actor, clock.today()
        self.fields["appointment"].queryset = delegating.delegable_by(by, today)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["person"].queryset = delegating.colleagues_of(by, today)  # type: ignore[attr-defined]  # as above


@policy(HEADS, weighty=True)
def stand_in_list(request: Asked) -> HttpResponse:
    """Who stands in for whom in one's own unit; a POST sets a stand-in, or ends one today."""
    by, today = request.actor, clock.today()
    if request.method == "POST" and request.POST.get("act") == "end":
        row = get_object_or_404(delegating.stand_ins_of(by, today), pk=whole(request.POST.get("row")) or 0)
        with refusals(request, "已结束；还没有生效的已撤回。"):
            _end(row, request)
        return again(request)
    form = StandInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid() and _set(form, request):
        return again(request)
    rows = delegating.stand_ins_of(by, today)
    lines = [(one, ROLE_LABELS[Role(one.role)], GRANT_STANDINGS[GrantStanding(one.standing)]) for one in rows]
    told = {"form": form, "lines": lines}
    return page(request, "account/stand_ins.html", room="account_detail", status=422 if form.errors else 200, **told)


def _set(form: StandInForm, request: Asked) -> bool:
    """Whether the stand-in was set; why not is said on the form, which keeps what was filled in."""
    try:
        appointing.delegate(**form.cleaned_data, **deed(request))
    except Repeated:
        return True
    except (Refused, Overtaken) as refusal:
        form.add_error(None, str(refusal))
        return False
    tell(request, "done", "已设代理，待市整改办主任确认。")
    return True


def _end(row: Any, request: Asked) -> None:
    """What waits is taken back; what is in force ends today."""
    if row.standing == GrantStanding.WAITING:
        granting.refuse_grant(row, note=opinion(request) or "撤回", **deed(request))
    else:
        appointing.end_appointment(row, on=max(clock.today(), row.starts_on), note=opinion(request), **deed(request))
