"""Makers of small office files for the tests of the readers; every person and place in them is invented."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import docx
import xlsxwriter

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **parts: str | bytes) -> bytes:
    """A .docx whose body is `body` (with the prefix `w:`); other parts by name, `__` for `/` and `_` for `.`."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_W}><w:body>{body}</w:body></w:document>'
    named: dict[str, str | bytes] = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document}
    for name, content in parts.items():
        part = name.replace("__", "/").replace("_", ".")
        wrapped = f"<w:{_root(part)} {_W}>{content!s}</w:{_root(part)}>" if _root(part) else content
        named[part] = wrapped
    return packed(named)


def _root(part: str) -> str:
    return {"word/numbering.xml": "numbering", "word/styles.xml": "styles"}.get(part, "")


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def added(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """The zip file `data` with more parts, or others in their place."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        old: dict[str, str | bytes] = {info.filename: archive.read(info) for info in archive.infolist()}
    return packed({**old, **parts})


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table_document(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A .docx of a title and one table, as Word would save it."""
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return saved(document)


def saved(document: Any) -> bytes:
    """The bytes of a python-docx document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(*sheets: Sequence[Sequence[object]], merged: Sequence[tuple[int, int, int, int, str]] = ()) -> bytes:
    """An .xlsx of these sheets; `merged` ranges (first row, first column, last row, last column, text) on the first."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for number, rows in enumerate(sheets, start=1):
            sheet = book.add_worksheet(f"表{number}")
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
            if number == 1:
                for range_ in merged:
                    sheet.merge_range(*range_)
    return out.getvalue()
