"""`bihuan document`: write docs/lifecycles.md, docs/permissions.md and docs/glossary.md's records from the code."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from bihuan.management import documents

DOCS = Path(__file__).resolve().parents[3] / "docs"


class Command(BaseCommand):
    """Writes the generated pages of the documentation."""

    help = "由代码写出 docs/lifecycles.md 和 docs/permissions.md"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to write."""
        parser.add_argument("--to", type=Path, default=DOCS)

    def handle(self, **options: Any) -> None:
        """Write each page."""
        for name, text in documents.PAGES.items():
            (options["to"] / name).write_text(text(), encoding="utf-8")
            self.stdout.write(f"{name} 已写出")
