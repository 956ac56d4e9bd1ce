"""Whether this process can do its work now: database, schema, disk, heads, keys. What is wrong is for the log alone."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from bihuan.core import jobs, schema, timetable, witness

LEAST_FREE = 200 * 1024 * 1024
LEAST_SHARE = 0.02


def faults() -> list[str]:
    """A sentence for each thing that keeps the system from working; [] where it can."""
    return [*_of_the_database(), *_of_the_disk(), *_of_the_heads(), *_of_the_keys()]


def is_late(at: datetime) -> bool:
    """Whether the background lags behind: work that was due waits, and no worker gives a sign of life.

    No reason to take a web server out of service, which can do all of its own work.
    """
    try:
        return not timetable.is_alive(at) and jobs.waiting().filter(due_at__lt=at - timetable.DEAD_AFTER).exists()
    except DatabaseError:
        return False  # which the faults name


def _of_the_database() -> Iterator[str]:
    try:
        if not schema.is_current(connection):
            yield "数据库的结构与程序不是一个版本。"
    except DatabaseError as fault:
        yield f"数据库连不上：{type(fault).__name__}。"


def _of_the_disk() -> Iterator[str]:
    try:
        space = shutil.disk_usage(settings.DATA)
    except OSError as fault:
        yield f"数据目录读不到：{type(fault).__name__}。"
        return
    if space.free < LEAST_FREE or space.free < space.total * LEAST_SHARE:
        yield f"数据目录所在的磁盘只剩 {space.free // 1024**2} MB。"


def _of_the_heads() -> Iterator[str]:
    if not witness.is_writable():
        yield "链头文件写不进去，什么都办不成；请看 BIHUAN_HEADS 的目录是否可写、服务单元是否放行。"


def _of_the_keys() -> Iterator[str]:
    if not Path(settings.VAULT_KEY).is_file():
        yield "密钥文件不在。"
