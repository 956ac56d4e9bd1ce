"""The sample city served by the real server, and a real browser: built once for the folder, examined at its end."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bihuan.sample.office import PASSWORD
from tests.served import Site, sample_city

BROWSERS = ("chromium-headless-shell", "chromium")  # the same pages; the first has no windows to keep
CHROMIUM = next(
    (path for path in (os.environ.get("CHROMIUM", ""), *map(shutil.which, BROWSERS)) if path and Path(path).exists()),
    "",
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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample city, served; at the end the examination finds nothing."""
    site = Site(tmp_path_factory.mktemp("city") / "data")
    shutil.copytree(sample_city(tmp_path_factory), site.data)
    site.start()
    yield site
    site.stop()
    examined = site.bihuan("examine")
    assert examined.returncode == 0, examined.stderr


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
        self.page.wait_for_url(lambda url: not url.endswith("/login/"))
