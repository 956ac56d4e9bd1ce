"""The search index: the words of every matter as character pairs, in the database's own full text table.

Hides the two dialects (FTS5 on SQLite, tsvector on PostgreSQL). The index is derived: `rebuild` makes it anew.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from bihuan.lib.grams import grams, phrases

TABLE = "bihuan_search"
CHUNK = 500


def install(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- a migration's signature
    """Make the table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, tokenize='unicode61')")
        return
    schema_editor.execute(f"CREATE TABLE {TABLE} (rowid bigint PRIMARY KEY, words tsvector NOT NULL)")
    schema_editor.execute(f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)")


def index(texts: Iterable[tuple[int, str]]) -> None:
    """Put the words of matters (by id) into the index, in place of what it held of them."""
    rows = [(matter, grams(text)) for matter, text in texts]
    fill = "%s" if connection.vendor == "sqlite" else "to_tsvector('simple', %s)"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), CHUNK):
            some = rows[start : start + CHUNK]
            cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(matter,) for matter, _ in some])  # noqa: S608 -- our own table's name
            cursor.executemany(f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, {fill})", some)  # noqa: S608 -- as above


def matching(words: str) -> RawSQL | None:
    """The ids of matters that hold all the words, as a subquery; None where the words hold nothing to look for."""
    asked = _asked(words)
    if not asked:
        return None
    return RawSQL(f"SELECT rowid FROM {TABLE} WHERE {_match()}", (asked,))  # noqa: S608, S611 -- our own table's name; what is asked for is a parameter


def newest(rows: QuerySet[Any], matter: str, words: str) -> QuerySet[Any]:
    """The rows whose matter (in their column `matter`) holds all the words, newest first.

    The index is gone through from its newest entry on, and no further than the rows that are taken.
    """
    asked = _asked(words)
    if not asked:
        return rows.none()
    holding = f"{TABLE}.rowid = {matter} AND {_match()}"
    return rows.order_by().extra(tables=[TABLE], where=[holding], params=[asked], order_by=[f"-{TABLE}.rowid"])  # noqa: S610 -- as above


def _asked(words: str) -> str:
    """The words in the language of the database's full text; "" where they hold nothing to look for."""
    if connection.vendor == "sqlite":
        return " AND ".join(map(_fts5, phrases(words)))
    return " & ".join(map(_tsquery, phrases(words)))


def _match() -> str:
    return f"{TABLE} MATCH %s" if connection.vendor == "sqlite" else f"{TABLE}.words @@ to_tsquery('simple', %s)"


def _fts5(phrase: list[str]) -> str:
    if phrase[-1].endswith("*"):
        return f'"{phrase[-1][:-1]}"*'
    return '"' + " ".join(phrase) + '"'


def _tsquery(phrase: list[str]) -> str:
    if phrase[-1].endswith("*"):
        return f"'{phrase[-1][:-1]}':*"
    return " <-> ".join(f"'{gram}'" for gram in phrase)
