"""The real server on a real database, started and stopped by tests; and a plain client without a browser."""

import copy
import http.cookiejar
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests import once

UP_SECONDS = 60
SIGNED_OUT = 401  # what a form is answered that led to the login
MAIN = "import sys\nfrom bihuan import cli\nsys.exit(cli.main())"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class Site:
    """A served city: where it is, its data folder, its process group; the words that its commands begin with."""

    data: Path
    port: int = field(default_factory=free_port)
    server: subprocess.Popen[bytes] | None = None
    more: dict[str, str] = field(default_factory=dict)
    within: tuple[str, ...] = ()
    planted: str = ""  # a defect: what its server's process runs first

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """The environment of its commands."""
        settings = {"BIHUAN_DATA": str(self.data), "BIHUAN_DEMO": "1", "DJANGO_SETTINGS_MODULE": "bihuan.settings"}
        return {**os.environ, **settings, "BIHUAN_DATABASE": "", **self.more}

    @property
    def pid(self) -> int:
        """The server's process, which leads a group of its own."""
        assert self.server is not None
        return self.server.pid

    def bihuan(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command against its data."""
        command = [*self.within, sys.executable, "-m", "bihuan.cli", *words]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)

    def run(self, script: str) -> str:
        """Run a script against its data; what it printed."""
        command = [*self.within, sys.executable, "-c", f"import django; django.setup()\n{script}"]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def examine(self) -> None:
        """Nothing is wrong with its data."""
        examined = self.bihuan("examine", "--quiet")
        assert (examined.returncode, examined.stderr) == (0, "")

    def names(self) -> Counter[str]:
        """The people of its database, by name."""
        return Counter(row[0] for row in self.rows("SELECT name FROM bihuan_person"))

    def number(self, query: str, *values: object) -> int:
        """What a counting query answers."""
        [(count,)] = self.rows(query, *values)
        return int(count)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query answers."""
        with closing(sqlite3.connect(self.data / "bihuan.sqlite3")) as database:
            return database.execute(query, values).fetchall()

    def start(self, *, no_worker: bool = False) -> None:
        """Serve, and wait until it answers."""
        without = ["--no-worker"] if no_worker else []
        begun = ["-c", f"{self.planted}\n{MAIN}"] if self.planted else ["-m", "bihuan.cli"]
        command = [*self.within, sys.executable, *begun, "serve", "--port", str(self.port), *without]
        self.server = subprocess.Popen(command, env=self.env, start_new_session=True, stdout=subprocess.DEVNULL)
        until = time.monotonic() + UP_SECONDS
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/login/", timeout=2):  # noqa: S310 -- our own server
                    return
            except OSError:
                assert time.monotonic() < until, "the server did not come up"
                time.sleep(0.1)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server and all its workers."""
        if self.server is not None:
            os.killpg(self.server.pid, how)
            self.server.wait(20)

    def end(self) -> None:
        """Leave no server behind, whatever became of the test."""
        if self.server is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.server.pid, signal.SIGKILL)


def empty_database(factory: pytest.TempPathFactory) -> Path:
    """A data folder with every table and nothing in them, built once in a run; whoever changes it takes a copy."""

    def make(folder: Path) -> None:
        folder.mkdir()
        built = Site(folder).bihuan("migrate", "--no-input", "--verbosity", "0")
        assert built.returncode == 0, built.stderr

    return once.made(factory, "empty", make)


def sample_city(factory: pytest.TempPathFactory) -> Path:
    """The data folder of the sample city, built once in a run; whoever changes it takes a copy."""

    def make(folder: Path) -> None:
        built = Site(folder).bihuan("demo", "--no-serve")
        assert built.returncode == 0, built.stderr

    return once.made(factory, "sample-city", make)


class Clerk:
    """Somebody who logs in and sends forms, without a browser."""

    def __init__(self, site: Site, login: str, password: str) -> None:
        self.site, self.token, self.jar = site, "", http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.send("/login/", {"username": login, "password": password})

    def window(self) -> "Clerk":
        """Another window of the same browser: the same session."""
        other = copy.copy(self)
        other.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        return other

    def read(self, path: str) -> str:
        """A page."""
        with self.opener.open(self.site.url + path, timeout=30) as answer:
            text = str(answer.read().decode())
        found = TOKEN.search(text)
        self.token = found[1] if found else self.token
        return text

    def send(self, path: str, values: dict[str, str]) -> int:
        """Open a page and send its form; the status after redirects."""
        self.read(path)
        return self.post(path, values)

    def post(self, path: str, values: dict[str, str]) -> int:
        """Send a form with the token of the page that was read last; the status after redirects."""
        body = urllib.parse.urlencode({**values, "csrfmiddlewaretoken": self.token}).encode()
        try:
            with self.opener.open(self.site.url + path, body, timeout=30) as answer:
                is_out = answer.url.startswith(f"{self.site.url}/login/") and path != "/login/"
                return SIGNED_OUT if is_out else int(answer.status)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code
