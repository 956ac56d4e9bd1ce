"""Templates draw what they are given: no permission questions, nothing inline that the security policy would refuse."""

import ast
import re
from pathlib import Path

from bihuan.gate.entry import SAID
from tests.house.source import ROOT, files

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE)
SPAN = re.compile(
    r"(?!一分钟)(?:\d+|[一二两三四五六七八九十]+)个?(?:小时|分钟)"
)  # a minute is what rates are counted by
FOLDERS = ("bihuan/web/templates", "bihuan/portal/templates")
READERS = ("bihuan/intake/", "bihuan/lib/reading/", "bihuan/sample/")  # what papers say, not what we say
WRITTEN = re.compile(r"<textarea[^>]* name=\"([^\"]+)\"")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)
ASKING = re.compile(r"\bperms\b|\bhas_perm\b|\.role\b|\bis_superuser\b|\bis_staff\b")


def test_nothing_is_inline() -> None:
    inline = [
        path.relative_to(ROOT).as_posix() for path in files(*FOLDERS, suffix=".html") if INLINE.search(path.read_text())
    ]

    assert inline == []


def test_no_template_asks_for_permission() -> None:
    asking = [
        path.relative_to(ROOT).as_posix() for path in files(*FOLDERS, suffix=".html") if ASKING.search(path.read_text())
    ]

    assert asking == []


def test_what_is_written_beside_a_step_waits_when_it_is_refused() -> None:
    """`SAID` in `gate/entry.py` names the fields that are kept; a form of its own is drawn again with its words."""
    texts = [path.read_text() for path in files("bihuan/web/templates", suffix=".html")]
    drawn = {name for text in texts for name in WRITTEN.findall(text)}

    assert drawn - {*SAID} == {
        "more",  # of a weighty page, which keeps nothing
        "words-{{ key }}",  # of a form that is drawn again
    }


def test_every_template_is_drawn_by_somebody() -> None:
    """A part that no page draws is a promise nobody keeps: it comes with the page that draws it."""
    names = {path.as_posix().partition("/templates/")[2] for path in files(*FOLDERS, suffix=".html")}
    texts = [path.read_text() for path in files("bihuan") if path.suffix in {".py", ".html"}]
    drawn = set(re.findall(r'"([a-z_/0-9]+\.html)"', "\n".join(texts)))

    assert {name for name in names - drawn if not name.startswith("errors/")} == set()


def test_no_sentence_repeats_a_rules_figure() -> None:
    """A span of time is said from the constant that rules it (`span`): else the two part company."""
    sentences = {
        path.relative_to(ROOT).as_posix(): SPAN.findall(_said(path))
        for path in files("bihuan")
        if path.suffix in {".py", ".html"} and not path.relative_to(ROOT).as_posix().startswith(READERS)
    }

    assert {name: found for name, found in sentences.items() if found} == {}


def _said(path: Path) -> str:
    """What a file says to people: a template whole, of Python the strings that are no docstrings."""
    if path.suffix == ".html":
        return path.read_text()
    tree = ast.parse(path.read_text())
    bodies = (node.body[0] for node in ast.walk(tree) if isinstance(node, DOCUMENTED) and node.body)
    docs = {one.value for one in bodies if isinstance(one, ast.Expr)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in docs)
    return "\n".join(node.value for node in strings if isinstance(node.value, str))


def test_the_rule_bites() -> None:
    assert INLINE.search('<div style="color:red">')
    assert INLINE.search("<script>alert(1)</script>")
    assert not INLINE.search('<script src="/static/dist/bihuan.js" defer></script>')
    assert ASKING.search("{% if perms.bihuan.sign_off %}")
    assert ASKING.search("{% if post.role == 'O1' %}")
    assert SPAN.findall("批准已过24小时，十分钟内再调用；20件") == ["24小时", "十分钟"]
