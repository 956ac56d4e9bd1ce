"""Lists of petitions in every form they are published in: tables, pasted tables, labelled paragraphs, stories.

Hides which layout a paper has: the first that finds petitions in it is taken.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from bihuan.intake.formats import (
    petition_cards,
    petition_checks,
    petition_fields,
    petition_neighbours,
    petition_pasted,
    petition_prose,
    petition_repeats,
    petition_tables,
    petition_titles,
)
from bihuan.intake.formats import petition_columns as heads
from bihuan.intake.formats.petition_alignment import Row
from bihuan.intake.formats.petition_endings import without_ending
from bihuan.intake.formats.petition_titles import Title
from bihuan.intake.formats.understood import Doubt, Field, Reconciliation, Record, Understanding
from bihuan.lib.paper.document import Document
from bihuan.lib.paper.passage import Passage, of_document
from bihuan.lib.reading.directory import Directory

_PRINTED = re.compile(
    r"(?:(?:现将)?第[^批。]{1,12}批|共(?:计|收到)?|收到[^。]{0,40}?)[^。,、;\d]{0,16}?(?P<n>\d{1,4})\s*件"
)


Part = tuple[list[Passage], list[Row]]


def parts_of(document: Document) -> list[Part]:
    """What stands above the petitions of each batch, and the petitions as rows of words; none where there are none."""
    whole = of_document(document)
    lists = _of_tables(document)
    if lists:
        return lists if len(lists) > 1 else [([whole, *lists[0][0]], lists[0][1])]
    forms = petition_cards.read(document)
    if forms[1]:
        return [forms]
    for read in (petition_pasted.read, petition_prose.labelled, petition_prose.narrative):
        batches = [_of_text(read, piece) for piece in petition_titles.batches(whole)]
        if len(batches) > 1 and all(rows for _, rows in batches):
            return batches
        above, found = _of_text(read, whole)
        if found:
            return [(above, found)]
    return []


def _of_text(read: Callable[[Passage], tuple[int, list[Row]]], text: Passage) -> Part:
    begin, found = read(text) if text else (0, [])
    last = {name: without_ending(piece) for name, piece in found[-1].items()} if found else {}
    return [text.cut(0, begin)], [*found[:-1], last] if found else []


def _of_tables(document: Document) -> list[Part]:
    """A part for each batch that is named above a table; a table below no new batch goes on with the one before."""
    lists: list[tuple[list[Passage], list[petition_tables.Line]]] = []
    for above, lines in petition_tables.parts(document):
        batch = petition_titles.read(above, None).batch.value
        if not lists or (batch and batch != petition_titles.read(lists[-1][0], None).batch.value):
            lists.append((above, list(lines)))
        else:
            lists[-1][1].extend(lines)
    read = [(above, petition_tables.whole(lines)) for above, lines in lists]
    return [part for part in read if part[1]]


def understand_petitions(
    document: Document, *, on: dt.date | None, directory: Directory | None, parts: Sequence[Part] | None = None
) -> Understanding:
    """Every petition of the paper. `on` is a day of its context, `directory` the units and regions of the office.

    A paper without petitions gives none, with a doubt that says so. `parts` are its `parts_of`, where they are known.
    """
    parts = parts_of(document) if parts is None else parts
    titles = [petition_titles.read(above, on) for above, _ in parts]
    rows = [(_settled(row), title) for title, (_, found) in zip(titles, parts, strict=True) for row in found]
    read = [_record(place, row, title, directory) for place, (row, title) in enumerate(rows, start=1)]
    records = petition_neighbours.beside(petition_repeats.twice(read), directory)
    single = len(parts) == 1
    return Understanding(
        document.name,
        "petitions",
        tuple(records),
        (*_doubts(document, records), *_unread([row for row, _ in rows])),
        tuple(line for above, found in parts for line in _reconciled(above, found, single=single)),
        titles[0].heading() if single else _shared(titles),
    )


def _shared(titles: Sequence[Title]) -> Mapping[str, Field]:
    """What the batches of one paper have in common."""
    headings = [title.heading() for title in titles]
    return {
        name: field
        for name, field in (headings[0] if headings else {}).items()
        if all(name in other and other[name].value == field.value for other in headings)
    }


def _unread(rows: Sequence[Row]) -> Iterator[Doubt]:
    """A doubt for each column that no field takes, so that nothing is left out unsaid."""
    unread: dict[str, Passage] = {}
    for row in rows:
        for name, piece in row.items():
            if name.startswith("?") and not heads.PERSONAL.search(name[1:]):
                unread.setdefault(name[1:], piece)
    for label, piece in unread.items():
        yield Doubt(
            "",
            f"“{label}”一栏没有对应的字段，没有读取，请核对是否需要另行登记。",
            kind="column_unread",
            span=piece.span,
        )


_BROKEN = frozenset(
    ("content", "findings", "told", "handling", "goal", "accountability", "remark", "truth", "deadline")
)


def _settled(row: Row) -> Row:
    """The row with the lines put together that a narrow column broke, and what one column tells of two divided."""
    settled = {name: piece.unbroken() if name in _BROKEN else piece for name, piece in row.items()}
    told = settled.pop("told", None)
    missing = [name for name in ("findings", "handling") if name not in settled]
    if told is None or not missing:
        return settled if told is None else settled | {"?told": told}
    return {**settled, **({missing[0]: told} if len(missing) == 1 else petition_prose.found_and_done(told))}


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
    read = {record.value("number") for record in records}
    for piece in petition_tables.passed_over(document):
        if re.sub(r"\s+", "", piece.folded) in read:
            continue
        question = f"“{piece.value}”所在的表没有认出表头，没有读取，请核对这张表。"
        asked.append(Doubt("", question, kind="table_unread", span=piece.span))
    serials = [record for record in records if isinstance(record.value("row"), int)]
    for before, after in pairwise(serials):
        if after.value("row") != before.value("row") + 1 and after.value("row") != 1:
            question = f"序号从{before.value('row')}跳到{after.value('row')}，中间是否漏了？"
            asked.append(Doubt("row", question, kind="row_gap", span=after.fields["row"].span))
    return asked


def _reconciled(above: Sequence[Passage], rows: Sequence[Row], *, single: bool) -> list[Reconciliation]:
    """The number of petitions that the words above print, against those read."""
    for passage in above:
        found = _PRINTED.search(re.sub(r"[ \t]", "", passage.folded))
        if found:
            printed, read = int(found["n"]), len(rows)
            note = "" if printed == read else f"前文写{printed}件，表中读出{read}件，请核对是否缺页或另有附表。"
            batch = "" if single else str(petition_titles.read(above, None).batch.value or "")
            return [Reconciliation(f"{batch}举报件数", printed, read, note)]
    return []
