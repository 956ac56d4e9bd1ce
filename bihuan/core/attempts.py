"""How often something was tried lately: what a limit asks. Machinery, no business history: old rows are swept away.

Hides what is counted: a key is the hash of its words, so that no login name or address stands in the table.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

KEPT_FOR = timedelta(hours=10)  # longer than any limit looks back


class Attempt(models.Model):
    """One attempt (尝试). `is_refused` where it was turned away unheard, for there had been too many."""

    key = models.CharField("计数键", max_length=64)
    at = models.DateTimeField("时间")
    is_refused = models.BooleanField("未受理", default=False)

    class Meta:
        verbose_name = "尝试"
        indexes = [models.Index(fields=["key", "at"], name="attempt_key")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.at:%F %T}"


@dataclass(frozen=True, slots=True)
class Tried:
    """When, and whether it was turned away unheard."""

    at: datetime
    is_refused: bool


def key_of(*words: str) -> str:
    """The key under which attempts at the same thing are counted."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


def note(key: str, at: datetime, *, is_refused: bool = False) -> None:
    """Count one attempt."""
    Attempt.objects.create(key=key, at=at, is_refused=is_refused)


def since(key: str, moment: datetime) -> Sequence[Tried]:
    """What was tried from a moment on, oldest first."""
    found = Attempt.objects.filter(key=key, at__gte=moment).order_by("at", "pk")
    return [Tried(at, is_refused) for at, is_refused in found.values_list("at", "is_refused")]


def counted(key: str, now: datetime, seconds: int) -> Sequence[Tried]:
    """What was tried within so many seconds; what came before is forgotten, so that a busy key stays short."""
    moment = now - timedelta(seconds=seconds)
    Attempt.objects.filter(key=key, at__lte=moment).delete()
    return since(key, moment)


def forget(key: str) -> None:
    """Begin to count anew."""
    Attempt.objects.filter(key=key).delete()


def sweep(before: datetime) -> None:
    """Forget what nobody asks for any more."""
    Attempt.objects.filter(at__lt=before).delete()
