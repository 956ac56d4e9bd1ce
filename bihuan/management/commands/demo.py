"""`bihuan demo`: put the sample city in (once), print the demonstration's accounts, and serve on loopback."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from bihuan.core import clock
from bihuan.management import spoken
from bihuan.rectification.actions import lighting
from bihuan.sample import city, office


class Command(spoken.Command):
    """The sample city, served; a second start keeps the data."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to serve; `--no-serve` only builds."""
        spoken.add_port(parser)
        parser.add_argument("--no-serve", action="store_true", help="只建立，不启动服务")

    def handle(self, **options: Any) -> None:
        """Build once, then serve."""
        if not settings.DEMO:
            raise CommandError("样例城市只在演示方式下建立：请设 BIHUAN_DEMO=1。")
        call_command("migrate", interactive=False, verbosity=0)
        clock.begin_demo(city.OPENS)
        if not city.is_built():
            self.stdout.write("首次启动：正在建立样例城市……")
            city.build(lambda line: self.stdout.write(f"  {line}"))
        lighting.carry_on(clock.today())
        self.stdout.write(f"演示账号(密码都是 {office.PASSWORD})：")
        for login, what, *_ in office.LOGINS:
            self.stdout.write(f"  {login:<12} {what}")
        if not options["no_serve"]:
            call_command("serve", port=options["port"])
