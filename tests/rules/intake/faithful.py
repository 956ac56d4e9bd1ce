"""Holds an understanding to its paper: every field's words stand where it says, and nothing in it was invented."""

import re
from collections.abc import Iterator, Mapping

from bihuan.intake.formats.understood import Field, Understanding
from bihuan.lib.chinese import clean, half_width
from bihuan.lib.paper.document import Document, Span


def normal(text: str) -> str:
    """Simplified, half-width, without blanks."""
    return re.sub(r"\s+", "", half_width(clean(text).text))


def words_at(document: Document, span: Span) -> str:
    """The raw words at a span, those that stand elsewhere behind them."""
    return "".join(_words_at(document, one) for one in (span, *span.also))


def _words_at(document: Document, span: Span) -> str:
    if span.table is not None:
        table = next(table for table in document.tables() if table.index == span.table)
        cell = next(cell for cell in table.cells if (cell.row, cell.column) == (span.row, span.cell))
        return cell.text[span.start : span.end]
    if span.paragraph is None:
        return document.text[span.start : span.end]
    texts = {paragraph.at.paragraph: paragraph.text for paragraph in document.paragraphs()}
    return texts[span.paragraph][span.start : span.end]


def faults(document: Document, understood: Understanding) -> list[str]:
    """What is not faithful, in words; an empty list is what a test asks for."""
    source = normal(document.text or "".join(_texts(document)))
    found: list[str] = []
    fields = [("heading", name, field) for name, field in understood.heading.items()]
    fields += [(record.key, name, field) for record in understood.records for name, field in record.fields.items()]
    for key, name, field in fields:
        found.extend(f"{key} {name}: {fault}" for fault in _faults(document, source, field))
    return found


def _texts(document: Document) -> Iterator[str]:
    for block in document.paragraphs():
        yield block.text
    for table in document.tables():
        yield from (cell.text for cell in table.cells)


def _faults(document: Document, source: str, field: Field) -> Iterator[str]:
    if field.value is None:
        return
    if field.span is None or not field.raw:
        yield "has a value but no words"
        return
    if normal(words_at(document, field.span)) != normal(field.raw):
        yield f"{field.raw!r} does not stand at {field.span.plain()}: {words_at(document, field.span)!r}"
    if field.derived is None:
        # Words put together from several places are held to these places: `raw` was just found there.
        together = normal(field.raw) if field.span.also else ""
        for value in _values(field.value):
            if normal(value) not in source and normal(value) not in together:
                yield f"{value!r} is not in the paper"


def _values(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _values(inner)
    elif value is not None:
        yield str(value)
