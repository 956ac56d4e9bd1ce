"""Documents that nobody runs rot; these are written from the code, or held against it."""

import re
import tomllib
from difflib import unified_diff

from django.apps import apps

from bihuan.management import documents
from bihuan.management.documents import FLOWS
from tests.house.source import ROOT, files
from tests.promises import PROMISES


def test_the_lifecycles_and_permissions_are_in_step() -> None:
    stale = {
        name: found
        for name, text in documents.PAGES.items()
        if (found := changed_lines((ROOT / "docs" / name).read_text(), text()))
    }

    assert stale == {}


def changed_lines(was: str, now: str) -> list[str]:
    """The lines that one text has and the other has not."""
    return [
        line
        for line in unified_diff(was.splitlines(), now.splitlines(), n=0, lineterm="")
        if line[:2] not in ("--", "++", "@@")
    ]


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


def unnamed_habits(makefile: str) -> set[str]:
    """Targets that `make help` does not list."""
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)) - {"packages"}
    return {target for target in targets if not re.search(rf"^{target}:.*## ", makefile, re.MULTILINE)}


def test_make_help_names_every_habit() -> None:
    assert unnamed_habits((ROOT / "Makefile").read_text()) == set()


def test_a_habit_that_help_does_not_name_is_found() -> None:
    assert unnamed_habits("run: ## serve\n\tserve\n\nsweep:\n\trm -r dist\n") == {"sweep"}


IMPORTED_AS = {
    "argon2-cffi": "Argon2PasswordHasher",
    "django-csp": "csp",
    "django-ninja": "ninja",
    "markdown-it-py": "markdown_it",
    "msoffcrypto-tool": "msoffcrypto",
    "pillow": "PIL",
    "pylopdf-fonts-zh-cn": "pylopdf_fonts_zh_cn",
    "pillow-heif": "pillow_heif",
    "python-calamine": "python_calamine",
    "python-docx": "docx",
}


def packages() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {re.split(r"[\[>=<]", one)[0] for one in project["dependencies"]}


def idle(names: set[str], source: str) -> set[str]:
    """Packages that the source does not name."""
    return {one for one in names if not re.search(rf"\b{IMPORTED_AS.get(one, one)}\b", source)}


def unexplained(names: set[str], decision: str) -> set[str]:
    """Packages without a line that says what we would otherwise write."""
    return {one for one in names if not re.search(rf"^\|.*\b{one}\b.*\|.+\|$", decision, re.MULTILINE)}


def test_every_package_is_used_and_says_what_we_would_otherwise_write() -> None:
    decision = (ROOT / "docs/decisions/0001-the-stack.md").read_text()
    source = "\n".join(path.read_text() for path in files("bihuan", suffix=".py"))

    assert (idle(packages(), source), unexplained(packages(), decision)) == (set(), set())


def test_a_package_that_idles_or_is_not_explained_is_found() -> None:
    assert idle({"lxml", "python-docx", "celery"}, "from lxml import etree\nimport docx\n") == {"celery"}
    assert unexplained({"lxml", "celery"}, "| lxml | a parser |\n| celery |\n") == {"celery"}


def parts_missing(decision: str) -> list[str]:
    """What a decision's page does not say."""
    return [part for part in ("Question", "Choice", "Price") if f"**{part}" not in decision]


def test_every_decision_says_its_question_choice_and_price() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))

    assert [one.name for one in pages if parts_missing(one.read_text())] == []
    assert len({one.name[:4] for one in pages}) == len(pages)


def test_a_decision_without_its_price_is_found() -> None:
    assert parts_missing("**Question.** Which?\n\n**Choice.** This.\n") == ["Price"]


def lost_paths(page: str) -> list[str]:
    """Paths that a page names and that are not there."""
    named = re.findall(r"`((?:bihuan|tests|docs)/[a-z_/0-9.]+)`", page)
    return [path for path in named if not (ROOT / path).exists()]


def test_the_tour_and_the_house_name_what_is_there() -> None:
    for page in ("tour.md", "house.md"):
        assert lost_paths((ROOT / "docs" / page).read_text()) == []


ROOMS = ("core", "lib", "gate", "petitions/rules", "intake/formats", "lib/reading")


def unplaced(page: str) -> list[str]:
    """The files of the large flat rooms that a page does not place, and what it places there that is none of them."""
    found = []
    for room in ROOMS:
        _, _, table = page.partition(f"| in `{room}/` | |")
        named = set(re.findall(r"`([a-z_]+)/?`", table.partition("\n\n")[0]))
        files = (one for one in (ROOT / "bihuan" / room).iterdir() if one.suffix in {"", ".py"})
        there = {one.stem for one in files if not one.name.startswith("__")}
        found += sorted(f"{room}/{name}" for name in named ^ there)
    return found


def test_the_house_places_every_file_of_its_large_rooms() -> None:
    assert unplaced((ROOT / "docs/house.md").read_text()) == []


def test_a_file_without_a_place_is_found() -> None:
    page = (ROOT / "docs/house.md").read_text()

    assert unplaced(page.replace("`aside`", "`beside`")) == ["core/aside", "core/beside"]


def test_a_path_that_is_gone_is_found() -> None:
    assert lost_paths("`bihuan/lib/flow.py`, then `bihuan/lib/flows.py`") == ["bihuan/lib/flows.py"]


CHAPTERS = {f"V{number}" for number in range(1, 17)}
NUMBERS = {one.id for one in PROMISES if one.id[0] in "PH"}


def security_gaps(text: str) -> set[str]:
    """Chapters, promises and tests that the page on security does not name, or names and that are not there."""
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", text))
    rows = {
        word for cells in re.findall(r"^\| ([VPH][^|]*) \|", text, re.MULTILINE) for word in re.findall(r"\w+", cells)
    }
    return {path for path in named if not (ROOT / path).exists()} | (CHAPTERS | NUMBERS) - rows


def test_security_names_every_chapter_and_promise_with_tests_that_are_there() -> None:
    assert security_gaps((ROOT / "docs/security.md").read_text()) == set()


def test_a_chapter_or_a_test_that_is_not_there_is_found() -> None:
    text = (ROOT / "docs/security.md").read_text().replace("| V8 ", "| V9 ").replace("test_walk.py", "test_run.py")

    assert security_gaps(text) == {"V8", "tests/house/test_run.py"}
