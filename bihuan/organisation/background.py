"""What is tidied up every hour: sessions that ended, what nobody came back for, what a kill left half written."""

from bihuan.core import attempts, clock, drafts, files, jobs
from bihuan.core.work import Task
from bihuan.organisation.sessions import SessionStore


def tidy(task: Task) -> str:
    """Forget what has had its time."""
    SessionStore.clear_expired()
    attempts.sweep(task.at - attempts.KEPT_FOR)
    drafts.sweep(task.at - drafts.KEPT_FOR)
    files.sweep()
    files.clear_destroyed()
    return f"过期任务{jobs.sweep(clock.machine_now())}条。"
