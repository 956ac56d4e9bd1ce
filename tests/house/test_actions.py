"""Every action names its actor and its moment; the registry is the list."""

import inspect

from bihuan import wiring
from bihuan.core.action import REGISTRY


def test_every_action_takes_by_and_at_as_keywords() -> None:
    assert wiring.CHECKS  # the house is loaded
    wrong = []
    for name, function in REGISTRY.items():
        parameters = inspect.signature(function).parameters
        kinds = {parameters[word].kind for word in ("by", "at") if word in parameters}
        if not {"by", "at"} <= set(parameters) or kinds != {inspect.Parameter.KEYWORD_ONLY}:
            wrong.append(name)

    assert wrong == []


def test_no_action_keeps_the_idempotency_key_for_itself() -> None:
    assert [name for name, function in REGISTRY.items() if "key" in inspect.signature(function).parameters] == []
