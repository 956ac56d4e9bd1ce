"""Who may open a page at all: declared on the page itself, asked before it runs, walked by the tests.

Hides the refusal: somebody who is not logged in is led to the login; somebody without the role gets 404, as if the page
were not there. What rows a page shows is settled below, by what is fetched.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from bihuan.core.actor import Actor
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role

Page = Callable[..., HttpResponseBase]


class Asked(HttpRequest):
    """A request as pages see it: `actor` is who acts, known when the page's policy asked for somebody."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Policy:
    """`public`: anybody. Else somebody with a valid appointment, in one of `roles` where any are named."""

    public: bool = False
    roles: tuple[Role, ...] = ()

    def admits(self, actor: Actor | None) -> bool:
        """Whether the page opens for this actor."""
        if self.public:
            return True
        return actor is not None and bool(actor.held) and (not self.roles or scope.has_role(actor, self.roles))


def policy(*roles: Role, public: bool = False) -> Callable[[Page], Page]:
    """Declare who may open a page. A page without a declaration opens for nobody."""

    def declare(page: Page) -> Page:
        page.policy = Policy(public, roles)  # type: ignore[attr-defined]  # the declaration travels with the page
        return page

    return declare


def policy_of(page: Any) -> Policy | None:
    """What a page declared, if it did."""
    found = getattr(page, "policy", None)
    return found if isinstance(found, Policy) else None


def stop(request: HttpRequest, page: Any) -> HttpResponse | None:
    """None where the page may open; else the way to the login, or 404."""
    declared = policy_of(page)
    if declared is None:
        raise Http404
    actor = getattr(request, "actor", None)
    if declared.admits(actor):
        return None
    if actor is None:
        return redirect("account_login")
    raise Http404
