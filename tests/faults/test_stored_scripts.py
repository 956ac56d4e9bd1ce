"""B4: what was typed with a script in it is opened in a browser: none runs, and the policy has nothing to report."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.cast import PASSWORD
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.served import Clerk, Site

SCRIPTS = (
    "<script>ran=1</script>",
    "<img src=x onerror=ran=1>",
    '"><svg onload=ran=1>',
    "'-ran--'<a href=javascript:ran=1 autofocus onfocus=ran=1>",
    "</title><iframe srcdoc='<script>parent.ran=1</script>'>",
)
OPENED = (
    "/settings/people/", "/settings/units/", "/settings/groups/", "/settings/calendar/", "/ledgers/problems/",
    "/drafts/", "/imports/new/", "/imports/", "/me/", "/me/deeds/", "/messages/", "/checkup/", "/",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "there is no Chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Typed:
    """The office, into whose every form that keeps words scripts were typed: where it is, and how many were kept."""

    site: Site
    kept: int


@pytest.fixture(scope="module")
def typed(seated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Typed]:
    """That office, served; nothing is changed in it by who reads."""
    site = Site(tmp_path_factory.mktemp("typed") / "data")
    shutil.copytree(seated, site.data)
    site.start(no_worker=True)
    try:
        yield Typed(site, filled(site))
        site.stop()
    finally:
        site.end()
    site.examine()


def filled(site: Site) -> int:
    """Type each script into each form that keeps it; how many were kept."""
    clerk, region, kept = Clerk(site, "writer0", PASSWORD), str(site.number("SELECT min(id) FROM bihuan_region")), 0
    for place, script in enumerate(SCRIPTS):
        forms = (
            ("/settings/people/", {"name": script, "office_phone": script[:40]}),
            ("/settings/units/", {"name": script, "kind": "部门", "region": region}),
            ("/settings/groups/", {"name": script}),
            ("/settings/calendar/", {"day": f"2022-08-0{place + 1}", "is_working": "0", "note": script}),
            ("/ledgers/problems/", {"label": script[:40]}),
            ("/drafts/", {"path": "/me/", "form": script[:60], "typed": f"note={script}"}),
        )
        for path, values in forms:
            clerk.read(path)
            target = "/ledgers/problems/views/" if "label" in values else path
            kept += clerk.post(target, {**values, "once": f"{path}{place}"}) in (200, 204)
    return kept


def faults(browser: Browser, site: Site, plant: Callable[[Page], None] = lambda _: None) -> list[str]:
    """What ran, and what the policy reported, on every page that shows what was typed."""
    page = browser.new_context(locale="zh-CN", base_url=site.url).new_page()
    found = list[str]()
    page.on("console", lambda one: found.append(one.text) if "Content Security Policy" in one.text else None)
    page.on("pageerror", lambda fault: found.append(str(fault)))
    page.on("dialog", lambda one: (found.append(one.message), one.dismiss()))
    page.goto("/login/")
    page.get_by_label("登录名").fill("writer0")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: not url.endswith("/login/"))
    plant(page)
    searched = [f"/search/?q={script}" for script in SCRIPTS]
    row = site.number("SELECT max(id) FROM bihuan_person"), site.number("SELECT max(id) FROM bihuan_unit")
    for path in (*OPENED, *searched, f"/settings/people/{row[0]}/", f"/settings/units/{row[1]}/"):
        page.goto(path)
        if page.evaluate("typeof ran") != "undefined":
            found.append(f"{path}: a script ran")
    page.context.close()
    return found


def unescaped(page: Page) -> None:
    """Let one page show what was typed as if it had been marked safe."""

    def served(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("&lt;", "<").replace("&gt;", ">"))

    page.route("**/settings/people/", served)


@pytest.mark.promise("B4")
def test_no_script_that_was_typed_runs(browser: Browser, typed: Typed, figure: Callable[[str], None]) -> None:
    assert typed.kept == len(SCRIPTS) * 6
    assert faults(browser, typed.site) == []
    figure(f"{typed.kept} scripts kept, {len(OPENED) + len(SCRIPTS) + 2} pages opened: none ran, 0 reports")


@pytest.mark.teeth("B4")
def test_words_that_were_marked_safe_are_reported(browser: Browser, typed: Typed) -> None:
    assert faults(browser, typed.site, unescaped)
