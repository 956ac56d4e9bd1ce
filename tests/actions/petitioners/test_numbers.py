"""The numbers that a petition came in with are registered with its petitioner: found again by them, read by nobody."""

from typing import Any

import pytest

from bihuan.core.audit import Entry
from bihuan.core.clock import day_of
from bihuan.core.vault import Secret
from bihuan.intake.actions import papers as actions
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.plainness import nothing_in_the_clear
from bihuan.petitioners.actions.keeping import record_identity
from bihuan.petitioners.actions.reading import look_up
from bihuan.petitioners.models import Petitioner
from bihuan.petitioners.queries import exports, sight
from bihuan.petitions.models import Petition
from tests.actions.intake.test_personal import everything_stored
from tests.actions.petitioners.test_originals import take
from tests.cast import NOON, Cast
from tests.desk import desk, secrets

PHONE, ANOTHER, ID = "13912340001", "13912340002", "130921198001019990"
CONTENT = f"我叫赵小禾，电话{PHONE}，身份证号{ID}，反映村东坑塘堆放垃圾。"


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Any) -> None:
    settings.FILES = str(tmp_path / "files")


def commit(cast: Cast, content: str = CONTENT, **more: str) -> Intake:
    return actions.commit_intake(take(cast, content=content, **more), by=cast.chen, at=NOON)


def held(name: str) -> str:
    return sight.plain_words(Petitioner.objects.get(), name)


def found(cast: Cast, number: str, field: str = "phone") -> list[str]:
    by = desk(cast, f"desk{Petitioner.objects.count()}{number[-3:]}{field[0]}")
    return [one.number for one in look_up(field, Secret(number), by=by, at=NOON)]


def test_the_petition_is_found_by_either_number(cast: Cast) -> None:
    commit(cast)

    assert found(cast, PHONE) == ["D2HE202204120031"]
    assert found(cast, ID, "id_number") == ["D2HE202204120031"]
    assert found(cast, ANOTHER) == []


def test_the_export_tells_them_in_their_columns(cast: Cast) -> None:
    commit(cast)
    petition = Petition.objects.get(number_key="D2HE202204120031")

    [taken] = exports.taken_for(desk(cast), [petition], ["phone", "id_number"], day_of(NOON))

    assert dict(taken.words) == {"phone": PHONE, "id_number": ID}


def test_they_stand_in_plain_nowhere(cast: Cast) -> None:
    commit(cast)

    stored = everything_stored()
    assert PHONE not in stored and ID not in stored
    assert [*nothing_in_the_clear()] == []
    deeds = {*Entry.objects.filter(table__in=("petition", "petitioner")).values_list("deed", flat=True)}
    assert len(deeds) == 1


@pytest.mark.broken
def test_one_that_stood_in_a_note_would_be_found_in_plain(cast: Cast) -> None:
    commit(cast)
    Petition.objects.update(goal=f"请回电{PHONE}")

    assert PHONE in everything_stored()
    assert [*nothing_in_the_clear()] != []


def test_the_accuseds_number_is_not_registered(cast: Cast) -> None:
    commit(cast, f"作坊老板电话{PHONE}，夜间排污。")

    assert held("phone") == ""
    assert PHONE in held("original")


def test_of_two_numbers_the_second_stands_in_the_note(cast: Cast) -> None:
    commit(cast, f"请回电{PHONE}或者{ANOTHER}，村东有垃圾。")

    assert (held("phone"), held("note")) == (PHONE, f"来件里还有电话：{ANOTHER}")


def phone_doubt() -> IntakeDoubt:
    return IntakeDoubt.objects.get(kind="personal_data", question__contains="电话")


def test_what_is_said_to_be_no_petitioners_goes_out_again_and_comes_back(cast: Cast) -> None:
    commit(cast, f"请回电{PHONE}，村东有垃圾。")

    actions.answer_doubt(phone_doubt(), None, label="不是举报人信息，保留", by=cast.chen, at=NOON)
    without = (held("phone"), Petitioner.objects.get().phone_index)
    doubt = phone_doubt()
    actions.answer_doubt(doubt, "遮盖", label="遮盖", by=cast.chen, at=NOON, seen=doubt.version)

    assert (without, held("phone")) == (("", ""), PHONE)


def test_what_was_said_before_the_commit_to_be_no_petitioners_is_not_registered(cast: Cast) -> None:
    intake = take(cast, content=f"请回电{PHONE}，村东有垃圾。")
    actions.answer_doubt(phone_doubt(), None, label="不是举报人信息，保留", by=cast.chen, at=NOON)
    actions.commit_intake(intake, by=cast.chen, at=NOON)

    assert not Petitioner.objects.exists()


def test_what_the_desk_wrote_stays(cast: Cast) -> None:
    commit(cast, f"请回电{PHONE}，村东有垃圾。")
    petition = Petitioner.objects.get().petition
    record_identity(petition, secrets(phone=ANOTHER), by=desk(cast), at=NOON)

    commit(cast, f"请回电{PHONE}，村东有垃圾。", findings="举报人赵小禾，认可处理。", name="办理情况.csv")

    assert held("phone") == ANOTHER
    assert held("note") == f"来件里还有电话：{PHONE}"


def test_a_withdrawn_import_is_not_found_by_its_numbers(cast: Cast) -> None:
    commit(cast, "我叫赵小禾，村东有垃圾。")
    later = commit(cast, f"我叫赵小禾，电话{PHONE}，村东有垃圾。", name="更正.csv")
    assert found(cast, PHONE) == ["D2HE202204120031"]

    actions.withdraw_intake(later, by=cast.chen, at=NOON, note="导错了")

    row = Petitioner.objects.get()
    assert (row.is_withdrawn, row.phone_index, held("phone")) == (False, "", "")
