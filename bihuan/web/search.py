"""Search: numbers, words, units, people; only what this person may see."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.gate.answers import page
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.organisation.queries import staff, structure
from bihuan.petitions import queries as petitions
from bihuan.rectification.queries import sight
from bihuan.web.directory import row_url
from bihuan.web.drawing import Piece

HITS = 20
AROUND = 24


@policy(BUSINESS)
def search(request: Asked) -> HttpResponse:
    """Everything that holds the words, in groups."""
    words = str(request.GET.get("q", "")).strip().replace("\0", "")[:60]
    groups = [group for group in _groups(request, words) if group["hits"]] if words else []
    return page(request, "search/search.html", room="search", query=words, groups=groups)


def _groups(request: Asked, words: str) -> list[dict[str, Any]]:
    by = request.actor
    return [
        _matters("问题", sight.problems_found(by, words), "problem_detail", words, "title", "text"),
        _matters("措施", sight.measures_found(by, words), "measure_detail", words, "text"),
        _matters("信访件", petitions.petitions_found(by, words), "petition_detail", words, "number", "content"),
        _named("单位", structure.units_found(by.city, words), lambda row: row_url(by, "units", row.pk), _place),
        _named("人员", _people(by, words), lambda row: row_url(by, "people", row.pk), _posts),
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
    return {"label": label, "count": _count(found), "url": "", "hits": hits}


def _named(label: str, rows: Any, url: Callable[[Any], str], note: Callable[[Any], str]) -> dict[str, Any]:
    found = [*rows[: HITS + 1]]
    hits = [{"label": row.name, "url": url(row), "line": [note(row)], "note": ""} for row in found[:HITS]]
    return {"label": label, "count": _count(found), "url": "", "hits": hits}


def _count(found: list[Any]) -> str:
    return f"{min(len(found), HITS)}{'+' if len(found) > HITS else ''}"


def _place(unit: Any) -> str:
    return f"{unit.region.name}{'' if unit.valid_until is None else f'，至 {unit.valid_until}，停用'}"


def _people(by: Actor, words: str) -> Any:
    return staff.with_posts(staff.people_named(by.city, words), clock.today())


def _posts(person: Any) -> str:
    return "；".join(str(one.post) for one in person.held) or "今天没有任职"


def marked(text: str, words: str) -> list[str | Piece]:
    """The words with a little of what stands around them."""
    at = text.find(words)
    if at < 0:
        return [text[: 2 * AROUND]]
    before, after = text[max(0, at - AROUND) : at], text[at + len(words) : at + len(words) + AROUND]
    return ["…" * (at > AROUND) + before, Piece(words, "mark"), after + "…" * (at + len(words) + AROUND < len(text))]
