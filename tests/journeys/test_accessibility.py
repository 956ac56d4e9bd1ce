"""Every page, in light, dark and forced colours, wide and narrow: the automatic check finds nothing."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Browser, Page

from bihuan.management.documents import addresses
from tests.journeys.conftest import Desk
from tests.journeys.places import NO_PAGE, WALK
from tests.served import Site

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
LOOKS: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
    {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}},
    {"forced_colors": "active", "viewport": {"width": 1280, "height": 900}},
)


def test_every_address_is_looked_at() -> None:
    walked = {
        resolve(path.partition("?")[0]).url_name for paths in WALK.values() for path in paths if path != "/nowhere/"
    }

    assert {one.name for one in addresses()} - {None} == walked | NO_PAGE.keys()


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "phone-light", "phone-dark", "forced"])
def test_the_automatic_check_finds_nothing(browser: Browser, site: Site, look: dict[str, Any]) -> None:
    desks = {login: Desk(browser, site, login, **look) for login in WALK}
    found = violations(desks["zonghe"].page)
    for login, paths in WALK.items():
        for path in paths:
            desks[login].page.goto(path)
            found += violations(desks[login].page)

    assert found == []
    assert [fault for desk in desks.values() for fault in desk.faults] == []


def test_the_check_has_teeth(browser: Browser, site: Site) -> None:
    page = Desk(browser, site, "zonghe").page
    page.goto("/me/")
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"/x.png\"><input>')")

    assert {one.split(" ")[1] for one in violations(page)} >= {"image-alt:", "label:"}


def test_nothing_is_wider_than_a_narrow_phone(browser: Browser, site: Site) -> None:
    wide = []
    for login, paths in WALK.items():
        page = Desk(browser, site, login, viewport={"width": 320, "height": 640}).page
        for path in paths:
            page.goto(path)
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                wide.append(path)

    assert wide == []
