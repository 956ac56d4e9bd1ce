"""A measure as its page draws it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core import history
from bihuan.core.actor import Actor
from bihuan.lib.quantity import plain
from bihuan.matters.ledger import due
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.ledger import milestone_quantity
from bihuan.rectification.queries import courses, lights, linking
from bihuan.rectification.queries.shown import days_left, measure_light
from bihuan.rectification.rules.measure import MEASURE, STATES, MeasureState
from bihuan.rectification.rules.problem import ProblemState
from bihuan.rectification.rules.schedule import Schedule
from bihuan.web import link_view, progress_view, schedule_view
from bihuan.web.drawing import Answer, NextStep, Piece
from bihuan.web.matter_view import duties, road, said, source_url, taken_over, whose
from bihuan.web.schedule_view import Asked, bar
from bihuan.web.trail import trail_lines

if TYPE_CHECKING:
    from bihuan.rectification.models import Measure

SHOWN = 5  # entries on the measure's page; all of them stand on the page of its progress
ROAD = (MeasureState.NOT_STARTED, MeasureState.UNDER_WAY, MeasureState.FINISHED, MeasureState.CONFIRMED)
FOLLOWING = {
    MeasureState.NOT_STARTED: NextStep("责任单位启动。", "所属问题签收后启动。"),
    MeasureState.UNDER_WAY: NextStep("责任单位推进。", "填报进展、放上佐证；指标和节点都到了才能报完成。"),
    MeasureState.FINISHED: NextStep("牵头单位或县整改办确认。", "看过佐证，不合格的写明理由退回。"),
}


def detail(measure: Measure, by: Actor, at: Asked) -> dict[str, Any]:
    """What rectification/measure_detail.html draws, except the offers."""
    links = linking.links_for(by, measure.matter)
    deeds = history.deeds_about(measure.matter.code, measure.matter.city, joined=linking.trail_of(links))
    found = courses.of_measure(measure)
    return {
        "measure": {"code": measure.matter.code, "title": measure.text, "label": f"措施{measure.number}"},
        "head": {"ids": _ids(measure), "title": measure.text},
        "answers": _answers(measure, found.schedule_of(measure, at.today), at.today),
        "schedule": schedule_view.told(
            found.course_of(measure, at.day),
            partial(found.schedule_of, measure),
            at,
            "measure_detail",
            measure.matter.code,
            lights.spans_of(measure.matter),
        ),
        "next_step": _following(measure),
        "links_told": link_view.section(measure.matter, by, links),
        "milestones": [
            (one.due_on, one.text, milestone_quantity(one, measure))
            for one in measure.milestones.filter(is_withdrawn=False).order_by("due_on", "pk")
        ],
        "indicators": [
            (one.name, plain(one.baseline), plain(one.target), one.measured_in)
            for one in measure.indicators.filter(is_withdrawn=False).order_by("pk")
        ],
        "source": {
            "name": f"《{measure.plan.title}》{progress_view.called(measure)}",
            "url": source_url(measure, by),
            "quote": [measure.text],
            "facts": [
                *taken_over(measure, by),
                *said(("完成标志", measure.completion_sign, True)),
                *duties(measure.matter),
            ],
        },
        "steps": road(MEASURE, ROAD, measure.matter.state, deeds, is_taken_over=bool(measure.taken_over)),
        "trail": trail_lines(deeds, MEASURE),
        "trail_note": f"{len(deeds)}次办理",
        "entries": progress_view.history(measure, by)[:SHOWN],
        "progress_url": reverse("measure_progress", args=[measure.matter.code]),
        "links": [
            ("填进展", reverse("measure_progress", args=[measure.matter.code])),
            ("任务分解", reverse("assignment_list", args=[measure.matter.code])),
            ("佐证", reverse("evidence_list", args=[measure.matter.code])),
            ("延期", reverse("extension_list", args=[measure.matter.code])),
            ("灯号", reverse("light_list", args=[measure.matter.code])),
        ],
    }


def _following(measure: Measure) -> NextStep | None:
    """What comes next; a measure waits until its problem was signed for."""
    is_signed_for = measure.problem is not None and measure.problem.matter.state == ProblemState.RECTIFYING
    if measure.matter.state == MeasureState.NOT_STARTED and is_signed_for:
        return NextStep("责任单位启动。", "所属问题已签收，可以启动。")
    return FOLLOWING.get(MeasureState(measure.matter.state))


def _ids(measure: Measure) -> list[Piece | str]:
    ledger = Piece("整改措施台账", "link", reverse("ledger_detail", args=["measures"]))
    if measure.problem is None:
        return [ledger, measure.matter.code, f"举措{measure.campaign.number}" if measure.campaign else ""]
    code = measure.problem.matter.code
    return [
        ledger,
        measure.matter.code,
        Piece(f"第{measure.problem.number}项", "link", reverse("problem_detail", args=[code])),
    ]


def _answers(measure: Measure, stands: Schedule, today: date) -> list[Answer]:
    matter, light = measure.matter, measure_light(measure, today)
    deadline = due(matter, measure.deadline_raw)
    state = STATES[MeasureState(matter.state)]
    return [
        Answer("谁的", whose(matter, DutyRole.RESPONSIBLE) or whose(matter, DutyRole.LEAD) or "未定"),
        Answer("何时", str(deadline) or "时限未定", [days_left(measure, today)]),
        Answer(
            "到哪",
            f"{state}（接管）" if measure.taken_over else state,
            f"{stands.word}：{stands.sentence}",
            light=light if light.word != state else None,  # a state is said once
            bar=bar(stands),
        ),
    ]
