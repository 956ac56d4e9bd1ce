"""Documents that nobody runs rot; these are written from the code, or held against it."""

import re
import tomllib

from django.apps import apps

from bihuan.management import documents
from bihuan.management.documents import FLOWS
from tests.house.source import ROOT, files


def test_the_lifecycles_and_permissions_are_in_step() -> None:
    stale = [name for name, text in documents.PAGES.items() if (ROOT / "docs" / name).read_text() != text()]

    assert stale == []


def test_every_record_is_in_the_glossary() -> None:
    rows = dict(re.findall(r"^\| (\S+) \| `(\w+)` \|", (ROOT / "docs/glossary.md").read_text(), re.MULTILINE))
    stored = {str(model._meta.verbose_name): model.__name__ for model in apps.get_app_config("bihuan").get_models()}

    assert {term: name for term, name in stored.items() if rows.get(term) != name} == {}


def test_every_basis_is_a_source() -> None:
    sources = (ROOT / "docs/sources.md").read_text()
    cited = {move.basis for _, flow in FLOWS for move in flow.moves if move.basis}

    assert {
        one for one in cited if f"| {one.split('§')[0]} |" not in sources or f"§{one.split('§')[1]} " not in sources
    } == set()


def test_make_help_names_every_habit() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)) - {"packages"}

    assert {target for target in targets if not re.search(rf"^{target}:.*## ", makefile, re.MULTILINE)} == set()


IMPORTED_AS = {
    "argon2-cffi": "Argon2PasswordHasher",
    "django-csp": "csp",
    "markdown-it-py": "markdown_it",
    "python-calamine": "python_calamine",
    "python-docx": "docx",
}


def packages() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {re.split(r"[\[>=<]", one)[0] for one in project["dependencies"]}


def test_every_package_is_used_and_says_what_we_would_otherwise_write() -> None:
    decision = (ROOT / "docs/decisions/0001-the-stack.md").read_text()
    source = "\n".join(path.read_text() for path in files("bihuan", suffix=".py"))
    idle = {one for one in packages() if not re.search(rf"\b{IMPORTED_AS.get(one, one)}\b", source)}
    silent = {one for one in packages() if not re.search(rf"^\|.*\b{one}\b.*\|.+\|$", decision, re.MULTILINE)}

    assert (idle, silent) == (set(), set())


def test_every_decision_says_its_question_choice_and_price() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    short = [
        one.name for one in pages if not all(f"**{part}" in one.read_text() for part in ("Question", "Choice", "Price"))
    ]

    assert short == []
    assert len({one.name[:4] for one in pages}) == len(pages)


def test_the_tour_and_the_house_name_what_is_there() -> None:
    for page in ("tour.md", "house.md"):
        paths = re.findall(r"`((?:bihuan|tests|docs)/[a-z_/0-9.]+)`", (ROOT / "docs" / page).read_text())
        assert [path for path in paths if not (ROOT / path).exists()] == []
