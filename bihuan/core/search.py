"""The search index: the words of every matter as character pairs, in the database's own full text table.

Hides the two dialects (FTS5 on SQLite, tsvector on PostgreSQL). The index is derived: `rebuild` makes it anew.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
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
    asked = phrases(words)
    if not asked:
        return None
    if connection.vendor == "sqlite":
        query = " AND ".join(_fts5(phrase) for phrase in asked)
        return RawSQL(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", (query,))  # noqa: S608, S611 -- our own table's name; what is asked for is a parameter
    query = " & ".join(_tsquery(phrase) for phrase in asked)
    return RawSQL(f"SELECT rowid FROM {TABLE} WHERE words @@ to_tsquery('simple', %s)", (query,))  # noqa: S608, S611 -- as above


def _fts5(phrase: list[str]) -> str:
    if phrase[-1].endswith("*"):
        return f'"{phrase[-1][:-1]}"*'
    return '"' + " ".join(phrase) + '"'


def _tsquery(phrase: list[str]) -> str:
    if phrase[-1].endswith("*"):
        return f"'{phrase[-1][:-1]}':*"
    return " <-> ".join(f"'{gram}'" for gram in phrase)
