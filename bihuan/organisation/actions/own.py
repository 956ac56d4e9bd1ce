"""What somebody writes for himself alone: lines read of his own list, views of a ledger."""

from datetime import datetime

from bihuan.core import audit, outbox
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.organisation.models import SavedView


@action
def read_messages(messages: list[outbox.Message], *, by: Actor, at: datetime) -> None:
    """Note that a person has read lines of his own list."""
    if any(message.person_id != by.person for message in messages):
        raise Refused("只能标记自己的消息。")
    outbox.mark_read(messages, at)


MOST_VIEWS = 30


@action
def keep_view(ledger: str, label: str, question: str, *, by: Actor, at: datetime) -> SavedView:
    """Keep a question to a ledger under a name; the same name again takes the new question.

    Refuses more than 30 views of one ledger.
    """
    if by.person is None:
        raise Refused("视图是个人的。")
    own = SavedView.objects.filter(person_id=by.person, ledger=ledger, is_dropped=False)
    same = own.filter(label=label).first()
    if same is not None:
        return audit.amend(same, question=question)
    if own.count() >= MOST_VIEWS:
        raise Refused(f"一张台账最多存{MOST_VIEWS}个视图，请先删去不用的。")
    return audit.create(SavedView(person_id=by.person, ledger=ledger, label=label, question=question))


@action
def drop_view(view: SavedView, *, by: Actor, at: datetime) -> SavedView:
    """Drop one's own view."""
    if view.person_id != by.person:
        raise Refused("只能删去自己的视图。")
    return audit.change(view, is_dropped=True)
