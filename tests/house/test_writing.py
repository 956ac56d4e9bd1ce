"""Who may write: actions and core; doors never touch a table; nobody hides a write in a signal or a save()."""

import ast

import pytest

from tests.house.source import calls, trees

DOORS = (
    "bihuan/web",
    "bihuan/portal",
    "bihuan/api",
    "bihuan/gate",
    "bihuan/cli.py",
    "bihuan/management",
    "bihuan/sample",
)
WRITES = {"save", "delete", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
ROW_MAKERS = ("actions.py", "/actions/", "/core/")
HIDDEN = {"receiver", "Signal", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"} | {
    "GenericForeignKey",
    "threading",
}
OVERRIDES = {"save", "delete", "asave", "adelete", "save_base"}


def names(tree: ast.AST) -> set[str]:
    """Every name that is read, asked of something, or imported, under whatever other name."""
    nodes = [*ast.walk(tree)]
    return (
        {node.id for node in nodes if isinstance(node, ast.Name)}
        | {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        | {one.name for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for one in node.names}
    )


def is_row_write(name: str, call: ast.Call) -> bool:
    """`.update(…)` and `.create(…)` are writes when they are asked of a manager or a query, not of a dict or a hash."""
    if name == "save" and call.args:
        return False  # a paper is saved to a file; a row is saved without saying where
    if name in WRITES:
        return True
    return name in {"create", "update"} and ".objects" in ast.unparse(call.func)


def found_writes(tree: ast.AST) -> list[str]:
    return [ast.unparse(call.func) for name, call in calls(tree) if is_row_write(name, call)]


def test_doors_do_not_touch_tables() -> None:
    touching = {name for name, tree in trees(*DOORS) if "objects" in names(tree) or found_writes(tree)}

    assert touching == set()


def test_only_actions_and_core_write() -> None:
    writing = {
        name: found_writes(tree) for name, tree in trees("bihuan") if not any(part in name for part in ROW_MAKERS)
    }

    assert {name: found for name, found in writing.items() if found} == {}


def test_nothing_is_subscribed_or_hidden() -> None:
    hiding = {name: names(tree) & HIDDEN for name, tree in trees("bihuan")}

    assert {name: found for name, found in hiding.items() if found} == {}


def test_nothing_waits_for_the_commit_above_the_core() -> None:
    waiting = {name for name, tree in trees("bihuan") if "on_commit" in names(tree)}

    assert {name for name in waiting if not name.startswith("bihuan/core/")} == set()


def overridden(tree: ast.AST) -> list[str]:
    return [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in OVERRIDES]


def test_a_page_that_takes_a_refusal_knows_the_second_click() -> None:
    assert [(name, line) for name, tree in trees("bihuan/web", "bihuan/portal") for line in _one_click(tree)] == []


def _one_click(tree: ast.AST) -> list[int]:
    """Lines of a `try` around a deed with its key that takes `Refused`, but would fail where the click came twice."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Try):
            body = ast.unparse(ast.Module(node.body, []))
            taken = " ".join(ast.unparse(one.type) for one in node.handlers if one.type)
            if "**deed(request)" in body and "refusals(" not in body and "Refused" in taken and "Repeated" not in taken:
                found.append(node.lineno)
    return found


def test_a_page_that_fails_at_the_second_click_is_found() -> None:
    planted = "try:\n    give(1, **deed(request))\nexcept (Refused, Overtaken) as no:\n    say(no)\n"

    assert _one_click(ast.parse(planted)) == [1]
    assert _one_click(ast.parse(planted.replace("Overtaken", "Repeated"))) == []


def test_no_model_overrides_save() -> None:
    overriding = {name: overridden(tree) for name, tree in trees("bihuan")}

    assert {name: found for name, found in overriding.items() if found} == {}


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("from django.db.models.signals import post_save as after", {"post_save"}),
        ("@receiver(signals.pre_delete)\ndef follow(sender): ...", {"receiver", "pre_delete"}),
        ("import threading\nnow = threading.local()", {"threading"}),
        ("target = fields.GenericForeignKey()", {"GenericForeignKey"}),
    ],
)
def test_what_is_hidden_is_found_under_any_name(planted: str, found: set[str]) -> None:
    assert names(ast.parse(planted)) & HIDDEN == found


def test_an_overridden_save_is_found() -> None:
    assert overridden(ast.parse("class Row:\n    def save(self): ...\n    def delete(self): ...")) == ["save", "delete"]


def test_the_rule_bites() -> None:
    planted = ast.parse("def page(request):\n    Problem.objects.create(title='x')\n    problem.save()")

    assert found_writes(planted) == ["Problem.objects.create", "problem.save"]
