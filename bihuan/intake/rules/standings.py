"""Where the matters of a ledger that is taken over stand, from its records with their answers."""

from collections.abc import Collection, Mapping, Sequence

from bihuan.intake.rules.records import Row, of_type
from bihuan.organisation.rules.duties import DutyRole
from bihuan.petitions.rules import taking_over as petitions
from bihuan.petitions.rules.taking_over import PetitionStanding
from bihuan.rectification.rules.taking_over import STANDINGS, Standing


def standings_of(rows: Sequence[Row], held: Collection[str]) -> dict[str, Standing]:
    """{record: where it stands} of the records of which that is known and that wait for no answer (`held`).

    A measure of which the ledger says nothing of its own stands where its problem does.
    """
    above = {row.key: row for row in rows if row.type == "problem"}
    said = {row.key: row.text("standing") or _of_problem(row, above).text("standing") for row in rows}
    return {
        row.key: Standing(
            standing=said[row.key],
            word=row.raw("standing") or said[row.key],
            place=row.text("stood_at"),
            progress=row.text("last_progress"),
            closed_on=row.day("closed_on")
            or (_of_problem(row, above).day("closed_on") if _is_beside(row, above) else None),
            first_due_on=row.day("first_due_on"),
            is_moved=row.says("first_due_on"),
            filing_number=row.text("filing_number"),
        )
        for row in rows
        if row.type in ("problem", "measure") and said[row.key] in STANDINGS and row.key not in held
    }


def _of_problem(row: Row, above: Mapping[str, Row]) -> Row:
    return above.get(row.parent, Row({"type": "", "fields": {}}))


def _is_beside(row: Row, above: Mapping[str, Row]) -> bool:
    """Whether a measure stands in its problem's own row, and is said to be closed when that is."""
    return bool(row.text("stood_at")) and row.text("stood_at") == _of_problem(row, above).text("stood_at")


def petition_standings(
    rows: Sequence[Row], held: Collection[str], units: Mapping[str, int]
) -> dict[str, PetitionStanding]:
    """The same of petitions: {record: where it stands}. `units` are ids by name."""
    return {
        row.key: PetitionStanding(
            standing=row.text("standing"),
            word=row.raw("standing") or row.text("standing"),
            place=row.text("stood_at"),
            closing=row.text("closing"),
            progress=row.text("last_progress"),
            handed_over_on=row.day("handed_over_on"),
            signed_on=row.day("signed_on"),
            closed_on=row.day("closed_on"),
            first_due_on=row.day("first_due_on") or row.day("due_on"),
            due_on=row.day("due_on") or row.day("first_due_on"),
            reply_due_on=row.day("due_on") if row.value("is_reply") else None,
            filing_number=row.text("filing_number"),
            bearers={role: _units(row, role, units) for role in (DutyRole.RESPONSIBLE, DutyRole.SUPPORTING)},
        )
        for row in of_type(rows, "petition")
        if row.text("standing") in petitions.STANDINGS and row.key not in held
    }


def _units(row: Row, role: DutyRole, units: Mapping[str, int]) -> dict[int, str]:
    """{unit: its words in the ledger} of those that bear a role."""
    return {units[name]: name for name in map(str, row.many(role.value)) if name in units}
