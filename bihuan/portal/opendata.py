"""What was released, for programs: petitions' texts as CSV and JSON, row by row; the figures; what is new as a feed.

Hides the formats. No cell is a formula to whatever opens the file.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from bihuan.core import clock
from bihuan.disclosure.queries import public, public_petitions
from bihuan.disclosure.queries.public_petitions import Result
from bihuan.disclosure.rules import figures
from bihuan.disclosure.rules.figures import Table
from bihuan.disclosure.rules.petition_text import PARTS
from bihuan.gate.policy import policy
from bihuan.portal.petitions import asked_in

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS = {"code": "公开编号", **{part: heading for part, heading in PARTS.items() if part != "title"}}
COLUMNS |= {"published_at": "公开时间", "url": "网址", "sha256": "文本哈希"}
HEADS = ("统计", "行政区域", "项目", "件数")
WHOLE = "合计"
NEW = 50
ATOM = "http://www.w3.org/2005/Atom"


@policy(public=True)
def petitions_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every petition's text that is asked for, one a line."""
    answer = StreamingHttpResponse(_lines(request), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="petitions.csv"'
    return answer


def _lines(request: HttpRequest) -> Iterator[str]:
    yield BOM + _line(COLUMNS.values())
    for one in public_petitions.every(asked_in(request)):
        yield _line(_cell(value) for value in _row(one, request).values())


def _line(cells: Any) -> str:
    kept = io.StringIO()
    csv.writer(kept).writerow(cells)
    return kept.getvalue()


def _cell(value: str) -> str:
    """A value that no program takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value


def _row(one: Result, request: HttpRequest) -> dict[str, str]:
    return {
        "code": one.code,
        **{part: one.fact(part) for part in PARTS if part != "title"},
        "published_at": one.published_at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds"),
        "url": request.build_absolute_uri(reverse("public_petition", args=[one.code])),
        "sha256": one.digest,
    }


@policy(public=True)
def petitions_json(request: HttpRequest) -> StreamingHttpResponse:
    """Every petition's text that is asked for, as one JSON list that is written row by row."""
    return StreamingHttpResponse(_objects(request), content_type="application/json; charset=utf-8")


def _objects(request: HttpRequest) -> Iterator[str]:
    between = '{"petitions": ['
    for one in public_petitions.every(asked_in(request)):
        yield between + json.dumps(_row(one, request), ensure_ascii=False)
        between = ",\n"
    yield "]}" if between == ",\n" else f"{between}]}}"


@policy(public=True)
def figures_csv(_request: HttpRequest) -> HttpResponse:
    """The public figures, a cell a line: what their page shows, ≤3 where it says 不足3, and 不列 as there."""
    lines = [_line(HEADS), *(_line(map(_cell, one)) for table in _figures() for one in _cells(table))]
    answer = HttpResponse(BOM + "".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return answer


def _figures() -> list[Table]:
    return figures.tables(public_petitions.counts())


def _cells(table: Table) -> Iterator[tuple[str, str, str, str]]:
    """(by what, county, head, what the page shows, as programs find it) of every cell and total of a table."""
    for line in table.lines:
        yield from ((table.label, line.county, head, cell) for head, cell in _by_head(table, line.cells, line.total))
    if table.lines:
        yield from ((table.label, WHOLE, head, cell) for head, cell in _by_head(table, table.totals, table.total))


def _by_head(table: Table, cells: Sequence[str], total: str) -> Iterator[tuple[str, str]]:
    return zip((*table.heads, WHOLE), (*cells, total), strict=True)


@policy(public=True)
def figures_json(_request: HttpRequest) -> HttpResponse:
    """The same as JSON, table by table, each with its formula; what is kept back is ≤3 or 不列."""
    told = [
        {
            "by": table.name,
            "label": table.label,
            "formula": table.formula,
            "heads": [*table.heads],
            "lines": [{"county": one.county, "cells": [*one.cells], "total": one.total} for one in table.lines],
            "totals": [*table.totals],
            "total": table.total,
        }
        for table in _figures()
    ]
    return HttpResponse(
        json.dumps({"tables": told}, ensure_ascii=False), content_type="application/json; charset=utf-8"
    )


@policy(public=True)
def release_feed(request: HttpRequest) -> HttpResponse:
    """What was put out last, notices and petitions together, newest first, as an Atom feed."""
    notices = [(one.published_at, one.title, one.code, "notice_detail") for one in public.newest(NEW)]
    results = [(one.published_at, one.title, one.code, "public_petition") for one in public_petitions.newest(NEW)]
    new = sorted((*notices, *results), key=lambda one: (one[0], one[2]), reverse=True)[:NEW]
    feed = ET.Element("feed", xmlns=ATOM)
    home = request.build_absolute_uri(reverse("notice_list"))
    _write(feed, home, "督察整改公开", new[0][0] if new else datetime(2000, 1, 1, tzinfo=UTC))
    for at, title, code, name in new:
        address = request.build_absolute_uri(reverse(name, args=[code]))
        _write(ET.SubElement(feed, "entry"), address, title, at)
    words = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return HttpResponse(words, content_type="application/atom+xml; charset=utf-8")


def _write(into: ET.Element, address: str, title: str, at: Any) -> None:
    ET.SubElement(into, "id").text = address
    ET.SubElement(into, "title").text = _printable(title)
    ET.SubElement(into, "updated").text = at.isoformat()
    ET.SubElement(into, "link", href=address)


def _printable(words: str) -> str:
    """Without the characters that XML does not know."""
    return "".join(one for one in words if one.isprintable())
