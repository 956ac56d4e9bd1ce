"""What somebody typed and has not sent: kept sealed, through a reload, an error and a logout. No business record.

Hides that a draft is found by its writer, the page and the form alone; nobody else can ask for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import models

from bihuan.core import vault

MOST = 100_000  # characters of one form
KEPT_FOR = timedelta(days=30)
OF_ONE = 50  # drafts of one person; the oldest make room


class Draft(models.Model):
    """One form's typed text (草稿), of one person, on one page."""

    person = models.BigIntegerField("谁的")
    path = models.CharField("页面", max_length=200)
    form = models.CharField("表单", max_length=60)
    sealed = models.TextField("密封的内容")
    saved_at = models.DateTimeField("存于")

    class Meta:
        verbose_name = "草稿"
        constraints = [models.UniqueConstraint(fields=["person", "path", "form"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.path} {self.form}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft, opened: {field: text}."""

    pk: int
    path: str
    form: str
    fields: Mapping[str, str]
    saved_at: datetime


def keep(person: int, path: str, form: str, fields: Mapping[str, str], at: datetime) -> None:
    """Keep what is typed in a form, instead of what was kept of it before; nothing typed is nothing kept.

    Refuses silently what is longer than a form of ours can be: the writer still has it before him.
    """
    typed = {name: text for name, text in fields.items() if text.strip()}
    words = urlencode(typed)
    where: dict[str, Any] = {"person": person, "path": path[:200], "form": form[:60]}
    if not typed:
        Draft.objects.filter(**where).delete()
    elif len(words) <= MOST:
        sealed = vault.seal(words.encode(), purpose=_purpose(person)).hex()
        Draft.objects.update_or_create(**where, defaults={"sealed": sealed, "saved_at": at})
        surplus = Draft.objects.filter(person=person).order_by("-saved_at", "-pk").values_list("pk", flat=True)[OF_ONE:]
        Draft.objects.filter(pk__in=[*surplus]).delete()


def kept_of(person: int, path: str = "") -> Sequence[Kept]:
    """A person's drafts, of one page or of all, newest first."""
    found = Draft.objects.filter(person=person).order_by("-saved_at", "-pk")
    if path:
        found = found.filter(path=path[:200])
    return [Kept(one.pk, one.path, one.form, _opened(one), one.saved_at) for one in found]


def drop(person: int, *, path: str = "", pk: int = 0) -> None:
    """Forget a person's drafts of one page, or one of them."""
    mine = Draft.objects.filter(person=person)
    found = mine.filter(pk=pk) if pk else mine.filter(path=path[:200])
    if found.exists():  # which nearly always is not so, and then nothing is written
        found.delete()


def sweep(before: datetime) -> None:
    """Forget what nobody came back for."""
    Draft.objects.filter(saved_at__lt=before).delete()


def _opened(one: Draft) -> dict[str, str]:
    try:
        words = vault.unseal(bytes.fromhex(one.sealed), purpose=_purpose(one.person)).decode()
    except vault.Sealed:
        return {}
    return dict(parse_qsl(words))


def _purpose(person: int) -> str:
    return f"draft:{person}"
