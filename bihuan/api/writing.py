"""What every write over the API wants: a key of its own, and the version of what it writes to."""

from collections.abc import Callable
from typing import Annotated, Any

from ninja import Header
from pydantic import AfterValidator, Field

from bihuan.api.door import Wrong
from bihuan.core import clock
from bihuan.core.action import Repeated, is_done
from bihuan.gate.policy import Asked

WRITES = (409, 412, 428)
UNVERSIONED = "请在 If-Match 头(或 version)里写明您看过的版本，即读取时的 ETag。"
STALE = "他人已先行办理，现在是版本{version}；请重新读取，看过现在的样子再办。"
SAYS = "要带 Idempotency-Key(同一个键重发不会办第二次)和 If-Match。"


def _without_zero(text: str) -> str:
    if "\0" in text:
        raise ValueError
    return text


Words = Annotated[str, Field(max_length=2_000), AfterValidator(_without_zero)]
Key = Annotated[
    str,
    Header(
        ...,
        alias="Idempotency-Key",
        min_length=8,
        max_length=80,
        pattern=r"^[\x21-\x7e]+$",
        description="这一次办理的键，自己编，8 到 80 个可见字符；重发时不变",
    ),
]
Match = Annotated[str, Header("", alias="If-Match", max_length=40, description="看过的版本，即读取时的 ETag")]


def deed(request: Asked, key: str) -> dict[str, Any]:
    """Who does it, when, and the key by which a second call of the same answers only once."""
    return {"by": request.actor, "at": clock.now(), "key": key}


def hold(request: Asked, row: Any, match: str, version: int | None, key: str) -> None:
    """Refuse a write by somebody who saw another version (412) or says none (428); what this key did before passes."""
    seen = version if version is not None else _version(match)
    if seen is None:
        raise Wrong(428, UNVERSIONED)
    if seen != row.version and not is_done(key, request.actor):
        raise Wrong(412, STALE.format(version=row.version))


def _version(match: str) -> int | None:
    """The version that an If-Match names: "3", W/"3" or 3."""
    figures = match.removeprefix("W/").strip('"')
    return int(figures) if figures.isascii() and figures.isdigit() and len(figures) < 10 else None


def once(run: Callable[[], Any]) -> tuple[Any, bool]:
    """(what the deed gave, whether the same key had done it before; then what it had given is only named)."""
    try:
        return run(), False
    except Repeated as repeated:
        return repeated.result, True
