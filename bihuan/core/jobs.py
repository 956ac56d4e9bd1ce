"""Work for the background: a row written in the deed that asks for it, taken by one worker at a time, under a lease.

Hides how a job is claimed, kept and given up. A worker that is killed loses its lease; another takes the job, and runs
it with the same key, under which a deed is done once (`core/action.py`). Machinery: the row is no business record and
goes when its time is over; what was not done stays as an `Errand`.
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import models

from bihuan.core import audit, clock, rows

LEASE = timedelta(seconds=20)
WAITING, DONE, DEAD = "waiting", "done", "dead"
STATES = (WAITING, DONE, DEAD)
WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 300, 900))  # then every quarter of an hour
KEPT_FOR = timedelta(days=30)
ASKED = ("city", "name", "args", "lane", "key", "person", "appointment")  # what an errand keeps of a job, too
AHEAD = 20  # candidates looked at before the queue counts as taken by others


class Job(models.Model):
    """One piece of work (后台任务): which, with what, asked by whom; until when somebody has it, and what came of it.

    Jobs of one `lane` are done one after the other in the order of their rows. `key` is the idempotency key of whatever
    it does, and stays the same however often it is tried.
    """

    city = models.CharField("市", max_length=12, blank=True)
    name = models.CharField("任务", max_length=40)
    args = models.TextField("参数", default="{}")
    lane = models.CharField("队", max_length=60, blank=True)
    key = models.CharField("重复键", max_length=80)
    person = models.BigIntegerField("交办人", null=True)
    appointment = models.BigIntegerField("任职", null=True)
    origin = models.CharField("来处", max_length=60, blank=True)
    request = models.CharField("请求", max_length=40, blank=True)
    errand = models.BigIntegerField("托办", null=True)
    asked_at = models.DateTimeField("交办时间")
    due_at = models.DateTimeField("下次办理")
    lease = models.CharField("租约", max_length=32, blank=True)
    leased_until = models.DateTimeField("租到", null=True)
    tries = models.PositiveIntegerField("次数", default=0)
    state = models.CharField("状态", max_length=10, default=WAITING)
    fault = models.CharField("原因", max_length=300, blank=True)
    ended_at = models.DateTimeField("结束", null=True)

    class Meta:
        verbose_name = "后台任务"
        indexes = [
            models.Index(fields=["state", "due_at"], name="job_due"),
            models.Index(fields=["lane", "state", "id"], name="job_lane"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"

    @property
    def given(self) -> dict[str, Any]:
        """What it was asked with."""
        given: dict[str, Any] = json.loads(self.args)
        return given

    def is_running(self, at: datetime) -> bool:
        """Whether a worker has it now."""
        return self.state == WAITING and self.leased_until is not None and at < self.leased_until <= at + LEASE


def enqueue(name: str, args: Mapping[str, Any], *, lane: str = "", due_at: datetime | None = None) -> Job:
    """Ask for work, inside an action: it is there when the deed is, and runs as whoever does the deed.

    `args` are plain values: codes and keys, never anybody's data. `due_at` is by the machine's own clock, at most a
    quarter of an hour ahead (what seems later was set by a wrong clock); now, if not said.
    """
    by, due_at = audit.deed().by, due_at or clock.machine_now()
    return _insert(
        Job(
            city=by.city,
            name=name,
            args=audit.canonical(dict(args)),
            lane=lane,
            key=f"job-{uuid4().hex}",
            person=by.person,
            appointment=by.appointment,
            origin=by.origin,
            request=by.request,
            asked_at=due_at,
            due_at=due_at,
        )
    )


def enqueue_slot(name: str, slot: datetime, *, city: str, at: datetime) -> Job:
    """Ask for work that comes again and again, for one of its slots; the system does it. Inside a transaction."""
    key = f"{name}@{slot.isoformat()}"
    return _insert(Job(city=city, name=name, lane=name, key=key, asked_at=at, due_at=at))


def enqueue_again(errand: Any, at: datetime) -> Job:
    """Ask once more for what an errand asked for, under the same key, inside an action."""
    asked = {name: getattr(errand, name) for name in ASKED}
    return _insert(Job(**asked, errand=errand.pk, asked_at=at, due_at=at))


def link(job: Job, errand: int) -> None:
    """Note, inside an action, which errand answers for a job."""
    job.errand = errand
    rows.update(job, ["errand"], id=job.pk)


def _insert(job: Job) -> Job:
    rows.add([job])
    return job


def claim(at: datetime, *, but: Collection[str] = ()) -> Job | None:
    """Take the next job that is due, `but` those of these names, for `LEASE`; None where there is none.

    A lease or a waiting time that ends later than any can was given by a clock that has been set back since: it counts
    for nothing.
    """
    for job in _due(at, but)[:AHEAD]:
        before = job.lease
        job.lease, job.leased_until, job.tries = uuid4().hex, at + LEASE, job.tries + 1
        if rows.update(job, ["lease", "leased_until", "tries"], id=job.pk, lease=before, state=WAITING):
            return job
    return None


def _due(at: datetime, but: Collection[str]) -> models.QuerySet[Job]:
    is_free = (
        models.Q(leased_until__isnull=True) | models.Q(leased_until__lte=at) | models.Q(leased_until__gt=at + LEASE)
    )
    is_due = models.Q(due_at__lte=at) | models.Q(due_at__gt=at + WAITS[-1])
    earlier = Job.objects.filter(lane=models.OuterRef("lane"), state=WAITING, pk__lt=models.OuterRef("pk"))
    found = Job.objects.filter(is_free, is_due, state=WAITING).filter(models.Q(lane="") | ~models.Exists(earlier))
    return found.exclude(name__in=but).order_by("due_at", "pk")


def renew(job: Job, at: datetime) -> bool:
    """Keep a job for another `LEASE`; False where another worker has it by now."""
    job.leased_until = at + LEASE
    return rows.update(job, ["leased_until"], id=job.pk, lease=job.lease, state=WAITING)


def finish(job: Job, at: datetime, told: str = "") -> bool:
    """The job is done; False where another worker has it by now, who will find that."""
    return _end(job, DONE, at, told)


def bury(job: Job, at: datetime, fault: str) -> bool:
    """The job will not be tried again."""
    return _end(job, DEAD, at, fault)


def _end(job: Job, state: str, at: datetime, told: str) -> bool:
    job.state, job.ended_at, job.fault, job.leased_until = state, at, told[:300], None
    return rows.update(job, ["state", "ended_at", "fault", "leased_until"], id=job.pk, lease=job.lease, state=WAITING)


def put_back(job: Job, at: datetime, fault: str) -> bool:
    """Try the job again after a while that grows with every try."""
    job.due_at, job.leased_until = at + WAITS[min(job.tries, len(WAITS)) - 1], None
    job.fault = fault[:300]
    return rows.update(job, ["due_at", "leased_until", "fault"], id=job.pk, lease=job.lease, state=WAITING)


def in_lane(lane: str) -> models.QuerySet[Job]:
    """What waits or runs in a lane, in its order."""
    return Job.objects.filter(lane=lane, state=WAITING).order_by("pk")


def is_behind_another(job: Job) -> bool:
    """Whether a job waits for an earlier one of its lane."""
    return bool(job.lane) and Job.objects.filter(lane=job.lane, state=WAITING, pk__lt=job.pk).exists()


def is_under_way(name: str) -> bool:
    """Whether work of that name waits or runs."""
    return Job.objects.filter(name=name, state=WAITING).exists()


def waiting() -> models.QuerySet[Job]:
    """What waits or runs, what is due first in front."""
    return Job.objects.filter(state=WAITING).order_by("due_at", "pk")


def done_last(name: str) -> Job | None:
    """The last of these that was done."""
    return Job.objects.filter(name=name, state=DONE).order_by("-pk").first()


def sweep(at: datetime) -> int:
    """Forget what ended long ago; how many."""
    return Job.objects.filter(state__in=(DONE, DEAD), ended_at__lt=at - KEPT_FOR).delete()[0]
