"""What the counties' reporters photographed for some of the later petitions, and what was measured there."""

from datetime import date, datetime, timedelta
from typing import Any

from bihuan.core.actor import Actor
from bihuan.lib.position import Position
from bihuan.matters.rules import evidence as kinds
from bihuan.petitions.actions import evidence
from bihuan.sample.proofs import Scene, picture, report

TYPES = ("固废", "水", "土壤", "生态")  # of which a picture shows something
CENTRE = Position(38.3045, 116.8387)
APART = 0.013  # degrees from one batch's place to the next


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
