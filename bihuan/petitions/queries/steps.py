"""The facts that the steps of a petition and of its parts ask for, and the steps that somebody is offered."""

from collections.abc import Sequence
from datetime import date

from bihuan.core import clock, moving
from bihuan.core.actor import Actor
from bihuan.lib.flow import Offer
from bihuan.matters import queries as matters
from bihuan.organisation.queries import scope
from bihuan.petitions import queries
from bihuan.petitions.models import Petition, Undertaking
from bihuan.petitions.queries import call_backs, findings, sub_items
from bihuan.petitions.rules.call_backs import DISSATISFIED, is_dissatisfied
from bihuan.petitions.rules.facts import MAY_CHANGE, petition_shut
from bihuan.petitions.rules.petition import AFTER_ANSWER, ANSWERED, PETITION, PetitionFacts, PetitionState
from bihuan.petitions.rules.undertaking import IN, UNDERTAKING, UndertakingFacts, UndertakingState

IN_REVIEW = (PetitionState.HANDLING, PetitionState.COUNTY_REVIEW, PetitionState.CITY_REVIEW)


def may_place(petition: Petition, by: Actor) -> bool:
    """Whether this actor says in which region a petition lies: the office, until it is handed over."""
    return bool(scope.capacities(by, ()) & MAY_CHANGE) and not petition_shut("region", petition.matter.state)


def may_hand_over(by: Actor) -> bool:
    """Whether handing petitions over is among this actor's steps, as the lifecycle has it."""
    return any(scope.capacities(by, ()) & move.who for move in PETITION.rows("assign"))


def undertaking_facts(part: Undertaking, parts: Sequence[Undertaking], by: Actor, today: date) -> UndertakingFacts:
    """What the steps of one of a petition's parts ask; `parts` are all of them, as `parts_of` brought them."""
    others = [one for one in findings.live(parts) if one.pk != part.pk]
    report = next((findings.report_of(one) for one in parts if one.pk == part.pk), None)
    state = part.petition.matter.state
    return UndertakingFacts(
        is_hand_over_day=part.handed_over_at is not None and clock.day_of(part.handed_over_at) == today,
        is_with_units=state in (*findings.WITH_UNITS, *ANSWERED),
        other_parts=len(others),
        is_filled=report is not None,
        is_own=report is not None and report.filled_by_id == by.person,
        items_left=sub_items.left_by(part.petition, [report, *map(findings.report_of, others)])
        if all(one.state in IN for one in others)
        else (),
        is_in_review=state in IN_REVIEW or (report is not None and report.settled_at is None),
    )


def petition_facts(petition: Petition, by: Actor) -> PetitionFacts:
    """What a petition's steps ask."""
    state, told, proposed, behind = petition.matter.state, petition.truth, "", list[str]()
    left: tuple[int, ...] = ()
    if state in (PetitionState.CITY_REVIEW, *ANSWERED):
        parts = findings.parts_of(petition)
        news = findings.news_of(parts)
        behind = [str(one.unit) for one in news if one.state != UndertakingState.REPORTED]
        answer = findings.answer_of(petition, parts)
        left = _left(petition, parts) if state == PetitionState.CITY_REVIEW else ()
        told = answer.overall if answer and state == PetitionState.CITY_REVIEW else told
        proposed = answer.closing if answer and news else ""
    is_bad, is_own = _called(petition, by) if state in AFTER_ANSWER else (False, False)
    return PetitionFacts(
        has_region=petition.matter.region_id is not None,
        truth=told,
        closing=petition.closing,
        proposed=proposed,
        behind=tuple(behind),
        items_left=left,
        is_dissatisfied=is_bad,
        is_own_call=is_own,
    )


def _left(petition: Petition, parts: Sequence[Undertaking]) -> tuple[int, ...]:
    """The places of the sub-items that no unit answers; none where the ledger that was taken over speaks for a unit."""
    reports = [findings.report_of(one) for one in findings.live(parts)]
    return sub_items.left_by(petition, reports) if all(reports) else ()


def _called(petition: Petition, by: Actor) -> tuple[bool, bool]:
    """Whether the last call-back of the present round went badly, and whether this actor recorded it."""
    calls = [*call_backs.of_round(petition)]
    is_bad = is_dissatisfied([(one.called_on, one.outcome) for one in calls])
    own = next((one for one in reversed(calls) if one.outcome == DISSATISFIED), None)
    return is_bad, is_bad and own is not None and own.called_by_id == by.person


def petition_offers(petition: Petition, by: Actor) -> tuple[Offer, ...]:
    """The steps that this actor sees on a petition, each with why not yet."""
    able = scope.capacities(by, matters.answering(petition.matter))
    offered = moving.offers(PETITION, petition.matter, able, petition_facts(petition, by))
    return (*offered, *matters.corrections(petition.matter, queries.LIFECYCLES, by, ()))


def undertaking_offers(part: Undertaking, parts: Sequence[Undertaking], by: Actor, today: date) -> tuple[Offer, ...]:
    """The steps that this actor sees on one of a petition's parts; none once the petition is answered, but where its
    unit reports on (续报).
    """
    if part.petition.matter.state in AFTER_ANSWER and part.pk not in {one.pk for one in findings.news_of(parts)}:
        return ()
    able = scope.capacities(by, findings.answering_for(part))
    return moving.offers(UNDERTAKING, part, able, undertaking_facts(part, parts, by, today))
