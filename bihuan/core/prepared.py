"""Questions that are asked at every turn: Django writes their words once, and only what is given changes.

Where few rows answer, writing takes five times as long as asking. Hides that a compiler of Django's is used again.
"""

from collections.abc import Callable, Hashable, Iterator
from copy import copy
from datetime import date, datetime
from functools import partial, wraps
from inspect import signature
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from bihuan.core.actor import Actor

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
Kept = TypeVar("Kept")
MOST = 64  # kinds of arguments for which words are kept; then all are dropped
_made: list[dict[Any, Any]] = []  # of every prepared question
PAGE = 2000  # answers of a long question that are held at once
FIRST = -(2**63)  # no key of a row is smaller, not even one that somebody made up
MANY = (list, tuple, set, frozenset)
ROOM = 512  # for how many at once words are kept; whoever gives more waits for the rows, not for the words


class _Place(Value):
    """Where a value stands that is given later, under its parameter's name; of several, which."""

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:  # noqa: ARG002 -- Django's own words
        """A place, and itself instead of a value."""
        return "%s", [self]

    def __eq__(self, other: object) -> bool:
        if other and isinstance(other, str | int | date):  # Django itself asks whether it is the empty text
            raise TypeError("a prepared question does not look at what it is given")
        return self is other

    def __hash__(self) -> int:
        return id(self)


class _Places(_Place):
    """Where several values stand: the parameter's name, and for how many there is room."""

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:  # noqa: ARG002 -- as above
        """As many places."""
        name, room = self.value
        return f"({', '.join(['%s'] * room)})", [_Place((name, which)) for which in range(room)]


class _Words(NamedTuple):
    """What was written: None where Django saw that nothing can answer."""

    compiler: SQLCompiler
    written: tuple[str, tuple[Any, ...]] | None


class Asked(Generic[Answer]):
    """The answers of a prepared question, asked whenever they are gone through. It cannot be narrowed any more."""

    def __init__(self, query: "QuerySet[Any, Answer]") -> None:
        self._query = query

    def __iter__(self) -> Iterator[Answer]:
        return iter(self._query)

    def first(self) -> Answer | None:
        """The first answer; None where there is none. Where there may be many, the question is cut itself (`[:1]`)."""
        return next(iter(self._query), None)


def prepared(build: Callable[Given, "QuerySet[Any, Answer]"]) -> Callable[Given, Asked[Answer]]:
    """Let a function that makes a query be called as before, and make it but once for each kind of arguments.

    Texts, whole numbers, days and moments, and several of these at once, are given anew each time: the function may put
    them into conditions, and is refused where it compares one. None, yes and no, and classes are part of the question;
    so is an actor, as far as he is a person with appointments in a city: who holds others tomorrow asks another one.
    Whatever else is refused: a row is given by its key, and how a decimal is stored is its column's affair.
    """
    takes, make = signature(build), cast("Callable[..., QuerySet[Any, Answer]]", build)
    names = (*takes.parameters,)
    made: dict[Hashable, tuple[QuerySet[Any, Answer], dict[str, _Words]]] = {}
    _made.append(made)

    @wraps(build)
    def ask(*args: Given.args, **kwargs: Given.kwargs) -> Asked[Answer]:
        is_plain = not kwargs and len(args) == len(names)  # as nearly always: to bind costs as much as the rest
        given = dict(zip(names, args, strict=True)) if is_plain else takes.bind(*args, **kwargs).arguments
        if any(isinstance(value, MANY) and len(value) > ROOM for value in given.values()):
            return Asked(build(*args, **kwargs))
        kind = (*((name, _kind(value)) for name, value in given.items()),)
        rows, words = _known(made, kind, lambda: (make(**_placed(given)), {}))
        query = rows.all()
        query.query.get_compiler = partial(_compiler, rows, words, given)  # type: ignore[method-assign]  # this one's alone
        return Asked(query)

    return ask


def _behind(row: Any) -> tuple[int]:
    return (row.pk + 1,)


def in_pages(
    ask: Callable[..., Asked[Answer]],
    behind: "Callable[[Answer], tuple[int, ...]]" = _behind,
    first: tuple[int, ...] = (FIRST,),
) -> Iterator[Answer]:
    """Every answer in turn, of which no more than a page is held at once: `ask` is given where to begin, first `first`
    and then what stands `behind` the last one, and answers with at most PAGE in that order.

    Few answers cost one question, where a cursor that the database keeps open costs four.
    """
    start = first
    while True:
        page = [*ask(*start)]
        yield from page
        if len(page) < PAGE:
            return
        start = behind(page[-1])


def made_once(build: "Callable[[Actor], QuerySet[Any, Answer]]") -> "Callable[[Actor], QuerySet[Any, Answer]]":
    """Let a function that makes a query for an actor make it once for whoever holds the same posts; every asker has a
    copy of his own, and narrows that.
    """
    made: dict[Hashable, QuerySet[Any, Answer]] = {}
    _made.append(made)

    @wraps(build)
    def ask(by: Actor) -> "QuerySet[Any, Answer]":
        return _known(made, _kind(by), lambda: build(by)).all()

    return ask


def set_aside() -> Callable[[], None]:
    """Drop every word, for whoever changes what questions are made of, as a test does that plants a defect. What is
    returned drops what was written since, and puts back what stood before: for when the change is undone.
    """
    was = [dict(made) for made in _made]

    def put_back() -> None:
        forget()
        for made, words in zip(_made, was, strict=False):  # what was loaded since had no words
            made.update(words)

    forget()
    return put_back


def forget() -> None:
    """Drop every word."""
    for made in _made:
        made.clear()


def _known(made: dict[Hashable, Kept], kind: Hashable, make: Callable[[], Kept]) -> Kept:
    """What was made of this kind; another thread may drop everything meanwhile."""
    found = made.get(kind)
    if found is None:
        if len(made) >= MOST:
            made.clear()
        found = made[kind] = make()
    return found


def _kind(value: Any) -> Any:
    if isinstance(value, MANY) and all(map(_is_given, value)):
        return (MANY, _room(len(value)))
    if _is_given(value):
        return type(value)
    if isinstance(value, Actor):
        return Actor, value.person, value.city, value.held
    if value is None or isinstance(value, bool | type):
        return value
    raise TypeError(f"a prepared question is not given a {type(value).__name__}")


def _room(count: int) -> int:
    """For how many there is room: lists of like length share their words, and the last fills the rest."""
    return 1 << (count - 1).bit_length() if count else 0


def _is_given(value: Any) -> bool:
    return isinstance(value, str | int | date) and not isinstance(value, bool)


def _placed(given: dict[str, Any]) -> dict[str, Any]:
    """The arguments with places for what is given."""
    return {name: _places(name, value) for name, value in given.items()}


def _places(name: str, value: Any) -> Any:
    if isinstance(value, MANY):
        return _Places((name, _room(len(value)))) if value else []
    return _Place((name, None)) if _is_given(value) else value


def _compiler(
    rows: "QuerySet[Any, Any]", words: dict[str, _Words], given: dict[str, Any], using: str, **_: Any
) -> SQLCompiler:
    """A compiler that has nothing left to write."""
    link = connections[using]
    if link.vendor not in words:
        words[link.vendor] = _written(rows.all().query.get_compiler(using))  # which changes its query as it writes
    kept, written = words[link.vendor]
    compiler = copy(kept)
    compiler.connection, compiler.using = link, using
    compiler.as_sql = partial(_filled, written, given, link)  # type: ignore[method-assign]  # as above
    return compiler


def _written(compiler: SQLCompiler) -> _Words:
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return _Words(compiler, None)
    return _Words(compiler, (sql, tuple(params)))


def _filled(
    written: tuple[str, tuple[Any, ...]] | None, given: dict[str, Any], link: Any
) -> tuple[str, tuple[Any, ...]]:
    if written is None:
        raise EmptyResultSet
    lists = {name: [*value] for name, value in given.items() if isinstance(value, MANY)}
    sql, params = written
    return sql, tuple(
        _stored(_value(one.value, given, lists), link) if isinstance(one, _Place) else one for one in params
    )


def _value(place: tuple[str, int | None], given: dict[str, Any], lists: dict[str, list[Any]]) -> Any:
    name, which = place
    return given[name] if which is None else lists[name][min(which, len(lists[name]) - 1)]


def _stored(value: Any, link: Any) -> Any:
    """A value as the database's driver takes it."""
    if isinstance(value, datetime):
        return link.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return link.ops.adapt_datefield_value(value)
    return str.__str__(value) if isinstance(value, str) else value
