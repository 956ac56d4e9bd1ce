"""Who may open a page at all: declared on the page itself, asked before it runs, walked by the tests.

Hides the refusal: somebody who is not logged in is led to the login; somebody without the role gets 404, as if the page
were not there. What rows a page shows is settled below, by what is fetched.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from bihuan.core.actor import Actor
from bihuan.gate import arrival, proof
from bihuan.gate.telling import tell
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role

Page = Callable[..., HttpResponseBase]


class Asked(HttpRequest):
    """A request as pages see it: `actor` is who acts, known when the page's policy asked for somebody."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Policy:
    """`public`: anybody. Else somebody with a valid appointment, in one of `roles` where any are named.

    `halfway`: also while he owes his second factor. `weighty`: what is sent there wants the person to have shown just
    now who he is.
    """

    public: bool = False
    roles: tuple[Role, ...] = ()
    halfway: bool = False
    weighty: bool = False

    def admits(self, actor: Actor | None) -> bool:
        """Whether the page opens for this actor."""
        if self.public:
            return True
        return actor is not None and bool(actor.held) and (not self.roles or scope.has_role(actor, self.roles))


def policy(*roles: Role, public: bool = False, halfway: bool = False, weighty: bool = False) -> Callable[[Page], Page]:
    """Declare who may open a page. A page without a declaration opens for nobody."""

    def declare(page: Page) -> Page:
        page.policy = Policy(public, roles, halfway, weighty)  # type: ignore[attr-defined]  # the declaration travels with the page
        return page

    return declare


def policy_of(page: Any) -> Policy | None:
    """What a page declared, if it did."""
    found = getattr(page, "policy", None)
    return found if isinstance(found, Policy) else None


def stop(request: HttpRequest, page: Any) -> HttpResponse | None:
    """None where the page may open; else the way to where it opens from (login, second factor, proof), or 404."""
    declared = policy_of(page)
    if declared is None:
        raise Http404
    actor = getattr(request, "actor", None)
    if actor is None and not declared.public:
        return _to_login(request)
    if actor is not None and not declared.public and not declared.halfway and arrival.OWES in request.session:
        return redirect("factor_list")
    if not declared.admits(actor):
        raise Http404
    if declared.weighty and request.method == "POST" and not arrival.is_proven(request):
        return proof.ask(request)
    return None


def _to_login(request: HttpRequest) -> HttpResponse:
    """The login, which leads back here afterwards; why, where the browser comes with a session that has ended."""
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        tell(request, "asked", getattr(request, "ended", "") or arrival.ENDED)
    onward = request.get_full_path() if request.method == "GET" else "/"
    return redirect("account_login" if onward == "/" else f"{reverse('account_login')}?{urlencode({'next': onward})}")
