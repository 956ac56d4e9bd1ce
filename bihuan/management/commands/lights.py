"""`bihuan lights`: compute every kept light and figure again, as every night; after an upgrade, once by hand."""

from typing import Any

from bihuan.core import clock
from bihuan.management import spoken
from bihuan.rectification.actions import lighting


class Command(spoken.Command):
    """Writes what differs, and says of how many matters it did."""

    def handle(self, **options: Any) -> None:  # noqa: ARG002 -- a command's signature
        """Carry all lights on to today."""
        today = clock.today()
        self.stdout.write(f"灯号和序时已推算到{today.isoformat()}，{lighting.carry_on(today)}件有变动。")
