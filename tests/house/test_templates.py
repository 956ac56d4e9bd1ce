"""Templates draw what they are given: no permission questions, nothing inline that the security policy would refuse."""

import re

from tests.house.source import ROOT, files

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE)
ASKING = re.compile(r"\bperms\b|\bhas_perm\b|\.role\b|\bis_superuser\b|\bis_staff\b")


def test_nothing_is_inline() -> None:
    inline = [
        path.relative_to(ROOT).as_posix()
        for path in files("bihuan/web/templates", suffix=".html")
        if INLINE.search(path.read_text())
    ]

    assert inline == []


def test_no_template_asks_for_permission() -> None:
    asking = [
        path.relative_to(ROOT).as_posix()
        for path in files("bihuan/web/templates", suffix=".html")
        if ASKING.search(path.read_text())
    ]

    assert asking == []


def test_every_template_is_drawn_by_somebody() -> None:
    """A part that no page draws is a promise nobody keeps: it comes with the page that draws it."""
    folder = ROOT / "bihuan/web/templates"
    names = {path.relative_to(folder).as_posix() for path in files("bihuan/web/templates", suffix=".html")}
    texts = [path.read_text() for path in files("bihuan") if path.suffix in {".py", ".html"}]
    drawn = set(re.findall(r'"([a-z_/0-9]+\.html)"', "\n".join(texts)))

    assert {name for name in names - drawn if not name.startswith("errors/")} == set()


def test_the_rule_bites() -> None:
    assert INLINE.search('<div style="color:red">')
    assert INLINE.search("<script>alert(1)</script>")
    assert not INLINE.search('<script src="/static/dist/bihuan.js" defer></script>')
    assert ASKING.search("{% if perms.bihuan.sign_off %}")
    assert ASKING.search("{% if post.role == 'O1' %}")
