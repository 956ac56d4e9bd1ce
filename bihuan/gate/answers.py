"""How a page answers: drawn whole or in part, again after a deed, with the sentence when something was refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme

from bihuan.core import clock
from bihuan.core.action import Repeated, is_done
from bihuan.core.audit import Overtaken
from bihuan.gate.frame import frame
from bihuan.gate.policy import Asked
from bihuan.gate.telling import tell
from bihuan.lib.flow import Refused

Row = TypeVar("Row")


def or_404(row: Row | None) -> Row:
    """The row that was asked for; where there is none in the asker's scope, there is no such page."""
    if row is None:
        raise Http404
    return row


def deed(request: Asked) -> dict[str, Any]:
    """Who does it, when, and the key by which the same click answers only once: what every action takes."""
    return {"by": request.actor, "at": clock.now(), "key": request.POST.get("once", "")}


def opinion(request: Asked) -> str:
    """What was written beside a step. Where it could tell who petitioned, the action masks it."""
    return request.POST.get("note", "").strip()


def not_offered(request: Asked, sentence: str) -> Refused | Repeated:
    """Why what was sent is not offered: this click did it before, or else the sentence. To be raised."""
    key = request.POST.get("once", "")
    return Repeated("") if key and is_done(key, request.actor) else Refused(sentence)


def page(request: HttpRequest, template: str, *, room: str = "", status: int = 200, **context: Any) -> HttpResponse:
    """A page inside the frame."""
    return render(request, template, {"frame": frame(request, room), **context}, status=status)


def part(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A part of a page, without the frame: for what is opened beside a list."""
    return render(request, template, context)


def workbook(name: str, data: bytes) -> HttpResponse:
    """A workbook to keep under this name."""
    answer = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or ""
    return answer


def paper(name: str, data: bytes) -> HttpResponse:
    """A Word paper to keep under this name."""
    answer = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.docx") or ""
    return answer


def again(request: HttpRequest) -> HttpResponse:
    """The same page, freshly read, after a deed."""
    return redirect(request.get_full_path())


def inside(request: HttpRequest, onward: str) -> str:
    """Where the person wanted to go, where that is here; else the home."""
    is_here = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return onward if is_here else "home"


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


@contextmanager
def refused_at(
    form: BaseForm, request: HttpRequest, done: str, *, unless: type[Exception] | None = None
) -> Iterator[None]:
    """Run a form's deed: say `done` when it was done (or had been done by the same click before); why it was refused
    stands at the form, which keeps all that was typed. A refusal of the kind `unless` is left to the page.
    """
    try:
        yield
    except (Refused, Overtaken) as refusal:
        if unless is not None and isinstance(refusal, unless):
            raise
        form.add_error(None, str(refusal))
    except Repeated as repeated:
        tell(request, "done", str(repeated))
    else:
        tell(request, "done", done)
