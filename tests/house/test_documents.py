"""Documents that nobody runs rot; these are written from the code, or held against it."""

import re

from django.apps import apps

from bihuan.management import documents
from bihuan.management.documents import FLOWS
from tests.house.source import ROOT


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
