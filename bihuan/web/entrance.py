"""Coming in and going out: name and password, the second step, the one-time slip, and showing again who one is."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bihuan.gate import arrival, passkey, proof, provider, transport
from bihuan.gate.answers import inside
from bihuan.gate.frame import DEMO, NAMELESS
from bihuan.gate.policy import Asked, policy
from bihuan.gate.telling import said, tell
from bihuan.lib.flow import Refused
from bihuan.organisation.queries import access, structure
from bihuan.organisation.rules.entering import PROVEN_FOR, SLIP_FOR
from bihuan.web.account_forms import CodeForm, LoginForm, ProofForm, SlipForm

OUT = "您已退出登录。"
UNKEPT = "已确认是您本人。文件没有留着，请重新选一次再交。"
CHOSEN = "密码已设好，请用它登录。"
LEAVE_NOTHING = '"cache", "storage"'


@policy(public=True)
def account_login(request: Asked) -> HttpResponse:
    """Log in by name and password."""
    form = LoginForm(request.POST or None)
    onward = str(request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "POST" and form.is_valid():
        try:
            account = arrival.password(request, form.cleaned_data["username"], form.cleaned_data["password"])
            is_in = arrival.begin(request, account, onward)
            return redirect(inside(request, onward) if is_in else "account_second")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    demo = f"{DEMO}账号见启动时打印的清单。" if settings.DEMO else ""
    return _bare(request, "account/login.html", form, next=onward, demo=demo, provider=provider.name())


@policy(public=True)
def account_second(request: Asked) -> HttpResponse:
    """The second step: six digits, a recovery code, or a passkey."""
    half = arrival.halfway(request)
    if half is None:
        tell(request, "asked", "请先填登录名和密码。")
        return redirect("account_login")
    account, onward = half
    form = CodeForm(request.POST or None)
    answer = request.POST.get("answer", "")
    if request.method == "POST" and (answer or form.is_valid()):
        try:
            second = passkey.check(request, account, answer) if answer else None
            second = second or arrival.code(request, account, form.cleaned_data["code"])
            arrival.come_in(request, account, arrival.by_both(request, second))
            return redirect(inside(request, onward))
        except Refused as refusal:
            form.errors.clear()
            form.add_error(None, str(refusal))
    options = passkey.ask(request, account)
    return _bare(request, "account/second.html", form, options=options, has_phone=access.has_phone(account))


@policy(public=True)
def account_slip(request: Asked) -> HttpResponse:
    """Set a first or a new password with a one-time slip."""
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            arrival.slip(request, told["username"], told["code"], told["chosen"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, "done", CHOSEN)
            return redirect("account_login")
    return _bare(request, "account/slip.html", form, valid_for=SLIP_FOR)


@policy(public=True)
@require_POST
def account_logout(request: Asked) -> HttpResponse:
    """Log out."""
    arrival.leave(request, "自己退出")
    tell(request, "done", OUT)
    answer = redirect("account_login")
    answer["Clear-Site-Data"] = LEAVE_NOTHING
    return answer


@policy(halfway=True)
def account_prove(request: Asked) -> HttpResponse:
    """Show again who one is, before a weighty act; what was filled in goes on from here."""
    account = access.account_of(request.actor)
    answer = str(request.POST.get("answer", ""))
    form = ProofForm(request.POST or None, asks=_code_asked(account))
    if request.method == "POST" and (answer or form.is_valid()):
        _show_again(request, account, answer, form)
    waits = proof.waiting(request)
    if not arrival.is_proven(request):
        step, about = proof.act(request)
        kept = {"is_kept": waits is not None and waits[1] is not None, "proven_for": PROVEN_FOR}
        kept |= {"step": step, "about": about}
        asked = {"options": passkey.ask(request, account, is_alone=True), "has_phone": access.has_phone(account)}
        return _bare(request, "account/prove.html", form, **asked, **kept)
    if waits is None:
        return redirect("home")
    proof.drop(request)
    if waits[1] is None:
        tell(request, "asked", UNKEPT)
        return redirect(waits[0])
    return _bare(request, "account/go_on.html", form, to=waits[0], fields=waits[1])


def _code_asked(account: Any) -> str:
    """What code stands beside the password, where this person has a second factor; "" where he has none."""
    if access.has_phone(account):
        return "手机验证器上的六位数字，或一个备用码。"
    return "通行密钥不在身边时，填一个备用码。" if access.passkeys_of(account) else ""


def _show_again(request: Asked, account: Any, answer: str, form: Any) -> None:
    """Take the passkey's answer, or password and code; why they prove nothing is said on the form."""
    try:
        if answer:
            passkey.check(request, account, answer, is_alone=True)
            arrival.proven(request, account)
        else:
            arrival.prove(request, account, form.cleaned_data["password"], form.cleaned_data.get("code", ""))
    except Refused as refusal:
        form.errors.clear()
        form.add_error(None, str(refusal))


def _bare(request: Asked, template: str, form: Any, **context: Any) -> HttpResponse:
    """A page without the frame, for whoever is not in."""
    told = [{"kind": kind, "text": text} for kind, text in said(request)]
    office = structure.only_office() or NAMELESS
    shown = {"form": form, "office": office, "told": told, "plain": transport.plain(), **context}
    return render(request, template, shown, status=422 if form.errors else 200)
