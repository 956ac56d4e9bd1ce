"""Which kind of paper it is, and who understands it."""

from datetime import date

from bihuan.intake.formats.petitions import understand_petitions
from bihuan.intake.formats.plan import understand_plan
from bihuan.intake.formats.understood import Understanding
from bihuan.lib.paper.document import Document
from bihuan.lib.reading.directory import Directory


def understand(document: Document, *, on: date | None, directory: Directory) -> Understanding:
    """Understand a paper of any kind."""
    plan = understand_plan(document, on=on, directory=directory)
    return plan if plan.records else understand_petitions(document, on=on, directory=directory)
