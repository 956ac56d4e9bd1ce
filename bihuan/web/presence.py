"""Who is signed in now: the security administrator sees it, and ends what should not be."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from bihuan.core import clock
from bihuan.gate import watching
from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.policy import Asked, policy
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import whole
from bihuan.organisation import sessions
from bihuan.organisation.actions import access as ways
from bihuan.organisation.queries import access
from bihuan.organisation.rules.duties import Role
from bihuan.web.paging import pager_of

SHOWN = 50
BECAUSE = "安全管理员结束"


@policy(Role.SECURITY_ADMIN, weighty=True)
def sign_in_list(request: Asked) -> HttpResponse:
    """Every open sign-in of the city; a POST ends one, with a reason."""
    rows = access.open_sign_ins(request.actor.city, clock.now())
    if request.method == "POST":
        one = get_object_or_404(rows, pk=whole(request.POST.get("sign_in")) or 0)
        with refusals(request, f"{one.account.person}在{one.browser or one.origin}的登录已结束。"):
            if not opinion(request):
                raise Refused("请写明结束的理由。")
            ways.end_sign_in(one, because=BECAUSE, note=opinion(request), **deed(request))
        return again(request)
    found = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    here = request.session.get(sessions.SIGN_IN)
    lines = [(one, watching.seen_at(one)) for one in found]
    return page(request, "console/sign_ins.html", room="home", lines=lines, here=here, pager=pager_of(found, ""))
