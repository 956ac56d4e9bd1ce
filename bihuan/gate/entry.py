"""Every request passes here: who is it, what is it called, may the page open, and may anybody keep a copy."""

import re
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from bihuan.core import clock, drafts, still
from bihuan.core.actor import Actor
from bihuan.gate import arrival, device, errors, faults, policy, telling, tokens
from bihuan.organisation.queries import access, scope

TAKEN = (302, 303)
METHOD_NOT_ALLOWED = 405
NOT_TYPED = re.compile(r"csrf|once|password|chosen|again|code|answer")
SAID = ("note", "conclusion")  # in which a page of steps takes a person's words
STATIC = f"/{settings.STATIC_URL.strip('/')}/"


def _typed(request: HttpRequest) -> dict[str, str]:
    """What a form sent, but the fields that are the machine's and those that nobody keeps."""
    return {name: str(text) for name, text in request.POST.items() if not NOT_TYPED.search(name)}


def _actor_behind(account: int, day: date) -> Actor | None:
    found = access.account_by_key(account)
    return scope.actor_for(found, day) if found else None


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
            self._spare(request)
            response = self.get_response(request)
            self._drop_draft(request, response)
            self._keep_refused(request, response)
        if response.status_code == METHOD_NOT_ALLOWED and faults.is_program(request):
            response = faults.fault(METHOD_NOT_ALLOWED, Allow=response.headers.get("Allow", ""))
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
        return tokens.stop(request) or policy.stop(request, page) or errors.unspeakable(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """A database that is busy or away, a full disk, a value too large are said so; others go their usual way."""
        return errors.busy(request, fault) or errors.beyond(request, fault) or errors.lost(request, fault)

    @staticmethod
    def _keep(request: Any) -> None:
        """End a session that lived long enough; what was sent with it is kept for its writer."""
        if request.actor is None or request.path.startswith(STATIC) or tokens.is_given(request):
            return
        request.ended = arrival.keep(request, request.actor)
        if request.ended:
            person, request.actor = request.actor.person, None
            if request.method == "POST" and policy.keeps_drafts(request.path):
                with suppress(OperationalError):  # a busy database is no reason to show an error instead of the login
                    drafts.keep(person, request.path, "", _typed(request), clock.now())

    @staticmethod
    def _spare(request: Any) -> None:
        """A program whom nobody knows hears that first (401), not that his form has no token."""
        if request.actor is None and faults.is_program(request):
            request._dont_enforce_csrf_checks = True  # noqa: SLF001 -- Django's own way to say so

    @staticmethod
    def _drop_draft(request: Any, response: HttpResponse) -> None:
        """What was sent and taken is no draft any more."""
        is_taken = request.method == "POST" and response.status_code in TAKEN and not telling.is_refused(request)
        if is_taken and request.actor is not None and response.get("Location", "") != reverse("account_prove"):
            with suppress(OperationalError):  # the deed is done: a draft that stays is no reason to say otherwise
                drafts.drop(request.actor.person, path=request.path)

    @staticmethod
    def _keep_refused(request: Any, response: HttpResponse) -> None:
        """What somebody wrote, was refused, and the page is read anew without it: it waits there for its writer."""
        if request.method != "POST" or response.status_code not in TAKEN or not telling.is_refused(request):
            return
        said = {name: text for name in SAID if (text := request.POST.get(name, "").strip())}
        if request.actor is None or not said or not policy.keeps_drafts(request.path):
            return
        with suppress(OperationalError):  # as above
            kept = drafts.kept_of(request.actor.person, request.path)
            if not any(said.items() <= one.fields.items() for one in kept):
                drafts.keep(request.actor.person, request.path, "", _typed(request), clock.now())

    @staticmethod
    def _actor(request: HttpRequest) -> Any:
        if tokens.is_given(request):
            by = tokens.actor(request)
            return by and replace(by, origin=request.META.get("REMOTE_ADDR", ""), request=request.id)  # type: ignore[attr-defined]  # as below
        if not request.user.is_authenticated:
            return None
        account, today = request.user.pk, clock.today()
        actor = still.known(("actor", account, today), lambda: _actor_behind(account, today))
        return actor and replace(
            scope.as_person(actor, clock.now()),
            origin=request.META.get("REMOTE_ADDR", ""),
            request=request.id,  # type: ignore[attr-defined]  # set just before
        )
