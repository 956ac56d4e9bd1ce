"""What a database wants now and then: fresh statistics, or its planner guesses a hundredfold wrong."""

from django.db import connection


def refresh_statistics() -> None:
    """Let the database look at its tables. Run at start and after large imports.

    SQLite looks at whole indexes: a tenth of a second for a city. Told to stop after some rows, it takes a value that
    every row has (the city) for a rare one, and sorts the whole ledger for each of its pages.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=0")
        cursor.execute("ANALYZE")
