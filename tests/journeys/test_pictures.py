"""Each page at a desk's and a phone's width: nothing hangs over the edge; `make journeys` keeps the pictures."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Desk
from tests.journeys.places import WALK
from tests.served import Site

WHERE = os.environ.get("BIHUAN_PICTURES", "")


def picture_of(path: str, width: int) -> str:
    """A file's name for a page: ledgers-problems-1440.png."""
    return f"{re.sub(r'[^0-9A-Za-z]+', '-', path).strip('-') or 'home'}-{width}.png"


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_hangs_over_the_edge(browser: Browser, site: Site, width: int) -> None:
    wide = []
    for login, paths in WALK.items():
        page = Desk(browser, site, login, viewport={"width": width, "height": 900}).page
        for path in paths:
            page.goto(path)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(path)
            if WHERE:
                page.screenshot(path=Path(WHERE) / f"{login}-{picture_of(path, width)}", full_page=True)

    assert wide == []
