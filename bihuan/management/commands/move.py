"""`bihuan move`: every row into an empty PostgreSQL, every file into another store; compared."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, connections

from bihuan.core import files, occupancy, schema, store, transfer
from bihuan.management import spoken
from bihuan.settings import database

TARGET = "target"


class Command(spoken.Command):
    """Moves while nobody else works, compares every table, examines there, and leaves what is here as it was."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument(
            "--to", metavar="地址", help="把数据库搬到 postgresql://用户:密码@主机:端口/库名，库要是空的"
        )
        parser.add_argument("--files", metavar="地方", help="把存档文件搬到 s3://桶/前缀，或另一个目录")

    def handle(self, **options: Any) -> None:
        """Move what was asked for."""
        if options["files"]:
            self._carry(options["files"])
        if options["to"] or not options["files"]:
            self._move_rows(options["to"] or "")

    def _carry(self, place: str) -> None:
        if place == settings.FILES:
            raise CommandError("BIHUAN_FILES 已经写着这个地方；请先改回原来的（缺省就去掉这一行），搬完再设。")
        try:
            with occupancy.alone():
                count = files.carry(store.at(place))
        except (files.NotCarried, occupancy.Occupied, OSError) as fault:
            raise CommandError(f"存档文件没有搬成，原来的没有动：{fault}") from None
        self.stdout.write(f"存档文件{count}份已搬到 {place}，逐份读回核对一致。以后启动前请设 BIHUAN_FILES={place}。")

    def _move_rows(self, to: str) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("现在用的已经是 PostgreSQL；搬家只从内置数据库搬出。")
        if not schema.is_current(connection):
            raise CommandError("数据库的结构还是旧的；请先用这个版本启动一次，再搬家。数据没有动。")
        try:
            _know(to)
            with occupancy.alone():
                count = self._move()
        except (transfer.NotEmpty, transfer.Unlike, occupancy.Occupied, ImproperlyConfigured) as refusal:
            raise CommandError(str(refusal)) from None
        except DatabaseError as fault:
            raise CommandError(f"没有搬成，原来的数据没有动：{str(fault).strip().splitlines()[0]}") from None
        self._examine(to)
        self.stdout.write(
            f"搬家完成：{count}行，各表逐行核对一致，检查没有发现问题。"
            f"以后启动前请设 BIHUAN_DATABASE 为新地址；证据文件、链头和密钥仍在 {settings.DATA}，原数据库没有动。"
        )

    def _move(self) -> int:
        call_command("migrate", database=TARGET, interactive=False, verbosity=0)
        return transfer.move(TARGET, lambda name, rows: self.stdout.write(f"  {name} {rows}行"))

    def _examine(self, address: str) -> None:
        env = {**os.environ, "BIHUAN_DATABASE": address, "BIHUAN_DATA": str(Path(settings.DATA).absolute())}
        words = [sys.executable, "-m", "bihuan.cli", "examine", "--quiet"]
        done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            self.stderr.write(done.stderr)
            raise CommandError("搬过去了，但在新库里检查没有通过；请继续用原来的数据库，它没有动。")


def _know(address: str) -> None:
    """Let this process open the other database, under a name of its own."""
    if not address:
        raise ImproperlyConfigured("请写明 --to postgresql:// 开头的地址。")
    server = {**database(address, Path(settings.DATA)), "OPTIONS": {"connect_timeout": 10}}  # one connection, no pool
    known = connections.configure_settings({**settings.DATABASES, TARGET: server})
    connections.settings[TARGET] = known[TARGET]
