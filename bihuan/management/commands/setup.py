"""`bihuan setup`: open an empty office that can import its first plan."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.lib.reading.unit_names import OFFICE
from bihuan.management import spoken
from bihuan.matters import actions as matters
from bihuan.organisation.actions import appointing, organising
from bihuan.organisation.rules.duties import Role


class Command(spoken.Command):
    """Makes the city's regions and usual units, one coordinator with an account, one inspection."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who and for which inspection."""
        parser.add_argument("--city", metavar="代码", required=True, help="地级市行政区划代码，如 130900")
        parser.add_argument("--name", metavar="姓名", required=True, help="经办人姓名")
        parser.add_argument("--login", metavar="登录名", required=True, help="登录名")
        parser.add_argument("--password", metavar="密码", required=True, help="初始密码，至少 10 位")
        parser.add_argument("--inspection", metavar="名称", default="第二轮中央生态环境保护督察", help="督察名称")
        parser.add_argument("--code", metavar="代号", default="Y2", help="督察代号，用在事项编码里，如 HE2")
        parser.add_argument("--feedback", metavar="日期", type=date.fromisoformat, help="反馈日期，如 2022-06-01")

    def handle(self, **options: Any) -> None:
        """Open the office."""
        if len(options["password"]) < 10:
            raise CommandError("密码至少 10 位。")
        call_command("migrate", interactive=False, verbosity=0)
        at, by = clock.now(), Actor.system("初建", options["city"])
        try:
            units = organising.open_office(options["city"], by=by, at=at)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        office = next(unit for unit in units.values() if unit.kind == OFFICE)
        person = appointing.add_person(options["name"], by=by, at=at)
        post = appointing.add_post(office, "综合协调组经办", by=by, at=at)
        appointing.appoint(person, post, Role.COORDINATION, starts_on=clock.today(), by=by, at=at)
        appointing.open_account(person, options["login"], options["password"], by=by, at=at)
        rules = matters.add_rule_set("缺省规则", by=by, at=at)
        matters.add_inspection(
            options["code"],
            options["inspection"],
            by=by,
            at=at,
            level="中央",
            kind="例行",
            region=office.region,
            rule_set=rules,
            feedback_on=options["feedback"],
        )
        self.stdout.write(
            f"已建立{office}：单位{len(units)}家，督察“{options['inspection']}”。运行 bihuan serve 后登录导入方案。"
        )
