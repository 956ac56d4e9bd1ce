"""A table of petitions that came before, again or amended: exactly the differences, never a second ledger."""

from collections.abc import Callable

import pytest

from bihuan.intake.actions import papers as actions
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.queries import comparing
from bihuan.intake.understanding import understand_file
from bihuan.lib.flow import Refused
from bihuan.matters.models import Inspection
from bihuan.organisation.queries import structure
from bihuan.petitions.models import Batch, Petition
from bihuan.petitions.queries import petition_as_draft
from tests.cast import NOON, Cast
from tests.makers import make_inspection

HEAD = "序号,受理编号,交办问题基本情况,行政区域,污染类型,调查核实情况,是否属实,处理和整改情况,责任人被处理情况"
MILL = ["1", "D2HE202204120031*", "沧县某面粉厂粉尘大。", "沧县", "大气", "", "", "", ""]
POND = ["2", "X2HE202204120032", "沧县某坑塘水体黑臭。", "沧县", "水", "", "", "", ""]
ANSWERED = [*MILL[:5], "经查，除尘器破损。", "属实", "责令改正。", "无"]
LATER = ["3", "D2HE202204120033", "沧县某砖厂噪声大。", "沧县", "噪声", "", "", "", ""]


def table(*rows: list[str], batch: str = "第20批") -> bytes:
    lines = ["沧州市群众信访举报转办和边督边改公开情况一览表", f"（{batch} 2022年4月14日）", HEAD]
    return "\n".join([*lines, *(",".join(row) for row in rows)]).encode()


@pytest.fixture
def inspection(cast: Cast) -> Inspection:
    return make_inspection(cast)


@pytest.fixture
def take(cast: Cast, inspection: Inspection) -> Callable[[bytes], Intake]:
    def taken(data: bytes) -> Intake:
        understood = understand_file("批次.csv", data, structure.directory(cast.chen.city), None)
        return actions.take_in("批次.csv", data, understood, inspection, by=cast.chen, at=NOON)

    return taken


@pytest.fixture
def commit(cast: Cast, take: Callable[[bytes], Intake]) -> Callable[[bytes], Intake]:
    return lambda data: actions.commit_intake(take(data), by=cast.chen, at=NOON)


def told(intake: Intake) -> list[tuple[str, str, set[str]]]:
    difference = comparing.difference_of(intake)
    assert difference is not None
    return [(change.status, change.known, set(change.fields)) for change in difference.changes]


def test_a_later_table_is_shown_and_written_as_its_difference(
    cast: Cast, take: Callable[[bytes], Intake], commit: Callable[[bytes], Intake]
) -> None:
    commit(table(MILL, POND))
    before = [petition_as_draft(one) for one in Petition.objects.order_by("pk")]
    later = take(table(ANSWERED, LATER))

    assert told(later) == [
        ("changed", "HE2-X0001", {"findings", "truth", "handling", "accountability"}),
        ("new", "", set()),
        ("vanished", "HE2-X0002", set()),
    ]
    actions.commit_intake(later, by=cast.chen, at=NOON)

    assert (later.rows_created, later.rows_changed, later.rows_same) == (1, 1, 0)
    mill = Petition.objects.get(number_key="D2HE202204120031")
    assert (mill.findings, mill.truth, mill.is_key_case) == ("经查，除尘器破损。", "属实", True)
    assert (Batch.objects.count(), Petition.objects.count()) == (1, 3)
    actions.withdraw_intake(later, by=cast.chen, at=NOON, note="导错了")
    standing = Petition.objects.filter(matter__is_withdrawn=False).order_by("pk")
    assert [petition_as_draft(one) for one in standing] == before


def test_a_star_that_a_later_table_leaves_out_is_no_change(
    take: Callable[[bytes], Intake], commit: Callable[[bytes], Intake]
) -> None:
    commit(table(MILL))

    assert told(take(table(["1", "D2HE202204120031", *MILL[2:]]))) == [("same", "HE2-X0001", set())]


def test_a_number_that_tells_itself_is_known_in_any_batch(
    take: Callable[[bytes], Intake], commit: Callable[[bytes], Intake]
) -> None:
    commit(table(MILL, POND))

    published = commit(table(ANSWERED, batch="第20、21批"))

    assert (published.rows_created, published.rows_changed) == (0, 1)
    assert (Batch.objects.count(), Petition.objects.count()) == (1, 2)


def test_a_plain_serial_is_known_in_its_own_batch_alone(commit: Callable[[bytes], Intake]) -> None:
    commit(table(["1", "1544", *MILL[2:]]))

    commit(table(["1", "1544", *POND[2:]], batch="第21批"))

    assert sorted(Petition.objects.values_list("batch__label", "content")) == [
        ("第20批", "沧县某面粉厂粉尘大。"),
        ("第21批", "沧县某坑塘水体黑臭。"),
    ]


def test_the_same_table_again_is_refused(commit: Callable[[bytes], Intake]) -> None:
    commit(table(MILL, POND))

    with pytest.raises(Refused, match=r"与系统中的信访件完全相同，没有可写入的更改。"):
        commit(table(MILL, POND))
    assert Petition.objects.count() == 2


def test_sub_items_follow_a_later_table(commit: Callable[[bytes], Intake]) -> None:
    both = [*MILL[:2], "1.沧县某面粉厂粉尘大。2.沧县某面粉厂夜间噪声大。", *MILL[3:]]
    commit(table(both))
    answered = [
        *both[:5],
        "1.经查，除尘器破损，反映属实。2.经查，夜间不生产，反映不属实。",
        "部分属实",
        "责令改正。",
        "无",
    ]

    commit(table(answered))

    found = Petition.objects.get().sub_items.order_by("number").values_list("number", "truth")
    assert list(found) == [(1, "属实"), (2, "不属实")]


def test_a_late_answer_reaches_a_petition_that_came_with_another_table(
    cast: Cast, commit: Callable[[bytes], Intake]
) -> None:
    commit(table(MILL))
    strange = [*ANSWERED[:4], "烟雾", *ANSWERED[5:]]
    later = commit(table(strange))
    doubt = IntakeDoubt.objects.get(intake=later, kind="type_unknown")

    actions.answer_doubt(doubt, "油烟", by=cast.chen, at=NOON)

    doubt.refresh_from_db()
    assert doubt.answer["value"] == "油烟"


def test_what_lies_in_no_county_lies_in_the_city_itself(commit: Callable[[bytes], Intake]) -> None:
    intake = commit(table([*POND[:2], "某路雨污混流。", "市本级", "水", "", "", "", ""]))

    assert not IntakeDoubt.objects.filter(intake=intake, kind="region_unknown").exists()
    petition = Petition.objects.select_related("matter__region").get()
    assert (str(petition.matter.region), petition.region_raw) == ("沧州市", "市本级")
