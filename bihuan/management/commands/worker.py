"""`bihuan worker`: the background work, as a process of its own; any number of them may run beside any servers."""

from typing import Any

from django.core.management.base import CommandError

from bihuan.core import occupancy, vault
from bihuan.management import background, spoken


class Command(spoken.Command):
    """Works until stopped."""

    def handle(self, **options: Any) -> None:  # noqa: ARG002 -- Django's
        """Work."""
        try:
            vault.check_key()
            in_use = occupancy.occupy()
        except (vault.Sealed, occupancy.Occupied) as refusal:
            raise CommandError(str(refusal)) from None
        with in_use:
            self.stdout.write("后台已启动 (Ctrl+C 停止)")
            background.run()
