"""Every step that is open to people and can be corrected: what leads up to it, the step, and its correction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.core.actor import Actor
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Person, Unit
from bihuan.organisation.queries.scope import actor_for
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import actions as petitions
from bihuan.petitions.actions.answering import fill_findings
from bihuan.petitions.actions.repeats import merge_petition
from bihuan.petitions.models import Petition, Undertaking
from bihuan.rectification.actions import planning
from bihuan.rectification.actions.handing_over import (
    Paper,
    correct_measure,
    correct_problem,
    move_measure,
    move_problem,
)
from bihuan.rectification.models import Deliberation, Measure, Plan, PlanEdition, Problem
from bihuan.rectification.rules.plan import BODIES, PASSED
from tests.answering import being_answered, found
from tests.cast import NOON, ROBOT, TODAY, Cast, account_of, seat_as
from tests.loop import make_loop
from tests.makers import (
    make_batch,
    make_inspection,
    make_measure,
    make_petition,
    make_plan,
    make_problem,
    write,
)
from tests.publicising import being_publicised


@dataclass(frozen=True)
class Step:
    """A step as somebody takes it: what leads up to it, the step, and its correction."""

    who: str
    before: Callable[[Cast], Any]
    take: Callable[[Any, Actor, Cast], Any]
    correct: Callable[[Any, Actor, str], Any]


def problem_at(*steps: tuple[str, str]) -> Callable[[Cast], Problem]:
    def lead_up(cast: Cast) -> Problem:
        problem = make_problem(cast)
        make_measure(problem)
        for who, name in steps:
            move_problem(problem, name, by=getattr(cast, who), at=NOON, note="理由")
        return problem

    return lead_up


def make_whole_plan(cast: Cast, unit: Unit, state: str, **facts: Any) -> Plan:
    """A plan of one problem with one measure, in that state since that noon."""
    plan = make_plan(make_inspection(cast), unit, state=state, opened_at=NOON, **facts)
    make_measure(make_problem(cast, plan=plan))
    return plan


def measure_of_received(cast: Cast) -> Measure:
    return Measure.objects.select_related("matter", "problem__matter").get(
        problem=problem_at(("chen", "issue"), ("zhang", "receive"))(cast)
    )


def petition_at(
    *steps: tuple[str, str], units: Callable[[Cast], list[Unit]] = lambda cast: [cast.water]
) -> Callable[[Cast], Petition]:
    def lead_up(cast: Cast) -> Petition:
        petition = make_petition(cast, make_batch(make_inspection(cast)))
        if steps:
            petitions.assign_petition(petition, units(cast), by=cast.chen, at=NOON)
        for who, name in steps[1:]:
            undertake(petition, getattr(cast, who), name)
        return petition

    return lead_up


def first_part(petition: Petition) -> Undertaking:
    return Undertaking.objects.select_related("petition__matter", "unit").filter(petition=petition).order_by("pk")[0]


def undertake(petition: Petition, by: Actor, name: str) -> None:
    petitions.move_undertaking(first_part(petition), name, by=by, at=NOON, note="理由")


OF_THE_WHOLE = {"approve": "chen", "apply": "zhang"}


def answered_up_to(*steps: str) -> Callable[[Cast], Petition]:
    """A petition of the water bureau, filled in and taken so far; 李副 approves for its county beside his own post."""

    def lead_up(cast: Cast) -> Petition:
        way = being_answered(cast)
        county = appointing.add_post(cast.county, "县整改办审核", by=ROBOT, at=NOON)
        person = Person.objects.get(pk=cast.li.person)
        appointing.appoint(person, county, Role.COUNTY_APPROVER, starts_on=TODAY, by=ROBOT, at=NOON)
        cast.li = actor_for(account_of(cast.li), TODAY)
        fill_findings(way.part(cast.water), found(), by=way.filler, at=NOON)
        for name in steps:
            if name in OF_THE_WHOLE:
                petitions.move_petition(way.fresh(), name, by=getattr(cast, OF_THE_WHOLE[name]), at=NOON)
            else:
                undertake(way.petition, cast.zhang if name == "report_findings" else cast.li, name)
        return way.fresh()

    return lead_up


def beside_another(cast: Cast) -> Petition:
    petition = petition_at(("chen", "assign"))(cast)
    make_petition(cast, petition.batch, "D2HE202204120032")
    return petition


def merge(petition: Petition, by: Actor, _: Cast) -> None:
    other = Petition.objects.select_related("matter").get(number="D2HE202204120032")
    merge_petition(petition, other, by=by, at=NOON, note="同一件事")


def approved_for_the_public(cast: Cast) -> Petition:
    """An answered petition whose text is approved; its writer stands in the cast."""
    way = being_publicised(cast)
    way.to_approved(cast)
    vars(cast).update(publicity=way.writer)
    return way.petitions()[0]


def of_problem(name: str, who: str, *before: tuple[str, str]) -> Step:
    return Step(
        who,
        problem_at(*before),
        lambda problem, by, _: move_problem(problem, name, by=by, at=NOON, note="理由"),
        lambda problem, by, note: correct_problem(problem, by=by, at=NOON, note=note),
    )


def of_petition(who: str, before: Callable[[Cast], Petition], take: Callable[[Any, Actor, Cast], Any]) -> Step:
    return Step(who, before, take, lambda row, by, note: petitions.correct_petition(row, by=by, at=NOON, note=note))


def of_loop(
    name: str, who: str, until: str, *, sort: str = "problem", after: tuple[str, ...] = (), **facts: Any
) -> Step:
    """A step on the long road: what leads up to it is one of the loop's own deeds, then the steps named."""

    def lead_up(cast: Cast) -> Any:
        loop = make_loop(cast, **facts)
        vars(cast).update({one: getattr(loop, one) for one in LOOP}, loop=loop)
        getattr(loop, until)()
        for deed in after:
            getattr(loop, deed)()
        return loop.problem if sort == "problem" else loop.measure

    def take(row: Any, by: Actor, cast: Any) -> None:
        move = move_problem if sort == "problem" else move_measure
        more = {"paper": Paper("冀环督〔2022〕8号", date(2022, 7, 1))} if name in ASKING else {}
        move(type(row).objects.get(pk=row.pk), name, by=by, at=cast.loop.now, note="理由", **more)

    correct = correct_problem if sort == "problem" else correct_measure
    return Step(who, lead_up, take, lambda row, by, note: correct(row, by=by, at=NOON, note=note))


def of_plan(name: str, who: str, state: str, **facts: Any) -> Step:
    """A step on a plan that stands where it begins: the city's, a county's where the county takes it."""

    def lead_up(cast: Cast) -> Plan:
        lower = facts.get("is_lower", True)
        county = seat_as(Role.COUNTY_APPROVER, cast.county, "县审核")
        vars(cast).update(county_man=county)
        plan = make_whole_plan(cast, cast.county if lower else cast.party, state)
        if facts.get("is_amended"):
            written = {"number": 2, "reason": "", "written_at": NOON}
            write([PlanEdition(plan=plan, **written)], by=ROBOT, at=NOON)
        if state in ("deliberating", "revising"):
            for body in BODIES[:2]:
                said = {"held_on": NOON.date(), "outcome": PASSED, "recorded_at": NOON}
                write([Deliberation(plan=plan, body=body, **said)], by=ROBOT, at=NOON)
        return plan

    def take(row: Any, by: Actor, _: Cast) -> None:
        paper = Paper("沧县字〔2022〕9号", date(2022, 7, 4)) if name in ("issue", "reissue") else None
        planning.move_plan(row, name, by=by, at=NOON, note="理由", paper=paper)

    return Step(who, lead_up, take, lambda row, by, note: planning.correct_plan(row, by=by, at=NOON, note=note))


PLAN_STEPS = {
    "consult": of_plan("consult", "county_man", "draft"),
    "deliberate": of_plan("deliberate", "chen", "consulting", is_lower=False),
    "submit": of_plan("submit", "county_man", "consulting"),
    "pass": of_plan("pass", "wang", "checking"),
    "return": of_plan("return", "chen", "checking"),
    "demand": of_plan("demand", "chen", "issued"),
    "redraft": of_plan("redraft", "chen", "deliberating", is_lower=False),
    "issue": of_plan("issue", "county_man", "deliberating"),
    "revise": of_plan("revise", "chen", "issued", is_lower=False),
    "reissue": of_plan("reissue", "county_man", "revising", is_amended=True),
    "keep": of_plan("keep", "county_man", "revising"),
}
LOOP = ("doer", "head", "second", "county", "accepter", "publicity", "group")
ASKING = ("report_up", "accepted_above", "returned_above")
LASTING = {"nature": "长期坚持"}
STEPS = {
    ("problem", "claim_done"): of_loop("claim_done", "head", "to_proven"),
    ("problem", "pass_preliminary"): of_loop("pass_preliminary", "county", "to_checked_by_county"),
    ("problem", "accept"): of_loop("accept", "accepter", "to_seen"),
    ("problem", "return"): of_loop("return", "accepter", "to_verifying"),
    ("problem", "publish"): of_loop("publish", "publicity", "to_accepted", after=("write_text",)),
    ("problem", "object"): of_loop("object", "chen", "to_complained"),
    ("problem", "dismiss_notice"): of_loop("dismiss_notice", "chen", "to_objected", after=("complain_wrongly",)),
    ("problem", "dismiss"): of_loop("dismiss", "chen", "to_objected", after=("over", "complain_wrongly")),
    ("problem", "uphold"): of_loop("uphold", "chen", "to_objected", after=("complain_rightly",)),
    ("problem", "close_notice"): of_loop("close_notice", "chen", "to_noticed", after=("over",)),
    ("problem", "report_up"): of_loop("report_up", "chen", "to_uncontested", acceptance_level="省级验收"),
    ("problem", "accepted_above"): of_loop("accepted_above", "chen", "to_reported_up", acceptance_level="省级验收"),
    ("problem", "returned_above"): of_loop("returned_above", "chen", "to_reported_up", acceptance_level="省级验收"),
    ("problem", "ask_consent"): of_loop("ask_consent", "chen", "to_complete"),
    ("problem", "consent"): of_loop("consent", "group", "to_asked"),
    ("problem", "refuse_consent"): of_loop("refuse_consent", "group", "to_asked"),
    ("problem", "sustain"): of_loop("sustain", "accepter", "to_seen", **LASTING),
    ("measure", "finish"): of_loop("finish", "zhang", "to_done", sort="measure"),
    ("measure", "confirm"): of_loop("confirm", "second", "to_finished", sort="measure"),
    ("measure", "return"): of_loop("return", "second", "to_finished", sort="measure"),
    ("measure", "sustain"): of_loop("sustain", "second", "to_done", sort="measure", **LASTING),
    ("problem", "issue"): of_problem("issue", "chen"),
    ("problem", "receive"): of_problem("receive", "zhang", ("chen", "issue")),
    ("problem", "decline"): of_problem("decline", "zhang", ("chen", "issue")),
    ("measure", "start"): Step(
        "zhang",
        measure_of_received,
        lambda measure, by, _: move_measure(measure, "start", by=by, at=NOON),
        lambda measure, by, note: correct_measure(measure, by=by, at=NOON, note=note),
    ),
    **{("plan", name): step for name, step in PLAN_STEPS.items()},
    ("petition", "assign"): of_petition(
        "chen",
        petition_at(),
        lambda row, by, cast: petitions.assign_petition(row, [cast.water, cast.farm], by=by, at=NOON),
    ),
    ("petition", "transfer"): of_petition(
        "chen", petition_at(), lambda row, by, _: petitions.move_petition(row, "transfer", by=by, at=NOON, note="理由")
    ),
    ("petition", "merge"): of_petition("chen", beside_another, merge),
    ("undertaking", "receive"): of_petition(
        "zhang", petition_at(("chen", "assign")), lambda row, by, _: undertake(row, by, "receive")
    ),
    ("undertaking", "return"): of_petition(
        "zhang", petition_at(("chen", "assign")), lambda row, by, _: undertake(row, by, "return")
    ),
    ("undertaking", "refuse_return"): of_petition(
        "chen",
        petition_at(("chen", "assign"), ("zhang", "return"), units=lambda cast: [cast.water, cast.farm]),
        lambda row, by, _: undertake(row, by, "refuse_return"),
    ),
    ("undertaking", "reassign"): of_petition(
        "chen",
        petition_at(("chen", "assign"), ("zhang", "return"), units=lambda cast: [cast.water, cast.farm]),
        lambda row, by, cast: petitions.reassign_undertaking(first_part(row), [cast.county], by=by, at=NOON),
    ),
    ("undertaking", "release"): of_petition(
        "chen",
        petition_at(("chen", "assign"), ("zhang", "return"), units=lambda cast: [cast.water, cast.farm]),
        lambda row, by, _: undertake(row, by, "release"),
    ),
    ("undertaking", "report_findings"): of_petition(
        "zhang", answered_up_to(), lambda row, by, _: undertake(row, by, "report_findings")
    ),
    **{
        ("undertaking", name): of_petition(
            "li", answered_up_to("report_findings"), lambda row, by, _, name=name: undertake(row, by, name)
        )
        for name in ("county_approve", "county_return")
    },
    ("undertaking", "city_return"): of_petition(
        "chen",
        answered_up_to("report_findings", "county_approve"),
        lambda row, by, _: undertake(row, by, "city_return"),
    ),
    ("petition", "apply"): of_petition(
        "zhang",
        answered_up_to("report_findings", "county_approve", "approve"),
        lambda row, by, _: petitions.move_petition(row, "apply", by=by, at=NOON),
    ),
    ("petition", "refuse"): of_petition(
        "wang",
        answered_up_to("report_findings", "county_approve", "approve", "apply"),
        lambda row, by, _: petitions.move_petition(row, "refuse", by=by, at=NOON, note="理由"),
    ),
    ("petition", "approve"): of_petition(
        "chen",
        answered_up_to("report_findings", "county_approve"),
        lambda row, by, _: petitions.move_petition(row, "approve", by=by, at=NOON, note="理由"),
    ),
    ("petition", "disclose"): of_petition(
        "publicity",
        approved_for_the_public,
        lambda row, by, _: petitions.move_petition(row, "disclose", by=by, at=NOON),
    ),
}
