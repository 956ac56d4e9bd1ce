"""What `examine` checks of the core's own: the files that rows name, and the refusals that the database was given."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from bihuan.core import audit, files, jobs, store, timetable, triggers
from bihuan.core.errands import FAILED, Errand
from bihuan.core.examine import Finding
from bihuan.core.files import StoredFile
from bihuan.core.jobs import Job
from bihuan.core.prepared import PAGE, in_pages, prepared


def files_whole() -> Iterator[Finding]:
    """I4: a row means a whole file with that size and hash; no file without a row, and none half written, for a day."""
    try:
        yield from _files()
    except store.Away as away:
        yield Finding("I4", "文件", f"没有查完：{away}")


def _files() -> Iterator[Finding]:
    known = set[str]()
    for file in in_pages(_every_file):
        if file.destroyed_on is None:
            known.add(files.place_of(file))
        if fault := files.fault_of(file):
            yield Finding("I4", f"文件 {file.pk} {file.name}", fault)
    for name in store.current().old():
        if name.endswith(store.PART):
            yield Finding("I4", name.rpartition("/")[2], "没有写完的文件，放了一天以上。")
        elif name not in known:
            yield Finding("I4", name.rpartition("/")[2], "没有登记的文件，放了一天以上。")


@prepared
def _every_file(start: int) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(pk__gte=start).order_by("pk")[:PAGE]


LATE = timedelta(days=1)


def jobs_answered_for() -> Iterator[Finding]:
    """I12: each job is done, waits with its next try, or was given up with the reason in the trail; none is forgotten.

    A copy is held against its own newest moment: what was due when it was made is not late because it lies there.
    """
    newest = max(filter(None, (timetable.seen_alive(), audit.newest_moment())), default=None)
    for job in in_pages(_undone):
        if fault := _unanswered(job, newest):
            yield Finding("I12", f"后台任务 {job.pk} {job.name}", fault)


@prepared
def _undone(start: int) -> QuerySet[Job]:
    return Job.objects.filter(pk__gte=start).exclude(state=jobs.DONE).order_by("pk")[:PAGE]


def _unanswered(job: Job, newest: datetime | None) -> str:
    if job.state not in jobs.STATES:
        return "状态不是该有的值。"
    if job.state == jobs.DEAD:
        has_reason = Errand.objects.filter(pk=job.errand or 0).exclude(reason="", state=FAILED).exists()
        return "" if has_reason else "没有办成，却没有留下原因。"
    is_late = newest is not None and job.due_at < newest - LATE and not jobs.is_behind_another(job)
    return "早该办了，一天多没有人办。" if is_late else ""


def refusals_in_place() -> Iterator[Finding]:
    """I14: the database still refuses to change or delete what it was told to refuse."""
    for name in triggers.missing(connection):
        yield Finding("I14", "数据库", f"防改动的触发器 {name} 不在了。")
