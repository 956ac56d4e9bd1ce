"""A person's messages: each opens its matter."""

from contextlib import suppress

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect

from bihuan.core import clock, outbox
from bihuan.core.audit import Overtaken
from bihuan.gate.answers import page
from bihuan.gate.kinds import in_sight, url_of
from bihuan.gate.policy import Asked, policy
from bihuan.organisation.actions import own
from bihuan.web.paging import pager_of

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
