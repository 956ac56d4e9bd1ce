"""What an export leaves behind: a reading of each petitioner, a line to the auditor, and nothing plain anywhere."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from bihuan.core import examine, vault
from bihuan.core.audit import Entry
from bihuan.lib import one_time
from bihuan.petitioners.actions import exporting
from bihuan.petitioners.actions.keeping import record_identity
from bihuan.petitioners.actions.reading import ask_opening
from bihuan.petitioners.examination import exports_by_two
from bihuan.petitioners.models import Opening
from bihuan.petitioners.rules.export import EXPORTED
from bihuan.petitions.models import Petition
from tests.actions.intake.test_personal import everything_stored
from tests.actions.petitioners.test_exports import LATER, WHY, agree, agreed, ask, lines, told
from tests.cast import NOON, Cast
from tests.desk import IDENTITY, PHONE, desk, known_petition, secrets
from tests.makers import make_petition


def test_every_petitioner_in_it_gets_a_reading_that_exposure_finds(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    by = desk(cast)
    first = known_petition(cast, by)
    second, bare = (make_petition(cast, first.batch, f"D2HE202204120{place}99") for place in (1, 2))
    record_identity(second, secrets(phone="13912340002"), by=by, at=NOON)
    export = agree(ask([first, second, bare], by), cast.wang)
    exporting.make_export(export, by=by, at=LATER)

    looks = Entry.objects.filter(kind="look", step="export").order_by("number")
    assert [(one.person, [*one.deltas]) for one in looks] == [(by.person, ["name", "phone"]), (by.person, ["phone"])]
    assert {one.note for one in looks} == {
        "导出DC2022-001，公安机关依法调取：夜间偷排线索移交；交沧县公安局，沧公环调证字〔2022〕12号"
    }
    call_command("exposure", petition=second.matter.code)
    [line, count] = capsys.readouterr().out.splitlines()
    assert line.startswith(f"2022-07-04 13:00 desk某（{by.person}，")
    assert f"查看 {second.matter.code} 举报人 " in line
    assert " 的电话；理由：导出DC2022-001" in line
    assert count == "共1次查看。"
    call_command("exposure", person="desk某")
    assert "共2次查看。" in capsys.readouterr().out
    call_command("exposure", petition=bare.matter.code)
    assert "没有查看留痕。" in capsys.readouterr().out


def test_nothing_plain_is_kept_anywhere(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    caplog.set_level("DEBUG")
    by = desk(cast)
    why = WHY._replace(words=f"请回电{PHONE}", recipient=f"公安局，联系人电话{PHONE}")
    export = ask([known_petition(cast, by)], by, *EXPORTED, why=why)
    exporting.decide_export(export, "agree", by=cast.wang, at=NOON, note=f"同意，请回电{PHONE}")

    made = exporting.make_export(export, by=by, at=LATER)
    sealed = everything_stored() + caplog.text
    password = exporting.show_password(export, by=cast.wang, at=LATER).plain
    stored = everything_stored() + caplog.text

    assert [words for words in (*IDENTITY.values(), password) if words in sealed or words in stored] == []
    assert made.file[:64].hex() not in stored
    assert {one.name for one in tmp_path.iterdir()} <= {"trail.heads", "files"}
    assert lines(made.file, password)[-1][2:] == [IDENTITY[name] for name in EXPORTED]


@pytest.mark.broken
def test_a_password_that_is_not_sealed_would_be_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    by = desk(cast)
    export = agreed(cast, by)
    monkeypatch.setattr(one_time, "new_code", lambda _: "PLANTED-CODE")
    monkeypatch.setattr(vault, "seal", lambda plain, **_: plain)

    exporting.make_export(export, by=by, at=LATER)

    assert "PLANTED-CODE" in everything_stored()


def test_a_password_sealed_for_one_export_opens_for_no_other(cast: Cast) -> None:
    by = desk(cast)
    first = agreed(cast, by)
    second = agree(ask([*Petition.objects.all()], by), cast.wang)
    for one in (first, second):
        exporting.make_export(one, by=by, at=LATER)
    second.sealed_password = first.sealed_password

    with pytest.raises(vault.Sealed):
        exporting.show_password(second, by=cast.wang, at=LATER)


@pytest.mark.broken
@pytest.mark.parametrize(
    ("statement", "says"),
    [("UPDATE bihuan_export SET count = 2", "文件里有2人，轨迹里只记了1人"), ("", "")],
)
def test_examine_finds_a_file_that_tells_of_more_than_the_trail(cast: Cast, statement: str, says: str) -> None:
    by = desk(cast)
    exporting.make_export(agreed(cast, by), by=by, at=LATER)
    if statement:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    assert [says in one.sentence for one in exports_by_two()] == ([True] if says else [])
    assert not statement or any(str(one).startswith("I3") for one in examine.findings())


@pytest.mark.parametrize(("at", "why"), [(LATER, ""), (NOON + timedelta(hours=12), "在非办公时间")])
def test_the_auditor_is_told_of_what_is_odd(cast: Cast, at: datetime, why: str) -> None:
    by = desk(cast)

    exporting.make_export(agreed(cast, by), by=by, at=at)

    line = f"请核查：desk某{why}查看举报人信息，导出DC2022-001，1人，07月05日00:00"
    assert told(cast.sun) == ([line] if why else [])


def test_who_is_exported_counts_among_the_day_s_openings(cast: Cast) -> None:
    by = desk(cast)
    first = known_petition(cast, by)
    others = [make_petition(cast, first.batch, f"D2HE2022041202{place:02}") for place in range(19)]
    for place, petition in enumerate(others):
        record_identity(petition, secrets(phone=f"139123422{place:02}"), by=by, at=NOON)
    exporting.make_export(agree(ask([first, *others], by), cast.wang), by=by, at=NOON)
    before = told(cast.sun)

    ask_opening(first, ["name"], "verify", "核实", by=by, at=LATER)

    assert (before, Opening.objects.get().state) == ([], "opened")
    assert told(cast.sun) == ["请核查：desk某一天内第21次查看举报人信息，事项HE2-X0001，07月04日13:00"]
