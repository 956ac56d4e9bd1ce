"""Taking petitions over (接管) as an office's own ledger has them: where one stands is a fact with its file."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from bihuan.core import audit
from bihuan.core.clock import SHANGHAI
from bihuan.lib import redact
from bihuan.matters import actions as matters
from bihuan.matters.models import Duty, TakenOver
from bihuan.matters.queries import taken
from bihuan.organisation.rules.duties import DutyRole
from bihuan.petitions.models import Petition, Undertaking
from bihuan.petitions.rules.petition import PetitionState
from bihuan.petitions.rules.taking_over import CLOSINGS, STANDINGS, PetitionStanding
from bihuan.petitions.rules.undertaking import UndertakingState


def take_over(standings: Mapping[str, PetitionStanding], *, intake: Any, note: str = "") -> list[TakenOver]:
    """Let petitions ({code: where it stands}) stand where the ledger has them, each marked with its file and row, with
    its units and their parts, inside an action.

    Only those on which nothing was done here: whatever was handed over in this system keeps what it has. Nothing of it
    is a step: the trail has no 交办, no 签收 and no 销号 that did not happen. Where the ledger sets no deadline the
    reply is due by the rule set's days from the hand-over, as after any hand-over.
    """
    city = audit.deed().by.city
    petitions = Petition.objects.filter(matter__code__in=standings, matter__city=city, matter__is_withdrawn=False)
    petitions = petitions.filter(matter__state=PetitionState.IN_TRAY, matter__round_number=1)
    done: list[TakenOver] = []
    for petition in petitions.select_related("matter__inspection__rule_set").order_by("pk"):
        is_handed = Undertaking.objects.filter(petition=petition, is_withdrawn=False).exists()
        if not is_handed and not taken.is_taken(petition.matter):
            one = standings[petition.matter.code]
            done.append(_take(petition, one, intake, note or f"接管：原台账写“{redact.masked(one.word)}”"))
    return done


def _take(petition: Petition, one: PetitionStanding, intake: Any, because: str) -> TakenOver:
    matter, (state, part, closing) = petition.matter, STANDINGS[one.standing]
    units = one.bearers.get(DutyRole.RESPONSIBLE, {})
    reply_due_on = one.reply_due_on or (_reply_due_on(petition, one) if part else None)
    mark = TakenOver(
        matter=matter,
        intake=intake,
        place=one.place[:80],
        word=redact.masked(one.word)[:60],
        standing=one.standing,
        progress=redact.masked(one.progress),
        handed_over_on=one.handed_over_on,
        closed_on=one.closed_on,
        filing_number=one.filing_number[:60],
    )
    days: dict[str, Any] = {"handed_over_at": _at(one.handed_over_on), "received_at": _at(one.signed_on)}
    mark = matters.take_over(
        mark,
        state,
        because=because,
        facts_of_round=days if part else {},
        first_due_on=one.first_due_on or reply_due_on,
        due_on=one.due_on or reply_due_on,
    )
    said = closing or (one.closing if one.closing in CLOSINGS else "")
    audit.change(petition, reply_due_on=reply_due_on, is_joint=len(units) > 1, closing=said, because=because)
    for role, bearers in one.bearers.items():
        duties = [
            Duty(
                matter=matter,
                role=role,
                unit_id=unit,
                raw=words[:300],
                is_first=role == DutyRole.RESPONSIBLE and not place,
            )
            for place, (unit, words) in enumerate(bearers.items())
        ]
        audit.create_many(duties, because=because)
    if part:
        audit.create_many([_part(petition, unit, part, days) for unit in units], because=because)
    return mark


def _part(petition: Petition, unit: int, state: UndertakingState, days: Mapping[str, Any]) -> Undertaking:
    """One unit's part; one that waits for its unit was not signed for, whatever day stands there."""
    days = days if state != UndertakingState.WAITING else {**days, "received_at": None}
    return Undertaking(petition=petition, unit_id=unit, round_number=1, state=state, is_taken_over=True, **days)


def _reply_due_on(petition: Petition, one: PetitionStanding) -> date | None:
    days = petition.matter.inspection.rule_set.reply_days
    return one.handed_over_on + timedelta(days=days) if one.handed_over_on else None


def _at(day: date | None) -> datetime | None:
    """The beginning of a day of which the ledger says no hour."""
    return datetime.combine(day, time(), SHANGHAI) if day else None
