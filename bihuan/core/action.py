"""`@action`: one deed, one transaction, one actor, one trail.

Hides the transaction, the shared id of everything done inside, the idempotency key, and the refusal to end without a
trail entry. `REGISTRY` lists every action for the tests that walk them.
"""

import functools
import hashlib
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, models, transaction

from bihuan.core import audit, chain, rows
from bihuan.core.actor import Actor
from bihuan.core.vault import Secret
from bihuan.lib import redact
from bihuan.lib.flow import Refused

Params = ParamSpec("Params")
Result = TypeVar("Result")
REGISTRY: dict[str, Callable[..., Any]] = {}
Settling = Callable[[Sequence[audit.Written], datetime], None]
SETTLING: list[Settling] = []
MASKED: set[str] = set()  # rooms and actions whose reasons may be about a petitioner
KEY_LENGTH = 80
OTHER_CONTENT = "这张表单刚才已经办过，这次填的与上次不同，没有办。请刷新页面，看过现在的样子再办。"
OVER = "您这段任职的时间刚到，这一步没有办。请刷新页面，看看您现在还能办什么。"
log = logging.getLogger(__name__)


class Repeated(Exception):  # noqa: N818 -- it is an answer, not an error
    """This person's deed with this key was done before; `result` names what came of it. Nothing was written again."""

    def __init__(self, result: str) -> None:
        super().__init__("这一步刚才已经办过，没有重复办理。")
        self.result = result

    def __reduce__(self) -> tuple[Any, ...]:
        """As it travels from a process to another."""
        return Repeated, (self.result,)


def wire(settling: Iterable[Settling], masked: Collection[str]) -> None:
    """Take in what is kept in step with every deed, from the entries that it wrote; and in which rooms, or by which
    actions, a reason may tell who petitioned. Called once, at start.
    """
    SETTLING[:] = settling
    MASKED.clear()
    MASKED.update(masked)


def action(function: Callable[Params, Result]) -> Callable[Params, Result]:
    """Make a function an action. It takes `by: Actor` and `at: datetime` as keywords, and may be given `key`.

    Inside: one transaction; on an exception nothing of it remains. An action called by another joins its deed. A deed
    that leaves no trail entry is refused with `Untraced`, and one of somebody past his `until` with a sentence. With
    `key`, the same person repeating it raises `Repeated`; the same key with other content is refused. What the database
    refuses as a double is `Overtaken`. Where a reason may tell who petitioned, `note` is masked before anything else
    reads it, whoever calls.
    """
    module = function.__module__.removeprefix("bihuan.").partition(".actions")[0]  # the trail outlives every chapter
    name = f"{module}.{function.__name__}"

    @functools.wraps(function)
    def deed(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        by: Actor = kwargs["by"]  # type: ignore[assignment]  # ParamSpec cannot say "has by"; a house test does
        at: datetime = kwargs["at"]  # type: ignore[assignment]  # as above
        key = str(kwargs.pop("key", "") or "")
        if kwargs.get("note") and not MASKED.isdisjoint((module, name)):
            kwargs["note"] = redact.masked(str(kwargs["note"]))
        if (outer := audit.current.get()) is not None:
            return _joined(outer, lambda: function(*args, **kwargs))
        if by.until is not None and at >= by.until:
            raise Refused(OVER)
        now = audit.Deed(name, by, at, str(kwargs.get("note", "")))
        content = _content(name, args, kwargs) if key else ""
        return _alone(now, key, content, lambda: function(*args, **kwargs))

    REGISTRY[name] = function
    return deed


def is_done(key: str, by: Actor) -> bool:
    """Whether this person did something with that key before: doing it again answers what came of it."""
    return audit.KeyedDeed.objects.filter(key=_short(key), person=by.person or 0).exists()


def _short(key: str) -> str:
    return key if len(key) <= KEY_LENGTH else hashlib.sha256(key.encode()).hexdigest()


def _joined(outer: audit.Deed, run: Callable[[], Result]) -> Result:
    before = len(outer.entries)
    result = run()
    if len(outer.entries) == before:
        raise audit.Untraced("a joined action left no trail")
    return result


def _alone(now: audit.Deed, key: str, content: str, run: Callable[[], Result]) -> Result:
    token = audit.current.set(now)
    try:
        with transaction.atomic():
            row = _claim(now, key, content)
            result = run()
            if not now.entries:
                raise audit.Untraced(f"{now.action} left no trail")
            written = [*now.entries]
            chain.flush(now)
            for settle in SETTLING:
                settle(written, now.at)
            if row is not None:
                row.result = str(getattr(result, "code", "") or getattr(result, "pk", ""))
                rows.update(row, ["result"], person=row.person, key=row.key)
            return result
    except IntegrityError as double:
        log.warning("%s refused by the database: %s", now.action, type(double.__cause__).__name__)
        raise audit.Overtaken("别人刚办了同样的事，或已有同样的一条；请刷新后再办。") from double
    finally:
        audit.current.reset(token)


def _claim(now: audit.Deed, key: str, content: str) -> audit.KeyedDeed | None:
    if not key:
        return None
    key = _short(key)
    person = now.by.person or 0
    row = audit.KeyedDeed(key=key, person=person, deed=now.id, action=now.action, content=content, at=now.at)
    if rows.claim(row):
        return row
    done = audit.KeyedDeed.objects.get(key=key, person=person)
    if done.content != content:
        raise Refused(OTHER_CONTENT)
    raise Repeated(done.result)


def _content(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    """A digest of what is asked: the action and all that it was given, but who, when and on which version."""
    given = {word: value for word, value in kwargs.items() if word not in ("by", "at", "seen")}
    return hashlib.sha256(audit.canonical([name, _told(args), _told(given)]).encode()).hexdigest()


def _told(value: Any) -> Any:
    """What a person can have filled in, as JSON; of anything else only its kind."""
    if is_dataclass(value) and not isinstance(value, type | Secret):
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    match value:
        case models.Model():
            return [value._meta.model_name, value.pk]
        case bytes() | Secret():
            return value.told() if isinstance(value, Secret) else hashlib.sha256(value).hexdigest()
        case None | str() | int() | float() | date() | Decimal():
            return audit.plain_value(value)
        case Mapping():
            return {str(name): _told(one) for name, one in value.items()}
        case Sequence():
            return [_told(one) for one in value]
        case _:
            return type(value).__name__
