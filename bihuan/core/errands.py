"""Background work that people answer for: what somebody asked for, and what could not be done (未办成) until somebody
tries it again or lets it go. All of it stands in the trail; the job itself is machinery (`jobs.py`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from bihuan.core import audit, clock, jobs
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused

ASKED, DONE, FAILED, DROPPED = "asked", "done", "failed", "dropped"
STATES = {ASKED: "等后台办", DONE: "办好了", FAILED: "未办成", DROPPED: "不办了"}


class Errand(audit.Recorded):
    """A piece of background work (托办) that somebody asked for or that failed: what, by whom, and what came of it."""

    name = models.CharField("任务", max_length=40)
    args = models.TextField("参数", default="{}")
    lane = models.CharField("队", max_length=60, blank=True)
    key = models.CharField("重复键", max_length=80)
    person = models.BigIntegerField("交办人", null=True)
    appointment = models.BigIntegerField("任职", null=True)
    asked_by = models.CharField("姓名", max_length=60)
    asked_at = models.DateTimeField("交办时间")
    state = models.CharField("状态", max_length=10, default=ASKED)
    reason = models.CharField("结果", max_length=300, blank=True)
    settled_by = models.CharField("处理人", max_length=60, blank=True)
    settled_at = models.DateTimeField("处理时间", null=True)

    class Meta:
        verbose_name = "托办"
        indexes = [models.Index(fields=["city", "state", "-asked_at"], name="errand_state")]

    def __str__(self) -> str:
        return f"{self.name} {self.asked_by}"

    @property
    def says(self) -> str:
        """Its state in Chinese."""
        return STATES.get(self.state, self.state)


@action
def ask(name: str, args: Mapping[str, Any], *, by: Actor, at: datetime) -> Errand:
    """Ask the background for a piece of work, as oneself. Refuses while the same is under way."""
    if jobs.is_under_way(name):
        raise Refused("后台正在办这一件，等它办完再来。")
    job = jobs.enqueue(name, args)
    errand = audit.create(_of(job, by.name, at))
    jobs.link(job, errand.pk)
    return errand


def _of(job: jobs.Job, name: str, at: datetime) -> Errand:
    return Errand(**{field: getattr(job, field) for field in jobs.ASKED}, asked_by=name, asked_at=at)


@action
def note_done(job: jobs.Job, told: str, *, by: Actor, at: datetime) -> None:
    """Note that what was asked for is done. `Overtaken` where another worker has the job by now."""
    if not jobs.finish(job, clock.machine_now(), told):
        raise audit.Overtaken(TAKEN)
    audit.change(
        Errand.objects.get(pk=job.errand or 0), state=DONE, reason=told[:300], settled_by=by.name, settled_at=at
    )


TAKEN = "另一个后台进程接手了这一件。"


@action
def note_failed(job: jobs.Job, reason: str, *, by: Actor, at: datetime) -> Errand:
    """Note that a job could not be done, and why; it waits for somebody to decide. `Overtaken` as above."""
    if not jobs.bury(job, clock.machine_now(), reason):
        raise audit.Overtaken(TAKEN)
    known = Errand.objects.filter(pk=job.errand or 0).first()
    if known is None:
        known = audit.create(_of(job, by.name, at))
        jobs.link(job, known.pk)
    return audit.change(known, state=FAILED, reason=reason[:300], settled_by="", settled_at=None)


@action
def try_again(errand: Errand, *, by: Actor, at: datetime) -> Errand:
    """Have the background try a failed piece of work again, with the same key, as whoever asked for it at first."""
    _refuse_settled(errand)
    audit.change(errand, state=ASKED, reason="", settled_by=by.name, settled_at=at)
    jobs.enqueue_again(errand, clock.machine_now())
    return errand


@action
def drop(errand: Errand, *, by: Actor, at: datetime, note: str) -> Errand:
    """Let a failed piece of work go, with the reason."""
    _refuse_settled(errand)
    if not note.strip():
        raise Refused("请写明为什么不办了。")
    return audit.change(errand, state=DROPPED, settled_by=by.name, settled_at=at)


def _refuse_settled(errand: Errand) -> None:
    if errand.state != FAILED:
        raise Refused(f"这一件现在是“{errand.says}”，不用处理。")


def failed(city: str) -> models.QuerySet[Errand]:
    """What waits for somebody to decide, newest first; a system's own work belongs to every city."""
    return Errand.objects.filter(city__in=(city, ""), state=FAILED).order_by("-asked_at", "-pk")


def failed_in(lane: str) -> models.QuerySet[Errand]:
    """What waits for somebody to decide in a lane, in its order."""
    return Errand.objects.filter(lane=lane, state=FAILED).order_by("pk")


def lately(city: str) -> models.QuerySet[Errand]:
    """What people asked for and what was decided, newest first."""
    return Errand.objects.filter(city__in=(city, "")).exclude(state=FAILED).order_by("-asked_at", "-pk")
