"""The batches of petitions as the office makes them public: what is next in each, and how far it is."""

from itertools import islice
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from bihuan.core import still
from bihuan.core.actor import Actor
from bihuan.disclosure.models import Release
from bihuan.disclosure.queries import sight
from bihuan.disclosure.queries.petition_texts import MOST, PAST, is_next, texts, with_sources
from bihuan.disclosure.rules.release import UNRELEASED, ReleaseState
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitions.models import Batch, Petition
from bihuan.petitions.rules.petition import AFTER_ANSWER, PetitionState

LIVE = (*UNRELEASED, ReleaseState.RELEASED)


def batches_for(by: Actor) -> list[dict[str, Any]]:
    """The batches whose results are to be made public or are, in this sight, the newest first: how many petitions are
    answered and have no text in hand (`waiting`), and how many texts there are, by state.
    """
    if not scope.has_role(by, sight.READERS):
        return []
    waiting = still.known(
        ("texts wanted", by.city), lambda: dict(_waiting(by.city).values_list("batch").annotate(Count("pk")))
    )
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for inspection, label, state, count in still.known(("texts held", by.city), lambda: [*_held(by.city)]):
        counts.setdefault((inspection, label), {})[state] = count
    rows = Batch.objects.filter(city=by.city, is_withdrawn=False).select_related("inspection").order_by("-pk")
    named = [(one, counts.get((one.inspection.name, one.label), {})) for one in rows]
    return [
        {
            "batch": one,
            "waiting": waiting.get(one.pk, 0),
            **{str(state): held.get(state, 0) for state in LIVE},
        }
        for one, held in named
        if held or one.pk in waiting
    ]


def _held(city: str) -> "QuerySet[Release, Any]":
    """(inspection, batch, state, how many of its texts stand so)."""
    live = texts().filter(city=city, state__in=LIVE).order_by()
    return live.values_list("inspection_name", "batch_label", "state").annotate(Count("pk"))


def _waiting(city: str) -> QuerySet[Petition]:
    """The petitions that have no text in hand and want one: answered, or past that with none that the public reads, or
    with one that says another closing than the petition has now.
    """
    text = texts().filter(city=city, about_code=OuterRef("matter__code"))
    rows = Petition.objects.filter(city=city, matter__is_withdrawn=False).exclude(
        Exists(text.filter(state__in=UNRELEASED))
    )
    past = Q(matter__state__in=PAST, answered_on__isnull=False) & ~Exists(text.filter(state=ReleaseState.RELEASED))
    shown = text.filter(state=ReleaseState.RELEASED).exclude(closing=OuterRef("closing"))
    overtaken = Q(matter__state__in=(PetitionState.DISCLOSED, *PAST)) & Exists(shown)
    return rows.filter(Q(matter__state=PetitionState.ANSWERED) | past | overtaken).order_by()


def waiting_batches(by: Actor) -> list[tuple[Batch, int]]:
    """(batch, how many of its texts wait for this person's approval), never what he drafted himself."""
    if not scope.has_role(by, (Role.OFFICE_HEAD,)):
        return []
    rows = texts().filter(city=by.city, state=ReleaseState.REDACTED).exclude(drafted_by=by.person)
    held = Petition.objects.filter(city=by.city, matter__code__in=rows.values("about_code"))
    counts = dict(held.values_list("batch").annotate(Count("pk")))
    batches = Batch.objects.filter(pk__in=[*counts]).select_related("inspection").order_by("pk")
    return [(one, counts[one.pk]) for one in batches]


def batch_for(by: Actor, pk: int) -> Batch | None:
    """One batch of this actor's city."""
    if not scope.has_role(by, sight.READERS):
        return None
    return Batch.objects.filter(city=by.city, pk=pk, is_withdrawn=False).select_related("inspection").first()


def to_draft(batch: Batch) -> list[Petition]:
    """The petitions of a batch whose text is next, at most so many: answered and without one in hand, public without a
    text, or shown with words that their answer no longer says.
    """
    taken = texts().filter(city=batch.city, state__in=UNRELEASED).values("about_code")
    rows = petitions_of(batch).filter(matter__state__in=AFTER_ANSWER).exclude(matter__code__in=taken)
    public = dict(_public_of(batch).values_list("about_code", "source"))
    return [*islice((one for one in rows if is_next(one, public.get(one.matter.code))), MOST)]


def petitions_of(batch: Batch) -> QuerySet[Petition]:
    """The petitions of a batch with all that their texts are drafted from, in its order."""
    rows = Petition.objects.filter(batch=batch, matter__is_withdrawn=False)
    return rows.select_related("matter__inspection", "matter__region", "batch").order_by("row", "pk")


def _public_of(batch: Batch) -> QuerySet[Release]:
    codes = Petition.objects.filter(batch=batch).values("matter__code")
    return texts().filter(city=batch.city, state=ReleaseState.RELEASED, about_code__in=codes)


def public_count(batch: Batch) -> int:
    """How many petitions of a batch the public reads."""
    return _public_of(batch).count()


def working_of(batch: Batch, state: str) -> list[Release]:
    """The texts of a batch in that state, in the order in which they were drafted, at most so many."""
    codes = Petition.objects.filter(batch=batch).values("matter__code")
    rows = texts().filter(city=batch.city, state=state, about_code__in=codes)
    return with_sources(rows.select_related("drafted_by", "approved_by").order_by("pk")[:MOST])
