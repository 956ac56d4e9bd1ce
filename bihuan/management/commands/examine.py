"""`bihuan examine`: the completeness statement; exits with 1 when anything is wrong."""

import sys
from argparse import ArgumentParser
from typing import Any

from bihuan.core import examine
from bihuan.intake.queries import asking
from bihuan.management import spoken
from bihuan.rectification.queries import adopted


class Command(spoken.Command):
    """Prints what there is per inspection and plan, the open doubts, and every finding."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--quiet` prints the findings alone."""
        parser.add_argument("--quiet", action="store_true", help="只打印发现的问题")

    def handle(self, **options: Any) -> None:
        """Examine everything."""
        if not options["quiet"]:
            for line in adopted.census():
                self.stdout.write(line)
            for title, question in asking.every_open_doubt().values_list("intake__title", "question"):
                self.stdout.write(f"存疑未答：{title} {question}")
        found = [str(finding) for finding in examine.findings()]
        for line in found:
            self.stderr.write(line)
        self.stdout.write(f"发现{len(found)}处问题。" if found else "轨迹完整，件件有着落，没有发现问题。")
        if found:
            sys.exit(1)
