"""`bihuan ledgers FILE… -o DIR`: three ledgers and four lists as workbooks, straight from the papers."""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from bihuan.core import clock
from bihuan.lib.flow import Refused
from bihuan.lib.paper.document import Unreadable
from bihuan.management import desk, spoken

INSIDE = "BIHUAN_LEDGERS_INSIDE"


class Command(spoken.Command):
    """Imports into a temporary database by the same path as the pages, and writes the seven workbooks."""

    asks_schema = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The papers, and where the workbooks go."""
        parser.add_argument("files", nargs="+", metavar="文件", help="方案和信访交办表")
        parser.add_argument("-o", "--to", required=True, type=Path, metavar="目录", help="工作簿写到哪里")
        parser.add_argument("--city", metavar="代码", default="", help="行政区划代码，如 130900；不写时按文件里的地名")

    def handle(self, **options: Any) -> None:
        """Work in a process of its own, whose data folder is a temporary one."""
        if not os.environ.get(INSIDE):
            self._outside(options)
            return
        call_command("migrate", interactive=False, verbosity=0)
        try:
            for line in desk.ledgers(
                [Path(name) for name in options["files"]], options["to"], options["city"], clock.now()
            ):
                self.stdout.write(line)
        except (Refused, Unreadable, ValueError) as fault:
            raise CommandError(str(fault)) from None

    def _outside(self, options: dict[str, Any]) -> None:
        with tempfile.TemporaryDirectory(prefix="bihuan-ledgers-") as folder:
            env = {**os.environ, INSIDE: "1", "BIHUAN_DATA": folder, "BIHUAN_DATABASE": ""}
            words = ["ledgers", *options["files"], "-o", str(options["to"]), "--city", options["city"]]
            done = subprocess.run([sys.executable, "-m", "bihuan.cli", *words], env=env, check=False)
        if done.returncode:
            sys.exit(done.returncode)
