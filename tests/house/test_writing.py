"""Who may write: actions and core; doors never touch a table; nobody hides a write in a signal or a save()."""

import ast

from tests.house.source import calls, trees

DOORS = ("bihuan/web", "bihuan/gate", "bihuan/cli.py", "bihuan/management")
WRITES = {"save", "delete", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
ROW_MAKERS = ("actions.py", "/actions/", "/core/")
HIDDEN = {"receiver", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"} | {
    "GenericForeignKey",
    "threading",
}


def names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }


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


def test_no_model_overrides_save() -> None:
    overriding = [
        f"{name}:{node.name}"
        for name, tree in trees("bihuan")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}
    ]

    assert overriding == []


def test_the_rule_bites() -> None:
    planted = ast.parse("def page(request):\n    Problem.objects.create(title='x')\n    problem.save()")

    assert found_writes(planted) == ["Problem.objects.create", "problem.save"]
