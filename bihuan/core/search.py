"""The search index: the words of every matter as character pairs, in the database's own full text table.

Hides the two dialects (FTS5 on SQLite, tsvector on PostgreSQL), and that each pair stands under the letter of its kind
of matter, so that a word of every petition costs a search of the problems nothing. The index is derived.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from itertools import islice
from typing import Any

from django.db import connection, connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from bihuan.lib.grams import grams, phrases

TABLE = "bihuan_search"
CHUNK = 500
LETTERS = {"problem": "p", "measure": "m", "petition": "x", "release": "r"}
RELEASES = 1 << 40  # no matter comes so far: public texts stand behind it, each by its own id
Put = Callable[[Sequence[Any]], None]
_meant: ContextVar[dict[int, str] | None] = ContextVar("meant", default=None)


def make_index(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- a migration's signature
    """Make the table of the index."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, tokenize='unicode61')")
        return
    schema_editor.execute(f"CREATE TABLE {TABLE} (rowid bigint PRIMARY KEY, words tsvector NOT NULL)")
    schema_editor.execute(f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)")


def index(kind: str, texts: Iterable[tuple[int, str]]) -> None:
    """Put the words of matters (by id) of one kind into the index, in place of what it held of them."""
    letter = LETTERS[kind]
    rows = [(matter, " ".join(letter + gram for gram in grams(text).split())) for matter, text in texts]
    if (meant := _meant.get()) is not None:
        meant.update(rows)
        return
    fill = "%s" if connection.vendor == "sqlite" else "to_tsvector('simple', %s)"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), CHUNK):
            some = rows[start : start + CHUNK]
            cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(matter,) for matter, _ in some])  # noqa: S608 -- our own table's name
            cursor.executemany(f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, {fill})", some)  # noqa: S608 -- as above


def copy(source: str, to: str) -> int:
    """Fill the empty index of another database from an embedded one's; how many matters."""
    fill = "%s" if connections[to].vendor == "sqlite" else "to_tsvector('simple', %s)"
    count = 0
    with connections[source].cursor() as reading, connections[to].cursor() as writing:
        reading.execute(f"SELECT rowid, words FROM {TABLE} ORDER BY rowid")  # noqa: S608 -- our own table's name
        while rows := reading.fetchmany(CHUNK):
            writing.executemany(f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, {fill})", rows)  # noqa: S608 -- as above
            count += len(rows)
    return count


def matching(words: str, *, kind: str) -> RawSQL | None:
    """The ids of the matters of one kind that hold all the words, as a subquery; None where there is nothing to look
    for in them.
    """
    asked = _asked(words, kind)
    if not asked:
        return None
    return RawSQL(f"SELECT rowid FROM {TABLE} WHERE {_match()}", (asked,))  # noqa: S608, S611 -- our own table's name; what is asked for is a parameter


def newest(rows: QuerySet[Any], matter: str, words: str, *, kind: str) -> QuerySet[Any]:
    """The rows whose matter (in their column `matter`; of public texts their own id) holds all the words, newest first.

    The index is gone through from its newest entry on, no further than the rows that are taken.
    """
    asked = _asked(words, kind)
    if not asked:
        return rows.none()
    place = f"{matter} = {TABLE}.rowid - {RELEASES}" if kind == "release" else f"{TABLE}.rowid = {matter}"
    holding = f"{place} AND {_match()}"
    return rows.order_by().extra(tables=[TABLE], where=[holding], params=[asked], order_by=[f"-{TABLE}.rowid"])  # noqa: S610 -- as above


def _asked(words: str, kind: str) -> str:
    """The words in the language of the database's full text; "" where they hold nothing to look for."""
    marked = [[LETTERS[kind] + gram for gram in phrase] for phrase in phrases(words)]
    if connection.vendor == "sqlite":
        return " AND ".join(map(_fts5, marked))
    return " & ".join(map(_tsquery, marked))


def _match() -> str:
    return f"{TABLE} MATCH %s" if connection.vendor == "sqlite" else f"{TABLE}.words @@ to_tsquery('simple', %s)"


def disagreeing(put: Put, rows: Iterator[Any]) -> Iterator[tuple[int, str]]:
    """(matter, what is wrong) where the index does not hold what `put` would put in of these rows today."""
    while some := [*islice(rows, CHUNK)]:
        yield from _wrong(put, some)


def _wrong(put: Put, rows: Sequence[Any]) -> Iterator[tuple[int, str]]:
    meant: dict[int, str] = {}
    token = _meant.set(meant)
    try:
        put(rows)
    finally:
        _meant.reset(token)
    held = _agreeing(meant) if meant else {}
    for matter in meant:
        if not held.get(matter, False):
            yield matter, "查找索引里的词与台账不符。" if matter in held else "查找索引里没有这一件。"


def _agreeing(meant: Mapping[int, str]) -> dict[int, bool]:
    """For each of these matters that the index holds: whether it holds these words."""
    matters = [*meant]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(matters))
            cursor.execute(f"SELECT rowid, words FROM {TABLE} WHERE rowid IN ({marks})", matters)  # noqa: S608 -- as above
            return {matter: words == meant[matter] for matter, words in cursor.fetchall()}
        cursor.execute(
            f"SELECT s.rowid, s.words = to_tsvector('simple', m.words) FROM unnest(%s::bigint[], %s::text[]) "  # noqa: S608 -- as above
            f"AS m(matter, words) JOIN {TABLE} s ON s.rowid = m.matter",
            [matters, [*meant.values()]],
        )
        return dict(cursor.fetchall())


def strays(matters: QuerySet[Any]) -> list[int]:
    """The rows of the index that belong to none of these matters."""
    known, params = matters.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        asked = f"SELECT rowid FROM {TABLE} WHERE rowid < {RELEASES} AND rowid NOT IN ({known}) ORDER BY rowid"  # noqa: S608 -- our own table's name
        cursor.execute(asked, params)
        return [row for (row,) in cursor.fetchall()]


def _fts5(phrase: list[str]) -> str:
    if phrase[-1].endswith("*"):
        return f'"{phrase[-1][:-1]}"*'
    return '"' + " ".join(phrase) + '"'


def _tsquery(phrase: list[str]) -> str:
    if phrase[-1].endswith("*"):
        return f"'{phrase[-1][:-1]}':*"
    return " <-> ".join(f"'{gram}'" for gram in phrase)
