"""A number twice in one batch: what the clerk chose is what the ledger has, and no row is lost on the way."""

from collections.abc import Callable
from typing import Any

import pytest

from bihuan.intake.actions import papers as actions
from bihuan.intake.examination import rows_accounted_for
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.queries import asking, drafting
from bihuan.intake.understanding import understand_file
from bihuan.lib.flow import Refused
from bihuan.organisation.queries import structure
from bihuan.petitioners.models import Petitioner
from bihuan.petitioners.queries import sight
from bihuan.petitions.models import Petition
from tests.cast import NOON, Cast
from tests.makers import make_inspection

NUMBER = "D2HE202204120031"
HEADS = "序号,受理编号,交办问题基本情况,行政区域,污染类型,调查核实情况,是否属实"
FIRST, SECOND = "村东坑塘堆放垃圾。", "我叫赵小禾，电话13912340001，夜间焚烧垃圾。"
Take = Callable[..., Intake]


@pytest.fixture
def take(cast: Cast, settings: Any, tmp_path: Any) -> Take:
    settings.FILES = str(tmp_path / "files")
    inspection = make_inspection(cast)

    def taken(second: str = f"2,{NUMBER},{SECOND},沧县,大气,,", *, heads: str = HEADS) -> Intake:
        data = (
            f"{heads}\n1,{NUMBER},{FIRST},沧县,水,,\n{second}\n3,D2HE202204120032,村西有异味。,沧县,大气,,\n".encode()
        )
        understood = understand_file("第20批.csv", data, structure.directory(cast.chen.city), None)
        return actions.take_in("第20批.csv", data, understood, inspection, by=cast.chen, at=NOON)

    return taken


def question(intake: Intake) -> IntakeDoubt:
    return IntakeDoubt.objects.get(intake=intake, kind="number_twice")


def commit(cast: Cast, intake: Intake, value: str) -> Intake:
    doubt = question(intake)
    label = next((choice["label"] for choice in doubt.choices if choice["value"] == value), value)
    actions.answer_doubt(doubt, value, label=label, by=cast.chen, at=NOON)
    return actions.commit_intake(intake, by=cast.chen, at=NOON)


def counts(intake: Intake) -> tuple[int, ...]:
    intake.refresh_from_db()
    return tuple(getattr(intake, f"rows_{name}") for name in ("read", "created", "changed", "refused", "joined"))


def ledger() -> list[tuple[str, str]]:
    return [*Petition.objects.filter(matter__is_withdrawn=False).order_by("pk").values_list("number", "content")]


def test_nothing_is_written_until_somebody_chose(cast: Cast, take: Take) -> None:
    with pytest.raises(Refused, match="1处编号重复还没有选定"):
        actions.commit_intake(take(), by=cast.chen, at=NOON)

    assert ledger() == []


def test_both_are_in_the_ledger_and_told_apart(cast: Cast, take: Take) -> None:
    intake = commit(cast, take(), "both")

    assert [number for number, _ in ledger()] == [NUMBER, f"{NUMBER}#2", "D2HE202204120032"]
    assert counts(intake) == (3, 3, 0, 0, 0)


def test_the_right_number_of_the_second_is_its_number(cast: Cast, take: Take) -> None:
    commit(cast, take(), "D2HE202204120039")

    assert [number for number, _ in ledger()] == [NUMBER, "D2HE202204120039", "D2HE202204120032"]


def test_one_alone_is_in_the_ledger_and_the_other_stands_refused_in_the_import(cast: Cast, take: Take) -> None:
    intake = commit(cast, take(), "first")

    assert ledger() == [(NUMBER, FIRST), ("D2HE202204120032", "村西有异味。")]
    assert counts(intake) == (3, 2, 0, 1, 0)
    assert [*rows_accounted_for()] == []
    _, kept = drafting.rows_of(intake)
    assert SECOND in [row.text("content") for row in kept]
    assert question(intake).answer == {"value": "first", "label": "只收第1件，这一件不收"}
    assert not asking.every_open_doubt().filter(record_key="petition:2").exists()
    assert not Petitioner.objects.exists()  # the words of the refused row stay in the sealed paper


def test_the_second_alone_is_in_the_ledger(cast: Cast, take: Take) -> None:
    intake = commit(cast, take(), "second")

    assert [number for number, _ in ledger()] == [NUMBER, "D2HE202204120032"]
    assert "夜间焚烧" in ledger()[0][1]
    assert counts(intake) == (3, 2, 0, 1, 0)


def answer_the_rest(cast: Cast, intake: Intake) -> None:
    for doubt in IntakeDoubt.objects.filter(intake=intake, answer__isnull=True, kind="personal_data"):
        actions.answer_doubt(doubt, doubt.choices[0]["value"], by=cast.chen, at=NOON)


def test_joined_they_are_one_petition_with_the_words_of_both(cast: Cast, take: Take) -> None:
    intake = take()
    answer_the_rest(cast, intake)
    commit(cast, intake, "joined")

    assert ledger()[0] == (NUMBER, f"{FIRST}\n我叫赵某某，电话139****0001，夜间焚烧垃圾。")
    assert counts(intake) == (3, 2, 0, 0, 1)
    assert [*rows_accounted_for()] == []
    original = sight.originals_of(sight.plain_words(Petitioner.objects.get(), "original"))
    assert original == {"content": f"{FIRST}\n{SECOND}"}


def test_what_stands_open_about_a_joined_row_is_answered_first(cast: Cast, take: Take) -> None:
    with pytest.raises(Refused, match="并作一件的还有2处存疑没有答"):
        commit(cast, take(), "joined")


def test_a_later_answer_about_a_joined_row_reaches_the_petition(cast: Cast, take: Take) -> None:
    intake = take()
    answer_the_rest(cast, intake)
    commit(cast, intake, "joined")
    doubt = IntakeDoubt.objects.filter(intake=intake, kind="personal_data", question__contains="139").get()

    actions.answer_doubt(doubt, None, label="不是举报人信息，保留", by=cast.chen, at=NOON, seen=doubt.version)

    assert asking.codes_of(doubt) == {Petition.objects.get(number_key=NUMBER).matter.code}


def test_once_written_the_choice_stands_until_the_import_is_withdrawn(cast: Cast, take: Take) -> None:
    intake = commit(cast, take(), "first")
    doubt = question(intake)

    with pytest.raises(Refused, match="收哪一件不能再改"):
        actions.answer_doubt(doubt, "both", by=cast.chen, at=NOON, seen=doubt.version)
    actions.withdraw_intake(intake, by=cast.chen, at=NOON, note="收错了")

    assert ledger() == []


def test_words_that_change_nothing_are_no_answer(cast: Cast, take: Take) -> None:
    with pytest.raises(Refused, match="不像受理编号"):
        actions.answer_doubt(question(take()), "重复，不收", by=cast.chen, at=NOON)


def test_the_same_paper_again_with_the_same_choice_changes_nothing(cast: Cast, take: Take) -> None:
    commit(cast, take(), "both")
    again = take()
    actions.answer_doubt(question(again), "both", by=cast.chen, at=NOON)

    with pytest.raises(Refused, match="完全相同"):
        actions.commit_intake(again, by=cast.chen, at=NOON)


@pytest.mark.broken
def test_a_row_that_was_left_out_unsaid_is_found(cast: Cast, take: Take) -> None:
    intake = commit(cast, take(), "first")
    Intake.objects.filter(pk=intake.pk).update(rows_refused=0)

    assert [(one.invariant, one.sentence) for one in rows_accounted_for()] == [("I6", "读到3行，入账2行。")]
