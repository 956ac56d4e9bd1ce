"""The links of a matter as pages draw them: none but those of which the viewer may read both ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.gate.kinds import in_sight, kind_of, url_of
from bihuan.matters.rules.watch import STATES
from bihuan.rectification.queries import linking

if TYPE_CHECKING:
    from bihuan.matters.models import Matter, MatterLink

GONE = "已随导入撤回，请解除关联"
JUDGED = "反弹线索"


def section(matter: Matter, by: Actor, links: list[MatterLink]) -> dict[str, Any]:
    """The links as the page of the matter itself shows them; `url` where they are made and ended, "" where there are
    none and this person makes none.
    """
    rows = lines(matter, by, links)
    may = linking.may_link(by, matter)
    return {"rows": rows, "may": may, "url": reverse("link_list", args=[matter.code]) if rows or may else ""}


def lines(matter: Matter, by: Actor, links: list[MatterLink]) -> list[dict[str, Any]]:
    """What parts/links.html draws: the links that stand, then what a watch hit that holds joins to the matter."""
    standing = [one for one in links if not one.is_ended]
    hits = linking.hits_for(by, matter)
    others = [linking.other_end(one, matter) for one in standing]
    near = [linking.other_of_hit(one, matter) for one in hits]
    called = in_sight([one.code for one in (*others, *near)], by)
    made = [
        {
            "pk": link.pk,
            **_end(other, called),
            "kind": link.kind,
            "words": link.reason,
            "by": f"{link.linked_by or '系统'}",
            "at": link.linked_at,
        }
        for link, other in zip(standing, others, strict=True)
    ]
    judged = [
        {
            "pk": 0,
            **_end(other, called),
            "kind": f"{JUDGED}·{STATES[hit.state]}",
            "words": "；".join(hit.reasons),
            "by": str(hit.judged_by or "系统"),
            "at": hit.judged_at or hit.raised_at,
        }
        for hit, other in zip(hits, near, strict=True)
    ]
    return [*made, *judged]


def _end(other: Matter, called: dict[str, str]) -> dict[str, str]:
    kind = kind_of(other.code)
    is_there = other.code in called
    return {
        "code": other.code,
        "what": kind.called if kind else "",
        "title": called[other.code] if is_there else GONE,
        "url": url_of(other.code) if is_there else "",
    }


def page_of(matter: Matter, by: Actor, links: list[MatterLink], found: list[linking.Candidate]) -> dict[str, Any]:
    """What rectification/link_list.html draws besides its form and the head."""
    ended = [(one, linking.other_end(one, matter)) for one in links if one.is_ended]
    called = in_sight([*(other.code for _, other in ended), *(one.matter.code for one in found)], by)
    return {
        "rows": lines(matter, by, links),
        "ended": [{**_end(other, called), "kind": one.kind, "words": one.reason} for one, other in ended],
        "found": [{**_end(one.matter, called), "why": one.why} for one in found if one.matter.code in called],
    }
