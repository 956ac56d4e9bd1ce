"""A few months of progress entries of one bureau, so that the sample city shows how work goes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.rectification.actions import progress
from bihuan.rectification.queries import reporting
from bihuan.rectification.rules.reporting import Filled

if TYPE_CHECKING:
    from datetime import date

    from bihuan.rectification.models import Measure

MEASURES = 4
MONTHS = (  # when, how much of the target by then, what was done, what stands in the way, what comes next
    (8, 30, 20, "完成现场摸底，逐处建档", "", "9月上旬进场施工"),
    (9, 29, 45, "施工队伍进场，首批点位完工并由县水务局现场验收", "汛期积水，2处点位停工6天", "国庆后补齐进度"),
    (10, 28, 60, "第二批点位完工，验收单已归档", "管材供货晚到一周", "11月底前完成主体工程"),
    (11, 30, 80, "主体工程完工，正在调试，现场照片已存档", "冻土层40厘米，须更换钻具", "12月20日前完成调试"),
)
IDLE = "冬季停止施工，计划内"


def fill_in(reporter: Actor, approver: Actor) -> None:
    """Report month by month on the first measures of the bureau; the last month waits for its approver, but for one
    measure of which nothing changed.
    """
    for place, measure in enumerate(reporting.owing(reporter)[:MEASURES]):
        for month, day, share, *words in MONTHS[place % 2 :]:
            at = datetime(2022, month, day, 8, 30, tzinfo=UTC)
            is_last = month == MONTHS[-1][0]
            if is_last and place == 1:
                filled = Filled(day_of(at), is_unchanged=True, reason=IDLE)
            else:
                filled = _filled(measure, day_of(at), share, words)
            report = progress.report_progress(measure, filled, by=reporter, at=at)
            if not is_last:
                progress.move_report(measure, report, "approve", by=approver, at=at + timedelta(hours=2))


def _filled(measure: Measure, on: date, share: int, words: list[str]) -> Filled:
    """One month's entry: its words, and every indicator so far on its way."""
    counted = reporting.counted(measure, on)
    done, difficulties, next_steps = words
    readings = (
        {}
        if any(one.is_falling for one in counted.values())
        else {key: (one.target * share / 100).quantize(Decimal(1)) for key, one in counted.items()}
    )
    return Filled(
        on,
        done=f"{on.month}月，{measure.text[:30].rstrip('，。、；')}：{done}。",
        difficulties=difficulties,
        next_steps=next_steps,
        percent=None if counted else Decimal(share),
        readings=readings,
    )
