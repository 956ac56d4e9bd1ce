"""Lists of petitions in every form they are published in: tables, pasted tables, labelled paragraphs, stories.

Hides which layout a paper has: the first that finds petitions in it is taken.
"""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from bihuan.intake.formats import (
    petition_checks,
    petition_fields,
    petition_pasted,
    petition_prose,
    petition_tables,
    petition_titles,
)
from bihuan.intake.formats.petition_alignment import Row
from bihuan.intake.formats.petition_titles import Title
from bihuan.intake.formats.understood import Doubt, Reconciliation, Record, Understanding
from bihuan.lib.paper.document import Document
from bihuan.lib.paper.passage import Passage, of_document
from bihuan.lib.reading.directory import Directory

_PRINTED = re.compile(
    r"(?:(?:现将)?第[^批。]{1,12}批|共(?:计|收到)?|收到[^。]{0,40}?)[^。,、;\d]{0,16}?(?P<n>\d{1,4})\s*件"
)


def rows_of(document: Document) -> tuple[list[Passage], list[Row]]:
    """What stands above the petitions, and the petitions as rows of words; no rows where there are none."""
    whole = of_document(document)
    found = petition_tables.rows(document)
    if found:
        return [whole, *petition_tables.title_passages(document)], found
    for read in (petition_pasted.read, petition_prose.labelled, petition_prose.narrative):
        begin, found = read(whole) if whole else (0, [])
        if found:
            return [whole.cut(0, begin)], found
    return [whole], []


def understand_petitions(document: Document, *, on: dt.date | None, directory: Directory | None) -> Understanding:
    """Every petition of the paper. `on` is a day of its context, `directory` the units and regions of the office.

    A paper without petitions gives none, with a doubt that says so.
    """
    above, rows = rows_of(document)
    title = petition_titles.read(above, on)
    records = petition_checks.twice([_record(place, row, title, directory) for place, row in enumerate(rows, start=1)])
    return Understanding(
        document.name,
        "petitions",
        tuple(records),
        tuple(_doubts(document, records)),
        tuple(_reconciled(above, records)),
        title.heading(),
    )


def _record(place: int, row: Row, title: Title, directory: Directory | None) -> Record:
    fields = petition_fields.fields(row, title)
    doubts = petition_checks.doubts(row, fields, petition_fields.day_of(row, title), directory)
    return Record("petition", fields, doubts, f"petition:{place}")


def _doubts(document: Document, records: Sequence[Record]) -> list[Doubt]:
    asked = []
    if not records:
        asked.append(Doubt("", "没有读出举报件，请检查是否选对了文件。", kind="nothing_read"))
    for piece in petition_tables.personal_columns(document):
        question = f"表里有“{piece.value}”一栏，可能是举报人信息，没有读取，请另行保密登记。"
        asked.append(Doubt("", question, kind="personal_column", span=piece.span))
    serials = [record for record in records if isinstance(record.value("row"), int)]
    for before, after in pairwise(serials):
        if after.value("row") != before.value("row") + 1 and after.value("row") != 1:
            question = f"序号从{before.value('row')}跳到{after.value('row')}，中间是否漏了？"
            asked.append(Doubt("row", question, kind="row_gap", span=after.fields["row"].span))
    return asked


def _reconciled(above: Sequence[Passage], records: Sequence[Record]) -> list[Reconciliation]:
    """The number of petitions that the words above print, against those read."""
    for passage in above:
        found = _PRINTED.search(re.sub(r"[ \t]", "", passage.folded))
        if found:
            printed, read = int(found["n"]), len(records)
            note = "" if printed == read else f"前文写{printed}件，表中读出{read}件，请核对是否缺页或另有附表。"
            return [Reconciliation("举报件数", printed, read, note)]
    return []
