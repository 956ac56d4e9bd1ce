"""Logging in and out, one's own account, and which inspection is shown."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from bihuan.gate.answers import page
from bihuan.gate.frame import DEMO, NAMELESS
from bihuan.gate.policy import Asked, policy
from bihuan.matters import queries as matters
from bihuan.organisation.queries import structure
from bihuan.organisation.rules.duties import ROLE_LABELS
from bihuan.web.forms import LoginForm

WRONG = "登录名或密码不对。请核对后再试；忘记密码请找本单位的系统管理员。"


@policy(public=True)
def account_login(request: Asked) -> HttpResponse:
    """Log in by name and password."""
    form = LoginForm(request.POST or None)
    onward = str(request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if account is not None:
            login(request, account)
            inside = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
            return redirect(onward if inside else "home")
        form.add_error(None, WRONG)
    context: dict[str, Any] = {
        "form": form,
        "office": structure.only_office() or NAMELESS,
        "next": onward,
        "demo": f"{DEMO}账号见启动时打印的清单。" if settings.DEMO else "",
        "told": [],
    }
    return render(request, "account/login.html", context, status=422 if form.errors else 200)


@policy(public=True)
@require_POST
def account_logout(request: Asked) -> HttpResponse:
    """Log out."""
    logout(request)
    return redirect("account_login")


@policy()
def account_detail(request: Asked) -> HttpResponse:
    """Who I am here: my posts and what they let me do."""
    posts = [
        (held.post, ROLE_LABELS[held.role], f"代{held.behalf}" if held.behalf else "") for held in request.actor.held
    ]
    return page(
        request,
        "account/detail.html",
        room="account_detail",
        posts=posts,
        username=request.user.get_username(),
        deeds_url=reverse("own_deeds"),
    )


@policy()
@require_POST
def inspection_choose(request: Asked) -> HttpResponse:
    """Show the matters of one inspection, or of all."""
    code = request.POST.get("inspection", "")
    known = {inspection.code for inspection in matters.inspections_for(request.actor)}
    request.session["inspection"] = code if code in known else ""
    back = request.META.get("HTTP_REFERER", "")
    inside = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if inside else "home")
