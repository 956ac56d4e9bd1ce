"""With a petitioner's key go the sealed papers that told of him: what came in, and what was understood of it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from bihuan.core import examine, files, store, vault
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.files import StoredFile
from bihuan.core.moving import AFTER as WIRED
from bihuan.intake.actions import papers as intake_actions
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.queries import drafting
from bihuan.intake.understanding import understand_file
from bihuan.lib.flow import Refused
from bihuan.organisation.queries import structure
from bihuan.petitioners.actions import destroying
from bihuan.petitioners.models import Petitioner
from bihuan.petitioners.queries import sight
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.models import Petition
from bihuan.wiring import AFTER
from tests.actions.petitioners.test_destruction import AFTER as LATER
from tests.actions.petitioners.test_destruction import sign_off
from tests.cast import CITY, NOON, ROBOT, TODAY, Cast, account_of
from tests.desk import desk
from tests.makers import make_inspection

PHONE, OTHER = "13913572460", "13913572461"
TEXT = "村东坑塘堆放生活垃圾，气味很大，多次反映没有人管。请回电{}说明情况。"
TABLE = (
    "序号,受理编号,交办问题基本情况,行政区域,污染类型\n"
    f"1,D2HE202204120031,{TEXT.format(PHONE)},沧县,土壤\n2,D2HE202204120032,{TEXT.format(OTHER)},青县,大气\n"
)


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.FILES = str(tmp_path / "files")


def taken_in(cast: Cast, table: str = TABLE, *, is_written: bool = True) -> Intake:
    understood = understand_file("第20批.csv", table.encode(), structure.directory(CITY), None)
    inspection = Intake.objects.first().inspection if Intake.objects.exists() else make_inspection(cast)
    intake = intake_actions.take_in("第20批.csv", table.encode(), understood, inspection, by=cast.chen, at=NOON)
    for doubt in IntakeDoubt.objects.filter(intake=intake) if is_written else ():
        intake_actions.answer_doubt(doubt, doubt.choices[0]["value"], label="遮盖", by=cast.chen, at=NOON)
    if is_written:
        intake_actions.commit_intake(intake, by=cast.chen, at=NOON)
    return intake


def destroyed(cast: Cast, by: Actor, number: str = "D2HE202204120031") -> Petition:
    petition = Petition.objects.get(number=number)
    assign_petition(petition, [cast.farm], by=cast.chen, at=NOON)
    sign_off(petition, TODAY, by=ROBOT, at=NOON)
    proposal = destroying.propose_destruction(petition, by=by, at=LATER, note="保存期满")
    destroying.decide_destruction(proposal, "confirm", by=cast.wang, at=LATER)
    return petition


def places(intake: Intake) -> list[Path]:
    root = Path(store.current().root)  # type: ignore[attr-defined]  # a directory here
    return [root / files.place_of(one) for one in (intake.file, intake.understood)]


def test_nothing_sealed_stays_readable_and_the_others_of_the_batch_keep_theirs(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    by, intake = desk(cast), taken_in(cast)
    again = taken_in(cast, TABLE.replace("土壤", "水"), is_written=False)
    bystander = taken_in(cast, TABLE.split("\n2,", maxsplit=1)[0].replace("31,", "99,") + "\n", is_written=False)
    lay = [path.read_bytes() for path in places(intake)]
    before = {file.pk: bytes(file.wrapped_key) for file in StoredFile.objects.all()}

    with django_capture_on_commit_callbacks(execute=True):
        petition = destroyed(cast, by)

    for one in (intake, again):
        one.refresh_from_db()
        for file in (one.file, one.understood):
            with pytest.raises(vault.Sealed, match="密钥已经销毁"):
                files.read(file)
        assert not any(path.exists() for path in places(one))
    assert PHONE.encode() not in b"".join(lay)
    assert files.read(bystander.understood)
    other = Petitioner.objects.get(petition__number="D2HE202204120032")
    assert OTHER in sight.plain_words(other, "original")
    assert [str(one) for one in examine.findings()] == []
    trail = str([*Entry.objects.values_list("changes", flat=True)])
    assert not any(key.hex() in trail for key in before.values() if key)
    assert Petition.objects.get(pk=petition.pk).content == petition.content
    assert key_is_nowhere([before[one.pk] for one in (intake.file, intake.understood)])


def key_is_nowhere(keys: list[bytes]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped_key FROM bihuan_storedfile")
        return not {bytes(key) for (key,) in cursor.fetchall()} & set(keys)


def test_its_page_says_why_and_no_step_is_taken_on_it(client: Client, cast: Cast) -> None:
    by, preview = desk(cast), taken_in(cast)
    waiting = taken_in(cast, TABLE.replace("土壤", "水"), is_written=False)
    destroyed(cast, by)
    client.force_login(account_of(cast.chen))

    page = client.get(f"/imports/{preview.pk}/").content.decode()
    waiting.refresh_from_db()

    assert "文件已销毁" in page
    assert re.search(r"已随举报人信息在2024-07-04销毁，不能再看；写入台账的不受影响", page)
    assert client.get(f"/api/v1/imports/{preview.pk}").json()["understood"] == {}
    with pytest.raises(Refused, match="已随举报人信息"):
        intake_actions.commit_intake(waiting, by=cast.chen, at=LATER)


def test_the_same_paper_again_is_a_new_one_under_a_new_key(cast: Cast) -> None:
    by, intake = desk(cast), taken_in(cast)
    destroyed(cast, by)

    again = taken_in(cast, is_written=False)

    assert again.file_id != intake.file_id
    assert again.file.seal != intake.file.seal
    assert files.read(again.file) == TABLE.encode()


@pytest.mark.broken
def test_a_paper_of_an_earlier_version_loses_its_bytes(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    by, intake = desk(cast), taken_in(cast)
    for file in (intake.file, intake.understood):
        data = files.read(file)
        StoredFile.objects.filter(pk=file.pk).update(seal="", wrapped_key=b"")
        file.refresh_from_db()
        store.current().write(files.place_of(file), vault.seal(data, purpose=file.sha256))

    with django_capture_on_commit_callbacks(execute=True):
        destroyed(cast, by)

    assert not any(path.exists() for path in places(intake))


def test_what_a_kill_left_is_taken_away_within_the_hour(cast: Cast) -> None:
    by, intake = desk(cast), taken_in(cast)
    destroyed(cast, by)  # whose end of the commit never comes in this test
    assert all(path.exists() for path in places(intake))

    files.clear_destroyed()

    assert not any(path.exists() for path in places(intake))


@pytest.mark.broken
def test_without_the_wire_the_paper_would_still_tell(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    by, intake = desk(cast), taken_in(cast)
    monkeypatch.setitem(WIRED, ("destruction", "confirm"), ())

    destroyed(cast, by)

    assert ("destruction", "confirm") in AFTER
    assert PHONE in str(drafting.understood(intake))


@pytest.mark.broken
def test_a_key_that_is_still_there_is_found(cast: Cast) -> None:
    by, intake = desk(cast), taken_in(cast)
    destroyed(cast, by)
    StoredFile.objects.filter(pk=intake.file_id).update(wrapped_key=b"kept")

    assert [str(one) for one in examine.findings()] == [
        f"I4 文件 {intake.file_id} 第20批.csv：登记为已销毁，密钥却还在。"
    ]
