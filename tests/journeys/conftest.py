"""The sample city served by the real server, and a real browser: built once for the folder, examined at its end."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bihuan.sample.office import PASSWORD

CHROMIUM = next(
    (path for path in (os.environ.get("CHROMIUM", ""), "/usr/bin/chromium") if path and Path(path).exists()), ""
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
UP_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """A served city: where it is, and its data folder."""

    url: str
    data: Path

    def bihuan(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command against its data."""
        return subprocess.run(
            [sys.executable, "-m", "bihuan.cli", *words],
            env=_env(self.data),
            capture_output=True,
            text=True,
            check=False,
        )


def _env(data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "BIHUAN_DATA": str(data),
        "BIHUAN_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "bihuan.settings",
        "BIHUAN_DATABASE": "",
    }


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample city, served; at the end the examination finds nothing."""
    site = Site(f"http://127.0.0.1:{_free_port()}", tmp_path_factory.mktemp("city"))
    built = site.bihuan("demo", "--no-serve")
    assert built.returncode == 0, built.stderr
    port = site.url.rsplit(":", 1)[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "bihuan.cli", "serve", "--port", port], env=_env(site.data), start_new_session=True
    )
    try:
        _wait(site.url + "/login/")
        yield site
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
    examined = site.bihuan("examine")
    assert examined.returncode == 0, examined.stderr


def _wait(url: str) -> None:
    until = time.monotonic() + UP_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 -- our own server
                return
        except OSError:
            assert time.monotonic() < until, "the server did not come up"
            time.sleep(0.2)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; where there is none the journeys count as not run, and fail in CI."""
    if not CHROMIUM:
        assert not os.environ.get("CI"), "the journeys need Chromium"
        pytest.skip("没有 Chromium：浏览器旅程没有运行")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Desk:
    """Somebody at a browser of his own."""

    def __init__(self, browser: Browser, site: Site, login: str, **options: object) -> None:
        self.context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", base_url=site.url, **options)  # type: ignore[arg-type]  # the browser's own options
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.goto("/login/")
        self.page.get_by_label("登录名").fill(login)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url("**/")
