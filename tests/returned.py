"""A ledger taken out, worked on as people do, and brought back: for the tests of the round trip."""

import io
import re
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client

from bihuan.core.actor import Actor
from bihuan.gate import books
from bihuan.intake.actions.returning import take_back
from bihuan.intake.models import Intake
from bihuan.intake.queries import returning
from bihuan.lib.paper.guarded import read_guarded
from bihuan.lib.paper.returnable import KEY
from bihuan.matters.models import Inspection
from tests.cast import NOON, TODAY

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def take_out(client: Client, name: str = "measures", asked: str = "") -> Any:
    """The workbook of a ledger that comes back, opened."""
    answer = client.get(f"/ledgers/{name}/form/{asked}")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def came_back(by: Actor, inspection: Inspection, name: str = "petitions") -> Intake:
    """A ledger as it was taken out, brought back unchanged by the same person."""
    data = books.form(name, by, "", QueryDict(), TODAY)
    back = returning.recognised(read_guarded("台账.xlsx", data), inspection, by)
    assert back is not None
    return take_back("台账.xlsx", data, back, inspection, by=by, at=NOON)


def packed(book: Any) -> bytes:
    """The workbook's bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def head_of(page: Any) -> dict[str, int]:
    """{heading: its column, from 1} of the ledger's sheet."""
    return {str(cell.value): cell.column for cell in next(row for row in page.iter_rows() if row[0].value == KEY)}


def cell_of(book: Any, code: str, label: str) -> Any:
    """The cell of one row of the ledger, by its key, under a heading."""
    page = book.worksheets[0]
    row = next(row for row in page.iter_rows() if row[0].value == code)
    return page.cell(row[0].row, head_of(page)[label])


def bring_back(
    client: Client, inspection: Inspection, data: bytes, key: str = "back", name: str = "台账.xlsx"
) -> tuple[str, str]:
    """Send the workbook: where its page is (or where it was refused), and what that page says."""
    form = {"inspection": inspection.pk, "file": SimpleUploadedFile(name, data, XLSX), "once": key}
    answer = client.post("/imports/new/", form)
    if answer.status_code != 302:
        return "", answer.content.decode()
    return answer["Location"], client.get(answer["Location"]).content.decode()


def ticked(page: str) -> list[str]:
    """The cells that the page has ticked."""
    return re.findall(r'name="take" value="([^"]+)"[^>]* checked', page)


def offered(page: str) -> list[str]:
    """The cells that could be ticked."""
    return re.findall(r'name="take" value="([^"]+)"', page)


def take(client: Client, path: str, page: str, cells: list[str], key: str = "take") -> str:
    """Write the chosen cells as the page has them before the person; the page that follows."""
    looked = re.findall(r'name="looked" value="([^"]*)"', page)
    form = {"act": "commit", "take": cells, "looked": looked[0] if looked else "", "once": key}
    return client.post(path, form, follow=True).content.decode()
