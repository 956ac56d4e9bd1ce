from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.core import examine
from bihuan.core.files import StoredFile
from bihuan.matters.models import Evidence, Waiver
from bihuan.rectification.queries import sight
from tests.cast import Cast, account_of
from tests.loop import Loop, make_loop
from tests.rules.lib.shots import shot

PAGE = "/evidence/HE2-P001/"
HERE = {
    "GPSLatitudeRef": "N",
    "GPSLatitude": (38.0, 18.0, 16.2432),
    "GPSLongitudeRef": "E",
    "GPSLongitude": (116.0, 50.0, 19.3632),
}


@pytest.fixture
def loop(cast: Cast) -> Loop:
    made = make_loop(cast)
    made.to_rectifying()
    return made


def signed_in(client: Client, by: Any) -> Client:
    client.force_login(account_of(by))
    return client


def bring(client: Client, *files: tuple[str, bytes], path: str = PAGE, **more: str) -> Any:
    brought = [SimpleUploadedFile(name, data) for name, data in files]
    told = {"act": "add", "kind": "整改前照片", "caption": "", "place": "××村", "proves": "", **more}
    return client.post(path, {**told, "file": brought})


def test_several_files_are_brought_at_once_and_say_themselves_when_and_where(client: Client, loop: Loop) -> None:
    signed_in(client, loop.reporter)
    picture = shot(DateTimeOriginal="2022:06:14 09:30:00", **HERE)

    answer = bring(client, ("前.jpg", picture), ("说明.txt", "封填井管回填砂浆46米".encode()), kind="工程资料")

    assert answer.status_code == 302
    [first, second] = Evidence.objects.order_by("pk")
    assert (str(first.taken_at), str(first.latitude), first.datum) == (
        "2022-06-14 01:30:00+00:00",
        "38.304512",
        "WGS-84",
    )
    assert (second.taken_at, second.preview, second.words) == (None, None, "封填井管回填砂浆46米")
    page = client.get(PAGE).content.decode()
    assert "拍摄 2022-06-14 09:30" in page
    assert [*examine.findings()] == []


@pytest.mark.parametrize(
    ("kind", "sentence"), [("整改前照片", "“说明.txt”不是照片，不能作整改前照片，请另选种类"), ("", "请选种类。")]
)
def test_what_is_no_picture_is_no_photograph_and_its_kind_is_chosen(
    client: Client, loop: Loop, kind: str, sentence: str
) -> None:
    signed_in(client, loop.reporter)
    assert '<option value="" selected>请选</option>' in client.get(PAGE).content.decode()

    answer = bring(client, ("说明.txt", "回填砂浆46米".encode()), kind=kind)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Evidence.objects.exists()


def test_what_is_written_in_a_file_is_found_in_scope(client: Client, loop: Loop) -> None:
    signed_in(client, loop.reporter)
    bring(client, ("说明.txt", "井管回填水泥砂浆".encode()), kind="工程资料")

    assert [one.matter.code for one in sight.problems_found(loop.reporter, "回填水泥")] == ["HE2-P001"]
    assert [*sight.problems_found(loop.cast.qian, "回填水泥")] == []


def test_of_a_batch_with_a_damaged_picture_nothing_is_kept_and_the_sentence_names_it(
    client: Client, loop: Loop
) -> None:
    signed_in(client, loop.reporter)
    files = StoredFile.objects.count()

    answer = bring(client, ("好.jpg", shot()), ("坏.jpg", shot()[:200]))

    assert answer.status_code == 422
    assert "坏.jpg：" in answer.content.decode()
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (0, files)


def test_the_same_file_twice_on_a_matter_is_refused(client: Client, loop: Loop) -> None:
    signed_in(client, loop.reporter)
    bring(client, ("前.jpg", shot()))

    answer = bring(client, ("再来.jpg", shot()))

    assert (answer.status_code, Evidence.objects.count()) == (422, 1)
    assert "这件事已经有了" in answer.content.decode()


def test_a_small_copy_says_nothing_of_place_and_the_original_is_as_it_was(client: Client, loop: Loop) -> None:
    signed_in(client, loop.reporter)
    data = shot(**HERE)
    bring(client, ("前.jpg", data))
    row = Evidence.objects.get()

    copy = client.get(f"{PAGE}{row.pk}/preview/")
    original = client.get(f"{PAGE}{row.pk}/file/")

    assert original.headers["Content-Security-Policy"].endswith("; sandbox")
    assert copy["Content-Type"] == "image/jpeg"
    assert b"Exif" not in copy.content
    assert (original.content, original["Content-Disposition"].startswith("attachment")) == (data, True)


@pytest.mark.parametrize("what", ["", "file/", "preview/"])
def test_a_stranger_finds_nothing_and_a_file_is_under_its_own_matter_alone(
    client: Client, loop: Loop, what: str
) -> None:
    signed_in(client, loop.reporter)
    bring(client, ("前.jpg", shot()))
    row = Evidence.objects.get()
    path = f"{PAGE}{row.pk}/{what}" if what else PAGE

    assert signed_in(Client(), loop.cast.qian).get(path).status_code == 404
    if what:
        elsewhere = f"/evidence/{loop.measure.matter.code}/{row.pk}/{what}"
        assert client.get(elsewhere).status_code == 404


def test_pictures_are_paired_and_a_wrong_one_is_declared_void(client: Client, loop: Loop) -> None:
    signed_in(client, loop.reporter)
    bring(client, ("前.jpg", shot()))
    bring(client, ("后.jpg", shot(DateTimeOriginal="2022:12:08 10:00:00")), kind="整改后照片")
    before, after = Evidence.objects.order_by("pk")

    client.post(PAGE, {"act": "pair", "before": before.pk, "after": after.pk})
    client.post(PAGE, {"act": "end", "row": before.pk, "note": "拍错了井"})

    after.refresh_from_db()
    before.refresh_from_db()
    assert (after.before_id, before.is_ended) == (before.pk, True)
    assert client.get(f"{PAGE}{before.pk}/file/").status_code == 200  # a void one stays readable


def test_an_item_that_does_not_apply_wants_a_reason_and_the_accepting_units_word(client: Client, loop: Loop) -> None:
    signed_in(client, loop.head)
    client.post(PAGE, {"act": "waive", "item": "payment", "note": " "})
    assert Waiver.objects.count() == 0

    client.post(PAGE, {"act": "waive", "item": "payment", "note": "没有罚款"})
    row = Waiver.objects.get()
    client.post(PAGE, {"act": "confirm_waiver", "row": row.pk})

    row.refresh_from_db()
    assert (row.reason, row.is_confirmed) == ("没有罚款", False)


def test_a_program_reads_the_same(client: Client, loop: Loop) -> None:
    signed_in(client, loop.reporter)
    bring(client, ("前.jpg", shot()))

    told = client.get("/api/v1/evidence/HE2-P001").json()

    assert [one["kind"] for one in told["files"]] == ["整改前照片"]
    assert {one["key"] for one in told["items"] if one["is_there"]} == set()
