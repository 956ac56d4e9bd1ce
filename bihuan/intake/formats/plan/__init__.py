"""Understands a city's or county's rectification plan: narrative, tables or copied lines, in, records out.

Hides which of its forms a paper has; the same plan gives the same records in each.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from bihuan.intake.formats.plan.amendments import amendments, is_amendment
from bihuan.intake.formats.plan.drafts import Draft
from bihuan.intake.formats.plan.heading import read_heading
from bihuan.intake.formats.plan.labels import mended
from bihuan.intake.formats.plan.measures import unbroken
from bihuan.intake.formats.plan.narrative import read_narrative
from bihuan.intake.formats.plan.noise import without_noise
from bihuan.intake.formats.plan.pasted import barred_grid, lined_grid
from bihuan.intake.formats.plan.records import records
from bihuan.intake.formats.plan.tables import grid_of, read_grids
from bihuan.intake.formats.plan.totals import reconcile
from bihuan.intake.formats.understood import Doubt, Field, Record, Understanding
from bihuan.lib.paper.document import Document, Paragraph, Table
from bihuan.lib.paper.passage import Passage, passage
from bihuan.lib.reading.directory import Directory, default_directory, homeless_directory
from bihuan.lib.reading.document_numbers import read_document_number

__all__ = ["understand_plan"]


def understand_plan(document: Document, *, on: date | None, directory: Directory) -> Understanding:
    """What a plan says.

    A directory without a home takes the place in the paper's title for it. `on` is a day of its context, for deadlines
    without a year; without it the year of the document number serves, and where the two differ a year is asked. Nothing
    is invented: a value stands in the paper or names the rule that made it; what is open is a doubt.
    """
    raw = [mended(passage(paragraph.text, paragraph.at)) for paragraph in document.paragraphs()]
    lines = without_noise(raw)
    sheet = next((table.title for table in document.tables() if table.title), "")
    draft = _draft(document, lines, without_noise(raw, keeps_numbers=True))
    heading = read_heading(lines, sheet, directory)
    if heading["title"].span is None:
        heading = read_heading([*draft.outside, *lines], sheet, directory)
    directory = _at_home(heading, directory)
    made = _records(draft, lines, heading, _context_day(on, heading), directory)
    totals = [] if any(record.type == "amendment" for record in made) else reconcile(draft.outside, made)
    return Understanding(
        document.name, "plan", tuple(made), (*_doubts(made, directory), *_unread(draft)), tuple(totals), heading
    )


def _records(
    draft: Draft, lines: Sequence[Passage], heading: dict[str, Field], on: date | None, directory: Directory
) -> list[Record]:
    if is_amendment(heading["title"].value) and (moved := amendments(draft, lines, on)):
        return moved
    return records(draft, on, directory)


def _draft(document: Document, lines: Sequence[Passage], numbered: Sequence[Passage]) -> Draft:
    tables = read_grids(
        [grid_of(table) for table in document.tables()], [_above(document, at) for at in _tables(document)]
    )
    if not tables.entries:
        for deal in (lined_grid, barred_grid):
            grid, outside = deal(numbered)
            tables = read_grids([grid] if grid else [])
            if tables.entries:
                return Draft(tables.entries, tables.aspects, [*outside, *tables.outside], tables.unread)
    narrative = read_narrative(lines)
    entries = [entry for entry in narrative.entries if not tables.entries or entry.measures]
    return Draft([*entries, *tables.entries], [], [*narrative.outside, *tables.outside], tables.unread)


def _tables(document: Document) -> list[int]:
    return [at for at, block in enumerate(document.blocks) if isinstance(block, Table)]


def _above(document: Document, at: int) -> Passage | None:
    """The line right above a table: the number of its problem may stand there."""
    block = document.blocks[at - 1] if at else None
    return passage(block.text, block.at) if isinstance(block, Paragraph) else None


def _at_home(heading: dict[str, Field], directory: Directory) -> Directory:
    code = heading["region_code"].value
    if directory.home or directory.units:
        return directory
    is_home = isinstance(code, str) and not code.endswith("0000")
    return default_directory(str(code)) if is_home else homeless_directory()


def _doubts(made: Sequence[Record], directory: Directory) -> tuple[Doubt, ...]:
    if not made:
        return (Doubt("", "没有读出问题和措施，请确认这是整改方案。", kind="nothing_read"),)
    if not directory.home:
        return (Doubt("region", "标题没有写明是哪个市或县(市、区)的方案，请选择所属地区。", kind="home_unknown"),)
    return ()


def _unread(draft: Draft) -> Iterator[Doubt]:
    """A doubt for each column that no field takes, so that nothing is left out unsaid."""
    columns = {unbroken(words).text: words for words in reversed(draft.unread)} if draft.entries else {}
    for label, words in columns.items():
        question = f"“{label}”一栏没有对应的字段，没有读取，请核对是否需要另行登记。"
        yield Doubt("", question, kind="column_unread", span=words.span)


def _context_day(on: date | None, heading: dict[str, Field]) -> date | None:
    """The day that a missing year is taken from; none, so that it is asked, where the paper's number has another."""
    printed = _year_of(heading)
    if on and printed and on.year != printed.year:
        return None
    return on or printed


def _year_of(heading: dict[str, Field]) -> date | None:
    number = heading["document_number"].value
    year = read_document_number(number).year if isinstance(number, str) else None
    return date(year, 1, 1) if year else None
