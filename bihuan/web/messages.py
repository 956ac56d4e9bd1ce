"""A person's messages: each opens its matter."""

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bihuan.core import clock, outbox
from bihuan.core.audit import Overtaken
from bihuan.gate.answers import page
from bihuan.gate.policy import Asked, policy
from bihuan.organisation import actions as organisation

PAGES = {"P": "problem_detail", "M": "measure_detail", "X": "petition_detail"}
SHOWN = 100


@policy()
def message_list(request: Asked) -> HttpResponse:
    """The list, newest first; sending it marks the unread ones read."""
    found = [*outbox.messages_of(request.actor.person)[:SHOWN]]
    if request.method == "POST":
        unread = [message for message in found if message.read_at is None]
        with suppress(Overtaken):  # read meanwhile, from another window
            if unread:
                organisation.read_messages(unread, by=request.actor, at=clock.now())
        return redirect("message_list")
    lines = [
        (message.sent_at, message.text, url_of(message.matter_code), message.read_at is not None) for message in found
    ]
    return page(request, "messages/message_list.html", room="message_list", lines=lines)


def url_of(code: str) -> str:
    """The page that a matter's code opens, or ""."""
    _, _, rest = code.partition("-")
    return reverse(PAGES[rest[0]], args=[code]) if rest and rest[0] in PAGES else ""
