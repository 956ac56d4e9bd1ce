"""Every action names its actor and its moment; the registry is the list, and nothing that acts stands beside it."""

import ast
import importlib
import inspect
import re
from collections import Counter

import pytest

from bihuan.core.action import REGISTRY
from tests.house.source import trees

ALL = dict(trees("bihuan"))
ROOMS = {name: tree for name, tree in ALL.items() if re.match(r"bihuan/[a-z]+/actions(\.py|/)", name)}


def acts(tree: ast.Module) -> bool:
    """Whether a module holds an action."""
    return any(
        isinstance(node, ast.FunctionDef) and "action" in map(ast.unparse, node.decorator_list) for node in tree.body
    )


for room in {*ROOMS} | {name for name, tree in ALL.items() if acts(tree)}:  # the registry holds what was imported
    importlib.import_module(room.removesuffix(".py").removesuffix("/__init__").replace("/", "."))


def test_every_action_takes_by_and_at_as_keywords() -> None:
    wrong = []
    for name, function in REGISTRY.items():
        parameters = inspect.signature(function).parameters
        kinds = {parameters[word].kind for word in ("by", "at") if word in parameters}
        if not {"by", "at"} <= set(parameters) or kinds != {inspect.Parameter.KEYWORD_ONLY}:
            wrong.append(name)

    assert wrong == []


def settling(rooms: dict[str, ast.Module]) -> set[str]:
    """Modules that act and say themselves in which post a deed is done."""
    return {room for room, tree in rooms.items() if ".acting_in(" in ast.unparse(tree)}


def test_in_which_post_a_step_is_taken_is_settled_in_one_place() -> None:
    undone_in_the_same = (
        "bihuan/matters/actions/__init__.py"  # a correction is done in the post of the step that it takes back
    )

    assert settling(ROOMS) == {"bihuan/organisation/actions/acting.py", undone_in_the_same}


def test_a_room_with_a_way_of_its_own_is_found() -> None:
    planted = ast.parse("audit.deed().by = by.acting_in(post.appointment, post.post, post.behalf)")

    assert settling({"bihuan/x/actions.py": planted}) == {"bihuan/x/actions.py"}


def told_twice(rooms: dict[str, ast.Module]) -> list[str]:
    """Actions of one module that the trail could not tell apart, whatever chapter they stand in."""
    names = Counter(
        f"{room.split('/')[1]}.{node.name}"
        for room, tree in rooms.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and "action" in map(ast.unparse, node.decorator_list)
    )
    return [name for name, count in names.items() if count > 1]


def test_the_trail_names_every_action_by_its_module_alone() -> None:
    assert "rectification.move_problem" in REGISTRY
    assert told_twice(ROOMS) == []


def test_two_actions_of_one_name_are_found() -> None:
    tree = ast.parse("@action\ndef adopt(*, by, at): ...")
    rooms = {f"bihuan/{room}.py": tree for room in ("plans/actions/one", "plans/actions/two", "orders/actions")}

    assert told_twice(rooms) == ["plans.adopt"]


def test_no_action_keeps_the_idempotency_key_for_itself() -> None:
    assert [name for name, function in REGISTRY.items() if "key" in inspect.signature(function).parameters] == []


def unregistered(tree: ast.Module) -> list[str]:
    """Public functions that take an actor and are neither actions nor say that they run inside one."""
    return [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "by" in {one.arg for one in node.args.kwonlyargs}
        and "at" in {one.arg for one in node.args.kwonlyargs}
        and "action" not in map(ast.unparse, node.decorator_list)
        and "inside an action" not in " ".join((ast.get_docstring(node) or "").split())
    ]


@pytest.mark.promise("A3")
def test_whatever_acts_is_an_action_and_so_leaves_a_trail() -> None:
    beside = {name: unregistered(tree) for name, tree in ROOMS.items()}
    modules = {function.__module__.split(".")[1] for function in REGISTRY.values()}

    assert {name: found for name, found in beside.items() if found} == {}
    assert {"organisation", "matters", "petitions", "rectification", "intake"} <= modules


@pytest.mark.teeth("A3")
def test_an_act_without_its_mark_is_found() -> None:
    planted = "def issue_order(order, *, by, at): ...\n\n@action\ndef lapse_order(order, *, by, at): ..."

    assert unregistered(ast.parse(planted)) == ["issue_order"]
