"""A command of ours under Django: explained and refused in Chinese, without the options that are Django's own."""

import errno
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from bihuan import usage
from bihuan.core import schema

WHY = {
    errno.EROFS: "所在的目录只读，服务单元没有放行或磁盘出了错",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘已满",
    errno.ENOENT: "没有这个文件或目录",
    errno.ENOTDIR: "上一级不是目录",
    errno.EISDIR: "是目录，不是文件",
    errno.EEXIST: "已经有同名的文件",
    errno.EIO: "磁盘读写出错",
}


class Command(BaseCommand):
    """What our commands have in common: the sentence that the overview has of them, and how they explain themselves."""

    suppressed_base_arguments = frozenset(  # type: ignore[assignment]  # Django only asks what is in it
        {
            "--version",
            "--verbosity",
            "--settings",
            "--pythonpath",
            "--traceback",
            "--no-color",
            "--force-color",
            "--skip-checks",
        }
    )

    requires_system_checks: tuple[str, ...] = ()  # they load every page for the shortest question; the suite runs them
    asks_schema = True  # False where a command never opens the database of the settings, or asks after its own refusals

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Django's parser with our words."""
        self.help = usage.COMMANDS[subcommand]
        parser = super().create_parser(prog_name, subcommand, formatter_class=usage.Formatter, **kwargs)
        if getattr(self, "_called_from_command_line", False):
            parser.error = usage.refuse  # type: ignore[method-assign]  # what Django's parser would say in English
        return parser

    def execute(self, *words: Any, **options: Any) -> str | None:
        """Run; at the command line a refusal is its sentence, without the name that Django puts in front."""
        try:
            if self.asks_schema:
                refuse_newer()
            return self._executed(*words, **options)
        except CommandError as refusal:
            if not getattr(self, "_called_from_command_line", False):
                raise
            self.stderr.write(str(refusal))
            sys.exit(refusal.returncode)

    def _executed(self, *words: Any, **options: Any) -> str | None:
        try:
            return super().execute(*words, **options)
        except OSError as fault:
            if fault.filename is None:
                raise
            why = WHY.get(fault.errno or 0, str(fault.strerror))
            raise CommandError(f"没有办成，{fault.filename}：{why}。") from fault


def refuse_newer() -> None:
    """Refuse a database that a newer program has brought further, and one that cannot be opened."""
    try:
        schema.refuse_newer_database(connection)
    except (schema.TooNew, ImproperlyConfigured) as refusal:
        raise CommandError(str(refusal)) from None
    except DatabaseError as fault:
        raise CommandError(f"数据库打不开或连不上，什么都没有做：{fault}".strip()) from None


def add_port(parser: ArgumentParser) -> None:
    """Let somebody say on which port to serve."""
    port = int(os.environ.get("PORT", "8000"))
    parser.add_argument("--port", type=int, default=port, metavar="端口", help="在哪个端口，缺省 8000")
