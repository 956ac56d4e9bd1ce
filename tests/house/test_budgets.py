"""Sizes: a person can read any file in one sitting. No exceptions list."""

import ast
import re

from tests.house.source import ROOT, files, trees

FORBIDDEN_NAMES = {
    "utils",
    "helpers",
    "common",
    "misc",
    "base",
    "service",
    "services",
    "manager",
    "handler",
    "handlers",
}


def test_no_file_over_400_lines() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in files("bihuan", "frontend", "tests")
        if (count := len(path.read_text().splitlines())) > 400
    }

    assert long == {}


def test_no_template_over_120_lines() -> None:
    long = {
        path.name: count
        for path in files("bihuan/web/templates")
        if (count := len(path.read_text().splitlines())) > 120
    }

    assert long == {}


def test_settings_stay_under_200_lines() -> None:
    assert len((ROOT / "bihuan/settings.py").read_text().splitlines()) <= 200


def test_no_page_function_over_25_lines() -> None:
    long = [
        f"{name}:{node.name}"
        for name, tree in trees("bihuan/web")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any("policy" in ast.unparse(mark) for mark in node.decorator_list)
        and (node.end_lineno or 0) - node.lineno > 25
    ]

    assert long == []


def test_no_bound_is_lifted_for_one_place() -> None:
    lifted = re.compile(r"#\s*noqa: .*\b(C901|PLR09\d\d|PLR1702|E501)\b")
    places = [path.name for path in files("bihuan", "tests", suffix=".py") if lifted.search(path.read_text())]

    assert places == []
    assert lifted.search("# " + "noqa: C901 -- it is hard")


def test_no_room_is_called_utils() -> None:
    named = [
        path.relative_to(ROOT).as_posix() for path in files("bihuan", suffix=".py") if path.stem in FORBIDDEN_NAMES
    ]

    assert named == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [name for name, tree in trees("bihuan") if tree.body and not ast.get_docstring(tree)]

    assert silent == []


def test_every_suppression_has_a_code_and_a_reason() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files("bihuan", "tests", suffix=".py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"#\s*(noqa|type: ignore)", line)
        and "re.search" not in line
        and not re.search(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* -- \S|# type: ignore\[[a-z, -]+\]  # \S", line)
    ]

    assert bare == []


def test_public_functions_of_the_lower_floors_promise_something() -> None:
    rooms = re.compile(r"bihuan/(lib|core|[a-z]+/(rules|queries|actions))(/|\.py)")
    silent = [
        f"{name}:{node.name}"
        for name, tree in trees("bihuan")
        if rooms.match(name)
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert silent == []
