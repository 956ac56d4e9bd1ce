"""`bihuan sample SIZE`: fill an empty database: small (the sample city, from papers) or one of the made sizes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from bihuan.core import upkeep
from bihuan.management import spoken
from bihuan.sample import city, large


class Command(spoken.Command):
    """Fills an empty database with made data of a stated size."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which size."""
        parser.add_argument("size", choices=["small", *large.SIZES], help="多大")

    def handle(self, **options: Any) -> None:
        """Fill it."""
        call_command("migrate", interactive=False, verbosity=0)
        if city.is_built():
            raise CommandError("数据库里已有数据；样例只建在空库里。请换一个 BIHUAN_DATA。")
        say = self.stdout.write
        if options["size"] == "small":
            city.build(say)
        else:
            large.build(options["size"], say)
        upkeep.refresh_statistics()
