"""`bihuan exposure`: who looked at whose data, which fields, when, and with what reason; from the trail."""

from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.core.management.base import CommandError

from bihuan.core import looks
from bihuan.core.clock import SHANGHAI
from bihuan.management import spoken
from bihuan.petitioners.queries import exports


class Command(spoken.Command):
    """Prints a line for every look, then how many there were."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose looks, or at what, and from when to when."""
        parser.add_argument("--person", default="", metavar="人员", help="谁看的：姓名或人员号")
        parser.add_argument("--petition", default="", metavar="编码", help="看了哪一件：事项编码，如 HE2-X0001")
        parser.add_argument("--from", dest="since", type=date.fromisoformat, metavar="起", help="从哪天，如 2026-01-01")
        parser.add_argument("--to", dest="until", type=date.fromisoformat, metavar="止", help="到哪天，含这一天")

    def handle(self, **options: Any) -> None:
        """Print them."""
        if not options["person"] and not options["petition"]:
            raise CommandError("请写明 --person 谁看的，或 --petition 看了哪一件。")
        since, until = options["since"], options["until"]
        found = looks.readings(
            person=options["person"],
            about=options["petition"],
            petitioners=exports.rows_about(options["petition"]) if options["petition"] else (),
            since=_midnight(since) if since else None,
            until=_midnight(until + timedelta(days=1)) if until else None,
        )
        count, about = 0, cache(exports.code_about)
        for reading in found:
            self.stdout.write(_line(reading, about(reading.row) if reading.table == "petitioner" else reading.about))
            count += 1
        self.stdout.write(f"共{count}次查看。" if count else "没有查看留痕。")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _line(reading: looks.Reading, about: str) -> str:
    who = f"{reading.name}（{reading.person}，{reading.post or '无职务'}）"
    what = " ".join(word for word in (about, reading.what) if word)
    fields = "、".join(reading.fields)
    when = reading.at.astimezone(SHANGHAI)
    return f"{when:%Y-%m-%d %H:%M} {who} 查看 {what} 的{fields}；理由：{reading.reason or '未写'}"
