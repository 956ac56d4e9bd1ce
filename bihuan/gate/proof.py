"""Before a weighty act the person shows again who he is; what he had filled in waits, sealed, and goes on afterwards.

Hides where it waits. A file does not wait: its page is opened again, and says so.
"""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bihuan.core import vault
from bihuan.gate import arrival

WAITING, PURPOSE = "waiting", "waiting-form"
MOST = 200_000  # characters
KEPT_BACK = ("csrfmiddlewaretoken",)
Fields = list[tuple[str, str]]


def first(request: HttpRequest, step: str = "") -> HttpResponse | None:
    """The way to where the person shows who he is, before what he sends is done; None where he has just shown it."""
    if request.method != "POST" or arrival.is_proven(request):
        return None
    about = request.resolver_match.kwargs.get("code", "") if request.resolver_match else ""
    request.session[WAITING] = {"to": request.get_full_path(), "sealed": _sealed(request), "act": [step, about]}
    return redirect("account_prove")


def waiting(request: HttpRequest) -> tuple[str, Fields | None] | None:
    """Where the form was sent that waits, and its fields (None where it could not be kept); None where none waits."""
    kept: Any = request.session.get(WAITING)
    if not kept:
        return None
    if not kept["sealed"]:
        return str(kept["to"]), None
    words = vault.unseal(bytes.fromhex(kept["sealed"]), purpose=PURPOSE).decode()
    return str(kept["to"]), parse_qsl(words, keep_blank_values=True)


def act(request: HttpRequest) -> tuple[str, str]:
    """What waits: what the step is called, and the code of what it is a step of; "" where it has none."""
    step, about = request.session.get(WAITING, {}).get("act", ("", ""))
    return str(step), str(about)


def drop(request: HttpRequest) -> None:
    """Nothing waits any more."""
    request.session.pop(WAITING, None)


def _sealed(request: HttpRequest) -> str:
    """The fields of the form, sealed; "" where it came with a file, or is longer than one waits with."""
    fields = [(name, value) for name, values in request.POST.lists() if name not in KEPT_BACK for value in values]
    words = urlencode(fields)
    is_kept = not request.FILES and len(words) <= MOST
    return vault.seal(words.encode(), purpose=PURPOSE).hex() if is_kept else ""
