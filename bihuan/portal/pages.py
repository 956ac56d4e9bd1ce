"""The public pages: notices that run and ran, each with its frozen text, and a form for whoever objects.

Hides where the words come from: nothing but released texts is asked for. No login, no session.
"""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from bihuan.core import attempts, clock
from bihuan.core.action import Repeated
from bihuan.core.actor import Actor
from bihuan.core.vault import Secret
from bihuan.disclosure.actions import objecting
from bihuan.disclosure.queries import public
from bihuan.disclosure.rules.objection import (
    CONTACT,
    HEARD_WITHIN,
    LONGEST,
    SHORTEST,
    TOO_MANY,
    is_heard,
    unfit,
)
from bihuan.gate.policy import policy
from bihuan.lib.flow import Refused

ASKED = 60
LIMITS = {"shortest": SHORTEST, "longest": LONGEST, "contact": CONTACT}


@policy(public=True)
def notice_list(request: HttpRequest) -> HttpResponse:
    """The notices that run, with the days that are left, and those that ran out; `q` looks for words in them."""
    words = str(request.GET.get("q", "")).strip().replace("\0", "")[:ASKED]
    today = clock.today()
    told = {"running": public.running(today, words), "past": public.past(today, words), "q": words}
    return render(request, "portal/notices.html", told)


@policy(public=True)
def notice_feed(request: HttpRequest) -> HttpResponse:
    """The notices that run, for programs."""
    notices = [_plain(one, request) for one in public.running(clock.today())]
    return JsonResponse({"notices": notices}, json_dumps_params={"ensure_ascii": False})


def _plain(one: public.Shown, request: HttpRequest) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "days": one.days,
        "days_left": one.left,
        "counted_as": one.counted_as,
        "lead": one.lead,
        "parts": [{"heading": heading, "text": text} for heading, text in one.parts],
        "url": request.build_absolute_uri(reverse("notice_detail", args=[one.code])),
        "sha256": one.digest,
    }


@policy(public=True)
def notice_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One notice; sent to, it takes in what somebody says against it."""
    shown = public.notice(code, clock.today())
    if shown is None:
        is_gone = public.was_taken_down(code)
        return render(request, "portal/gone.html", {"is_gone": is_gone, "q": ""}, status=410 if is_gone else 404)
    given = {name: request.POST.get(name, "") for name in ("text", "contact")}
    if request.method != "POST":
        return _notice(request, shown, given, {})
    wrong = unfit(**given)
    if wrong:
        return _notice(request, shown, given, wrong, status=422)
    if not _is_heard(request, code):
        return _notice(request, shown, given, {"text": TOO_MANY}, status=429)
    return _taken_in(request, shown, given)


def _notice(
    request: HttpRequest, shown: public.Shown, given: dict[str, str], wrong: dict[str, str], status: int = 200
) -> HttpResponse:
    once = request.POST.get("once", "") or uuid4().hex
    others = [one for one in public.running(clock.today()) if one.code != shown.code][:5]
    told = {"notice": shown, "given": given, "wrong": wrong, "once": once, "others": others, "limits": LIMITS, "q": ""}
    return render(request, "portal/notice.html", told, status=status)


def _taken_in(request: HttpRequest, shown: public.Shown, given: dict[str, str]) -> HttpResponse:
    """The page that thanks and names the objection's code; the same click twice is thanked twice and taken in once."""
    by = Actor.system("公众意见", shown.city)
    words = (Secret(given["text"]), Secret(given["contact"]))
    try:
        deed: dict[str, Any] = {"by": by, "at": clock.now(), "key": request.POST.get("once", "")}
        number = objecting.receive_objection(shown.city, shown.code, *words, **deed).code
    except Repeated as repeated:
        number = repeated.result
    except Refused as refusal:
        return _notice(request, shown, given, {"text": str(refusal)}, status=422)
    return render(request, "portal/thanks.html", {"notice": shown, "number": number, "q": ""})


def _is_heard(request: HttpRequest, code: str) -> bool:
    """Whether this address, and this notice, were not heard too often within the hour; it is counted then."""
    at, seconds = clock.now(), int(HEARD_WITHIN.total_seconds())
    keys = [
        attempts.key_of("objection from", request.META.get("REMOTE_ADDR", "")),
        attempts.key_of("objection to", code),
    ]
    heard = is_heard(*(len(attempts.counted(key, at, seconds)) for key in keys))
    for key in keys if heard else ():
        attempts.note(key, at)
    return heard
