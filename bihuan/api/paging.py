"""Pages of a list by key: rows that come or go meanwhile shift nothing."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from bihuan.api.door import Wrong
from bihuan.lib.quantity import MOST as GREATEST

SIZE, MOST = 50, 200
SIZE_OF_ALL, MOST_OF_ALL = 100, 500


def _cut(rows: QuerySet[Any], size: int) -> tuple[list[Any], int | None]:
    """(the rows of a page, where the next one begins, if there is one)."""
    found = [*rows[: size + 1]]
    shown = found[:size]
    return shown, shown[-1].pk if len(found) > size else None


class Backwards(Schema):
    """Where a page of what is newest first begins, and how long it is."""

    before: int = Field(GREATEST, ge=1, le=GREATEST, description="只要编号比它小的：上一页答复里的 next")
    size: int = Field(SIZE, ge=1, le=MOST, description=f"一页几条，1 到 {MOST}")

    def page_of(self, rows: QuerySet[Any]) -> tuple[list[Any], int | None]:
        """(its rows, where the next page begins, if there is one)."""
        return _cut(rows.filter(pk__lt=self.before).order_by("-pk"), self.size)


class Forwards(Schema):
    """Where a page of what is oldest first begins, and how long it is."""

    after: int = Field(0, ge=0, le=GREATEST, description="接着这个编号往后取：上一页答复里的 next")
    size: int = Field(SIZE_OF_ALL, ge=1, le=MOST_OF_ALL, description=f"一页几条，1 到 {MOST_OF_ALL}")

    def page_of(self, rows: QuerySet[Any]) -> tuple[list[Any], int | None]:
        """(its rows, where the next page begins, if there is one)."""
        return _cut(rows.filter(pk__gt=self.after).order_by("pk"), self.size)


def refuse_unknown(request: HttpRequest, asked: Schema) -> None:
    """Refuse a name that the question does not know: a slip of the pen must not answer with everything."""
    unknown = next((name for name in request.GET if name not in type(asked).model_fields), None)
    if unknown is not None:
        raise Wrong(422, f"没有“{unknown[:40]}”这个条件。")
