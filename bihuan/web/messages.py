"""A person's messages: each opens its matter."""

from contextlib import suppress

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bihuan.core import clock, outbox
from bihuan.core.audit import Overtaken
from bihuan.gate.answers import page
from bihuan.gate.policy import Asked, policy
from bihuan.organisation import actions as organisation
from bihuan.web.paging import pager_of

PAGES = {"P": "problem_detail", "M": "measure_detail", "X": "petition_detail"}
SHOWN = 100


@policy()
def message_list(request: Asked) -> HttpResponse:
    """The list, newest first; sending it marks the unread ones read."""
    found = outbox.messages_of(request.actor.person)
    if request.method == "POST":
        unread = [*found.filter(read_at__isnull=True)]
        with suppress(Overtaken):  # read meanwhile, from another window
            if unread:
                organisation.read_messages(unread, by=request.actor, at=clock.now())
        return redirect("message_list")
    shown = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    lines = [
        (message.sent_at, message.text, url_of(message.matter_code), message.read_at is not None) for message in shown
    ]
    return page(request, "messages/message_list.html", room="message_list", lines=lines, pager=pager_of(shown))


def url_of(code: str) -> str:
    """The page that a matter's code opens, or ""."""
    _, _, rest = code.partition("-")
    return reverse(PAGES[rest[0]], args=[code]) if rest and rest[0] in PAGES else ""
