"""`bihuan examine`: the completeness statement; exits with 1 when anything is wrong."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from bihuan.core import audit, clock, examination, examine, schema
from bihuan.intake.queries import asking
from bihuan.management import spoken
from bihuan.rectification.queries import adopted
from bihuan.safekeeping import copies, manifest, queries


class Command(spoken.Command):
    """Prints what there is per inspection and plan, the open doubts, and every finding."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--quiet` prints the findings alone."""
        parser.add_argument("--quiet", action="store_true", help="只打印发现的问题")
        parser.add_argument("--upgrade", action="store_true", help="先把数据库升级到本程序的版本")
        parser.add_argument("--without-files", action="store_true", help="不逐个读证据文件")
        parser.add_argument(
            "--copy", type=Path, metavar="备份", help="检查一份备份(目录)或数据库文件，不动正在用的数据"
        )

    def handle(self, **options: Any) -> None:
        """Examine everything."""
        if options["copy"]:
            self._say(_of_copy(options["copy"]))
            return
        if options["upgrade"]:
            call_command("migrate", interactive=False, verbosity=0)
        if not options["quiet"]:
            for line in adopted.census():
                self.stdout.write(line)
            for title, question in asking.every_open_doubt().values_list("intake__title", "question"):
                self.stdout.write(f"存疑未答：{title} {question}")
            self.stdout.write(queries.drill_sentence(audit.newest_city(), clock.now()))
        skipping = [examination.files_whole] if options["without_files"] else []
        self._say([str(finding) for finding in examine.findings(skipping=skipping)])

    def _say(self, found: list[str]) -> None:
        for line in found:
            self.stderr.write(line)
        self.stdout.write(f"发现{len(found)}处问题。" if found else examine.WHOLE)
        if found:
            sys.exit(1)


def _of_copy(copy: Path) -> list[str]:
    try:
        return copies.findings_of(copy)
    except (manifest.Damaged, schema.TooNew, OSError) as refusal:
        raise CommandError(str(refusal)) from None
