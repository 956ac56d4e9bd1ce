"""One sweep of the sample city: from a problem of the water bureau to the like elsewhere, half of it answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bihuan.organisation.queries import scope, structure
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import sweeping
from bihuan.rectification.actions.sweeping import PlaceAnswer, SweepDraft
from bihuan.rectification.queries import sight, sweeps

if TYPE_CHECKING:
    from bihuan.core.actor import Actor

ISSUED = datetime(2022, 12, 5, 1, 0, tzinfo=UTC)
LOOKED_ON = date(2022, 12, 8)
PLACES = ("城区公共供水管网覆盖范围", "省级以上工业园区", "规模养殖场集中的乡镇")
ANSWERS = (
    PlaceAnswer("无同类问题", "周填、吴某", LOOKED_ON, "对照供水管网图逐户核对，应封自备井均已封填，井口有编号照片。"),
    PlaceAnswer(
        "有同类问题",
        "周填、郑某",
        LOOKED_ON,
        "园区内42家用水企业逐家看过，41家已接入公共供水。",
        (("园区北区某某纺织厂", "院内仍有1眼未封填的自备井，水泵已拆除，井口临时加盖，未见封填验收单。"),),
    ),
)


def sweep(clerk: Actor, reporter: Actor) -> None:
    """Draft it from a problem that the reporter's unit works on, issue it, answer all places but the last."""
    units = scope.units_held_as(reporter, Role.REPORTER)
    source = sight.problems_for(reporter).exclude(matter__state="draft").first()
    if source is None:
        return
    own = [one for one in structure.units_in(clerk.city) if one.pk in units][:1]
    draft = SweepDraft(
        f"{source.title[:40]}：举一反三排查",
        "同类问题还有没有：逐处核对台账与现场，写明看了多少、有没有、在哪里。",
        date(2022, 12, 20),
        "同一区域、同一行业",
        PLACES,
    )
    made = sweeping.draft_sweep(draft, own, source.matter.inspection, source=source, by=clerk, at=ISSUED)
    sweeping.move_sweep(made, "issue", by=clerk, at=ISSUED + timedelta(minutes=10))
    at = datetime(2022, 12, 8, 8, 0, tzinfo=UTC)
    for place, told in zip(sweeps.places_for(made, reporter), ANSWERS, strict=False):
        sweeping.answer_place(place, told, by=reporter, at=at)
