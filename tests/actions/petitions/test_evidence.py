"""Evidence on petitions: whose parts they prove, who ends what, what is frozen, and what is masked for the search."""

from dataclasses import replace
from typing import Any

import pytest

from bihuan.core import examine
from bihuan.lib.flow import Refused
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.models import Evidence
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import actions, queries
from bihuan.petitions.actions.evidence import add_evidence, end_evidence, pair_evidence
from bihuan.petitions.queries import proofs
from tests.answering import Answering, being_answered
from tests.cast import NOON, Cast, seat_as
from tests.desk import ADDRESS, NAME, PHONE, desk
from tests.makers import make_batch, make_inspection, make_petition

BEFORE = Brought("前.jpg", b"before", "整改前照片", "坑塘东岸")
AFTER = Brought("后.jpg", b"after", "整改后照片", "坑塘东岸")


def bring(way: Answering, by: Any, *brought: Brought) -> list[Evidence]:
    return add_evidence(way.fresh(), brought or [BEFORE], by=by, at=NOON)


def end(way: Answering, row: Evidence, by: Any, note: str = "拍错了地方") -> Evidence:
    return end_evidence(way.fresh(), row, by=by, at=NOON, note=note)


def test_units_that_hold_a_part_and_the_office_bring_files_and_nobody_else(cast: Cast) -> None:
    way = being_answered(cast, cast.farm)
    may = (way.filler, cast.zhang, cast.chen, cast.wang, desk(cast))
    farmer = seat_as(Role.REPORTER, cast.farm, "农填")
    may_not = (way.county, cast.qian, cast.sun, cast.zhao, seat_as(Role.COUNTY_CLERK, cast.county, "县办"))

    for place, by in enumerate((*may, farmer)):
        bring(way, by, replace(BEFORE, data=bytes([place, 1])))
    for by in may_not:
        with pytest.raises(Refused, match="只有这一件的承办单位、市整改办和到现场核查过的可以放佐证"):
            bring(way, by, replace(BEFORE, data=b"other"))

    assert Evidence.objects.filter(matter=way.petition.matter).count() == len(may) + 1
    assert [*examine.findings()] == []


def test_a_unit_that_returned_its_part_brings_nothing_more(cast: Cast) -> None:
    way = being_answered(cast, cast.farm)
    farmer = seat_as(Role.UNIT_APPROVER, cast.farm, "农审")
    actions.move_undertaking(way.part(cast.farm), "return", by=farmer, at=NOON, note="不是我们的职责")

    with pytest.raises(Refused, match="只有这一件的承办单位"):
        bring(way, farmer)


def test_a_unit_ends_and_pairs_what_it_brought_and_the_office_everything(cast: Cast) -> None:
    way = being_answered(cast, cast.farm)
    farmer = seat_as(Role.REPORTER, cast.farm, "农填")
    before, after = bring(way, way.filler, BEFORE, AFTER)

    with pytest.raises(Refused, match="别的单位放的"):
        end(way, before, farmer)
    with pytest.raises(Refused, match="别的单位放的"):
        pair_evidence(way.fresh(), after, before, by=farmer, at=NOON)
    with pytest.raises(Refused, match="理由"):
        end(way, before, way.filler, " ")
    pair_evidence(way.fresh(), after, before, by=cast.zhang, at=NOON)
    end(way, before, cast.chen)

    after.refresh_from_db()
    assert after.before_id == before.pk
    assert proofs.own_of([after], way.fresh(), farmer) == frozenset()
    assert proofs.own_of([after], way.fresh(), way.filler) == {after.pk}


def test_the_same_file_twice_is_refused(cast: Cast) -> None:
    way = being_answered(cast)
    bring(way, way.filler)

    with pytest.raises(Refused, match="已经有了"):
        bring(way, cast.chen)


def test_what_belongs_to_a_closed_round_is_frozen(cast: Cast) -> None:
    way = being_answered(cast)
    [row] = bring(way, way.filler)
    way.to_answered(cast)
    actions.move_petition(way.fresh(), "apply", by=cast.zhang, at=NOON)
    actions.move_petition(way.fresh(), "accept", by=cast.wang, at=NOON)

    with pytest.raises(Refused, match="冻结"):
        end(way, row, cast.chen)
    actions.move_petition(way.fresh(), "rework", by=cast.chen, at=NOON, note="又堆上了")
    with pytest.raises(Refused, match="冻结"):
        end(way, row, way.filler)

    [new] = bring(way, way.filler, AFTER)
    assert new.round_number == 2
    assert end(way, new, way.filler).is_ended


def test_where_it_was_transferred_nothing_is_brought(cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    add_evidence(petition, [BEFORE], by=cast.chen, at=NOON)
    actions.move_petition(petition, "transfer", by=cast.chen, at=NOON, note="属省管")

    with pytest.raises(Refused, match="已移送"):
        add_evidence(petition, [AFTER], by=cast.chen, at=NOON)


def test_what_a_file_says_of_a_petitioner_is_masked_wherever_it_is_read(cast: Cast) -> None:
    way = being_answered(cast)
    said = f"举报人{NAME}，电话{PHONE}，家住{ADDRESS}"
    brought = Brought(
        f"举报人{NAME}.jpg", b"letter", "其他", said, words=f"{said}，坑塘清淤3000方。", facts={"place": said}
    )
    [row] = bring(way, way.filler, brought)

    kept = f"{row.file.name} {row.caption} {row.words} {row.place}"
    assert not any(one in kept for one in (NAME, PHONE, ADDRESS))
    assert [one.pk for one in queries.petitions_found(cast.chen, "清淤3000方")] == [way.petition.pk]
    for words in (NAME, PHONE, ADDRESS):
        assert [*queries.petitions_found(cast.chen, words)] == []
    assert [*queries.petitions_found(cast.qian, "清淤3000方")] == []


@pytest.mark.parametrize("field", ["caption", "words"])
def test_what_would_be_kept_unmasked_is_found(cast: Cast, field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bihuan.petitions.actions.evidence._masked", lambda one: one)
    way = being_answered(cast)
    bring(way, way.filler, replace(BEFORE, **{field: f"举报人{NAME}，电话{PHONE}", "words": f"举报人{NAME}"}))

    assert [one.pk for one in queries.petitions_found(cast.chen, NAME)] == [way.petition.pk]
