"""What comes again and again: each slot asked for once, whichever of several workers comes first.

Hides the row that remembers the slot. A clock that jumps ahead makes one slot of all that it passed; one that is set
back makes the slot that it shows due at once: nothing is left undone until the clock has caught up.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import models, transaction

from bihuan.core import jobs, rows
from bihuan.lib.slots import Slots

ALIVE = "worker"
DEAD_AFTER = timedelta(minutes=3)


class Pulse(models.Model):
    """The last slot (时段) of something that comes again and again, or the last sign of life of a worker."""

    name = models.CharField("名称", max_length=40, unique=True)
    slot = models.DateTimeField("时段")

    class Meta:
        verbose_name = "时段"

    def __str__(self) -> str:
        return f"{self.name} {self.slot:%F %T}"


def ask_due(table: Mapping[str, Slots], at: datetime, *, city: str) -> None:
    """Ask for every work whose slot has come. The first time that a work is known it waits for its next slot."""
    last = dict(Pulse.objects.values_list("name", "slot"))
    for name, slots in table.items():
        slot = slots.slot_of(at)
        if last.get(name) == slot:
            continue
        with transaction.atomic():
            if name not in last:
                rows.claim(Pulse(name=name, slot=slot))
            elif _moved(name, last[name], slot) and not jobs.is_under_way(name):
                jobs.enqueue_slot(name, slot, city=city, at=at)


def _moved(name: str, before: datetime, to: datetime) -> bool:
    """Compare and set: only one worker moves a slot on."""
    return Pulse.objects.filter(name=name, slot=before).update(slot=to) == 1


def note_alive(at: datetime) -> None:
    """Note that a worker lives."""
    if not Pulse.objects.filter(name=ALIVE).update(slot=at):
        rows.claim(Pulse(name=ALIVE, slot=at))


def seen_alive() -> datetime | None:
    """When a worker last gave a sign of life."""
    return Pulse.objects.filter(name=ALIVE).values_list("slot", flat=True).first()


def is_alive(at: datetime) -> bool:
    """Whether a worker is at work now."""
    seen = seen_alive()
    return seen is not None and abs(at - seen) < DEAD_AFTER
