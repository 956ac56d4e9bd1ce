"""Search: numbers, words, units, people; only what this person may see."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from bihuan.gate.answers import page
from bihuan.gate.policy import Asked, policy
from bihuan.organisation import queries as organisation
from bihuan.petitions import queries as petitions
from bihuan.rectification import queries as rectification
from bihuan.web.drawing import Piece

HITS = 20
AROUND = 24


@policy()
def search(request: Asked) -> HttpResponse:
    """Everything that holds the words, in groups."""
    words = str(request.GET.get("q", "")).strip().replace("\0", "")[:60]
    groups = [group for group in _groups(request, words) if group["hits"]] if words else []
    return page(request, "search/search.html", room="search", query=words, groups=groups)


def _groups(request: Asked, words: str) -> list[dict[str, Any]]:
    by = request.actor
    return [
        _matters("问题", rectification.problems_found(by, words), "problem_detail", words, "title", "text"),
        _matters("措施", rectification.measures_found(by, words), "measure_detail", words, "text"),
        _matters("信访件", petitions.petitions_found(by, words), "petition_detail", words, "number", "content"),
        _plain("单位", [(unit.name, unit.region.name) for unit in organisation.units_found(by.city, words)[:HITS]]),
        _plain("人员", organisation.people_found(by.city, words, HITS)),
    ]


def _matters(label: str, rows: Any, name: str, words: str, *texts: str) -> dict[str, Any]:
    """A group of hits; the line of each is the first of its texts that has the words as they were typed."""
    found = [*rows.values_list("matter__code", *texts)[: HITS + 1]]
    hits = [
        {
            "label": code,
            "url": reverse(name, args=[code]),
            "line": marked(next((text for text in held if words in text), held[0]), words),
            "note": "",
        }
        for code, *held in found[:HITS]
    ]
    return {"label": label, "count": f"{len(hits)}{'+' if len(found) > HITS else ''}", "url": "", "hits": hits}


def _plain(label: str, found: list[tuple[str, str]]) -> dict[str, Any]:
    hits = [{"label": name, "url": "", "line": [note], "note": ""} for name, note in found]
    return {"label": label, "count": str(len(hits)), "url": "", "hits": hits}


def marked(text: str, words: str) -> list[str | Piece]:
    """The words with a little of what stands around them."""
    at = text.find(words)
    if at < 0:
        return [text[: 2 * AROUND]]
    before, after = text[max(0, at - AROUND) : at], text[at + len(words) : at + len(words) + AROUND]
    return ["…" * (at > AROUND) + before, Piece(words, "mark"), after + "…" * (at + len(words) + AROUND < len(text))]
