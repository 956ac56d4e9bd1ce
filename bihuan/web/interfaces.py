"""Interfaces' tokens: the security administrator gives one with its contract, sees when it was last used, ends it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from bihuan.core import clock
from bihuan.core.audit import Overtaken
from bihuan.gate import tokens, watching
from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.policy import Asked, policy
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import whole
from bihuan.organisation.actions import contracting
from bihuan.organisation.queries import interfaces
from bihuan.organisation.rules import contracts
from bihuan.organisation.rules.duties import Role
from bihuan.web.paging import pager_of
from bihuan.web.settings_forms import Count, Day

SHOWN = 50


class ContractForm(forms.Form):
    """Whose token, what for, and what its contract lists."""

    account: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="接口账号", queryset=None, empty_label="请选择", help_text="今天有“接口账号”任职的才可选。"
    )
    label = forms.CharField(label="用途", max_length=60, help_text="对方单位和系统，如“省厅调度平台取数”。")
    paper_number = forms.CharField(label="合同文号", max_length=60, required=False)
    operations = forms.MultipleChoiceField(label="可用的操作", widget=forms.CheckboxSelectMultiple)
    networks = forms.CharField(
        label="从哪里来", max_length=500, help_text="对方的网络地址，几处用逗号隔开，如 10.20.3.0/24。"
    )
    rate = Count("每分钟最多几次", 1, contracts.MOST_A_MINUTE, 60)
    starts_on = forms.DateField(label="起", widget=Day())
    ends_on = forms.DateField(label="止", widget=Day(), help_text="最长一年，到期另发。")

    def __init__(self, *args: Any, city: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        machines = interfaces.machines_in(city, clock.today())
        self.fields["account"].queryset = machines  # type: ignore[attr-defined]  # a choice of rows
        self.fields["operations"].choices = [*tokens.OPERATIONS.items()]  # type: ignore[attr-defined]  # a choice of words

    def clean_networks(self) -> list[str]:
        """The networks in CIDR."""
        try:
            return contracts.networks_of(self.cleaned_data["networks"])
        except ValueError:
            raise forms.ValidationError("请填网络地址，如 10.20.3.0/24 或 10.20.3.7。") from None


@policy(Role.SECURITY_ADMIN, weighty=True)
def token_list(request: Asked) -> HttpResponse:
    """Every token; a POST gives a new one, shown in the answer alone, or ends one with a reason."""
    form = ContractForm(request.POST if "label" in request.POST else None, city=request.actor.city)
    if form.is_valid():
        answer = _made(request, form)
        if answer is not None:
            return answer
    rows = interfaces.tokens_in(request.actor.city)
    if request.method == "POST" and not form.is_bound:
        token = get_object_or_404(rows, pk=whole(request.POST.get("token")) or 0)
        with refusals(request, f"“{token.label}”已停用，下一次调用就不认了。"):
            contracting.end_token(token, note=opinion(request), **deed(request))
        return again(request)
    found = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    told: dict[str, Any] = {"lines": [*map(_line, found)], "pager": pager_of(found, ""), "form": form}
    return page(request, "console/interfaces.html", room="home", status=422 if form.errors else 200, **told)


def _made(request: Asked, form: ContractForm) -> HttpResponse | None:
    """The page that shows a new token this once; None where it was refused, which the form says."""
    asked, token, made = {**form.cleaned_data}, tokens.new_token(), deed(request)
    made.pop("key")  # a second click gives a second token: the first was shown to nobody
    account, label = asked.pop("account"), asked.pop("label")
    try:
        row = contracting.make_token(
            account, label, contracts.Contract(**asked), digest=tokens.digest_of(token), beginning=token, **made
        )
    except (Refused, Overtaken) as refusal:
        form.add_error(None, str(refusal))
        return None
    return page(request, "console/token.html", room="home", token=token, label=row.label)


def _line(token: Any) -> dict[str, Any]:
    return {
        "key": token.pk,
        "account": str(token.account),
        "label": token.label,
        "paper": token.paper_number,
        "beginning": token.beginning,
        "operations": "、".join(tokens.OPERATIONS.get(one, one) for one in token.operations),
        "networks": "、".join(token.networks),
        "rate": token.rate,
        "days": f"{token.starts_on} 至 {token.ends_on}",
        "used_at": token.used_at,
        "state": watching.standing_of(token, clock.today()),
    }
