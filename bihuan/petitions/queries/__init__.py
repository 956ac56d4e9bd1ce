"""Petitions as somebody may read them, always for somebody; and the facts that their steps ask for."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from bihuan.core import still
from bihuan.core.actor import Actor
from bihuan.core.prepared import made_once
from bihuan.lib.reading.petition_numbers import read_petition_number
from bihuan.matters import queries as matters
from bihuan.matters.models import Inspection, Matter
from bihuan.matters.queries import taken
from bihuan.matters.rules.difference import Difference
from bihuan.organisation.queries import scope
from bihuan.petitions.models import Batch, Petition, Undertaking
from bihuan.petitions.queries import sub_items
from bihuan.petitions.rules import difference as differences
from bihuan.petitions.rules.drafts import BatchDraft, PetitionDraft, SubItemDraft
from bihuan.petitions.rules.petition import PETITION, PetitionState
from bihuan.petitions.rules.undertaking import GIVEN_UP, UNDERTAKING, UndertakingState

VEIL = matters.Veil(
    drafts=(PetitionState.IN_TRAY,),
    unsubmitted=(PetitionState.IN_TRAY, PetitionState.ASSIGNED, PetitionState.HANDLING),
)
_WITH_UNITS = (PetitionState.ASSIGNED, PetitionState.HANDLING)
LIFECYCLES = {"round": PETITION, "undertaking": UNDERTAKING}  # by the table whose state they move
_TELLING = 8  # letters and digits of a number that hardly stand in any text
_AT_ONCE = 500  # as many numbers as one query asks for
PLAIN = (
    "number",
    "number_key",
    "row",
    "is_key_case",
    "channel",
    "received_on",
    "region_raw",
    "content",
    "main_type",
    "findings",
    "truth",
    "handling",
    "goal",
    "closing",
    "accountability",
    "deadline_raw",
)
_LIVE = Prefetch(
    "undertakings",
    Undertaking.objects.filter(is_withdrawn=False, round_number=F("petition__matter__round_number"))
    .exclude(state__in=GIVEN_UP)
    .select_related("unit")
    .order_by("pk"),
    to_attr="live",
)


@made_once
def petitions_seen(by: Actor) -> QuerySet[Petition]:
    """The petitions in this actor's scope, newest first; their content is de-identified for everybody here."""
    return Petition.objects.filter(matters.seen_by(by, VEIL, matter="matter__")).order_by("-matter_id")


def petition_words(rows: QuerySet[Petition]) -> QuerySet[Petition]:
    """Petitions with the words that a ledger shows."""
    return (
        matters.told(rows.annotate(**taken.words()), batch_label="batch__label").defer("spans").prefetch_related(_LIVE)
    )


@made_once
def petitions_for(by: Actor) -> QuerySet[Petition]:
    """The petitions in this actor's scope with all that a page of one says, newest first."""
    return petition_words(petitions_seen(by)).select_related("matter__inspection__rule_set", "matter__region", "batch")


def undertakings_of(petition: Petition) -> QuerySet[Undertaking]:
    """Every undertaking of a petition, returned ones too, in the order of hand-over."""
    parts = Undertaking.objects.filter(petition=petition, is_withdrawn=False)
    return parts.select_related("unit__region", "petition__matter").order_by("pk")


def waiting_for(petition: Petition, by: Actor) -> list[Undertaking]:
    """The parts of a petition that wait to be signed for by this actor's units."""
    waiting = undertakings_of(petition).filter(state=UndertakingState.WAITING)
    return [*waiting.filter(unit_id__in=scope.units_of(by))]


def returned_to(by: Actor) -> QuerySet[Petition]:
    """The petitions of which a unit returned its part and that other units hold, in this actor's scope: the office
    hands that part to another unit or refuses the return.
    """
    parts = Undertaking.objects.filter(is_withdrawn=False, state=UndertakingState.RETURNED)
    return petitions_for(by).filter(matter__state__in=_WITH_UNITS, pk__in=parts.values("petition"))


def standing_batch(inspection: Inspection, label: str) -> Batch | None:
    """The batch of an inspection with that label, if it stands."""
    return Batch.objects.filter(inspection=inspection, label=label, is_withdrawn=False).first()


def known_to(draft: BatchDraft, inspection: Inspection) -> dict[str, Petition]:
    """The petitions that stand and that a table means, by the key of their number: those of its own batch, and those
    whose number alone tells them, in whatever batch of the inspection they came first.
    """
    living = Petition.objects.filter(batch__inspection=inspection, matter__is_withdrawn=False)
    living = living.select_related("matter", "batch").prefetch_related("sub_items").order_by("-pk")
    alone = [one.number_key for one in draft.petitions if read_petition_number(one.number_key).is_unique]
    found: dict[str, Petition] = {}
    for start in range(0, len(alone), _AT_ONCE):
        found |= {row.number_key: row for row in living.filter(number_key__in=alone[start : start + _AT_ONCE])}
    return found | {row.number_key: row for row in living.filter(batch__label=draft.label)}


def batch_difference(draft: BatchDraft, inspection: Inspection) -> Difference:
    """What writing this table would change."""
    known = known_to(draft, inspection)
    read = {one.number_key for one in draft.petitions}
    missing = [row for key, row in known.items() if key not in read]
    return differences.difference(
        {key: petition_as_draft(row) for key, row in known.items()},
        draft.petitions,
        [petition_as_draft(row) for row in sorted(missing, key=lambda row: row.pk)],
    )


def petition_as_draft(petition: Petition) -> PetitionDraft:
    """A petition that stands, as a draft whose key is its code: what a later table is held against."""
    return PetitionDraft(
        key=petition.matter.code,
        region=petition.matter.region_id,
        types=tuple(petition.types),
        document_numbers=tuple(petition.document_numbers),
        repeats=tuple(petition.repeats),
        sub_items=tuple(
            SubItemDraft(item.place, item.text, item.finding, item.truth) for item in sub_items.standing(petition)
        ),
        **{name: getattr(petition, name) for name in PLAIN},
    )


def petition_stepped(code: str, by: Actor) -> Petition | None:
    """The petition on which this actor took the last step, though the step took it out of his scope."""
    petition: Petition | None = matters.stepped(Petition.objects.all(), code, by)
    return petition


def petitions_found(by: Actor, words: str) -> QuerySet[Petition]:
    """The petitions in this actor's scope that hold the words, or whose number or code has them, newest first.

    A number's beginning is among the words; what may be another part of one costs a look at every row.
    """
    part = words.upper().rstrip("*")
    seen = petitions_seen(by).select_related("matter")
    held = matters.found(seen, words)
    is_part = part.isalnum() and part.isascii() and not (len(part) >= _TELLING and held.exists())
    if not is_part:
        return held
    named = Petition.objects.filter(number_key__contains=part).order_by()  # the index of numbers alone is gone through
    return matters.found(seen, words, Q(pk__in=named.values("pk")))


def tray(by: Actor, most: int) -> list[tuple[str, date | None, str, int]]:
    """(batch, its day, inspection, how many) of the petitions that wait to be handed over, in this actor's scope; the
    batch that has waited longest first, and of the batches at most so many.
    """
    return still.known(("tray", by.city, by.person, by.held, most), lambda: _tray(by, most))


def _tray(by: Actor, most: int) -> list[tuple[str, date | None, str, int]]:
    waiting = petitions_seen(by).filter(matter__state=PetitionState.IN_TRAY).order_by()
    batches = Batch.objects.filter(_holding(waiting)).order_by(F("handed_over_on").asc(nulls_last=True), "pk")
    told = [*batches.values_list("pk", "label", "handed_over_on", "inspection__name")[:most]]
    counts = dict(waiting.filter(batch__in=[pk for pk, *_ in told]).values_list("batch_id").annotate(Count("pk")))
    return [(label, day, inspection, counts[pk]) for pk, label, day, inspection in told]


def _holding(waiting: QuerySet[Petition]) -> Q:
    """The condition that a batch has one of these: a few are looked up; where many wait, every batch is asked."""
    lying = Matter.objects.filter(kind="petition", is_withdrawn=False, state=PetitionState.IN_TRAY)
    few = [*lying.values_list("pk", flat=True)[: _AT_ONCE + 1]]
    if len(few) > _AT_ONCE:
        return Q(Exists(waiting.filter(batch=OuterRef("pk"))))
    return Q(pk__in={*waiting.filter(matter__in=few).values_list("batch", flat=True)})


def with_matters(petitions: Collection[int]) -> list[Petition]:
    """These petitions with their matters, for the search index."""
    return [*Petition.objects.filter(pk__in=petitions).select_related("matter").order_by("pk")]
