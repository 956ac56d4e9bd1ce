"""What is done to any matter: opened with its first round, taken through its lifecycle, its bearers named and told."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from bihuan.core import audit, correction, moving, outbox
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Flow, Move, Refused
from bihuan.matters import queries
from bihuan.matters.models import Duty, Inspection, Matter, Round, RuleSet, TakenOver
from bihuan.matters.rules.settled import settled
from bihuan.organisation.actions import acting
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Answering, Capacity, DutyRole


@action
def add_rule_set(name: str, *, by: Actor, at: datetime, **parameters: Any) -> RuleSet:
    """Add a set of parameters; what is not given keeps its default. Refuses a name that is taken, and nonsense."""
    _refuse_rule_set(by.city, name)
    return audit.create(RuleSet(name=name, **_settled(RuleSet(), parameters)))


@action
def change_rule_set(
    rule_set: RuleSet, *, by: Actor, at: datetime, note: str = "", seen: int | None = None, **parameters: Any
) -> RuleSet:
    """Change parameters; dates already issued do not move, and a threshold of lights counts from today on.

    Refuses a name that is taken, and parameters that make no sense together.
    """
    if parameters.get("name", rule_set.name) != rule_set.name:
        _refuse_rule_set(by.city, parameters["name"])
    return audit.amend(rule_set, seen=seen, because=note, **_settled(rule_set, parameters))


def _settled(rules: RuleSet, parameters: dict[str, Any]) -> dict[str, Any]:
    before = {one.name: getattr(rules, one.name) for one in RuleSet._meta.concrete_fields}
    return settled(parameters, before)


def _refuse_rule_set(city: str, name: str) -> None:
    if RuleSet.objects.filter(city=city, name=name).exists():
        raise Refused(f"已有规则“{name}”。")


@action
def add_inspection(code: str, name: str, *, by: Actor, at: datetime, **facts: Any) -> Inspection:
    """Add an inspection. Refuses a code that is taken, and days that run backwards."""
    if Inspection.objects.filter(city=by.city, code=code).exists():
        raise Refused(f"代号“{code}”已经有督察在用。")
    _refuse_backwards(facts.get("on_site_from"), facts.get("on_site_until"))
    return audit.create(Inspection(code=code, name=name, **facts))


@action
def change_inspection(
    inspection: Inspection, *, by: Actor, at: datetime, note: str = "", seen: int | None = None, **facts: Any
) -> Inspection:
    """Change what is known of an inspection; its code stays, since matters are called by it."""
    _refuse_backwards(
        facts.get("on_site_from", inspection.on_site_from), facts.get("on_site_until", inspection.on_site_until)
    )
    return audit.amend(inspection, seen=seen, because=note, **facts)


def _refuse_backwards(start: date | None, end: date | None) -> None:
    if start is not None and end is not None and end < start:
        raise Refused("离驻日期早于进驻日期。")


def open_matters(matters: list[Matter], flow: Flow) -> None:
    """Insert matters and the first round of each, inside an action."""
    for matter in matters:
        matter.state = flow.initial
    audit.create_many(matters)
    audit.create_many([Round(matter=matter, number=1, state=flow.initial) for matter in matters])


def take_step(
    matter: Matter,
    flow: Flow,
    name: str,
    *,
    note: str,
    facts: Any,
    called: str,
    answering: Collection[Answering] | None = None,
    is_given: bool = False,
) -> Move:
    """Take one step of a matter's lifecycle on its last round; the matter follows, whom it concerns is told.

    Inside an action. Acts in the appointment whose duty allows the step. `called` is how the matter reads in a message;
    `answering` are those who answer for the matter where these are more than its own bearers; `is_given` says that what
    the step asks for came with it. A step that opens a round leaves the old one as it is.
    """
    by = audit.deed().by
    turn, answering = queries.locked_round(matter), answering or queries.answering(matter)
    turn.matter = matter
    acting.take_post(flow, name, matter.state, answering, matter.code)
    move = moving.make_move(
        flow,
        turn,
        name,
        note=note,
        capacities=scope.capacities(by, answering) | ({Capacity.CONSEQUENCE} if by.is_system else set()),
        facts=facts,
        whole=matter,
        is_given=is_given,
    )
    if move.opens_round:
        _next_round(turn, note or move.label)
    tell_about(matter, f"{move.label}：{called}", move.tells, by=by, at=audit.deed().at, answering=answering)
    return move


def set_round(matter: Matter, **facts: Any) -> None:
    """Set facts on the last round of a matter, in the deed that is under way."""
    audit.change(queries.last_round(matter), **facts)


def _next_round(closed: Round, because: str) -> Round:
    """Open the next round of a matter whose state moved already; the closed one is not touched."""
    matter, number = closed.matter, closed.number + 1
    audit.change(matter, round_number=number)
    return audit.create(
        Round(matter=matter, number=number, state=matter.state, variant=closed.variant, opened_because=because[:200])
    )


def correct_last(
    matter: Matter, flows: Mapping[str, Flow], *, note: str, called: str, built_upon: Collection[str] = ()
) -> None:
    """Correct the last step on a matter, inside an action: everything that the step changed is as it was before, what
    it created is marked, and whom it had told is told again.

    Refuses without a reason, to anybody but the one who took the step while he holds the appointment he took it in, and
    once somebody acted on it. `flows`, `built_upon`: as in `queries.corrections`. Source: the order of work itself.
    """
    queries.locked_round(matter)
    by, last = audit.deed().by, correction.last_step(matter.code, matter.city)
    refusal = queries.correction_refused(last, matter, flows, by, built_upon)
    if last is None or refusal:
        raise Refused(refusal)
    set_back(last, flows, matter, note=note, called=called)


def set_back(last: correction.LastStep, flows: Mapping[str, Flow], row: Any, *, note: str, called: str) -> None:
    """Set back the last step on a row (a matter, a plan), inside an action, in the post in which it was taken; whom it
    had told is told again. Refuses without a reason.
    """
    if not note.strip():
        raise Refused("请写明更正的理由。")
    by = audit.deed().by
    if last.entry.appointment is not None:
        audit.deed().by = by.acting_in(last.entry.appointment, last.entry.post, last.entry.behalf)
    told = correction.take_back(last, because=note)
    row.refresh_from_db()
    moving.consequences(flows[last.entry.table], correction.CORRECT, row, note)
    if told:
        text = f"{last.label(flows)}，以本条为准：{called}"
        outbox.tell(told, text, at=audit.deed().at, matter_code=last.entry.about)


def follow(matter: Matter, flow: Flow, name: str, *, note: str = "", facts: Any = None) -> None:
    """Move a matter as the recorded consequence of another step, inside that step's deed."""
    turn = queries.locked_round(matter)
    turn.matter = matter
    capacities = {Capacity.CONSEQUENCE}
    move = moving.make_move(flow, turn, name, note=note, capacities=capacities, facts=facts, whole=matter)
    if move.opens_round:
        _next_round(turn, note or move.label)


def take_over(
    taken: TakenOver, state: str, *, because: str, facts_of_round: Mapping[str, Any], **deadlines: Any
) -> TakenOver:
    """Let a matter stand where the ledger that it came from has it, inside an action: marked with file and row, and
    nothing of it a step. Its deadlines are the ledger's, as far as they are given.
    """
    turn = queries.locked_round(taken.matter)
    taken.matter = turn.matter
    audit.change(turn, state=state, opened_because="接管", because=because, **facts_of_round)
    audit.change(turn.matter, state=state, because=because, **deadlines)
    return audit.create(taken, because=because)


def tell_about(
    matter: Matter,
    text: str,
    told: Collection[str],
    *,
    by: Actor,
    at: datetime,
    answering: Collection[Answering] | None = None,
) -> None:
    """Put a line about a matter into the lists of those whom the words of `told` mean, inside an action; never into
    the doer's own.
    """
    answering = answering or queries.answering(matter)
    meant = (scope.persons_meant(word, answering, matter.city, day_of(at)) for word in told)
    persons = frozenset().union(*meant) - {by.person}
    if persons:
        outbox.tell(persons, text, at=at, matter_code=matter.code)


def name_bearers(duties: list[Duty]) -> None:
    """Record who answers for what, inside an action."""
    audit.create_many(duties)


def exchange_bearers(matter: Matter, role: DutyRole, units: Mapping[int, str], *, because: str) -> None:
    """Let exactly these units ({id: how the paper or the person calls it}) bear a role, inside an action.

    Those who stay keep their duty; that of whoever no longer bears it is ended. Words without a unit stay. The first of
    the new ones leads where none of those who stay does.
    """
    standing = [*Duty.objects.filter(matter=matter, role=role, is_ended=False, unit__isnull=False).order_by("pk")]
    for duty in standing:
        duty.matter = matter
        if duty.unit_id not in units:
            audit.change(duty, is_ended=True, is_first=False, because=because)
    held = {duty.unit_id for duty in standing}
    led = role != DutyRole.LEAD or any(duty.is_first for duty in standing if duty.unit_id in units)
    new = [unit for unit in units if unit not in held]
    audit.create_many(
        [
            Duty(matter=matter, role=role, unit_id=unit, raw=units[unit][:300], is_first=not led and place == 0)
            for place, unit in enumerate(new)
        ],
        because=because,
    )


def settle_deadline(matter: Matter, due_on: date | None) -> None:
    """Set the deadline of a matter that has none yet: the first one, kept for ever, and the current one."""
    if matter.first_due_on is not None:
        raise Refused("首次时限已定，不能改写；请申请延期。")
    audit.change(matter, first_due_on=due_on, due_on=due_on)
