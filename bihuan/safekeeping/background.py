"""What safekeeping does in the background: backups, the nightly examination, a drill that somebody asked for."""

import sqlite3
from pathlib import Path

from django.conf import settings

from bihuan.core import clock, examine
from bihuan.core.work import Later, Task
from bihuan.lib.flow import Refused
from bihuan.safekeeping import actions, drill, manifest, snapshot
from bihuan.safekeeping import backup as backups


def backup(task: Task) -> str:  # noqa: ARG001 -- every job is given its task
    """Make a backup; what did not pass is left to somebody, a full disk or another backup under way is waited for."""
    try:
        made = backups.make(Path(settings.BACKUPS), clock.machine_now())
    except (snapshot.Unable, backups.Busy) as refusal:
        raise Later(str(refusal)) from None
    except (OSError, sqlite3.Error) as fault:
        raise Later(f"备份没有做成：{type(fault).__name__}，请检查磁盘。以前的备份没有动。") from None
    if made.findings:
        raise Refused(f"副本里发现{len(made.findings)}处问题，这一份不算备份，留在 {made.path}。")
    return f"{made.path.name}，证据文件{made.manifest.evidence}个，轨迹到第{made.manifest.number}条。"


def examine_all(task: Task) -> str:  # noqa: ARG001 -- as above
    """Examine everything. Somebody who writes meanwhile makes a row look wrong once; what is wrong twice is wrong."""
    found = [str(one) for one in examine.findings()]
    if found:
        again = {str(one) for one in examine.findings()}
        found = [one for one in found if one in again]
    if found:
        raise Refused(f"发现{len(found)}处问题，第一处：{found[0]}。请运行 bihuan examine 看全部。"[:300])
    return examine.WHOLE


def rehearse(task: Task) -> str:
    """Put the newest backup back beside the live system, and note how it went."""
    try:
        newest = drill.newest(Path(settings.BACKUPS))
    except manifest.Damaged as refusal:
        raise Refused(str(refusal)) from None
    outcome = drill.run(newest)
    actions.record_drill(newest.name, outcome, **task.deed())
    if outcome.fault:
        raise Refused(f"{newest.name} 恢复不出来：{outcome.fault}"[:300])
    return f"{newest.name} 恢复并检查通过，用时{outcome.seconds}秒。"
