"""What a database wants now and then: fresh statistics, or its planner guesses a hundredfold wrong."""

from django.db import connection

from bihuan.core.work import Task


def refresh_statistics() -> None:
    """Let the database look at its tables. Run at start, and every night.

    SQLite looks at whole indexes: a tenth of a second for a city. Told to stop after some rows, it takes a value that
    every row has (the city) for a rare one, and sorts the whole ledger for each of its pages.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=0")
        cursor.execute("ANALYZE")


def keep(_: Task) -> str:
    """What the background does every night: who imports for weeks without a new start has fresh statistics, too."""
    refresh_statistics()
    return "查询用的统计已更新。"
