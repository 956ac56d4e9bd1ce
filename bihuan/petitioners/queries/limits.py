"""How often somebody has read and looked for petitioners, what the steps of an opening and of a destruction ask."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from bihuan.core import calendar, moving
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Offer
from bihuan.lib.workdays import Workdays
from bihuan.matters import queries as matters
from bihuan.organisation.queries import emergency, scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.models import Destruction, Export, Lookup, Opening, Petitioner
from bihuan.petitioners.rules import destruction as destroying
from bihuan.petitioners.rules import opening as opening_rules
from bihuan.petitioners.rules.destruction import DESTRUCTION, DestructionFacts, DestructionState
from bihuan.petitioners.rules.fields import INDEXED
from bihuan.petitioners.rules.opening import OPENING, OpeningFacts, OpeningState
from bihuan.petitions.models import Petition
from bihuan.petitions.rules.petition import PetitionState

HEADS = (Role.OFFICE_HEAD,)
MOST_COUNTED = 200


def opened_lately(row: Petitioner, at: datetime) -> int:
    """How often the same person's data were opened of late, in whatever petition of his."""
    alike = Q(petitioner=row)
    for name in INDEXED:
        digest = getattr(row, f"{name}_index")
        if digest:
            alike |= Q(**{f"petitioner__{name}_index": digest})
    return Opening.objects.filter(alike, opened_at__gt=at - opening_rules.SAME_WITHIN).distinct().count()


def opened_today(by: Actor, at: datetime) -> int:
    """How many openings this person has had on that day, and petitioners in the files that he made."""
    mine = Opening.objects.filter(asked_by_id=by.person or 0, opened_at__isnull=False)
    moments = mine.order_by("-pk").values_list("opened_at", flat=True)[:MOST_COUNTED]
    made = Export.objects.filter(asked_by_id=by.person or 0, made_at__gt=at - timedelta(days=1), made_at__lte=at)
    told = sum(
        count for moment, count in made.values_list("made_at", "count") if moment and day_of(moment) == day_of(at)
    )
    return told + sum(moment is not None and day_of(moment) == day_of(at) for moment in moments)


def lookups_today(by: Actor, at: datetime) -> int:
    """How many numbers this person has looked for on that day."""
    mine = Lookup.objects.filter(person_id=by.person or 0).order_by("-pk")
    return sum(day_of(moment) == day_of(at) for moment in mine.values_list("looked_at", flat=True)[:MOST_COUNTED])


def is_working_day(day: date, city: str) -> bool:
    """Whether the office works on that day."""
    return Workdays(calendar.corrections(city)).is_working(day)


def opening_facts(opening: Opening, by: Actor, at: datetime) -> OpeningFacts:
    """What an opening's steps ask."""
    agreed = at - opening.decided_at if opening.decided_at else None
    is_asker = opening.asked_by_id == by.person
    return OpeningFacts(is_asker, not is_asker, agreed)


def destruction_facts(found: Destruction, by: Actor, today: date) -> DestructionFacts:
    """What a destruction's steps ask."""
    is_another, is_lasting = found.proposed_by_id != by.person, emergency.has_lasting_role(by, HEADS)
    return DestructionFacts(is_another, too_early(found.petitioner.petition, today), is_lasting)


def too_early(petition: Petition, today: date) -> str:
    """Why a petitioner's key may not be destroyed yet, or ""."""
    turn = matters.last_round(petition.matter)
    is_over = petition.matter.state == PetitionState.SIGNED_OFF
    years = petition.matter.inspection.rule_set.petitioner_years
    return destroying.too_early(turn.closed_on if is_over else None, years, today)


def waiting(row: Petitioner, by: Actor, at: datetime) -> list[tuple[Any, tuple[Offer, ...]]]:
    """What waits for somebody's decision about a petitioner, with the steps that this person sees."""
    able = scope.capacities(by, ())
    openings = Opening.objects.filter(petitioner=row, state__in=(OpeningState.ASKED, OpeningState.AGREED))
    found: list[tuple[Any, tuple[Offer, ...]]] = [
        (one, moving.offers(OPENING, one, able, opening_facts(one, by, at)))
        for one in openings.select_related("asked_by").order_by("pk")
        if one.asked_by_id == by.person or one.state == OpeningState.ASKED
    ]
    proposals = Destruction.objects.filter(petitioner=row, state=DestructionState.PROPOSED)
    return found + [
        (one, moving.offers(DESTRUCTION, one, able, destruction_facts(one, by, day_of(at))))
        for one in proposals.select_related("proposed_by", "petitioner__petition__matter").order_by("pk")
    ]
