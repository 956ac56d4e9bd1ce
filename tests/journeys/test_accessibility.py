"""Every page, looked at once: in light, dark and forced colours, wide and narrow, the automatic check finds nothing,
and at a desk's, a phone's and a narrow phone's width nothing hangs over the edge. `make journeys` keeps the pictures.
"""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import resolve
from playwright.sync_api import Browser, Page

from bihuan.management.documents import addresses
from tests.journeys.conftest import Desk
from tests.journeys.places import NO_PAGE, WALK
from tests.served import Site

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
# What is asked again where the same page at the same width only has other colours.
OF_COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
# The same words for a colour stand at hundreds of texts: read once, they say the same again.
READ_ONCE = """
() => {
    const colour = axe.commons.color.Color.prototype, read = colour.parseString, known = new Map();
    colour.parseString = function (words) {
        const told = known.get(words);
        if (told) return Object.assign(this, told);
        read.call(this, words);
        const {r, g, b, alpha} = this;
        known.set(words, {r, g, b, alpha});
        return this;
    };
}
"""
# The look must have come before it is looked at. Only what is said of a page travels: the whole of what was looked at
# is as large as the page.
CHECK = """
async ([rules, theme]) => {
    for (const until = performance.now() + 5000; document.documentElement.dataset.theme !== theme;) {
        if (performance.now() > until) throw new Error(`the page is not ${theme}`);
        await new Promise(requestAnimationFrame);
    }
    const found = await axe.run(rules);
    return found.violations.map(one => [one.id, one.nodes[0].html]);
}
"""
LIGHT, DARK = {"color_scheme": "light"}, {"color_scheme": "dark"}
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
LOOKS: tuple[tuple[dict[str, Any], Any, dict[str, Any]], ...] = (
    (LIGHT, DESK, RULES),
    (LIGHT, PHONE, RULES),
    (DARK, PHONE, OF_COLOURS),
    (DARK, DESK, OF_COLOURS),
    ({"color_scheme": "light", "forced_colors": "active"}, DESK, OF_COLOURS),
)
# Without motion: a colour that is still on its way from one look to the next would be read half-way.
PLAIN = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce"}
WIDTHS = (1440, 390, 320)
PICTURED = (1440, 390)
WHERE = os.environ.get("BIHUAN_PICTURES", "")


def rounds(most: int = 10) -> list[Any]:
    """The walk in pieces that several browsers can share: whose, and at most so many addresses."""
    return [
        pytest.param(login, paths[start : start + most], id=f"{login}-{start}")
        for login, paths in WALK.items()
        for start in range(0, len(paths), most)
    ]


def test_every_address_is_looked_at() -> None:
    walked = {
        resolve(path.partition("?")[0]).url_name for paths in WALK.values() for path in paths if path != "/nowhere/"
    }

    assert {one.name for one in addresses()} - {None} == walked | NO_PAGE.keys()
    assert [path for param in rounds() for path in param.values[1]] == [path for all_ in WALK.values() for path in all_]


def violations(page: Page, rules: dict[str, Any], theme: str) -> list[str]:
    """What the check finds by these rules once the page has that theme; it was put into the page before."""
    return [f"{page.url} {rule}: {html[:120]}" for rule, html in page.evaluate(CHECK, [rules, theme])]


def seen_faults(page: Page) -> list[str]:
    """What the check finds in each look at a page that is open."""
    found = []
    page.evaluate(AXE_SCRIPT)
    page.evaluate(READ_ONCE)
    for media, viewport, rules in LOOKS:
        page.emulate_media(**{**PLAIN, **media})
        page.set_viewport_size(viewport)
        found += [f"{media} {viewport['width']} {one}" for one in violations(page, rules, media["color_scheme"])]
    page.emulate_media(**PLAIN)  # type: ignore[arg-type]  # the three words of PLAIN
    return found


def overhangs(page: Page, keep_as: str = "") -> list[str]:
    """The widths at which something of the open page hangs over its edge; a picture of each where they are kept."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{page.url} at {width}")
        if keep_as and width in PICTURED:
            page.screenshot(path=Path(WHERE) / f"{keep_as}-{width}.png", full_page=True)
    return found


def picture_of(login: str, path: str) -> str:
    """A file's name for somebody's page, without width and ending: zonghe-imports. Empty where none is kept."""
    return f"{login}-{re.sub(r'[^0-9A-Za-z]+', '-', path).strip('-') or 'home'}" if WHERE else ""


@pytest.mark.parametrize(("login", "paths"), rounds())
@pytest.mark.promise("W1", "W3")
def test_nothing_is_wrong_with_any_page(browser: Browser, site: Site, login: str, paths: tuple[str, ...]) -> None:
    desk = Desk(browser, site, login)
    found = []
    for path in paths:
        desk.page.goto(path)
        found += seen_faults(desk.page) + overhangs(desk.page, picture_of(login, path))

    assert found == []
    assert desk.faults == []


@pytest.mark.teeth("W1", "W3")
def test_the_check_has_teeth(browser: Browser, site: Site) -> None:
    page = Desk(browser, site, "zonghe", bypass_csp=True).page
    page.goto("/me/")
    page.evaluate(
        "document.querySelector('h1').insertAdjacentHTML("
        "'afterend', '<img src=\"/x.png\"><input><p id=\"planted\">看不清的字</p>')"
    )
    page.add_style_tag(
        content="@media (prefers-color-scheme: dark) { #planted { color: #444; background: #333 } }"
        "@media (max-width: 400px) { #planted { width: 800px } }"
    )
    found = seen_faults(page)

    for word in ("image-alt:", "label:"):
        assert len([one for one in found if word in one]) == sum(rules is RULES for _, _, rules in LOOKS)
    assert {one.split(" http")[0] for one in found if "color-contrast:" in one} == {f"{DARK} 1280", f"{DARK} 360"}
    assert overhangs(page) == [f"{page.url} at {width}" for width in (390, 320)]
