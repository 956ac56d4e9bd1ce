"""How a page answers: drawn whole or in part, again after a deed, with the sentence when something was refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bihuan.core.action import Repeated
from bihuan.core.audit import Overtaken
from bihuan.gate.frame import frame
from bihuan.lib.flow import Refused


def page(request: HttpRequest, template: str, *, room: str = "", status: int = 200, **context: Any) -> HttpResponse:
    """A page inside the frame."""
    return render(request, template, {"frame": frame(request, room), **context}, status=status)


def part(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A part of a page, without the frame: for what is opened beside a list."""
    return render(request, template, context)


def tell(request: HttpRequest, kind: str, text: str) -> None:
    """Say something once, on the next page: kind done, refused or asked."""
    request.session["told"] = [*request.session.get("told", []), (kind, text)]


def again(request: HttpRequest) -> HttpResponse:
    """The same page, freshly read, after a deed."""
    return redirect(request.get_full_path())


@contextmanager
def refusals(request: HttpRequest, done: str = "", *, unless: type[Exception] | None = None) -> Iterator[None]:
    """Run a deed: say `done` when it was done (or had been done by the same click before), else why it was refused.

    A refusal of the kind `unless` is left to the page.
    """
    try:
        yield
    except (Refused, Overtaken) as refusal:
        if unless is not None and isinstance(refusal, unless):
            raise
        tell(request, "refused", str(refusal))
    except Repeated as repeated:
        tell(request, "done", str(repeated))
    else:
        if done:
            tell(request, "done", done)
