"""One's own account: posts, password, where one is signed in; and which inspection is shown."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.gate import arrival, provider
from bihuan.gate.answers import deed, inside, page, refusals
from bihuan.gate.policy import Asked, opens, policy
from bihuan.gate.telling import tell
from bihuan.matters import queries as matters
from bihuan.organisation import sessions
from bihuan.organisation.actions import access as ways
from bihuan.organisation.queries import access
from bihuan.organisation.rules.duties import ROLE_LABELS
from bihuan.web.account_forms import PasswordForm

SIGN_INS_SHOWN = 10
WRONG = "现在的密码不对。"
CHANGED = "密码已改，其他地方的登录都已退出。请用新密码登录。"


@policy(halfway=True)
def account_detail(request: Asked) -> HttpResponse:
    """Who I am here: my posts and what they let me do, and where I am signed in."""
    posts = [
        (held.post, ROLE_LABELS[held.role], f"代{held.behalf}" if held.behalf else "") for held in request.actor.held
    ]
    account = access.account_of(request.actor)
    here = request.session.get(sessions.SIGN_IN)
    return page(
        request,
        "account/detail.html",
        room="account_detail",
        posts=posts,
        username=request.user.get_username(),
        may_redact=opens("redaction", request.actor),
        may_delegate=opens("stand_in_list", request.actor),
        may_unseal=opens("unsealing_open", request.actor),
        deeds_url=reverse("own_deeds"),
        provider=provider.name() if opens("provider_link", request.actor) else "",
        is_linked=bool(account.subject),
        factors=[one.label for one in access.factors_of(account)],
        sign_ins=[(one, one.pk == here) for one in access.sign_ins_of(account)[:SIGN_INS_SHOWN]],
    )


@policy()
def account_password(request: Asked) -> HttpResponse:
    """Choose another password."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = access.account_of(request.actor)
        if account.check_password(form.cleaned_data["password"]):
            ways.change_password(account, form.cleaned_data["chosen"], by=request.actor, at=deed(request)["at"])
            arrival.leave(request, "改了密码")
            tell(request, "done", CHANGED)
            return redirect("account_login")
        form.add_error("password", WRONG)
    return page(request, "account/password.html", room="account_detail", status=422 if form.errors else 200, form=form)


@policy(halfway=True)
@require_POST
def sign_in_end(request: Asked, pk: int) -> HttpResponse:
    """End one of one's own sign-ins elsewhere."""
    one = get_object_or_404(access.sign_ins_of(access.account_of(request.actor)), pk=pk)
    with refusals(request, "那边的登录已退出。"):
        ways.end_sign_in(one, because="本人退出", **deed(request))
    return redirect("account_detail")


@policy()
@require_POST
def inspection_choose(request: Asked) -> HttpResponse:
    """Show the matters of one inspection, or of all."""
    code = request.POST.get("inspection", "")
    known = {inspection.code for inspection in matters.inspections_for(request.actor)}
    request.session["inspection"] = code if code in known else ""
    return redirect(inside(request, request.META.get("HTTP_REFERER", "")))
