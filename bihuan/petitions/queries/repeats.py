"""Petitions that may be one: what is worth comparing, the pairs that somebody may see, how many stay without repeats.

Hides where a petition's place, object and numbers stand, and that keys are plain strings.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from bihuan.core import moving
from bihuan.core.actor import Actor
from bihuan.lib.flow import Offer
from bihuan.lib.reading.petition_numbers import read_petition_number
from bihuan.matters import queries as matters
from bihuan.matters.models import Inspection
from bihuan.matters.rules.likeness import Named, Trace
from bihuan.organisation.queries import scope, structure
from bihuan.organisation.rules.duties import Role
from bihuan.petitions.models import Batch, Merger, Petition, PetitionPair, RepeatKey
from bihuan.petitions.queries import petitions_seen
from bihuan.petitions.queries.repeat_keys import EDITION
from bihuan.petitions.queries.steps import petition_facts
from bihuan.petitions.rules.petition import PETITION, PetitionState
from bihuan.petitions.rules.repeating import REPEAT, MergeFacts, PairFacts, PairState, merge_refusal
from bihuan.petitions.rules.repeats import Repeat, asked, keys, repeat, strongest
from bihuan.petitions.rules.told import Told

MERGE = "merge"
AT_ONCE = 500  # keys that one query asks for
MOST = 100  # petitions that one is held against: of those that share a common key alone, no more are looked at
_JUDGING = (Role.COORDINATION, Role.OFFICE_HEAD, Role.PETITION_DESK)


@dataclass(frozen=True, slots=True)
class Compared:
    """A petition as it was compared: its keys' source, and what it is near to of what came before."""

    petition: Petition
    told: Told
    near: Sequence[tuple[Petition, Repeat]]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many petitions there are, how many of them were merged or judged a repeat of another, and how many stay."""

    total: int
    repeats: int

    @property
    def left(self) -> int:
        """剔除重复后."""
        return self.total - self.repeats


def uncompared() -> QuerySet[Petition]:
    """The petitions that stand and were not compared with the others yet, the oldest first."""
    kept = RepeatKey.objects.filter(key=EDITION, petition=OuterRef("pk"))
    rows = Petition.objects.filter(~Exists(kept), matter__is_withdrawn=False)
    return rows.select_related("matter").defer("spans").order_by("pk")


def told_of(petitions: Collection[Petition]) -> dict[int, Told]:
    """{petition: what it leaves to be compared by}; who petitioned is stored nowhere in it."""
    regions = structure.Regions({one.matter.city for one in petitions})
    return {one.pk: Told(_trace(one, regions)) for one in petitions}


def _trace(one: Petition, regions: structure.Regions) -> Trace:
    read = [read_petition_number(number) for number in (one.number_key, *one.repeats)]
    return Trace(
        one.matter.code,
        regions.codes(one.matter.region_id),
        one.matter.place,
        (Named(one.complained_of),) if one.complained_of else (),
        one.content,
        types=tuple(one.types or ([one.main_type] if one.main_type else [])),
        numbers=tuple(dict.fromkeys(number.number_key for number in read if number.is_unique)),
    )


def compared(petitions: Sequence[Petition]) -> list[Compared]:
    """Each petition as it lies to those of its city that stand and were compared before it. Reads only.

    One whose words have changed is compared anew, with those that came after it too.
    """
    told = told_of(petitions)
    ids = _candidates({one.pk: asked(told[one.pk]) for one in petitions})
    beside = {pk for found in ids.values() for pk in found} - {*told}
    rows = Petition.objects.filter(pk__in=beside).select_related("matter").defer("spans")
    known = {one.pk: one for one in (*rows, *petitions)}
    told |= told_of([known[pk] for pk in beside])
    met: dict[str, list[int]] = {}
    found = []
    for one in petitions:
        words = asked(told[one.pk])
        among = dict.fromkeys((*ids[one.pk], *(pk for key in words for pk in met.get(key, ()))))
        found.append(Compared(one, told[one.pk], _near(one, told, [known[pk] for pk in among])))
        for key in keys_of(told[one.pk]):
            met.setdefault(key, []).append(one.pk)
    return found


def keys_of(told: Told) -> tuple[str, ...]:
    """The keys of a petition as they are stored."""
    return tuple(dict.fromkeys(key[:160] for key in keys(told)))


def _candidates(words: Mapping[int, Iterable[str]], most: int = MOST) -> dict[int, list[int]]:
    """{petition: those kept under its keys, the rarest key first, as many as one is held against, the newest first}."""
    wanted = {pk: {key[:160] for key in asked_for} for pk, asked_for in words.items()}
    under: Counter[str] = Counter()
    for some in _in_parts(wanted.values()):
        under.update(dict(RepeatKey.objects.filter(key__in=some).values_list("key").annotate(Count("pk")).order_by()))
    chosen = {pk: _rarest(own, under, most) for pk, own in wanted.items()}
    kept: dict[str, list[int]] = {}
    for some in _in_parts(chosen.values()):
        rows = RepeatKey.objects.filter(key__in=some, petition__matter__is_withdrawn=False)
        for key, pk in rows.order_by("-petition_id").values_list("key", "petition_id"):
            kept.setdefault(key, []).append(pk)
    return {pk: [*dict.fromkeys(one for key in own for one in kept.get(key, ()))][:most] for pk, own in chosen.items()}


def _in_parts(keys_of_each: Iterable[Collection[str]]) -> Iterator[list[str]]:
    """All these keys, as many at once as one query asks for."""
    every = sorted({key for own in keys_of_each for key in own})
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))


def _rarest(own: Iterable[str], under: Mapping[str, int], most: int) -> list[str]:
    """The keys that have few petitions under them, while all together are not too many; at least one."""
    chosen: list[str] = []
    left = most
    for key in sorted((one for one in own if under[one]), key=lambda one: (under[one], one)):
        if chosen and under[key] > left:
            break
        chosen.append(key)
        left -= under[key]
    return chosen


def candidates_of(told: Told, city: str, most: int) -> list[int]:
    """The petitions (ids) of a city that stand and are kept under the keys of what something leaves that is no
    petition, those under its rarest first; at most so many.
    """
    found = _candidates({0: asked(told)}, most)[0]
    return [*Petition.objects.filter(pk__in=found, city=city).order_by("-pk").values_list("pk", flat=True)]


def _near(newcomer: Petition, told: Mapping[int, Told], among: Iterable[Petition]) -> list[tuple[Petition, Repeat]]:
    by_code = {one.matter.code: one for one in among if one.city == newcomer.city and one.pk != newcomer.pk}
    pairs = (sorted((one.pk, newcomer.pk)) for one in by_code.values())
    found = strongest(one for first, second in pairs if (one := repeat(told[first], told[second])))
    return [(by_code[one.earlier if one.later == newcomer.matter.code else one.later], one) for one in found]


def unproposed(found: Sequence[Compared]) -> list[tuple[Petition, Petition, Repeat]]:
    """(earlier, later, likeness) of what is near and was not proposed before."""
    ends = [one.petition.pk for one in found if one.near]
    known = {
        *PetitionPair.objects.filter(Q(earlier__in=ends) | Q(later__in=ends)).values_list("earlier_id", "later_id")
    }
    news: dict[tuple[int, int], tuple[Petition, Petition, Repeat]] = {}
    for one in found:
        for other, likeness in one.near:
            earlier, later = sorted((one.petition, other), key=lambda each: each.pk)
            news.setdefault((earlier.pk, later.pk), (earlier, later, likeness))
    return [new for ends_of, new in news.items() if ends_of not in known]


def pairs_for(by: Actor) -> QuerySet[PetitionPair]:
    """The pairs of which this actor may read both petitions, the nearest first."""
    seen = petitions_seen(by).order_by()  # asked of each pair's two: there are few pairs and many petitions
    rows = PetitionPair.objects.filter(*(Exists(seen.filter(pk=OuterRef(end))) for end in ("earlier", "later")))
    told = rows.select_related("earlier__matter__region", "later__matter__region", "judged_by")
    return told.select_related("earlier__batch__inspection", "later__batch__inspection").order_by("-strength", "pk")


def near_petitions(petition: Petition, by: Actor) -> QuerySet[PetitionPair]:
    """The pairs of one petition that this actor may read, but those that were judged to be two."""
    ends = Q(earlier=petition) | Q(later=petition)
    return pairs_for(by).filter(ends).exclude(state=PairState.UNRELATED)


def pairs_to_judge(by: Actor) -> QuerySet[PetitionPair]:
    """The pairs that wait for this actor's judgement; none where that is not his to give."""
    if not scope.has_role(by, _JUDGING):
        return PetitionPair.objects.none()
    return pairs_for(by).filter(state=PairState.PROPOSED)


def pair_facts(pair: PetitionPair) -> PairFacts:
    """What the steps of a pair ask."""
    ends = (pair.earlier_id, pair.later_id)
    merged = Merger.objects.filter(petition__in=ends, target__in=ends, is_withdrawn=False)
    return PairFacts(is_merged=merged.exists())


def pair_offers(pair: PetitionPair, by: Actor) -> tuple[Offer, ...]:
    """The steps that this actor sees on a pair, each with why not yet; merging the later one is a step of that one."""
    judging = moving.offers(REPEAT, pair, scope.capacities(by, ()), pair_facts(pair))
    if pair.state not in (PairState.PROPOSED, PairState.REPEATED):
        return judging
    able = scope.capacities(by, matters.answering(pair.later.matter))
    facts = replace(petition_facts(pair.later, by), merge_refused=merge_refusal(merge_facts(pair.later, pair.earlier)))
    offered = moving.offers(PETITION, pair.later.matter, able, facts)
    return (*judging, *(one for one in offered if one.name == MERGE))


def merge_facts(petition: Petition, target: Petition) -> MergeFacts:
    """What merging one petition into another asks."""
    return MergeFacts(
        is_itself=petition.pk == target.pk,
        is_one_city=petition.city == target.city,
        target_state=target.matter.state,
        is_target_withdrawn=target.matter.is_withdrawn,
        has_merged=Merger.objects.filter(target=petition, is_withdrawn=False).exists(),
    )


def merged_into(petition: Petition) -> Petition | None:
    """The petition into which this one was merged, if it was."""
    found = Merger.objects.filter(petition=petition, is_withdrawn=False).select_related("target__matter").first()
    return found.target if found else None


def counted(by: Actor, *, batch: Batch | None = None, inspection: Inspection | None = None) -> Counted:
    """How many of the petitions that this actor may read there are, of a batch, an inspection or in all, and how many
    stay when those are left out that were merged or judged a repeat of another (剔除重复后).

    Of several that are one, one stays: one that was not merged, the first of these.
    """
    rows = petitions_seen(by).filter(matter__is_withdrawn=False)
    rows = rows.filter(batch=batch) if batch else rows
    rows = rows.filter(batch__inspection=inspection) if inspection else rows
    left_out = _left_out(by.city)
    ids = [*left_out]
    repeats = sum(
        rows.filter(pk__in=ids[start : start + AT_ONCE]).order_by().count() for start in range(0, len(ids), AT_ONCE)
    )
    return Counted(rows.order_by().count(), repeats)


def _left_out(city: str) -> set[int]:
    """The petitions of a city that are one with another which stays."""
    standing = {"earlier__matter__is_withdrawn": False, "later__matter__is_withdrawn": False}
    pairs = PetitionPair.objects.filter(city=city, state=PairState.REPEATED, **standing)
    mergers = Merger.objects.filter(city=city, is_withdrawn=False)
    merged = dict(mergers.filter(petition__matter__state=PetitionState.MERGED).values_list("petition_id", "target_id"))
    first: dict[int, int] = {}

    def root(one: int) -> int:
        while first.setdefault(one, one) != one:
            one = first[one]
        return one

    for one, other in (*pairs.values_list("earlier_id", "later_id"), *merged.items()):
        # the root of several that are one is the one that stays: never a merged one, else the first
        a, b = sorted((root(one), root(other)), key=lambda pk: (pk in merged, pk))
        first[b] = a
    return {one for one in first if root(one) != one}
