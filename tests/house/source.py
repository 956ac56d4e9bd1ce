"""The project's own source as the house rules read it: hand-written files, and their syntax trees."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ("bihuan/migrations/", "bihuan/web/static/dist/", "frontend/node_modules/")
WRITTEN = {".py", ".html", ".css", ".js", ".mjs"}


def files(*folders: str, suffix: str = "") -> Iterator[Path]:
    """Hand-written source files below these folders."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in WRITTEN and not name.startswith(GENERATED) and suffix in ("", path.suffix):
                yield path


def trees(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """(name, syntax tree) of the Python files below these folders."""
    for path in files(*folders, suffix=".py"):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node
