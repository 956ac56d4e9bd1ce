"""The city's own identity provider: going there to come in, coming back, and linking one's own account with it.

None of these addresses is there where no provider is named.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from bihuan.gate import arrival, provider
from bihuan.gate.answers import deed, inside, refusals
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.gate.telling import tell
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import identities
from bihuan.organisation.queries import access

NOT_IN = "您已经退出登录，没有关联。请登录后再关联一次。"


@policy(public=True, when=provider.is_on)
def provider_go(request: Asked) -> HttpResponse:
    """Go to the identity provider, to come in."""
    onward = str(request.GET.get("next") or "")
    try:
        return provider.go(request, onward=onward)
    except Refused as refusal:
        return _to_login(request, str(refusal), onward)


@policy(public=True, when=provider.is_on)
def provider_return(request: Asked) -> HttpResponse:
    """Come back from the identity provider: in, on to the second step, or linked."""
    answer = _answered(request)
    provider.forget(answer)
    return answer


def _answered(request: Asked) -> HttpResponse:
    try:
        found = arrival.recognized(request)
        if found.links:
            return _link(request, found)
        account = arrival.linked(request, found)
        if found.is_in_two_ways:
            arrival.come_in(request, account, arrival.PROVIDER_TWICE)
            return redirect(inside(request, found.onward))
        is_in = arrival.begin(request, account, found.onward, arrival.PROVIDER)
        return redirect(inside(request, found.onward) if is_in else "account_second")
    except Refused as refusal:
        return _to_login(request, str(refusal), "")


@policy(BUSINESS, weighty=True, when=provider.is_on)
def provider_link(request: Asked) -> HttpResponse:
    """Go to the identity provider, to link one's own account with who one is there."""
    account = access.account_of(request.actor)
    if request.method == "POST":
        with refusals(request):
            return provider.go(request, links=account.pk)
    return redirect("account_detail")


@policy(BUSINESS, weighty=True, when=provider.is_on)
def provider_unlink(request: Asked) -> HttpResponse:
    """End the link of one's own account."""
    account = access.account_of(request.actor)
    if request.method == "POST":
        with refusals(request, "已取消关联；以后用登录名和密码登录。"):
            identities.unlink_account(account, **deed(request))
    return redirect("account_detail")


def _link(request: Asked, found: provider.Identity) -> HttpResponse:
    """Link the account of whoever asked for it, while he is still the one who is in."""
    account: Any = access.account_of(request.actor) if request.actor else None
    if account is None or account.pk != found.links:
        raise Refused(NOT_IN)
    with refusals(request, f"您的账号已关联{provider.name()}。"):
        identities.link_account(account, found.subject, by=request.actor, at=deed(request)["at"])
    return redirect("account_detail")


def _to_login(request: Asked, why: str, onward: str) -> HttpResponse:
    """The login by name and password, with the sentence, and with where the person wanted to go."""
    tell(request, "refused", why)
    if request.actor:
        return redirect("account_detail")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': onward})}" if onward else "account_login")
