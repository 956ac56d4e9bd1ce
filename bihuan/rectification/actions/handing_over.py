"""Steps of problems and measures, what each leaves on the file, and their correction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.matters import actions as matters
from bihuan.matters import queries as matter_queries
from bihuan.matters.actions import proving, watching
from bihuan.organisation.rules import chain
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.actions import experts
from bihuan.rectification.models import Measure, Plan, Problem
from bihuan.rectification.queries import experts as expert_queries
from bihuan.rectification.queries import package, steps
from bihuan.rectification.queries.facts import MeasureFacts, ProblemFacts
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PUBLISH_FIRST

CALLED = 40
EXPERTS_HAND = "您作为专家为这件事提过意见，这一步要由另一个人办。"
CITY = "city"


@dataclass(frozen=True, slots=True)
class Paper:
    """The number and day of the paper by which a step was taken elsewhere."""

    number: str
    dated_on: date


@action
def move_problem(
    problem: Problem, name: str, *, by: Actor, at: datetime, note: str = "", paper: Paper | None = None
) -> Problem:
    """Take one step of a problem's lifecycle, or refuse with the sentence why not.

    Issuing starts the clock and fixes the order of acceptance and notice for this round. A claim freezes what it
    claims, and skips the county where no county leads; whoever accepts, agrees or signs off puts his name to the exact
    state; signing off closes the round for good and plans the re-checks; a rebound opens the next round, its measures
    with it. An expert of this round takes no step of the chain in it. `paper` is what some steps ask for. All of it or
    nothing.
    """
    if name == "issue":  # under a plan whose issue is not corrected meanwhile, nor was since the problem was read
        problem.plan = Plan.objects.select_for_update().get(pk=problem.plan_id)
    if chain.link_of("problem", name) and expert_queries.has_judged(problem.matter, by):
        raise Refused(EXPERTS_HAND)
    facts = ProblemFacts(problem, day_of(at))
    move = matters.take_step(
        problem.matter,
        steps.flow_of(problem),
        name,
        note=note,
        facts=facts,
        called=_called(problem),
        is_given=paper is not None and bool(paper.number.strip()),
    )
    if facts_of_round := _on_round(problem, name, at):
        matters.set_round(problem.matter, **facts_of_round)
    if paper is not None and move.asks:
        proving.cite(problem.matter, name, paper.number, paper.dated_on)
    for leave in LEAVES.get(name, ()):
        leave(problem, name, note)
    return problem


def _on_round(problem: Problem, name: str, at: datetime) -> Mapping[str, Any]:
    """What a step sets on its round."""
    publish_first = problem.matter.inspection.rule_set.is_publish_first
    told: dict[str, dict[str, Any]] = {
        "issue": {"handed_over_at": at, "variant": PUBLISH_FIRST if publish_first else ACCEPT_FIRST},
        "receive": {"received_at": at},
        "decline": {"handed_over_at": None, "variant": ""},
        "rebound": {"handed_over_at": at, "received_at": at},
    }
    return told.get(name, {})


def _claim(problem: Problem, name: str, note: str) -> None:
    """Freeze what is claimed, sign it, and go on to the city where no county leads."""
    lines = package.claimed(problem)
    digest = package.digest_of(lines)
    matters.set_round(problem.matter, claim_digest=digest)
    proving.keep_manifest(problem.matter, name, digest, package.bytes_of(lines))
    proving.sign(problem.matter, name, digest, note)
    leads = problem.matter.duties.filter(role=DutyRole.LEAD, is_ended=False, unit__isnull=False)
    if not leads.exclude(unit__region__level=CITY).exists():
        matters.follow(problem.matter, steps.flow_of(problem), "skip_preliminary", note="牵头单位属市本级")


def _sign(problem: Problem, name: str, note: str) -> None:
    proving.sign(problem.matter, name, package.digest_of(package.whole(problem)), note)


def _consent(problem: Problem, name: str, note: str) -> None:
    """The signature names the hash of the whole file."""
    lines = package.whole(problem)
    digest = package.digest_of(lines)
    matters.set_round(problem.matter, package_digest=digest)
    proving.keep_manifest(problem.matter, name, digest, package.bytes_of(lines))
    proving.sign(problem.matter, name, digest, note)


def _close(problem: Problem, name: str, note: str) -> None:
    """Freeze the whole file, plan what is watched, and close the round for good."""
    lines = package.whole(problem)
    today = day_of(audit.deed().at)
    proving.keep_manifest(problem.matter, name, package.digest_of(lines), package.bytes_of(lines))
    proving.sign(problem.matter, name, package.digest_of(lines), note)
    proving.plan_rechecks(problem.matter, today)
    matters.set_round(problem.matter, closed_on=today)


def _prove(problem: Problem, name: str, note: str) -> None:
    """Sign the stage, and say when it is proven next."""
    _sign(problem, name, note)
    proving.settle_proof(problem.matter, note)
    proving.plan_proof(problem.matter, day_of(audit.deed().at))


def _open_notice(problem: Problem, name: str, note: str) -> None:
    proving.open_notice(problem.matter, day_of(audit.deed().at))


def _shut(problem: Problem, name: str, note: str) -> None:
    """Whoever was asked for an opinion and is silent is not waited for any more: there is nothing to conclude."""
    experts.let_go(problem, note)


def _back(problem: Problem, name: str, note: str) -> None:
    """What was claimed and shown holds no longer."""
    proving.end_notice(problem.matter, note)
    matters.set_round(problem.matter, claim_digest="", package_digest="")


def _reopen(problem: Problem, name: str, note: str) -> None:
    """Its measures go on; what was planned to be checked waits no longer, what was raised about it is settled."""
    proving.drop_rechecks(problem.matter, note)
    watching.settle(problem.matter, note)
    for measure in Measure.objects.filter(problem=problem, matter__is_withdrawn=False).select_related("matter"):
        if MEASURE.step("reopen", measure.matter.state):
            matters.follow(measure.matter, MEASURE, "reopen", note=note)


def _withdraw(problem: Problem, name: str, note: str) -> None:
    proving.end_notice(problem.matter, note)
    proving.drop_rechecks(problem.matter, note)
    matters.set_round(problem.matter, closed_on=day_of(audit.deed().at))


Leave = Callable[[Problem, str, str], None]
LEAVES: Mapping[str, tuple[Leave, ...]] = {
    "claim_done": (_claim,),
    "pass_preliminary": (_sign,),
    "accept": (_sign,),
    "sustain": (_prove,),
    "prove": (_prove,),
    "publish": (_open_notice,),
    "return": (_back, _shut),
    "uphold": (_back, _shut),
    "returned_above": (_back,),
    "refuse_consent": (_back,),
    "consent": (_consent,),
    "sign_off": (_close,),
    "rebound": (_reopen,),
    "withdraw": (_withdraw, _shut),
}
"""{step: what it leaves on the file}, in their order."""


@action
def correct_problem(problem: Problem, *, by: Actor, at: datetime, note: str = "") -> Problem:
    """Correct (更正) the last step on a problem, on which its measures' steps build: see `matters.correct_last`."""
    flows, measures = {"round": steps.flow_of(problem)}, steps.measures_of(problem)
    matters.correct_last(problem.matter, flows, note=note, called=_called(problem), built_upon=measures)
    return problem


@action
def move_measure(measure: Measure, name: str, *, by: Actor, at: datetime, note: str = "") -> Measure:
    """Take one step of a measure's lifecycle, or refuse with the sentence why not."""
    if measure.problem is not None:  # whose last step is not corrected meanwhile, nor was since the measure was read
        measure.problem.matter = matter_queries.locked_round(measure.problem.matter).matter
    matters.take_step(
        measure.matter,
        MEASURE,
        name,
        note=note,
        facts=MeasureFacts(measure),
        called=measure_called(measure),
        answering=steps.answering_for(measure),
    )
    return measure


@action
def correct_measure(measure: Measure, *, by: Actor, at: datetime, note: str = "") -> Measure:
    """Correct (更正) the last step on a measure: see `matters.correct_last`."""
    matters.correct_last(measure.matter, {"round": MEASURE}, note=note, called=measure_called(measure))
    return measure


def _called(problem: Problem) -> str:
    return f"第{problem.number}项{problem.title}"


def measure_called(measure: Measure) -> str:
    """How a measure reads in a message."""
    return f"措施“{measure.text[:CALLED]}”"
