"""Field checks of petitions: by whom, of what kinds, never changed, masked; who checked brings what he photographed."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from bihuan.core import examine
from bihuan.lib.flow import Refused
from bihuan.matters.actions.checks import Seen
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.models import FieldCheck
from bihuan.matters.queries import work
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import actions
from bihuan.petitions.actions.checking import check_petition
from bihuan.petitions.actions.evidence import add_evidence
from tests.answering import Answering, being_answered
from tests.cast import NOON, TODAY, Cast, seat_as
from tests.desk import NAME, PHONE, desk
from tests.makers import make_batch, make_inspection, make_petition


def seen(**otherwise: Any) -> Seen:
    told = {"kind": "现场督导", "team": ("周某", "吴某"), "findings": "坑塘东岸垃圾已清，西岸还有约3立方米。"}
    return Seen(client_id=uuid4(), checked_at=NOON, **told | otherwise)


def check(way: Answering, by: Any, **otherwise: Any) -> FieldCheck:
    return check_petition(way.fresh(), seen(**otherwise), by=by, at=NOON)


def test_the_county_and_the_citys_office_check_and_nobody_else(cast: Cast) -> None:
    way = being_answered(cast)
    group = seat_as(Role.SUPERVISION, cast.office, "督办")
    clerk = seat_as(Role.COUNTY_CLERK, cast.county, "县办")

    levels = [check(way, by).level for by in (way.county, clerk, group, cast.chen, cast.wang)]
    for by in (
        way.filler,
        cast.zhang,
        cast.qian,
        cast.zhao,
        desk(cast),
        seat_as(Role.COUNTY_APPROVER, cast.neighbour, "邻"),
    ):
        with pytest.raises(Refused, match="没有现场核查的职责"):
            check(way, by)

    assert levels == ["county", "county", "city", "city", "city"]
    assert work.checks_of(way.petition.matter).count() == 5
    assert [*examine.findings()] == []


def test_what_is_wrong_with_a_check_is_refused(cast: Cast) -> None:
    way = being_answered(cast)

    with pytest.raises(Refused, match="至少2人"):
        check(way, way.county, team=("周某",))
    with pytest.raises(Refused, match="年度核验"):
        check(way, way.county, kind="年度核验")
    with pytest.raises(Refused, match="一起写"):
        check(way, way.county, demand="清运西岸")
    done = check(way, way.county, demand="清运西岸", demand_due_on=TODAY)
    with pytest.raises(Refused, match="已经收到"):
        check_petition(way.fresh(), replace(seen(), client_id=done.client_id), by=way.county, at=NOON)


def test_what_was_not_handed_over_or_went_elsewhere_is_not_checked(cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    with pytest.raises(Refused, match="还没有交办"):
        check_petition(petition, seen(), by=cast.chen, at=NOON)

    actions.move_petition(petition, "transfer", by=cast.chen, at=NOON, note="属省管")
    with pytest.raises(Refused, match="还没有交办，或已移送"):
        check_petition(petition, seen(), by=cast.chen, at=NOON)


def test_a_check_says_nothing_of_the_petitioner(cast: Cast) -> None:
    way = being_answered(cast)

    team = ("周某", f"举报人{NAME}", f"联系电话{PHONE}")
    said = {"findings": f"举报人{NAME}，电话{PHONE}，在场。", "opinion": f"联系人：{NAME}，继续办。"}
    done = check(way, way.county, team=team, **said)

    assert not any(one in f"{done.findings}{done.opinion}{done.team}" for one in (NAME, PHONE))
    assert [*examine.findings()] == []


def test_who_checked_on_the_ground_brings_his_photographs_in_that_round(cast: Cast) -> None:
    way = being_answered(cast)
    photo = Brought("现场.jpg", b"there", "整改中照片")
    with pytest.raises(Refused, match="到现场核查过的"):
        add_evidence(way.fresh(), [photo], by=way.county, at=NOON)

    check(way, way.county)
    [kept] = add_evidence(way.fresh(), [photo], by=way.county, at=NOON)
    away = seat_as(Role.COUNTY_APPROVER, cast.neighbour, "邻审")
    with pytest.raises(Refused, match="到现场核查过的"):
        add_evidence(way.fresh(), [replace(photo, data=b"elsewhere")], by=away, at=NOON)
    way.to_answered(cast)
    actions.move_petition(way.fresh(), "rework", by=cast.chen, at=NOON, note="又堆上了")
    with pytest.raises(Refused, match="到现场核查过的"):
        add_evidence(way.fresh(), [replace(photo, data=b"later")], by=way.county, at=NOON)

    assert kept.round_number == 1
