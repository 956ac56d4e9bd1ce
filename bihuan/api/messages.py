"""One's own messages, and search: what the pages of these show."""

from datetime import datetime
from typing import Any

from ninja import Query, Schema
from pydantic import Field

from bihuan.api.door import WHO, operation
from bihuan.api.paging import Backwards
from bihuan.api.writing import Words
from bihuan.core import clock, outbox
from bihuan.gate.policy import PEOPLE, Asked
from bihuan.organisation.actions import own
from bihuan.organisation.queries import staff, structure
from bihuan.petitions import queries as petitions
from bihuan.rectification.queries import sight

HITS = 20


class MessageLine(Schema):
    """A message."""

    id: int
    sent_at: datetime
    text: str
    matter: str
    is_read: bool


class Messages(Schema):
    """A page of messages, newest first; `next` begins the next one."""

    unread: int
    rows: list[MessageLine]
    next: int | None = None


class Read(Schema):
    """How many messages were marked as read."""

    read: int


class Hit(Schema):
    """What holds the words: its kind, its code or id, its words."""

    kind: str
    code: str
    words: str


class Hits(Schema):
    """What was found, at most twenty of a kind."""

    hits: list[Hit]


class Asking(Schema):
    """What is looked for."""

    q: Words = Field(..., min_length=1, max_length=60, description="字词、编号，或单位、人员的拼音首字母")


@operation("GET", "/messages", "api_messages", "我的消息", Messages, who=(PEOPLE,), tags=["消息"])
def messages(request: Asked, asked: Query[Backwards]) -> Any:
    """One's own messages."""
    shown, following = asked.page_of(outbox.messages_of(request.actor.person))
    return {
        "unread": outbox.unread(request.actor.person),
        "rows": [
            {
                "id": one.pk,
                "sent_at": one.sent_at,
                "text": one.text,
                "matter": one.matter_code,
                "is_read": one.read_at is not None,
            }
            for one in shown
        ],
        "next": following,
    }


@operation(
    "POST", "/messages/read", "api_messages_read", "都记为看过", Read, who=(PEOPLE,), refuses=(409,), tags=["消息"]
)
def read(request: Asked) -> Any:
    """Mark one's unread messages as read; doing it again marks nothing."""
    unread = [*outbox.messages_of(request.actor.person).filter(read_at__isnull=True)]
    if unread:
        own.read_messages(unread, by=request.actor, at=clock.now())
    return {"read": len(unread)}


@operation("GET", "/search", "api_search", "查找", Hits, who=WHO, tags=["查找"])
def search(request: Asked, asking: Query[Asking]) -> Any:
    """Everything in this person's sight that holds the words."""
    by, words = request.actor, asking.q.strip()
    if not words:
        return {"hits": []}
    matters = (
        ("problem", sight.problems_found(by, words), "title"),
        ("measure", sight.measures_found(by, words), "text"),
        ("petition", petitions.petitions_found(by, words), "content"),
    )
    named = (("unit", structure.units_found(by.city, words)), ("person", staff.people_named(by.city, words)))
    hits = [
        {"kind": kind, "code": code, "words": text}
        for kind, rows, name in matters
        for code, text in rows.values_list("matter__code", name)[:HITS]
    ]
    hits += [{"kind": kind, "code": str(row.pk), "words": row.name} for kind, rows in named for row in rows[:HITS]]
    return {"hits": hits}
