"""`bihuan backup`: the database, the heads of its trail and the evidence, examined at once; the keys stay out."""

import sqlite3
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from bihuan.core import clock
from bihuan.management import spoken
from bihuan.safekeeping import backup, snapshot


class Command(spoken.Command):
    """Makes one backup and says in one line what came of it; exits with 1 when something is wrong with the copy."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("-o", "--to", type=Path, metavar="目录", help="备份放到哪里，缺省是数据目录下的 backups")

    def handle(self, **options: Any) -> None:
        """Make it."""
        folder = options["to"] or Path(settings.BACKUPS)
        try:
            made = backup.make(folder, clock.machine_now())
        except (snapshot.Unable, backup.Busy) as refusal:
            raise CommandError(f"{refusal}") from None
        except (OSError, sqlite3.Error) as fault:
            raise CommandError(f"备份没有做成：{fault}。以前的备份没有动；请检查磁盘后再做。") from None
        for line in made.findings:
            self.stderr.write(line)
        if made.findings:
            self.stdout.write(
                f"副本里发现{len(made.findings)}处问题，这一份留在 {made.path}，不算备份；以前的备份没有动。"
            )
            sys.exit(1)
        size = sum(part.size for part in made.manifest.parts)
        keys = Path(settings.VAULT_KEY).parent
        self.stdout.write(
            f"备份完成：{made.path}，数据库 {size / 1e6:.1f} MB，证据文件{made.manifest.evidence}个"
            f"（新拷贝{made.copied}个），轨迹到第{made.manifest.number}条；已在副本上检查，没有发现问题。"
        )
        self.stdout.write(f"密钥不在备份里：{keys} 请另外存放，不要和备份放在一起。")
