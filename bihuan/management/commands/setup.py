"""`bihuan setup`: open an empty office that can import its first plan. No superuser: each gets a slip of his own."""

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.management import seats, spoken
from bihuan.matters import actions as matters
from bihuan.organisation.actions import founding
from bihuan.organisation.actions.founding import Founded


class Command(spoken.Command):
    """Makes the city's regions and usual units, five people with a slip each, one inspection."""

    asks_schema = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who and for which inspection."""
        parser.add_argument("--city", metavar="代码", required=True, help="地级市行政区划代码，如 130900")
        seats.add_seats(parser, seats.OFFICE)
        parser.add_argument("--inspection", metavar="名称", default="第二轮中央生态环境保护督察", help="督察名称")
        parser.add_argument("--code", metavar="代号", default="Y2", help="督察代号，用在事项编码里，如 HE2")
        parser.add_argument("--feedback", metavar="日期", type=date.fromisoformat, help="反馈日期，如 2022-06-01")

    def handle(self, **options: Any) -> None:
        """Open the office."""
        named = seats.seats_of(options, seats.OFFICE)
        spoken.refuse_newer()
        call_command("migrate", interactive=False, verbosity=0)
        at, by = clock.now(), Actor.system("初建", options["city"])
        try:
            founded = founding.found_office(options["city"], named, by=by, at=at)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        _add_inspection(founded, options, by, at)
        self.stdout.write(f"已建立{founded.office}：单位{founded.units}家，督察“{options['inspection']}”。")
        for line in seats.said(named, founded.accounts):
            self.stdout.write(line)
        self.stdout.write("运行 bihuan serve 即可使用。")


def _add_inspection(founded: Founded, options: dict[str, Any], by: Actor, at: datetime) -> None:
    matters.add_inspection(
        options["code"],
        options["inspection"],
        by=by,
        at=at,
        level="中央",
        kind="例行",
        region=founded.office.region,
        rule_set=matters.add_rule_set("缺省规则", by=by, at=at),
        feedback_on=options["feedback"],
    )
