"""A person's messages: each opens its matter."""

from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bihuan.core import clock, outbox
from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.gate.answers import page
from bihuan.gate.policy import Asked, policy
from bihuan.organisation.actions import own
from bihuan.petitions import queries as petitions
from bihuan.rectification.queries import sight
from bihuan.web.paging import pager_of

PAGES = {"P": "problem_detail", "M": "measure_detail", "X": "petition_detail"}
SEEN: dict[str, tuple[Callable[[Actor], Any], str]] = {
    "P": (sight.problems_seen, "title"),
    "M": (sight.measures_seen, "text"),
    "X": (petitions.petitions_seen, "content"),
}
SHOWN = 100


@policy()
def message_list(request: Asked) -> HttpResponse:
    """The list, newest first; sending it marks the unread ones read."""
    found = outbox.messages_of(request.actor.person)
    if request.method == "POST":
        unread = [*found.filter(read_at__isnull=True)]
        with suppress(Overtaken):  # read meanwhile, from another window
            if unread:
                own.read_messages(unread, by=request.actor, at=clock.now())
        return redirect("message_list")
    shown = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    titles = in_sight({message.matter_code for message in shown}, request.actor)
    lines = [
        (
            message.sent_at,
            message.text,
            url_of(message.matter_code) if message.matter_code in titles else "",
            message.read_at is not None,
        )
        for message in shown
    ]
    return page(request, "messages/message_list.html", room="message_list", lines=lines, pager=pager_of(shown))


def in_sight(codes: Collection[str], by: Actor) -> dict[str, str]:
    """{code: how it is called} of those of these matters that this actor may open."""
    found: dict[str, str] = {}
    for letter, (rows, words) in SEEN.items():
        alike = [code for code in codes if code.partition("-")[2][:1] == letter]
        if alike:
            found |= dict(rows(by).filter(matter__code__in=alike).order_by().values_list("matter__code", words))
    return found


def url_of(code: str) -> str:
    """The page that a matter's code opens, or ""."""
    _, _, rest = code.partition("-")
    return reverse(PAGES[rest[0]], args=[code]) if rest and rest[0] in PAGES else ""
