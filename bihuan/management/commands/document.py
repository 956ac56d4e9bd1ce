"""`bihuan document`: write docs/lifecycles.md and docs/permissions.md from the code."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from bihuan.management import documents, spoken

DOCS = Path(__file__).resolve().parents[3] / "docs"


class Command(spoken.Command):
    """Writes the generated pages of the documentation."""

    asks_schema = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to write."""
        parser.add_argument("--to", type=Path, default=DOCS, metavar="目录", help="写到哪里，缺省 docs")

    def handle(self, **options: Any) -> None:
        """Write each page."""
        for name, text in documents.PAGES.items():
            (options["to"] / name).write_text(text(), encoding="utf-8")
            self.stdout.write(f"{name} 已写出")
