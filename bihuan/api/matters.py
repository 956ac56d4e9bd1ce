"""One matter, whole: what its page shows this person, his steps with their refusals, and the trail as far as shown."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.ledgers import KEPT_FROM_MACHINES
from bihuan.core import clock, history
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.gate.answers import or_404
from bihuan.gate.deeds import said_of
from bihuan.gate.policy import Asked
from bihuan.lib.flow import Flow, Offer
from bihuan.lib.ledger import Day, Light
from bihuan.lib.quantity import plain
from bihuan.matters.ledger import bearers, due
from bihuan.matters.queries.taken import taking_of
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import DUTY_LABELS, DutyRole, Role
from bihuan.petitions.ledger import petition_light, petition_result_of, reply_due
from bihuan.petitions.queries import called as petition_called
from bihuan.petitions.queries import findings, sub_items
from bihuan.petitions.queries import steps as petition_steps
from bihuan.petitions.rules.petition import PETITION
from bihuan.petitions.rules.undertaking import UNDERTAKING
from bihuan.rectification.ledger import milestone_quantity
from bihuan.rectification.queries import called, courses, linking, steps
from bihuan.rectification.queries.shown import measure_light, problem_light
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.schedule import Schedule

TAGS = ["事项"]
SAYS = "与这一件的页面相同：只有您看得到的、办得到的；不能办的步骤带着理由。答复头 ETag 是版本，办理时放进 If-Match。"


def _light(light: Light) -> dict[str, str]:
    return {"state": light.state, "word": light.word, "reason": light.reason}


def _due(day: Day) -> dict[str, str]:
    return {"text": day.text, "first": day.first}


def _duties(matter: Any) -> list[dict[str, Any]]:
    return [
        {
            "role": duty.role,
            "label": DUTY_LABELS[DutyRole(duty.role)],
            "unit": {"id": duty.unit_id, "name": str(duty.unit)} if duty.unit else None,
            "person": str(duty.person or duty.post or duty.raw or ""),
            "is_first": duty.is_first,
        }
        for duty in getattr(matter, "bearers", ())
    ]


def trail(
    code: str,
    city: str,
    *flows: Flow,
    is_masked: bool = False,
    untold: Collection[str] = (),
    joined: Mapping[str, Collection[int]] | None = None,
) -> list[dict[str, Any]]:
    """A matter's deeds, as its page tells them, but for what changed in fields that are `untold`."""
    deeds = history.deeds_about(code, city, is_masked=is_masked, untold=untold, joined=joined)
    return shapes.deed_lines(said_of(deeds, *flows))


def _joined(by: Actor, matter: Any) -> dict[str, list[int]]:
    """The links of a matter that are told in its trail to this person."""
    return linking.trail_of(linking.links_for(by, matter))


def inspected(inspection: Any) -> dict[str, Any]:
    """An inspection as a matter names it."""
    return {"code": inspection.code, "name": inspection.name}


def _whole(row: Any, flow: Flow, offers: Sequence[Offer], **more: Any) -> dict[str, Any]:
    matter = row.matter
    return {
        "kind": matter.kind,
        "code": matter.code,
        "version": matter.version,
        "inspection": inspected(matter.inspection),
        "region": str(matter.region or ""),
        "round": matter.round_number,
        "state": {"name": matter.state, "label": flow.label(matter.state)},
        "duties": _duties(matter),
        "steps": shapes.steps(offers),
        "taken_over": _taken(matter),
        **more,
    }


def _taken(matter: Any) -> dict[str, Any] | None:
    """From which paper and row a matter was taken over, None where it was not."""
    taking = taking_of(matter)
    if taking is None:
        return None
    names = ("place", "word", "handed_over_on", "closed_on", "filing_number", "progress")
    return {"paper": str(taking.intake or ""), **{name: getattr(taking, name) for name in names}}


def _progress(stands: Schedule) -> dict[str, Any]:
    names = ("planned", "actual", "gap", "pace", "word", "sentence")
    return {name: getattr(stands, name) for name in names}


def _measure_line(one: Any, stands: Schedule, today: date) -> dict[str, Any]:
    return {
        "code": one.matter.code,
        "number": one.number,
        "text": one.text,
        "state": {"name": one.matter.state, "label": MEASURE.label(one.matter.state)},
        "light": _light(measure_light(one, today)),
        "due": _due(due(one.matter, one.deadline_raw)),
        "responsible": bearers(one.matter, DutyRole.RESPONSIBLE),
        "progress": _progress(stands),
    }


def problem(row: Any, by: Actor, today: date) -> dict[str, Any]:
    """A problem, whole."""
    flow = steps.flow_of(row)
    found = courses.of_problems([row])
    return _whole(
        row,
        flow,
        steps.problem_offers(row, by, today),
        number=row.number,
        upper_number=str(row.upper_number),
        county_number=str(row.county_number),
        **{name: getattr(row, name) for name in ("title", "text", "target", "nature", "pollution_type")},
        plan={"id": row.plan_id, "name": row.plan.title},
        light=_light(problem_light(row, today)),
        due=_due(due(row.matter, row.deadline_raw)),
        progress=_progress(found.schedule_of(row, today)),
        measures=[_measure_line(one, found.schedule_of(one, today), today) for one in called.measures(by, row)],
        trail=trail(row.matter.code, row.matter.city, flow, joined=_joined(by, row.matter)),
    )


def measure(row: Any, by: Actor, today: date) -> dict[str, Any]:
    """A measure, whole."""
    milestones = row.milestones.filter(is_withdrawn=False).order_by("due_on", "pk")
    indicators = row.indicators.filter(is_withdrawn=False).order_by("pk")
    return _whole(
        row,
        MEASURE,
        steps.measure_offers(row, by),
        number=row.number,
        text=row.text,
        completion_sign=row.completion_sign,
        problem=row.problem.matter.code if row.problem else "",
        campaign=row.campaign.number if row.campaign else None,
        plan={"id": row.plan_id, "name": row.plan.title},
        light=_light(measure_light(row, today)),
        due=_due(due(row.matter, row.deadline_raw)),
        progress=_progress(courses.of_measure(row).schedule_of(row, today)),
        milestones=[
            {"due_on": one.due_on, "text": one.text, "quantity": milestone_quantity(one, row)} for one in milestones
        ],
        indicators=[
            {
                "name": one.name,
                "baseline": plain(one.baseline),
                "target": plain(one.target),
                "measured_in": one.measured_in,
            }
            for one in indicators
        ],
        trail=trail(row.matter.code, row.matter.city, MEASURE, joined=_joined(by, row.matter)),
    )


PLAIN = (
    *("number", "is_key_case", "content", "findings", "handling", "goal", "truth", "closing", "accountability"),
    *("main_type", "region_raw", "channel"),
)


def petition(row: Any, by: Actor, today: date) -> dict[str, Any]:
    """A petition, whole and de-identified; a machine is not told who was held to account."""
    parts = findings.parts_of(row)
    kept = KEPT_FROM_MACHINES if scope.has_role(by, (Role.MACHINE,)) else frozenset()
    return _whole(
        row,
        PETITION,
        petition_steps.petition_offers(row, by),
        **{name: getattr(row, name) if name not in kept else "" for name in PLAIN},
        batch=row.batch.label,
        result_of=petition_result_of(row),
        types=[*row.types],
        repeats=[*row.repeats],
        documents=[*row.document_numbers],
        reply_due_on=row.reply_due_on,
        light=_light(petition_light(row, today)),
        due=_due(reply_due(row)),
        sub_items=[
            {"number": one.place, **{name: getattr(one, name) for name in ("text", "finding", "truth")}}
            for one in sub_items.of_petition(row)
        ],
        parts=[_part(one, parts, by, today) for one in parts],
        trail=trail(
            row.matter.code,
            row.matter.city,
            UNDERTAKING,
            PETITION,
            is_masked=True,
            untold=kept,
            joined=_joined(by, row.matter),
        ),
    )


def _part(one: Any, parts: Sequence[Any], by: Actor, today: date) -> dict[str, Any]:
    return {
        "id": one.pk,
        "version": one.version,
        "unit": {"id": one.unit_id, "name": str(one.unit)},
        "state": {"name": one.state, "label": UNDERTAKING.label(one.state)},
        "handed_over_on": day_of(one.handed_over_at) if one.handed_over_at else None,
        "received_on": day_of(one.received_at) if one.received_at else None,
        "is_taken_over": one.is_taken_over,
        "steps": shapes.steps(petition_steps.undertaking_offers(one, parts, by, today)),
    }


def marked(response: HttpResponse, row: Any) -> None:
    """Say the matter's version in the answer's head."""
    response["ETag"] = f'"{row.matter.version}"'


@operation("GET", "/problems/{slug:code}", "api_problem", "一个整改问题", shapes.Problem, tags=TAGS, description=SAYS)
def problem_whole(request: Asked, response: HttpResponse, code: str) -> Any:
    """One problem."""
    row = or_404(called.problem(request.actor, code))
    marked(response, row)
    return problem(row, request.actor, clock.today())


@operation("GET", "/measures/{slug:code}", "api_measure", "一项整改措施", shapes.Measure, tags=TAGS, description=SAYS)
def measure_whole(request: Asked, response: HttpResponse, code: str) -> Any:
    """One measure."""
    row = or_404(called.measure(request.actor, code))
    marked(response, row)
    return measure(row, request.actor, clock.today())


@operation("GET", "/petitions/{slug:code}", "api_petition", "一个信访件", shapes.Petition, tags=TAGS, description=SAYS)
def petition_whole(request: Asked, response: HttpResponse, code: str) -> Any:
    """One petition."""
    row = or_404(petition_called.petition(request.actor, code))
    marked(response, row)
    return petition(row, request.actor, clock.today())
