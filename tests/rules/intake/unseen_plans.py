"""Reads plans for the tests on unseen shapes, each understanding held to its paper."""

from bihuan.intake.formats.plan import understand_plan
from bihuan.intake.formats.understood import Understanding
from bihuan.lib.paper.document import Document
from bihuan.lib.reading.directory import default_directory
from tests.rules.intake.faithful import faults
from tests.rules.intake.plan_papers import Rows, paragraphs, tables

CITY = default_directory("130900")


def understood(document: Document) -> Understanding:
    read = understand_plan(document, on=None, directory=CITY)
    assert faults(document, read) == []
    return read


def narrated(text: str) -> Understanding:
    return understood(paragraphs(text))


def tabled(*rows: Rows) -> Understanding:
    return understood(tables(*rows))
