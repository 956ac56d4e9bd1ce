"""`bihuan trail export -o FILE`: the whole trail as JSON lines, for a check without this system."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from bihuan.core import audit
from bihuan.management import spoken


class Command(spoken.Command):
    """Writes the file whole or not at all, and says how to check it."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, and where to."""
        parser.add_argument("act", choices=["export"], metavar="export", help="导出")
        parser.add_argument("-o", "--to", type=Path, required=True, metavar="文件", help="写到哪个文件")

    def handle(self, **options: Any) -> None:
        """Write it."""
        to: Path = options["to"]
        begun, count = to.with_name(f".{to.name}.part"), 0
        try:
            with begun.open("w", encoding="utf-8") as file:
                for count, line in enumerate(audit.exported(), 1):  # noqa: B007 -- asked for afterwards
                    file.write(line)
            begun.replace(to)
        except OSError as fault:
            begun.unlink(missing_ok=True)
            raise CommandError(f"没有导出：{fault}。") from None
        verifier = Path(settings.MANUAL).parent / "verify_trail.py"
        self.stdout.write(f"已导出{count}条到 {to}。验证：python3 {verifier} {to} {settings.HEADS}")
