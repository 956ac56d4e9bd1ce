"""Whether what comes in lies near what was signed off: problems and petitions as traces, and the hits somebody may see.

Hides where a matter's place, objects and numbers stand.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import F, Min, Q, QuerySet

from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Offer
from bihuan.lib.position import Position, wgs_of
from bihuan.lib.reading.petition_numbers import read_petition_number
from bihuan.matters import queries as matters
from bihuan.matters.models import Duty, Evidence, FieldCheck, Matter, Round, Signature, TakenOver, WatchHit
from bihuan.matters.queries import watching
from bihuan.matters.queries.watching import Held
from bihuan.matters.rules.likeness import Named, Trace, likeness
from bihuan.matters.rules.nearness import asked, strongest
from bihuan.matters.rules.watch import WAITING, WATCH, WatchState
from bihuan.organisation.queries import scope, structure
from bihuan.organisation.rules.duties import DutyRole, Role
from bihuan.petitions.models import Petition
from bihuan.petitions.queries import petitions_seen
from bihuan.petitions.rules.petition import PetitionState
from bihuan.rectification.models import Problem
from bihuan.rectification.queries import sight
from bihuan.rectification.rules.problem import CLOSING, ProblemState

CLOSED = (
    ProblemState.SIGNED_OFF,
    ProblemState.FILED,
    ProblemState.SUSTAINED,
    PetitionState.SIGNED_OFF,
)
_JUDGING = (Role.COORDINATION, Role.SUPERVISION, Role.OFFICE_HEAD)
GCJ = "GCJ-02"
_ON_THE_GROUND = (DutyRole.LEAD, DutyRole.RESPONSIBLE)


def closing_days(found: Collection[Matter]) -> dict[int, date]:
    """{matter: the day on which its present round was signed off}, as far as anybody knows it."""
    turns = {one.pk: one.round_number for one in found}
    taken = TakenOver.objects.filter(matter__in=turns, is_withdrawn=False, closed_on__isnull=False)
    days: dict[int, Any] = dict(taken.filter(matter__round_number=1).values_list("matter_id", "closed_on"))
    rounds = Round.objects.filter(matter__in=turns, number=F("matter__round_number"), closed_on__isnull=False)
    days |= dict(rounds.values_list("matter_id", "closed_on"))
    signed = Signature.objects.filter(matter__in=turns, step__in=CLOSING, is_ended=False).order_by("pk")
    for matter, number, at in signed.values_list("matter_id", "round_number", "signed_at"):
        if turns[matter] == number:
            days[matter] = day_of(at)
    return days


def first_closing(city: str) -> tuple[bool, date | None]:
    """(whether anything of a city is signed off, since which day; None where the day of one is not known)."""
    standing = watching.closed(CLOSED).filter(city=city)
    if not standing.exists():
        return False, None
    undated = TakenOver.objects.filter(matter__in=standing.values("pk"), is_withdrawn=False, closed_on__isnull=True)
    if undated.exists():
        return True, None
    rounds = Round.objects.filter(matter__in=standing.values("pk"), number=F("matter__round_number"))
    signed = Signature.objects.filter(matter__in=standing.values("pk"), step__in=CLOSING, is_ended=False)
    first = signed.aggregate(first=Min("signed_at"))["first"]
    taken = TakenOver.objects.filter(matter__in=standing.values("pk"), is_withdrawn=False)
    closed = [rows.aggregate(first=Min("closed_on"))["first"] for rows in (taken, rounds)]
    days = [day for day in (first and day_of(first), *closed) if day]
    return True, min(days, default=None)


def uncompared(city: str) -> QuerySet[Matter]:
    """What was handed over since the first sign-off of a city, is still open, and was not compared with what is signed
    off.
    """
    is_any, since = first_closing(city)
    return watching.newcomers(city, since).exclude(state__in=CLOSED) if is_any else Matter.objects.none()


def cities() -> list[str]:
    """The cities in which something is signed off."""
    return sorted({*watching.closed(CLOSED).order_by().values_list("city", flat=True).distinct()})


def traces(found: Collection[Matter]) -> dict[int, Trace]:
    """{matter: what it leaves to be compared by}; who petitioned is stored nowhere in it."""
    regions = structure.Regions({one.city for one in found})
    return _of_problems(found, regions) | _of_petitions(found, regions)


def _of_problems(found: Collection[Matter], regions: structure.Regions) -> dict[int, Trace]:
    problems = Problem.objects.filter(matter__in=[one.pk for one in found if one.kind == "problem"])
    rows = [*problems.select_related("matter")]
    spots = _positions([row.matter_id for row in rows])
    ground = _grounds([row.matter_id for row in rows if regions.is_wide(row.matter.region_id)], regions)
    return {
        row.matter_id: Trace(
            row.matter.code,
            regions.codes(ground.get(row.matter_id, row.matter.region_id)),
            row.matter.place,
            text=f"{row.title}。{row.text}",
            position=spots.get(row.matter_id),
            types=(row.pollution_type,) if row.pollution_type else (),
        )
        for row in rows
    }


def _positions(of: Collection[int]) -> dict[int, tuple[float, float]]:
    """{matter: where it lies, in WGS-84}, of those at which a field check or a picture says so; a check is surer."""
    found: dict[int, tuple[float, float]] = {}
    for model in (Evidence, FieldCheck):
        rows = model._default_manager.filter(matter__in=of, is_ended=False, latitude__isnull=False).order_by("pk")
        for matter, north, east, datum in rows.values_list("matter", "latitude", "longitude", "datum"):
            if north is not None and east is not None:
                spot = Position(float(north), float(east))
                found[matter] = wgs_of(spot) if datum == GCJ else spot
    return found


def _grounds(of: Collection[int], regions: structure.Regions) -> dict[int, int]:
    """{matter: the county} of those that name the whole city and that units of one county alone answer for."""
    duties = Duty.objects.filter(matter__in=of, role__in=_ON_THE_GROUND, is_ended=False, unit__isnull=False)
    grounds: dict[int, set[int]] = {}
    for matter, region in duties.values_list("matter_id", "unit__region_id"):
        if region is not None:
            grounds.setdefault(matter, set()).add(region)
    single = {matter: next(iter(ones)) for matter, ones in grounds.items() if len(ones) == 1}
    return {matter: one for matter, one in single.items() if not regions.is_wide(one)}


def _of_petitions(found: Collection[Matter], regions: structure.Regions) -> dict[int, Trace]:
    petitions = Petition.objects.filter(matter__in=[one.pk for one in found if one.kind == "petition"])
    return {
        row.matter_id: Trace(
            row.matter.code,
            regions.codes(row.matter.region_id),
            row.matter.place or row.region_raw,
            (Named(row.complained_of),) if row.complained_of else (),
            row.content,
            types=tuple(row.types or ([row.main_type] if row.main_type else [])),
            numbers=_numbers(row),
        )
        for row in petitions.select_related("matter").defer("spans")
    }


def _numbers(row: Petition) -> tuple[str, ...]:
    """Its own number where that alone tells it, and the numbers that it repeats."""
    read = [read_petition_number(one) for one in (row.number_key, *row.repeats)]
    return tuple(dict.fromkeys(one.number_key for one in read if one.is_unique))


def held_against(newcomers: Collection[Matter]) -> list[Held]:
    """Each newcomer as it lies to what was signed off before it was handed over. Reads only; what several newcomers
    are compared with is read once.
    """
    new = traces(newcomers)
    days = dict(Round.objects.filter(matter__in=[*new], number=1).values_list("matter_id", "handed_over_at"))
    ids = {
        one.pk: watching.candidates(asked(new[one.pk]), one.city, CLOSED, day_of(at))
        for one in newcomers
        if one.pk in new and (at := days.get(one.pk)) is not None
    }
    old = {one.pk: one for one in Matter.objects.filter(pk__in={pk for found in ids.values() for pk in found})}
    left = traces(old.values())
    return [_held(one, new[one.pk], ids[one.pk], old, left) for one in newcomers if one.pk in ids]


def _held(
    newcomer: Matter, trace: Trace, ids: Collection[int], old: Mapping[int, Matter], left: Mapping[int, Trace]
) -> Held:
    beside = [pk for pk in ids if pk in left and pk != newcomer.pk]
    by_code = {old[pk].code: old[pk] for pk in beside}
    near = strongest(one for pk in beside if (one := likeness(left[pk], trace)))
    return Held(newcomer, len(beside), [(by_code[one.old], one) for one in near])


def hits_for(by: Actor) -> QuerySet[WatchHit]:
    """The hits of which this actor may read both matters, the nearest first."""
    seen = Q()
    for end in ("matter", "newcomer"):
        ways = [rows(by).order_by().values("matter") for rows in (sight.problems_seen, petitions_seen)]
        seen &= Q(**{f"{end}__in": ways[0]}) | Q(**{f"{end}__in": ways[1]})
    return watching.hits().filter(seen)


def hit_offers(hit: WatchHit, by: Actor) -> tuple[Offer, ...]:
    """The steps that this actor sees on a hit, each with why not yet."""
    able = scope.capacities(by, matters.answering(hit.matter))
    return WATCH.offers(hit.state, able, watching.facts_of(hit, CLOSED))


def texts_of(hits: Collection[WatchHit]) -> dict[int, tuple[str, str]]:
    """{matter: (how it is called, its words)} of both ends of these hits."""
    if not hits:
        return {}
    ids = {pk for one in hits for pk in (one.matter_id, one.newcomer_id)}
    problems = Problem.objects.filter(matter__in=ids).values_list("matter_id", "number", "title", "text")
    petitions = Petition.objects.filter(matter__in=ids).values_list("matter_id", "number", "content")
    return {pk: (f"第{number}项{title}", text) for pk, number, title, text in problems} | {
        pk: (f"{number}号信访件", content) for pk, number, content in petitions
    }


def to_judge(by: Actor) -> QuerySet[WatchHit]:
    """The hits that wait for this actor's judgement; none where that is not his to give."""
    if not scope.has_role(by, _JUDGING):
        return WatchHit.objects.none()
    return hits_for(by).filter(state=WatchState.RAISED)


def to_state(by: Actor) -> QuerySet[Problem]:
    """The signed-off problems of which a hit was confirmed and whose rebound this actor may state."""
    if not scope.has_role(by, (Role.OFFICE_HEAD,)):
        return Problem.objects.none()
    confirmed = WatchHit.objects.filter(state=WatchState.CONFIRMED).values("matter")
    return sight.problems_for(by).filter(matter__state__in=CLOSED, matter__in=confirmed)


def waiting_of(problem: Problem, by: Actor) -> list[Any]:
    """The hits of one problem that this actor may read, those of its present round that are not settled in front."""
    if not WatchHit.objects.filter(matter=problem.matter).exists():  # as of most: who may read them is dear to ask
        return []
    rows = [*hits_for(by).filter(matter=problem.matter)]
    return sorted(rows, key=lambda one: (one.state not in (*WAITING, WatchState.CONFIRMED), -one.strength, one.pk))
