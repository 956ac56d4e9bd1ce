"""`bihuan restore`: put a backup in the place of the data, which are kept aside; the restore is itself in the trail."""

import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from bihuan.core import audit, clock, occupancy, schema
from bihuan.core.actor import Actor
from bihuan.management import spoken
from bihuan.safekeeping import actions, beside, drill, manifest, restore, snapshot

REFUSALS = (manifest.Damaged, schema.TooNew, restore.Foreign, occupancy.Occupied, snapshot.Unable)


class Command(spoken.Command):
    """Refuses before anything is touched, or puts back and says where the old data are."""

    asks_schema = False  # what stands there may be damaged: that is why somebody restores

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup, and into which data folder."""
        parser.add_argument("backup", type=Path, metavar="备份", help="一份备份，或放备份的目录(取最新的一份)")
        parser.add_argument("--to", type=Path, metavar="目录", help="恢复到哪个数据目录，缺省是 BIHUAN_DATA")

    def handle(self, **options: Any) -> None:
        """Put it back."""
        to = options["to"]
        if to and to.absolute() != Path(settings.DATA).absolute():
            self._elsewhere(options["backup"], to)
            return
        begun = time.monotonic()
        try:
            backup = drill.newest(options["backup"])
            done = restore.put_back(backup, clock.machine_now())
        except beside.Unfit as unfit:
            for line in unfit.findings:
                self.stderr.write(line)
            raise CommandError("备份恢复出来检查没有通过，没有换上；原来的数据没有动。") from None
        except REFUSALS as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as fault:
            raise CommandError(f"恢复没有做完：{fault}。") from None
        self._record(backup, done, round(time.monotonic() - begun))

    def _record(self, backup: Path, done: restore.Restored, seconds: int) -> None:
        outcome, by = drill.Outcome(done.manifest, seconds, ""), Actor.system("恢复", audit.newest_city())
        actions.record_drill(backup.name, outcome, by=by, at=clock.now(), is_in_earnest=True)
        aside = f"原来的数据留在 {done.aside}" if done.aside else "这里原来没有数据"
        self.stdout.write(
            f"恢复完成：{backup.name}，轨迹到第{done.manifest.number}条，检查没有发现问题，用时{seconds}秒；{aside}。"
        )

    @staticmethod
    def _elsewhere(backup: Path, to: Path) -> None:
        """Work in a process of its own, whose data folder that is."""
        env = {**os.environ, "BIHUAN_DATA": str(to.absolute())}
        words = [sys.executable, "-m", "bihuan.cli", "restore", str(backup)]
        done = subprocess.run(words, env=env, check=False)
        if done.returncode:
            sys.exit(done.returncode)
