"""Sizes: a person can read any file in one sitting. No exceptions list."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

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


def longer(paths: Iterable[Path], most: int) -> dict[str, int]:
    """Files over a bound, with their lines."""
    counts = {str(path): len(path.read_text().splitlines()) for path in paths}
    return {name: count for name, count in counts.items() if count > most}


def test_no_file_over_400_lines() -> None:
    assert longer(files("bihuan", "frontend", "tests"), 400) == {}


def test_no_template_over_120_lines() -> None:
    assert longer(files("bihuan/web/templates", "bihuan/portal/templates"), 120) == {}


def test_a_file_one_line_too_long_is_found(tmp_path: Path) -> None:
    for lines in (120, 121):
        (tmp_path / f"{lines}.html").write_text("<p></p>\n" * lines)

    assert longer(tmp_path.glob("*.html"), 120) == {str(tmp_path / "121.html"): 121}


def test_settings_stay_under_200_lines() -> None:
    assert len((ROOT / "bihuan/settings.py").read_text().splitlines()) <= 200


FACES = re.compile(r"bihuan/[a-z]+/(queries|actions)(/[a-z_]+)?\.py")


def face(tree: ast.Module) -> list[str]:
    """The names that a module shows: its functions, classes and values, but what it imports."""
    names: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            names += [one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)]
    return [name for name in names if not name.startswith("_")]


def test_no_chapter_of_queries_or_actions_shows_over_20_names() -> None:
    faces = {name: len(face(tree)) for name, tree in trees("bihuan") if FACES.fullmatch(name)}

    assert {name: count for name, count in faces.items() if count > 20} == {}
    assert {"bihuan/matters/queries/taken.py", "bihuan/organisation/actions/appointing.py"} <= set(faces)


def test_a_chapter_that_shows_too_much_is_found() -> None:
    shown = [f"def orders_{number}(by): ...\n" for number in range(18)]
    planted = "MOST = 5\nNAMES: tuple[str, ...] = ()\nclass Rung: ...\ndef _rungs(by):\n    found = 1\n" + "".join(
        shown
    )

    assert len(face(ast.parse(planted))) == 21
    assert face(ast.parse("from bihuan.core import audit\n_KEPT = 1\nFIRST, LAST = 1, 2")) == ["FIRST", "LAST"]


def long_pages(tree: ast.Module, most: int = 25) -> list[str]:
    """Functions with a policy of their own that are over a bound."""
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any("policy" in ast.unparse(mark) for mark in node.decorator_list)
        and (node.end_lineno or 0) - node.lineno > most
    ]


def test_no_page_function_over_25_lines() -> None:
    assert [f"{name}:{page}" for name, tree in trees("bihuan/web", "bihuan/portal") for page in long_pages(tree)] == []


def test_a_page_that_decides_too_much_is_found() -> None:
    body = "    pass\n" * 26
    planted = f"@policy()\ndef home(request):\n{body}\ndef _lines(rows):\n{body}"

    assert long_pages(ast.parse(planted)) == ["home"]


def test_no_bound_is_lifted_for_one_place() -> None:
    lifted = re.compile(r"#\s*noqa: .*\b(C901|PLR09\d\d|PLR1702|E501)\b")
    places = [path.name for path in files("bihuan", "tests", suffix=".py") if lifted.search(path.read_text())]

    assert places == []
    assert lifted.search("# " + "noqa: C901 -- it is hard")


def misnamed(paths: Iterable[Path]) -> list[str]:
    """Rooms that say nothing of what is in them; a folder's name counts like a file's."""
    return [str(path) for path in paths if {path.stem, *path.parent.parts} & FORBIDDEN_NAMES]


def test_no_room_is_called_utils() -> None:
    assert misnamed(path.relative_to(ROOT) for path in files("bihuan", suffix=".py")) == []


def test_a_room_called_utils_is_found() -> None:
    rooms = [Path("bihuan/matters/utils.py"), Path("bihuan/helpers/dates.py"), Path("bihuan/matters/queries.py")]

    assert misnamed(rooms) == ["bihuan/matters/utils.py", "bihuan/helpers/dates.py"]


def is_silent(tree: ast.Module) -> bool:
    """Whether a module that holds something does not say what it is for."""
    return bool(tree.body) and not ast.get_docstring(tree)


def test_every_module_says_what_it_is_for() -> None:
    assert [name for name, tree in trees("bihuan") if is_silent(tree)] == []


def test_a_silent_module_is_found() -> None:
    assert is_silent(ast.parse("DAYS = 5"))
    assert not is_silent(ast.parse('"""Days."""\nDAYS = 5'))


SUPPRESSED = re.compile(r"#\s*(noqa|type: ignore)")
REASONED = re.compile(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* -- \S|# type: ignore\[[a-z, -]+\]  # \S")


def is_bare(line: str) -> bool:
    """Whether a line suppresses a check without its code or without a reason."""
    return bool(SUPPRESSED.search(line)) and "re.compile" not in line and not REASONED.search(line)


def test_every_suppression_has_a_code_and_a_reason() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files("bihuan", "tests", suffix=".py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if is_bare(line)
    ]

    assert bare == []


def test_a_bare_suppression_is_found() -> None:
    hush = "noqa"

    assert is_bare(f"x = 1  # {hush}")
    assert is_bare(f"x = 1  # {hush}: S608")
    assert not is_bare(f"x = 1  # {hush}: S608 -- our own names")


ROOMS = re.compile(r"bihuan/(lib|core|[a-z]+/(rules|queries|actions))(/|\.py)")


def without_promise(tree: ast.Module) -> list[str]:
    """Public functions that say nothing of what they promise."""
    found = (node for node in tree.body if isinstance(node, ast.FunctionDef) and not ast.get_docstring(node))
    return [node.name for node in found if not node.name.startswith("_")]


def test_public_functions_of_the_lower_floors_promise_something() -> None:
    silent = [f"{name}:{one}" for name, tree in trees("bihuan") if ROOMS.match(name) for one in without_promise(tree)]

    assert silent == []


def test_a_function_without_a_promise_is_found() -> None:
    assert without_promise(ast.parse("def due(day): ...\n\ndef _day(text): ...")) == ["due"]
    assert ROOMS.match("bihuan/petitions/queries.py")
