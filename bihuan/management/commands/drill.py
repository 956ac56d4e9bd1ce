"""`bihuan drill`: put the newest backup back beside the live system, examine it, and note in the trail how it went."""

import sys
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from bihuan.core import audit, clock
from bihuan.core.actor import Actor
from bihuan.management import spoken
from bihuan.safekeeping import actions, drill, manifest


class Command(spoken.Command):
    """Says how long it took and how old the newest entry is; exits with 1 when the backup would not do."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup."""
        parser.add_argument("backup", nargs="?", type=Path, metavar="备份", help="缺省是数据目录下 backups 里最新的")

    def handle(self, **options: Any) -> None:
        """Do it."""
        try:
            backup = drill.newest(options["backup"] or Path(settings.BACKUPS))
        except manifest.Damaged as refusal:
            raise CommandError(str(refusal)) from None
        outcome, at = drill.run(backup), clock.now()
        actions.record_drill(backup.name, outcome, by=Actor.system("演练", audit.newest_city()), at=at)
        if outcome.fault:
            self.stderr.write(outcome.fault)
            self.stdout.write(f"演练没有成功：{backup.name} 恢复不出来，已记入轨迹；请马上再做一份备份并查明原因。")
            sys.exit(1)
        age = at - outcome.newest_at if outcome.newest_at else timedelta()
        self.stdout.write(
            f"演练成功：{backup.name} 在旁边恢复并检查通过，用时{outcome.seconds / 60:.1f}分钟；"
            f"最新一条轨迹在{_told(age)}前，已记入轨迹。"
        )


def _told(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes}分钟"
    return f"{minutes // 60}小时" if minutes < 48 * 60 else f"{minutes // 60 // 24}天"
