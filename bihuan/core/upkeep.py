"""What a database wants now and then: fresh statistics, or its planner guesses a hundredfold wrong."""

from django.db import connection

ROWS_LOOKED_AT = 1000


def refresh_statistics() -> None:
    """Let the database look at its tables; quick at any size. Run at start and after large imports."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
