"""Petitions as somebody may read them, always for somebody; and the facts that their steps ask for."""

from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from bihuan.core import clock, moving
from bihuan.core.actor import Actor
from bihuan.lib.flow import Offer
from bihuan.matters import queries as matters
from bihuan.matters.models import Inspection
from bihuan.organisation import queries as organisation
from bihuan.organisation.rules.duties import Answering, DutyRole
from bihuan.petitions.models import Batch, Petition, Undertaking
from bihuan.petitions.rules.petition import PETITION, PetitionFacts, PetitionState
from bihuan.petitions.rules.undertaking import UNDERTAKING, UndertakingFacts, UndertakingState

HIDDEN = (PetitionState.IN_TRAY,)
LIVE = Prefetch(
    "undertakings",
    Undertaking.objects.exclude(state=UndertakingState.RETURNED).select_related("unit").order_by("pk"),
    to_attr="live",
)


def petitions_seen(by: Actor) -> QuerySet[Petition]:
    """The petitions in this actor's scope, newest first; their content is de-identified for everybody here."""
    return Petition.objects.filter(matters.seen_by(by, HIDDEN, matter="matter__")).order_by("-matter_id")


def petition_words(rows: QuerySet[Petition]) -> QuerySet[Petition]:
    """Petitions with the words that a ledger shows."""
    return matters.told(rows, batch_label="batch__label").defer("spans").prefetch_related(LIVE)


def petitions_for(by: Actor) -> QuerySet[Petition]:
    """The petitions in this actor's scope with all that a page of one says, newest first."""
    return petition_words(petitions_seen(by)).select_related("matter__inspection__rule_set", "matter__region", "batch")


def batches_for(by: Actor) -> QuerySet[Batch]:
    """The batches of the actor's city that stand; only city duties list them."""
    batches = Batch.objects.filter(city=by.city, is_withdrawn=False).select_related("inspection")
    return batches if organisation.sees_all(by) else batches.none()


def petition_facts(petition: Petition) -> PetitionFacts:
    """What a petition's steps ask."""
    return PetitionFacts(has_region=petition.matter.region_id is not None)


def undertaking_facts(undertaking: Undertaking, today: date) -> UndertakingFacts:
    """What an undertaking's steps ask."""
    return UndertakingFacts(is_hand_over_day=clock.day_of(undertaking.handed_over_at) == today)


def petition_offers(petition: Petition, by: Actor) -> tuple[Offer, ...]:
    """The steps that this actor sees on a petition, each with why not yet."""
    able = organisation.capacities(by, matters.answering(petition.matter))
    return moving.offers(PETITION, petition.matter, able, petition_facts(petition))


def undertaking_offers(undertaking: Undertaking, by: Actor, today: date) -> tuple[Offer, ...]:
    """The steps that this actor sees on one unit's part of a petition."""
    able = organisation.capacities(by, (Answering(DutyRole.RESPONSIBLE, undertaking.unit_id),))
    return moving.offers(UNDERTAKING, undertaking, able, undertaking_facts(undertaking, today))


def undertakings_of(petition: Petition) -> QuerySet[Undertaking]:
    """Every undertaking of a petition, returned ones too, in the order of hand-over."""
    return Undertaking.objects.filter(petition=petition).select_related("unit", "petition__matter").order_by("pk")


def waiting_for(petition: Petition, by: Actor) -> list[Undertaking]:
    """The parts of a petition that wait to be signed for by this actor's units."""
    waiting = undertakings_of(petition).filter(state=UndertakingState.WAITING)
    return [*waiting.filter(unit_id__in=organisation.units_of(by))]


def standing_batch(inspection: Inspection, label: str) -> Batch | None:
    """The batch of an inspection with that label, if it stands."""
    return Batch.objects.filter(inspection=inspection, label=label, is_withdrawn=False).first()


def living_in(batch: Batch) -> QuerySet[Petition]:
    """The petitions of a batch that stand."""
    return Petition.objects.filter(batch=batch, matter__is_withdrawn=False).select_related("matter").order_by("pk")


def petitions_found(by: Actor, words: str) -> QuerySet[Petition]:
    """The petitions in this actor's scope that hold the words, or whose number or code has them, newest first."""
    part = words.upper().rstrip("*")
    return matters.found(
        petitions_seen(by).select_related("matter"),
        words,
        Q(number_key__contains=part) if part.isalnum() and part.isascii() else None,
    )


def tray(by: Actor) -> list[tuple[str, date | None, str, int]]:
    """(batch, its day, inspection, how many) of the petitions that wait to be handed over, in this actor's scope."""
    waiting = petitions_for(by).filter(matter__state=PetitionState.IN_TRAY).order_by("batch_id")
    batch = ("batch__label", "batch__handed_over_on", "matter__inspection__name")
    return [*waiting.values_list(*batch).annotate(count=Count("pk")).order_by("batch_id")]
