"""Messages written with the deed, in its transaction: each person's list, the one channel until others are added."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from bihuan.core import audit


class Message(audit.Recorded):
    """One line in a person's list; it opens the matter that it is about."""

    person = models.ForeignKey("bihuan.Person", on_delete=models.PROTECT, verbose_name="收件人", related_name="+")
    text = models.CharField("内容", max_length=300)
    matter_code = models.CharField("事项", max_length=40, blank=True)
    sent_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("读于", null=True)

    class Meta:
        verbose_name = "消息"
        indexes = [models.Index(fields=["person", "read_at", "-sent_at"], name="message_list")]

    def __str__(self) -> str:
        return self.text

    @property
    def about(self) -> str:
        return self.matter_code


def tell(persons: Iterable[int], text: str, *, at: datetime, matter_code: str = "") -> None:
    """Put one line into the list of each of these persons, once each."""
    audit.create_many(
        [Message(person_id=person, text=text, matter_code=matter_code, sent_at=at) for person in sorted(set(persons))]
    )


def unread(person: int | None) -> int:
    """How many lines of a person's list were not read."""
    return Message.objects.filter(person_id=person or 0, read_at__isnull=True).count()


def messages_of(person: int | None) -> models.QuerySet[Message]:
    """A person's list, newest first."""
    return Message.objects.filter(person_id=person or 0).order_by("-sent_at", "-pk")


def mark_read(messages: Iterable[Message], at: datetime) -> None:
    """Note, inside an action, that these lines were read."""
    for message in messages:
        audit.change(message, read_at=at)
