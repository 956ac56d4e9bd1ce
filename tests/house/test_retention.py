"""Nothing is deleted but what is named here: machinery by its time, a petitioner's key and papers by two persons."""

import ast
from collections.abc import Iterator

from tests.house.source import trees

TAKERS = {"delete", "erase", "remove", "_raw_delete", "truncate"}
KNOWN = {
    "bihuan/core/attempts.py": {"counted", "forget", "sweep"},
    "bihuan/core/drafts.py": {"drop", "keep", "sweep"},
    "bihuan/core/files.py": {"destroy", "_clear"},
    "bihuan/core/jobs.py": {"sweep"},
    "bihuan/organisation/actions/access.py": {"_end"},
    "bihuan/petitions/actions/counting.py": {"keep"},  # derived, written anew at once
    "bihuan/petitions/actions/repeats.py": {"keep_keys", "compare_anew"},  # derived, written anew by the next run
    "bihuan/rectification/actions/lighting.py": {"_write_figures", "_write_spans"},  # derived, written anew at once
    "bihuan/petitioners/actions/destroying.py": {"decide_destruction"},
    "bihuan/petitioners/actions/exporting.py": {"forget_passwords", "show_password"},
}


def takers(tree: ast.Module) -> Iterator[str]:
    """The functions that call one of the takers."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            calls = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
            if any(isinstance(one.func, ast.Attribute) and one.func.attr in TAKERS for one in calls):
                yield function.name


def test_nothing_else_takes_anything_away() -> None:
    found = {name: {*takers(tree)} for name, tree in trees("bihuan")}

    assert {name: one for name, one in found.items() if one} == KNOWN


def test_another_taker_is_found() -> None:
    planted = "def tidy(row):\n    Entry.objects.filter(pk=row).delete()"

    assert [*takers(ast.parse(planted))] == ["tidy"]
