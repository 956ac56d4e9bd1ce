"""H4: no page, style or script names another host, and a served site never calls one.

The server runs where there is no network but loopback (`unshare`), under a record of its connections.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests import once
from tests.cast import PASSWORD
from tests.house.source import ROOT
from tests.served import Site

pytestmark = pytest.mark.confined
LOADS = re.compile(
    r"""(?:src|srcset|action|poster|data)\s*=\s*["']?\s*(?:https?:)?//[\w.-]+"""
    r"""|<link[^>]*href\s*=\s*["']?\s*(?:https?:)?//[\w.-]+|url\(\s*["']?\s*(?:https?:)?//[\w.-]+"""
    r"""|@import\s+["'](?:https?:)?//[\w.-]+|(?:fetch|import|importScripts|EventSource|WebSocket|sendBeacon)\(\s*["'`](?:\w+:)?//[\w.-]+"""
)
OUTSIDE = re.compile(r'connect\(.*(?:inet_addr\("(?!127\.)[^"]+"\)|inet_pton\(AF_INET6, "(?!::1")[^"]+")')
JOURNEY = f"""
import re
from pathlib import Path
from tests.served import Clerk, Site
site = Site(Path("{{data}}"))
site.start()
try:
    clerk = Clerk(site, "writer0", "{PASSWORD}")
    for path in ("/", "/ledgers/problems/", "/imports/new/", "/search/?q=a", "/checkup/", "/me/", "/help/clerk/"):
        Path("{{pages}}", re.sub("[^a-z]+", "-", path) + ".html").write_text(clerk.read(path))
    assert clerk.send("/settings/people/", {{{{"name": "网外", "once": "网外"}}}}) == 200
finally:
    site.stop()
"""
BROWSED = f"""
import json
from pathlib import Path
from playwright.sync_api import sync_playwright
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.served import Site
site = Site(Path("{{data}}"))
site.start()
asked = []
try:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(locale="zh-CN", base_url=site.url).new_page()
        page.on("request", lambda one: asked.append(one.url))
        page.goto("/login/")
        page.get_by_label("登录名").fill("writer0")
        page.get_by_label("密码").fill("{PASSWORD}")
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda url: not url.endswith("/login/"))
        for path in ("/ledgers/problems/", "/imports/new/", "/search/?q=a", "/checkup/", "/me/", "/help/clerk/"):
            page.goto(path, wait_until="networkidle")
        at_home = len(asked)
        page.evaluate("location.href = 'http://cdn.example.com/a'")
        page.wait_for_timeout(500)
        browser.close()
finally:
    site.stop()
print(json.dumps([asked[:at_home], asked[at_home:]]))
"""
ALONE = ("unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")


@pytest.fixture(scope="session")
def asked(seated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str]]:
    """What a browser asks for on a journey, where there is no network but loopback; and when a page then sends it
    elsewhere. Made once.
    """

    def make(folder: Path) -> None:
        shutil.copytree(seated, folder)
        script = f"import django; django.setup()\n{BROWSED.format(data=folder)}"
        command = [*ALONE, sys.executable, "-c", script]
        done = subprocess.run(command, env=Site(folder).env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        (folder / "asked.json").write_text(done.stdout.splitlines()[-1])

    at_home, then = json.loads((once.made(tmp_path_factory, "browsed", make) / "asked.json").read_text())
    return at_home, then


def away(asked: Iterable[str]) -> list[str]:
    """Those of these addresses that are not this machine's."""
    return [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]


def loaded_from_outside(texts: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """What of these texts would have a browser call another host."""
    return {name: found for name, text in texts if (found := LOADS.findall(text))}


def shipped() -> list[Path]:
    """The templates, styles and scripts of the site."""
    return [path for path in (ROOT / "bihuan/web").rglob("*") if path.suffix in {".html", ".css", ".js", ".svg"}]


@pytest.mark.promise("H4")
def test_what_is_shipped_loads_nothing_from_elsewhere() -> None:
    texts = [(str(path), path.read_text()) for path in shipped()]

    assert len(texts) > 50
    assert loaded_from_outside(texts) == {}


@pytest.mark.promise("H4")
def test_a_journey_without_a_network_calls_nobody(manned: Site, tmp_path: Path, figure: Callable[[str], None]) -> None:
    pages, record = tmp_path / "pages", tmp_path / "connections"
    pages.mkdir()
    journey = JOURNEY.format(data=manned.data, pages=pages)
    traced = ["strace", "-f", "--seccomp-bpf", "-e", "trace=connect,sendto", "-o", str(record)]
    done = subprocess.run(
        [*ALONE, *traced, sys.executable, "-c", f"import django; django.setup()\n{journey}"],
        env=manned.env, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    calls = record.read_text().splitlines()
    assert [call for call in calls if OUTSIDE.search(call)] == []
    assert any("127.0.0.1" in call for call in calls), "nothing was recorded"
    read = [(path.name, path.read_text()) for path in pages.iterdir()]
    assert loaded_from_outside(read) == {}
    figure(f"{len(read)} pages, {len(shipped())} files, {len(calls)} calls: 0 outside")


@pytest.mark.teeth("H4")
@pytest.mark.parametrize(
    "planted",
    [
        '<script src="https://cdn.example.com/htmx.js"></script>',
        '<link rel="stylesheet" href="//fonts.example.com/noto.css">',
        "@font-face { src: url(https://fonts.example.com/noto.woff2); }",
        "fetch('https://stats.example.com/hit')",
        '@import "https://cdn.example.com/a.css";',
    ],
)
def test_a_link_to_elsewhere_is_found(planted: str) -> None:
    assert loaded_from_outside([("x", planted)])


@pytest.mark.promise("H4")
def test_a_browser_without_a_network_misses_nothing(
    asked: tuple[list[str], list[str]], figure: Callable[[str], None]
) -> None:
    at_home, _ = asked

    assert away(at_home) == []
    assert any(url.endswith(".js") for url in at_home)
    assert any(url.endswith(".css") for url in at_home)
    figure(f"a browser asked for {len(at_home)} addresses: 0 outside")


@pytest.mark.teeth("H4")
def test_a_browser_that_asks_elsewhere_is_found(asked: tuple[list[str], list[str]]) -> None:
    at_home, then = asked

    assert away([*at_home, *then]) == ["http://cdn.example.com/a"]


@pytest.mark.teeth("H4")
def test_a_call_to_elsewhere_is_found() -> None:
    call = '7 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("93.184.215.14")}, 16) = -1'

    assert OUTSIDE.search(call)
    assert not OUTSIDE.search(call.replace("93.184.215.14", "127.0.0.1"))
