"""The public pages of what came of petitions: found by words, number and facts; one text a page; figures.

Hides where the words come from: nothing but released texts is asked for. No login, no session.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bihuan.disclosure.queries import public_petitions
from bihuan.disclosure.queries.public_petitions import FILTERS, Asked
from bihuan.disclosure.rules import figures
from bihuan.gate.policy import policy
from bihuan.lib.quantity import whole

LONGEST = 60
LABELS = {"inspection": "督察", "batch": "批次", "county": "行政区域"}
LABELS |= {"type": "污染类型", "truth": "是否属实", "closing": "是否办结"}


def asked_in(request: HttpRequest) -> Asked:
    """What somebody asks for, cut to what can be asked."""
    given = {name: str(request.GET.get(name, "")).strip().replace("\0", "")[:LONGEST] for name in ("q", *FILTERS)}
    return Asked(words=given.pop("q"), **given)


@policy(public=True)
def petition_list(request: HttpRequest) -> HttpResponse:
    """What came of petitions, newest first, a page at a time; `q` looks for words or a number, the rest for facts."""
    asked = asked_in(request)
    shown, following = public_petitions.page_of(asked, whole(request.GET.get("behind", "")))
    told = {
        "results": shown,
        "q": asked.words,
        "filters": [_filter(name, asked, choices) for name, choices in public_petitions.choices().items()],
        "is_narrowed": bool(asked.given),
        "next": f"?{_query(asked, behind=following)}" if following else "",
        "data": _query(asked, q=None),
    }
    return render(request, "portal/petitions.html", told)


def _filter(name: str, asked: Asked, choices: list[str]) -> dict[str, Any]:
    return {"name": name, "label": LABELS[name], "chosen": getattr(asked, name), "choices": choices}


def _query(asked: Asked, **more: Any) -> str:
    """What was asked, as the end of an address."""
    given = {("q" if name == "words" else name): value for name, value in asked.given.items()} | more
    return urlencode({name: value for name, value in given.items() if value is not None})


@policy(public=True)
def petition_result(request: HttpRequest, code: str) -> HttpResponse:
    """What came of one petition."""
    shown = public_petitions.result(code)
    if shown is None:
        is_gone, newer = public_petitions.taken_down(code)
        instead = reverse("public_petition", args=[newer]) if newer else ""
        told = {"is_gone": is_gone, "instead": instead, "q": ""}
        return render(request, "portal/no_result.html", told, status=410 if is_gone else 404)
    return render(request, "portal/petition.html", {"result": shown, "q": ""})


@policy(public=True)
def petition_figures(request: HttpRequest) -> HttpResponse:
    """How many results are public, by county and type, truth and closing; small cells are kept back."""
    told = {"tables": [figures.in_words(one) for one in figures.tables(public_petitions.counts())], "q": ""}
    return render(request, "portal/figures.html", told)
