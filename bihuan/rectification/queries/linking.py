"""The links of a matter (关联事项) as somebody may see them: both ends in his sight, and what may be linked with it.

Hides where a likeness is looked for, and that it is looked for in few.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from bihuan.core.actor import Actor
from bihuan.matters import queries as matters
from bihuan.matters.models import Matter, MatterLink, WatchHit
from bihuan.matters.queries import linking
from bihuan.matters.rules.likeness import Likeness, likeness
from bihuan.matters.rules.linking import MAKERS
from bihuan.matters.rules.nearness import strongest
from bihuan.matters.rules.watch import LIVE, STATES
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Answering
from bihuan.petitions.models import Petition
from bihuan.petitions.queries import petitions_seen
from bihuan.petitions.queries.repeats import candidates_of
from bihuan.petitions.rules.told import Told
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries import sight, steps
from bihuan.rectification.queries.watching import traces

LOOKED_AT = 100  # matters that one is held against
PROPOSED = 6
PETITION, PROBLEM, MEASURE = "petition", "problem", "measure"
_CODE = re.compile(r"[A-Z0-9]{2,12}-[PMX]\d{3,6}(?:-\d{2})?")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A matter that may have to do with another one, and why."""

    matter: Matter
    why: str


def seen(by: Actor) -> Q:
    """The condition on matters that this actor may read one: a problem, measure or petition."""
    ways = (sight.problems_seen, sight.measures_seen, petitions_seen)
    return Q(*(("pk__in", rows(by).order_by().values("matter")) for rows in ways), _connector=Q.OR)


def links_for(by: Actor, matter: Matter) -> list[MatterLink]:
    """The links of a matter of which this actor may read both ends, ended ones too, the newest first. Who sees the
    whole city sees one, too, whose other end was withdrawn with its import: he ends it.
    """
    rows = [*linking.links_of(matter.pk)]
    if not rows:  # as of most: who may read the other ends is dear to ask
        return []
    others = {other_end(one, matter).pk for one in rows}
    known = {*Matter.objects.filter(seen(by), pk__in=others).values_list("pk", flat=True)}
    if scope.sees_all(by):
        known |= {*Matter.objects.filter(pk__in=others, city=by.city, is_withdrawn=True).values_list("pk", flat=True)}
    return [one for one in rows if other_end(one, matter).pk in known]


def link_for(by: Actor, matter: Matter, pk: int | None) -> MatterLink | None:
    """One link of a matter, where this actor may read both ends."""
    return next((one for one in links_for(by, matter) if one.pk == pk), None)


def other_end(link: MatterLink, matter: Matter) -> Matter:
    """The matter at the other end of a link."""
    return link.second if link.first_id == matter.pk else link.first


def hits_for(by: Actor, matter: Matter) -> list[WatchHit]:
    """The watch hits that hold (线索成立, 已认定反弹) between a matter and another one that this actor may read."""
    rows = [*linking.hits_of(matter).filter(state__in=linking.HELD)]
    others = {other_of_hit(one, matter).pk for one in rows}
    known = {*Matter.objects.filter(seen(by), pk__in=others).values_list("pk", flat=True)} if rows else set()
    return [one for one in rows if other_of_hit(one, matter).pk in known]


def other_of_hit(hit: WatchHit, matter: Matter) -> Matter:
    """The matter that a watch hit joins to this one."""
    return hit.newcomer if hit.matter_id == matter.pk else hit.matter


def end_named(by: Actor, code: str) -> Matter | None:
    """The problem, measure or petition with this code that this actor may read."""
    return Matter.objects.filter(seen(by), code=code.strip().upper(), city=by.city).first()


def may_link(by: Actor, matter: Matter) -> bool:
    """Whether this actor links this matter with another one, as far as this end goes."""
    return bool(scope.capacities(by, answering(matter)) & MAKERS)


def answering(matter: Matter) -> tuple[Answering, ...]:
    """Who answers for a matter of any kind."""
    if matter.kind != MEASURE:
        return matters.answering(matter)
    return steps.answering_for(Measure.objects.select_related("matter", "problem__matter").get(matter=matter))


def candidates(by: Actor, subject: Any) -> list[Candidate]:
    """What may have to do with a matter, in this actor's sight and not linked with it: what a watch hit names, what is
    named by its code in the words, what lies near; at most `PROPOSED`.
    """
    matter: Matter = subject.matter
    linked = {other_end(one, matter).pk for one in linking.links_of(matter.pk) if not one.is_ended}
    found: dict[int, Candidate] = {}
    for one in _proposed(by, subject):
        if one.matter.pk not in linked and is_pair(matter, one.matter):
            found.setdefault(one.matter.pk, one)
    known = {*Matter.objects.filter(seen(by), pk__in=[*found]).values_list("pk", flat=True)}
    return [one for pk, one in found.items() if pk in known][:PROPOSED]


def is_pair(one: Matter, other: Matter) -> bool:
    """Whether two matters are of the kinds that are linked: a petition, and a problem or a measure."""
    return (one.kind == PETITION) != (other.kind == PETITION)


def _proposed(by: Actor, subject: Any) -> Iterator[Candidate]:
    matter: Matter = subject.matter
    for hit in linking.hits_of(matter).filter(state__in=LIVE)[:LOOKED_AT]:
        yield Candidate(other_of_hit(hit, matter), f"反弹线索（{STATES[hit.state]}）：{'；'.join(hit.reasons)}")
    codes = {*_CODE.findall(_words(subject))} - {matter.code}
    for row in Matter.objects.filter(code__in=codes, city=by.city):
        yield Candidate(row, "文中写着它的编号。")
    near = _near_petition(by, subject) if matter.kind == PETITION else _near_problem(by, subject)
    yield from near


def _words(subject: Any) -> str:
    if isinstance(subject, Petition):
        return f"{subject.content} {subject.findings} {subject.handling}"
    return subject.text if isinstance(subject, Measure) else f"{subject.title} {subject.text}"


def _near_petition(by: Actor, petition: Petition) -> Iterator[Candidate]:
    """The problems of the same county, or of the whole city, that lie near a petition."""
    region = petition.matter.region
    ground = Q(matter__region__isnull=True) | Q(matter__region__level="city")
    if region is not None:
        ground |= Q(matter__region=region) | Q(matter__region=region.parent_id)
    rows = sight.problems_seen(by).filter(ground).order_by("-matter_id")[:LOOKED_AT]
    others = [one.matter for one in rows.select_related("matter")]
    yield from _alike(others, petition.matter, is_new=False)


def _near_problem(by: Actor, subject: Problem | Measure) -> Iterator[Candidate]:
    """The petitions that are kept under a key of a problem's words; of a measure, of its problem's."""
    problem = subject.problem if isinstance(subject, Measure) else subject
    trace = traces([problem.matter]).get(problem.matter_id) if problem is not None else None
    if problem is None or trace is None:
        return
    rows = petitions_seen(by).filter(pk__in=candidates_of(Told(trace), by.city, LOOKED_AT)).select_related("matter")
    yield from _alike([one.matter for one in rows], problem.matter, is_new=True)


def _alike(others: Collection[Matter], own: Matter, *, is_new: bool) -> Iterator[Candidate]:
    """Those of the others that lie near; `is_new` where they came after."""
    left = traces([own, *others])
    if own.pk not in left:
        return
    by_code = {one.code: one for one in others}
    pairs = (
        (left[own.pk], left[one.pk]) if is_new else (left[one.pk], left[own.pk]) for one in others if one.pk in left
    )
    found: Iterable[Likeness] = strongest(near for old, new in pairs if (near := likeness(old, new)))
    for one in found:
        yield Candidate(by_code[one.new if is_new else one.old], "；".join(one.reasons))


def trail_of(links: Collection[MatterLink]) -> dict[str, list[int]]:
    """{table: rows} of links, to be told in the trail of a matter to whom sees them."""
    return {"matterlink": [one.pk for one in links]}
