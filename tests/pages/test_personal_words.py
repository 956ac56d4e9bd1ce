"""What people type and send beside petitions is masked and leaves no file in the clear."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.core.audit import Entry
from bihuan.gate import errors, uploads
from bihuan.intake.actions import papers as actions
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.queries import drafting
from bihuan.intake.understanding import understand_file
from bihuan.organisation.queries import structure
from bihuan.petitions.models import Petition
from tests.cast import NOON, Cast, account_of
from tests.makers import make_batch, make_inspection, make_petition

PHONE = "13913572460"
WORDS = f"{'村东坑塘堆放生活垃圾。' * 4}请回电{PHONE}说明情况。"


def test_an_opinion_beside_a_petition_is_masked_in_the_trail(client: Client, cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    client.force_login(account_of(cast.chen))
    form = {"move": "assign", "units": cast.county.pk, "note": f"请回电{PHONE}", "once": "k"}

    client.post(f"/petitions/{petition.matter.code}/", form)

    notes = {*Entry.objects.filter(step="assign").values_list("note", flat=True)}
    assert notes == {"请回电139****2460"}


def test_what_an_answer_kept_and_the_next_one_masks_is_not_read_in_the_trail(client: Client, cast: Cast) -> None:
    data = f"序号,受理编号,交办问题基本情况,行政区域\n1,D2HE202204120031,{WORDS},沧县\n".encode()
    understood = understand_file("第20批.csv", data, structure.directory(cast.chen.city), None)
    intake = actions.take_in("第20批.csv", data, understood, make_inspection(cast), by=cast.chen, at=NOON)
    actions.commit_intake(intake, by=cast.chen, at=NOON)
    [doubt] = IntakeDoubt.objects.filter(kind=drafting.PERSONAL)
    petition, pages = Petition.objects.get(), []
    client.force_login(account_of(cast.chen))
    for value in (None, "遮盖"):
        doubt.refresh_from_db()
        actions.answer_doubt(doubt, value, label="答", by=cast.chen, at=NOON, seen=doubt.version)
        pages.append(client.get(f"/petitions/{petition.matter.code}/").content.decode())

    assert [PHONE in page for page in pages] == [True, False]
    assert "139135" not in pages[1]  # nor where a long text is cut short
    assert "答复存疑" in pages[1]


def test_a_large_upload_never_has_a_name_in_the_temporary_folder(
    client: Client, cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[list[str]] = []
    complete = uploads.NamelessUpload.file_complete

    def looked(self: Any, size: int) -> Any:
        seen.append([path.name for path in tmp_path.iterdir() if path.is_file() and path.suffix != ".heads"])
        return complete(self, size)

    monkeypatch.setattr(uploads.NamelessUpload, "file_complete", looked)
    data = ("序号,受理编号,交办问题基本情况,行政区域\n" + "1,D2HE202204120031,村东坑塘堆放垃圾。,沧县\n" * 100).encode()
    client.force_login(account_of(cast.chen))

    answer = client.post(
        "/imports/new/", {"inspection": make_inspection(cast).pk, "file": SimpleUploadedFile("第20批.csv", data)}
    )

    assert (answer.status_code, Intake.objects.count()) == (302, 1)
    assert seen == [[]]


def test_what_is_larger_than_any_paper_is_refused_with_a_sentence(
    client: Client, cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    monkeypatch.setattr(uploads, "PACKED_LIMIT", 1000)
    client.force_login(account_of(cast.chen))

    answer = client.post(
        "/imports/new/", {"inspection": make_inspection(cast).pk, "file": SimpleUploadedFile("大.csv", b"x" * 2000)}
    )

    assert (answer.status_code, errors.TOO_BIG in answer.content.decode()) == (400, True)
    assert Intake.objects.count() == 0
