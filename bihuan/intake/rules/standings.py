"""Where the matters of a ledger that is taken over stand, from its records with their answers."""

from collections.abc import Sequence

from bihuan.intake.rules.records import Row
from bihuan.rectification.rules.taking_over import STANDINGS, Standing


def standings_of(rows: Sequence[Row]) -> dict[str, Standing]:
    """{record: where it stands} of the records of which that is known.

    A measure of which the ledger says nothing of its own stands where its problem does.
    """
    above = {row.key: row.text("standing") for row in rows if row.type == "problem"}
    said = {row.key: row.text("standing") or above.get(row.parent, "") for row in rows}
    return {
        row.key: Standing(
            standing=said[row.key],
            word=row.raw("standing") or said[row.key],
            place=row.text("stood_at"),
            progress=row.text("last_progress"),
            closed_on=row.day("closed_on"),
            first_due_on=row.day("first_due_on"),
        )
        for row in rows
        if row.type in ("problem", "measure") and said[row.key] in STANDINGS
    }
