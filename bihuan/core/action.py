"""`@action`: one deed, one transaction, one actor, one trail.

Hides the transaction, the shared id of everything done inside, the idempotency key, and the refusal to end without a
trail entry. `REGISTRY` lists every action for the tests that walk them.
"""

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, transaction

from bihuan.core import audit
from bihuan.core.actor import Actor

Params = ParamSpec("Params")
Result = TypeVar("Result")
REGISTRY: dict[str, Callable[..., Any]] = {}


class Repeated(Exception):  # noqa: N818 -- it is an answer, not an error
    """This person's deed with this key was done before; `result` names what came of it. Nothing was written again."""

    def __init__(self, result: str) -> None:
        super().__init__("这一步刚才已经办过，没有重复办理。")
        self.result = result


def action(function: Callable[Params, Result]) -> Callable[Params, Result]:
    """Make a function an action. It takes `by: Actor` and `at: datetime` as keywords, and may be given `key`.

    Inside: one transaction; on an exception nothing of it remains. An action called by another joins its deed. A deed
    that leaves no trail entry is refused with `Untraced`. With `key`, the same person repeating it raises `Repeated`.
    """
    name = f"{function.__module__.removeprefix('bihuan.').removesuffix('.actions')}.{function.__name__}"

    @functools.wraps(function)
    def deed(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        by: Actor = kwargs["by"]  # type: ignore[assignment]  # ParamSpec cannot say "has by"; a house test does
        at: datetime = kwargs["at"]  # type: ignore[assignment]  # as above
        key = str(kwargs.pop("key", "") or "")
        if (outer := audit.current.get()) is not None:
            return _joined(outer, lambda: function(*args, **kwargs))
        return _alone(audit.Deed(name, by, at, str(kwargs.get("note", ""))), key, lambda: function(*args, **kwargs))

    REGISTRY[name] = function
    return deed


def _joined(outer: audit.Deed, run: Callable[[], Result]) -> Result:
    before = len(outer.entries)
    result = run()
    if len(outer.entries) == before:
        raise audit.Untraced("a joined action left no trail")
    return result


def _alone(now: audit.Deed, key: str, run: Callable[[], Result]) -> Result:
    token = audit.current.set(now)
    try:
        with transaction.atomic():
            row = _claim(now, key)
            result = run()
            if not now.entries:
                raise audit.Untraced(f"{now.action} left no trail")
            audit.flush(now)
            if row is not None:
                row.result = str(getattr(result, "code", "") or getattr(result, "pk", ""))
                row.save(update_fields=["result"])
            return result
    finally:
        audit.current.reset(token)


def _claim(now: audit.Deed, key: str) -> audit.KeyedDeed | None:
    if not key:
        return None
    row = audit.KeyedDeed(key=key, person=now.by.person or 0, deed=now.id, action=now.action, at=now.at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        done = audit.KeyedDeed.objects.get(key=key, person=now.by.person or 0)
        raise Repeated(done.result) from None
    return row
