"""Every row from one database into an empty other, of whatever kind; and the proof that both hold the same.

Hides the order of tables, the search index and the counters of keys. All of it is one transaction: a move that does not
end leaves the other as empty as it was.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from bihuan.core import audit, search

PAGE = 2000
Said = Callable[[str, int], None]


class NotEmpty(Exception):  # noqa: N818 -- reads as a sentence
    """The other database holds something already."""


class Unlike(Exception):  # noqa: N818 -- reads as a sentence
    """The two databases do not hold the same; the message names the table."""


def tables() -> list[type[models.Model]]:
    """Every stored table, those between two tables too."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def move(to: str, said: Said) -> int:
    """Copy every row into the database known as `to`, whose tables are there and empty; how many rows.

    Refuses with `NotEmpty`, and with `Unlike` where afterwards a table does not hold the same as here.
    """
    if any(model._default_manager.using(to).exists() for model in tables() if _is_ours(model)):
        raise NotEmpty("目标数据库里已有数据；搬家只进空的数据库，请新建一个。两边的数据都没有动。")
    count = 0
    with transaction.atomic(), transaction.atomic(using=to):  # the first holds what is read still
        for model in tables():
            if not _is_ours(model):  # Django fills these by itself, with other keys
                _execute(to, f"DELETE FROM {model._meta.db_table}")  # noqa: S608 -- a table of the program's own
        for model in tables():
            moved = _copy(model, to)
            count += moved
            said(str(model._meta.verbose_name), moved)
        said("查找索引", search.copy(DEFAULT_DB_ALIAS, to))
        for statement in connections[to].ops.sequence_reset_sql(no_style(), tables()):
            _execute(to, statement)
        if wrong := next(differing(to), ""):
            raise Unlike(f"{wrong}搬过去以后与原来不同，已全部撤回；两边的数据都没有动。")
    return count


def _is_ours(model: type[models.Model]) -> bool:
    return model._meta.app_label == "bihuan"


def _copy(model: type[models.Model], to: str) -> int:
    columns, target = model._meta.concrete_fields, connections[to]
    names, marks = ", ".join(f'"{one.column}"' for one in columns), ", ".join(["%s"] * len(columns))
    insertion = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})'  # noqa: S608 -- as above
    count = 0
    with target.cursor() as cursor:
        for rows in _pages(model, DEFAULT_DB_ALIAS):
            cursor.executemany(
                insertion,
                [
                    [column.get_db_prep_save(value, target) for column, value in zip(columns, row, strict=True)]
                    for row in rows
                ],
            )
            count += len(rows)
    return count


def _pages(model: type[models.Model], using: str) -> Iterator[list[tuple[Any, ...]]]:
    names = [column.attname for column in model._meta.concrete_fields]
    page: list[tuple[Any, ...]] = []
    for row in model._default_manager.using(using).order_by("pk").values_list(*names).iterator(PAGE):
        page.append(row)
        if len(page) == PAGE:
            yield page
            page = []
    if page:
        yield page


def _execute(using: str, statement: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(statement)


def differing(to: str) -> Iterator[str]:
    """The name of each table that does not hold the same, row by row, in both databases."""
    for model in tables():
        if digest(model, DEFAULT_DB_ALIAS) != digest(model, to):
            yield f"“{model._meta.verbose_name}”"


def digest(model: type[models.Model], using: str) -> str:
    """SHA-256 over all rows of a table in the order of their keys, each value as the trail writes it."""
    whole = hashlib.sha256()
    for rows in _pages(model, using):
        for row in rows:
            whole.update(audit.canonical([audit.plain_value(value) for value in row]).encode() + b"\n")
    return whole.hexdigest()
