"""Stores a small data folder of this version for the upgrades of later ones: `python -m tests.stored 0.2.0`.

Its people are the cast, its key is in it and opens nothing else. `make release` writes one for each version.
"""

import os
import sqlite3
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

RELEASES = Path(__file__).parent / "samples/releases"
PARTS = ("bihuan.sqlite3", "heads", "files", "keys/vault.key")


def fill() -> None:
    """The cast, a plan that was taken in with its doubts, a petition that was handed over."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    from bihuan.petitions.actions import assign_petition
    from tests import cast as people
    from tests.actions.intake.test_intake import commit
    from tests.makers import make_batch, make_petition

    cast = people.assemble()
    petition = make_petition(cast, make_batch(commit(cast).inspection))
    assign_petition(petition, [cast.county], by=cast.chen, at=people.NOON)
    connections.close_all()


def main(version: str) -> None:
    """Write the folder of one version."""
    RELEASES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bihuan-stored-") as folder:
        os.environ |= {"BIHUAN_DATA": folder, "BIHUAN_DATABASE": "", "DJANGO_SETTINGS_MODULE": "bihuan.settings"}
        fill()
        with closing(sqlite3.connect(f"{folder}/bihuan.sqlite3")) as database:
            database.execute("PRAGMA journal_mode = DELETE")
            database.execute("VACUUM")
        with tarfile.open(RELEASES / f"{version}.tar.gz", "w:gz") as stored:
            for part in PARTS:
                stored.add(f"{folder}/{part}", part)


if __name__ == "__main__":
    main(sys.argv[1])
