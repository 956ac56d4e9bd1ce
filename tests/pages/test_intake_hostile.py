"""Files made to break the reading: one Chinese sentence at either door, nothing written, and soon."""

import io
import random
import re
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cli import main
from bihuan.core.files import StoredFile
from bihuan.intake.models import Intake
from tests.cast import Cast, account_of
from tests.makers import make_inspection
from tests.rules.intake.petition_papers import sheet, word
from tests.rules.lib.paper.papers import added, packed

WORD, BOOK = word(), sheet()
XML = '<?xml version="1.0"?>'
SECONDS = 10


def parts_of(data: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def without(data: bytes, *names: str) -> bytes:
    return packed({name: part for name, part in parts_of(data).items() if name not in names})


def locked(data: bytes) -> bytes:
    """The package with the sign of encryption on every part."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), data):
            changed[found.start() + offset] |= 1
    return bytes(changed)


def flipped(data: bytes, count: int) -> bytes:
    chance = random.Random(count)  # noqa: S311 -- a seeded test, no secret
    changed = bytearray(data)
    for _ in range(count):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def bomb() -> bytes:
    return added(BOOK, {"xl/media/image1.png": b"0" * 60_000_000})


def far_corner() -> bytes:
    """A sheet that claims a cell at its far corner."""
    part = parts_of(BOOK)["xl/worksheets/sheet1.xml"]
    assert isinstance(part, bytes)
    last = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    return added(BOOK, {"xl/worksheets/sheet1.xml": part.replace(b"</sheetData>", last)})


def nested(depth: int) -> bytes:
    return added(WORD, {"word/document.xml": XML + "<a>" * depth + "</a>" * depth})


def entity(name: str) -> bytes:
    declared = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    return added(WORD, {name: XML + declared})


def relation(kind: str, target: str) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    line = f'<Relationship Id="r9" Type="x/{kind}" Target="{target}" TargetMode="External"/>'
    return added(WORD, {"word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="{space}">{line}</Relationships>'})


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "no part but the types": ("方案.docx", lambda: without(WORD, "word/document.xml", "word/styles.xml")),
    "no workbook": ("台账.xlsx", lambda: without(BOOK, "xl/workbook.xml")),
    "no sheet": ("台账.xlsx", lambda: without(BOOK, "xl/worksheets/sheet1.xml")),
    "half a file": ("方案.docx", lambda: WORD[: len(WORD) // 2]),
    "half a book": ("台账.xlsx", lambda: BOOK[: len(BOOK) // 2]),
    "bytes flipped": ("方案.docx", lambda: flipped(WORD, 500)),
    "locked": ("方案.docx", lambda: locked(WORD)),
    "locked by Office": ("台账.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1024),
    "bomb": ("台账.xlsx", bomb),
    "far corner": ("台账.xlsx", far_corner),
    "nested deep": ("方案.docx", lambda: nested(200_000)),
    "entity": ("方案.docx", lambda: entity("word/document.xml")),
    "entity in the rels": ("方案.docx", lambda: entity("_rels/.rels")),
    "remote template": ("方案.docx", lambda: relation("attachedTemplate", "https://example.org/a.dotm")),
    "embedded page": ("方案.docx", lambda: relation("aFChunk", "page.html")),
    "macro": ("方案.docx", lambda: added(WORD, {"word/vbaProject.bin": b"x"})),
    "outside name": ("方案.docx", lambda: added(WORD, {"../../etc/cron.d/x": b"x"})),
    "other type": ("方案.docx", lambda: added(WORD, {"[Content_Types].xml": XML + "<Types>macroEnabled</Types>"})),
    "a picture": ("方案.docx", lambda: b"\x89PNG\r\n\x1a\n" + struct.pack(">II", 60_000, 60_000) * 9),
    "a broken PDF": ("公开.pdf", lambda: b"%PDF-1.7\n" + flipped(WORD, 9)),
    "zero bytes only": ("方案.csv", lambda: b"\0" * 5000),
    "a web page": ("台账.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>"),
    "a zip of zips": ("方案.docx", lambda: packed({"a.zip": WORD})),
}


def upload(client: Client, cast: Cast, name: str, data: bytes) -> tuple[int, str]:
    inspection = make_inspection(cast)
    client.force_login(account_of(cast.chen))
    form = {"inspection": inspection.pk, "file": SimpleUploadedFile(name, data), "once": "k"}
    answer = client.post("/imports/new/", form)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.promise("B2")
def test_a_hostile_file_is_refused_at_both_doors_and_leaves_nothing(
    client: Client, cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    name, make = HOSTILE[kind]
    path = tmp_path / name
    path.write_bytes(make())
    begun = time.monotonic()

    assert main(["understand", str(path)]) == 2
    out, said = capsys.readouterr()
    sentence = said.strip().removeprefix(f"{path}：")
    assert (out, sentence.count("。"), sentence[-1:]) == ("", 1, "。")

    status, page = upload(client, cast, name, path.read_bytes())
    assert (status, sentence in page) == (422, True)
    assert "Traceback" not in said + page
    assert (Intake.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert time.monotonic() - begun < SECONDS


def test_the_same_paper_unhurt_is_taken_in(client: Client, cast: Cast) -> None:
    assert upload(client, cast, "公开.docx", WORD)[0] == 302
    assert Intake.objects.count() == 1
