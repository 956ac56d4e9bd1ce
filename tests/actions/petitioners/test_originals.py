"""What the scanner masks in a petition that comes in goes whole into the vault, in the same deed, and out with it."""

from typing import Any

import pytest

from bihuan.core.audit import Entry
from bihuan.intake.actions import papers as actions
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.queries import drafting
from bihuan.intake.understanding import understand_file
from bihuan.lib.flow import Refused
from bihuan.matters.models import Inspection
from bihuan.organisation.queries import structure
from bihuan.petitioners.actions.keeping import record_identity
from bihuan.petitioners.models import Petitioner
from bihuan.petitioners.queries import sight
from bihuan.petitions.models import Petition
from tests.actions.intake.test_personal import everything_stored
from tests.cast import NOON, Cast
from tests.desk import desk, secrets
from tests.makers import make_inspection

PHONE = "13912340001"
CONTENT = f"我叫赵小禾，电话{PHONE}，反映村东坑塘堆放垃圾。"
HEADS = "序号,受理编号,交办问题基本情况,行政区域,污染类型,调查核实情况"


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Any) -> None:
    settings.FILES = str(tmp_path / "files")


def take(cast: Cast, *, findings: str = "", content: str = CONTENT, name: str = "第20批.csv") -> Intake:
    rows = f"1,D2HE202204120031,{content},沧县,水,{findings}\n2,D2HE202204120032,村西有垃圾。,沧县,水,\n"
    understood = understand_file(name, f"{HEADS}\n{rows}".encode(), structure.directory(cast.chen.city), None)
    inspection = Inspection.objects.first() or make_inspection(cast)
    return actions.take_in(name, understood.packed(), understood, inspection, by=cast.chen, at=NOON)


def originals() -> dict[str, str]:
    row = Petitioner.objects.get()
    return sight.originals_of(sight.plain_words(row, "original"))


def test_the_words_that_were_masked_are_kept_whole_and_no_others(cast: Cast) -> None:
    actions.commit_intake(take(cast), by=cast.chen, at=NOON)

    masked = Petition.objects.get(number_key="D2HE202204120031")
    assert masked.content == "我叫赵某某，电话139****0001，反映村东坑塘堆放垃圾。"
    assert (originals(), Petitioner.objects.get().petition) == ({"content": CONTENT}, masked)
    assert PHONE not in everything_stored()
    assert Entry.objects.get(table="petitioner").deed == Entry.objects.filter(table="petition")[0].deed


def test_an_undone_import_withdraws_them_and_the_next_one_brings_its_own(cast: Cast) -> None:
    intake = take(cast)
    actions.commit_intake(intake, by=cast.chen, at=NOON)

    actions.withdraw_intake(intake, by=cast.chen, at=NOON, note="导错了")

    row = Petitioner.objects.get()
    assert (row.is_withdrawn, sight.standing(row.petition)) == (True, None)
    actions.commit_intake(take(cast), by=cast.chen, at=NOON)
    assert Petitioner.objects.filter(is_withdrawn=False).count() == 1


def test_a_later_table_adds_its_words_to_those_that_were_kept_and_takes_them_back(cast: Cast) -> None:
    actions.commit_intake(take(cast), by=cast.chen, at=NOON)
    findings = "举报人赵小禾，认可处理。"
    later = take(cast, findings=findings, name="第20批办理情况.csv")

    actions.commit_intake(later, by=cast.chen, at=NOON)
    both = originals()
    actions.withdraw_intake(later, by=cast.chen, at=NOON, note="导错了")

    assert both == {"content": CONTENT, "findings": findings}
    assert originals() == {"content": CONTENT}


def test_what_the_desk_wrote_since_keeps_an_import_from_being_undone_and_a_reading_does_not(cast: Cast) -> None:
    by, intake = desk(cast), take(cast)
    actions.commit_intake(intake, by=cast.chen, at=NOON)
    petition = Petitioner.objects.get().petition
    record_identity(petition, secrets(name="赵小禾"), by=by, at=NOON)

    with pytest.raises(Refused, match="不能整批撤回"):
        actions.withdraw_intake(intake, by=cast.chen, at=NOON, note="导错了")


def test_an_answer_after_the_commit_keeps_what_it_masks(cast: Cast) -> None:
    actions.commit_intake(take(cast), by=cast.chen, at=NOON)
    [doubt] = IntakeDoubt.objects.filter(kind=drafting.PERSONAL, question__contains="电话")

    actions.answer_doubt(doubt, None, label="不是举报人信息，保留", by=cast.chen, at=NOON)
    plain = Petition.objects.get(number_key="D2HE202204120031").content
    doubt.refresh_from_db()
    actions.answer_doubt(doubt, "遮盖", label="遮盖", by=cast.chen, at=NOON, seen=doubt.version)

    assert PHONE in plain
    assert PHONE not in Petition.objects.get(number_key="D2HE202204120031").content
    assert originals() == {"content": CONTENT}
