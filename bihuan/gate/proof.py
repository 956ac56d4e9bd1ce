"""Before a weighty act the person shows again who he is; what he had filled in waits, sealed, and goes on afterwards.

Hides where it waits. Files are not kept: who sends one is asked before, by `@policy` on the page that takes it.
"""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from bihuan.core import vault

WAITING, PURPOSE = "waiting", "waiting-form"
MOST = 200_000  # characters
KEPT_BACK = ("csrfmiddlewaretoken",)


def ask(request: HttpRequest) -> HttpResponse:
    """Lead to where the person shows who he is, and keep what he sent meanwhile."""
    request.session[WAITING] = {"to": request.get_full_path(), "sealed": _sealed(request.POST)}
    return redirect(reverse("account_prove"))


def waiting(request: HttpRequest) -> tuple[str, list[tuple[str, str]]] | None:
    """Where the form was sent that waits, and its fields; None where none waits."""
    kept: Any = request.session.get(WAITING)
    if not kept:
        return None
    words = vault.unseal(bytes.fromhex(kept["sealed"]), purpose=PURPOSE).decode()
    return str(kept["to"]), parse_qsl(words, keep_blank_values=True)


def drop(request: HttpRequest) -> None:
    """Nothing waits any more."""
    request.session.pop(WAITING, None)


def _sealed(form: QueryDict) -> str:
    fields = [(name, value) for name, values in form.lists() if name not in KEPT_BACK for value in values]
    words = urlencode(fields)
    return vault.seal((words if len(words) <= MOST else "").encode(), purpose=PURPOSE).hex()
