"""One's own second factors: a phone, a passkey, recovery codes. Who owes one is led here first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from bihuan.core import vault
from bihuan.core.action import Repeated
from bihuan.gate import arrival, passkey
from bihuan.gate.answers import deed, page, refusals
from bihuan.gate.frame import NAMELESS
from bihuan.gate.policy import Asked, policy
from bihuan.gate.telling import tell
from bihuan.lib import one_time
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import access as ways
from bihuan.organisation.queries import access, structure
from bihuan.organisation.rules.entering import FACTORS, RECOVERY_CODES
from bihuan.web.account_forms import FactorForm, PasskeyForm

OFFERED, PURPOSE = "offered", "offered-secret"
UNLIKE = "这六位数字对不上。请确认手机时间准确，填手机上现在显示的数字。"


@policy(halfway=True)
def factor_list(request: Asked) -> HttpResponse:
    """My second factors."""
    account = access.account_of(request.actor)
    factors = [(one.pk, one.label, FACTORS[one.kind]) for one in access.factors_of(account)]
    return page(
        request,
        "account/factors.html",
        room="account_detail",
        factors=factors,
        owes=arrival.OWES in request.session,
        codes_left=access.recovery_codes_left(account),
    )


@policy(halfway=True)
def factor_phone(request: Asked) -> HttpResponse:
    """Add a phone: it reads the picture, and shows digits that prove it."""
    account = access.account_of(request.actor)
    secret = _offered(request)
    form = FactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        step = one_time.step_of(secret, form.cleaned_data["code"], deed(request)["at"], 0)
        if step is not None:
            with refusals(request):
                ways.add_phone(account, form.cleaned_data["label"], secret, used=step, **deed(request))
            request.session.pop(OFFERED, None)
            return _kept(request, account)
        form.add_error("code", UNLIKE)
    office = structure.office_of(request.actor.city) or NAMELESS
    picture = one_time.picture(one_time.address(secret, str(account), f"闭环 {office}"))
    context: dict[str, Any] = {"form": form, "picture": picture, "secret": secret}
    return page(request, "account/phone.html", room="account_detail", status=422 if form.errors else 200, **context)


@policy(halfway=True)
def factor_passkey(request: Asked) -> HttpResponse:
    """Add a passkey: the browser makes one."""
    account = access.account_of(request.actor)
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            key = passkey.made(request, form.cleaned_data["answer"])
            ways.add_passkey(account, form.cleaned_data["label"], key, **deed(request))
            return _kept(request, account)
        except (Refused, Repeated) as refusal:
            form.add_error(None, str(refusal))
    return page(
        request,
        "account/passkey.html",
        room="account_detail",
        status=422 if form.errors else 200,
        form=form,
        options=passkey.ask_new(request, account),
    )


@policy(halfway=True, weighty=True)
def factor_codes(request: Asked) -> HttpResponse:
    """New recovery codes, shown this once."""
    account = access.account_of(request.actor)
    if request.method != "POST":
        return redirect("factor_list")
    return _new_codes(request, account)


@policy(weighty=True)
@require_POST
def factor_remove(request: Asked, pk: int) -> HttpResponse:
    """Take a second factor out of use."""
    factor = get_object_or_404(access.factors_of(access.account_of(request.actor)), pk=pk)
    with refusals(request, f"“{factor.label}”已停用。"):
        ways.remove_factor(factor, **deed(request))
    return redirect("factor_list")


def _new_codes(request: Asked, account: Any) -> HttpResponse:
    codes = [one_time.new_code(3) for _ in range(RECOVERY_CODES)]
    ways.renew_recovery_codes(account, codes, by=request.actor, at=deed(request)["at"])
    return page(request, "account/codes.html", room="account_detail", codes=codes)


def _kept(request: Asked, account: Any) -> HttpResponse:
    """After a new second factor: nothing is owed any more; the first one comes with recovery codes."""
    request.session.pop(arrival.OWES, None)
    if access.recovery_codes_left(account):
        tell(request, "done", "第二验证已登记。")
        return redirect("factor_list")
    return _new_codes(request, account)


def _offered(request: Asked) -> str:
    """The secret that is offered to the phone: the same one until it is kept, sealed while it waits."""
    kept = request.session.get(OFFERED)
    if kept:
        return vault.unseal(bytes.fromhex(kept), purpose=PURPOSE).decode()
    secret = one_time.new_secret()
    request.session[OFFERED] = vault.seal(secret.encode(), purpose=PURPOSE).hex()
    return secret
