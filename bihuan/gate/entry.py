"""Every request passes here: who is it, what is it called, may the page open, and may anybody keep a copy."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bihuan.core import clock, still
from bihuan.gate import arrival, device, errors, policy, telling
from bihuan.organisation.queries import scope

STATIC = f"/{settings.STATIC_URL.strip('/')}/"


class EntryMiddleware:
    """Gives the request an id and an actor, asks the page's policy, and forbids copies of what only some may see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        request.id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]  # named in error pages and in the trail
        with still.one_moment():
            request.actor = self._actor(request)  # type: ignore[attr-defined]  # what pages pass on as `by`
            self._keep(request)
            response = self.get_response(request)
        telling.send(request, response)
        device.send(request, response)
        response.headers["X-Request-Id"] = request.id  # type: ignore[attr-defined]  # set above
        if not request.path.startswith(STATIC):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, page: Any, args: Any, kwargs: Any) -> HttpResponse | None:  # noqa: ARG002 -- Django's
        """Ask the policy that the page declared."""
        if request.path.startswith(STATIC):
            return None
        return policy.stop(request, page) or errors.unspeakable(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """A database that is busy or away, a full disk, a value too large are said so; others go their usual way."""
        return errors.busy(request, fault) or errors.beyond(request, fault) or errors.lost(request, fault)

    @staticmethod
    def _keep(request: Any) -> None:
        """End a session that lived long enough."""
        if request.actor is not None and not request.path.startswith(STATIC):
            roles = frozenset(post.role for post in request.actor.held)
            request.ended = arrival.keep(request, roles)
            request.actor = None if request.ended else request.actor

    @staticmethod
    def _actor(request: HttpRequest) -> Any:
        if not request.user.is_authenticated:
            return None
        account, today = request.user, clock.today()
        actor = still.known(("actor", account.pk, today), lambda: scope.actor_for(account, today))
        return replace(
            actor,
            origin=request.META.get("REMOTE_ADDR", ""),
            request=request.id,  # type: ignore[attr-defined]  # set just before
        )
