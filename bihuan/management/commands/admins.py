"""`bihuan admins`: seat the three administrators in an office that has none, as one of an earlier version."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.management import seats, spoken
from bihuan.organisation.actions import founding
from bihuan.organisation.queries import structure


class Command(spoken.Command):
    """Seats them once: where one of them is in office, only he and the others change who is."""

    asks_schema = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where and who."""
        parser.add_argument("--city", metavar="代码", required=True, help="地级市行政区划代码，如 130900")
        seats.add_seats(parser, seats.ADMINISTRATORS)

    def handle(self, **options: Any) -> None:
        """Seat the three."""
        named = seats.seats_of(options, seats.ADMINISTRATORS)
        spoken.refuse_newer()
        call_command("migrate", interactive=False, verbosity=0)
        city = options["city"]
        office = structure.units_in(city).filter(name=structure.office_of(city)).first()
        if office is None:
            raise CommandError(f"“{city}”还没有建立整改办，请用 bihuan setup 建立。")
        try:
            accounts = founding.seat_administrators(office, named, by=Actor.system("初建", city), at=clock.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        for line in seats.said(named, accounts):
            self.stdout.write(line)
