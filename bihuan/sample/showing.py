"""What was photographed and measured for some of the later petitions, and what the county saw there."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Q

from bihuan.core.actor import Actor
from bihuan.lib.position import Position
from bihuan.matters.actions.checks import Seen
from bihuan.matters.rules import evidence as kinds
from bihuan.petitions import queries
from bihuan.petitions.actions import evidence
from bihuan.petitions.actions.checking import check_petition
from bihuan.rectification.actions.linking import link_matters
from bihuan.rectification.queries import sight
from bihuan.sample.proofs import Scene, picture, report

TYPES = ("固废", "水", "土壤", "生态")  # of which a picture shows something
REASON = "这一件反映的情况属于该项问题的整改范围，随问题整改一并巩固。"
CENTRE = Position(38.3045, 116.8387)
APART = 0.013  # degrees from one batch's place to the next


def look(petition: Any, *, by: Actor, at: datetime) -> None:
    """What the county's office saw when it went there."""
    seen = Seen(
        uuid5(NAMESPACE_URL, f"bihuan-sample-check-{petition.matter.code}"),
        "现场督导",
        at - timedelta(hours=1),
        ("县整改办经办", "县生态环境分局执法员"),
        "现场已清理平整，周边未见新的倾倒；警示牌已设，巡查记录到当日。",
        place=f"{petition.matter.region}现场",
        received_by="村委会负责人",
        opinion="清理到位，继续巡查。",
        demand="一个月内报送巡查记录。",
        demand_due_on=at.date() + timedelta(days=30),
    )
    check_petition(petition, seen, by=by, at=at)


def tie(clerk: Actor) -> None:
    """Link the petitions that the counties looked at with the first problem that speaks of sewage."""
    looked_at = Q(matter__checks__isnull=False) & Q(matter__inspection__code="HE2")
    for petition in queries.petitions_for(clerk).filter(looked_at).order_by("matter_id"):
        problems = sight.problems_for(clerk).filter(matter__inspection__code="HE2", text__contains="污水")
        problem = problems.order_by("number").first()
        if problem is not None:
            at = petition.matter.checks.latest("pk").checked_at + timedelta(days=4)
            link_matters(petition.matter, problem.matter.code, "同一问题", REASON, by=clerk, at=at)


def show(petition: Any, on: date, *, by: Actor, at: datetime) -> None:
    """Two pictures of one place, before and after, side by side, and a monitoring report."""
    number = petition.batch.number
    where = Position(CENTRE.latitude + APART * (number - 13), CENTRE.longitude - APART * (number - 13))
    place = f"{petition.matter.region}现场（第{number}批第{petition.row}件）"
    taken = at - timedelta(days=(at.date() - on).days)
    brought = [
        picture(Scene(place, where, 5), kinds.BEFORE, taken - timedelta(hours=5)),
        picture(Scene(place, where, 0), kinds.AFTER, at - timedelta(hours=2)),
        report(
            f"第{number}批第{petition.row}件水质监测报告",
            "监测报告",
            ("化学需氧量28mg/L，氨氮1.1mg/L，达到地表水Ⅳ类。",),
        ),
    ]
    before, after, _ = evidence.add_evidence(petition, brought, by=by, at=at)
    evidence.pair_evidence(petition, after, before, by=by, at=at)
