"""What the embedded database's planner cannot know of our data, said in a query: this is true of nearly every row, or
of hardly any.

SQLite has no statistics on how often a value comes in a column without an index. It takes `city = …` for a rare find,
and with enough rows sorts a whole ledger to show its first page. `commonly` compares like `exact`, `commonly_in` like
`in`, and says that it holds for most; `seldom_in` compares like `in`, and says that it holds for few, which an index of
the column leads to. On PostgreSQL, which knows its columns, they say nothing more.
"""

from typing import Any

from django.db.models import Field
from django.db.models.lookups import Exact, In

COMMONLY, COMMONLY_IN = "__commonly", "__commonly_in"
SELDOM_IN = "__seldom_in"


class Likely:
    """A comparison that nearly every row passes, marked so (https://www.sqlite.org/lang_corefunc.html#likely)."""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The comparison, marked."""
        sql, params = self.as_sql(compiler, connection)  # type: ignore[attr-defined]  # the lookup's that it is mixed into
        return f"likely({sql})", params


@Field.register_lookup
class Commonly(Likely, Exact):
    """`city__commonly="130900"`: equal, as nearly every row is."""

    lookup_name = COMMONLY.removeprefix("__")

    def get_rhs_op(self, connection: Any, rhs: str) -> str:  # noqa: ARG002 -- Django's signature
        """As `exact` compares; Django would look the sign up by the lookup's name."""
        return f"= {rhs}"


@Field.register_lookup
class CommonlyIn(Likely, In):
    """`state__commonly_in=["in_tray"]`: one of these, as nearly every row is."""

    lookup_name = COMMONLY_IN.removeprefix("__")


@Field.register_lookup
class SeldomIn(In):
    """`state__seldom_in=["returned"]`: one of these, as hardly any row is."""

    lookup_name = SELDOM_IN.removeprefix("__")

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The comparison, marked."""
        sql, params = self.as_sql(compiler, connection)
        return f"unlikely({sql})", params
