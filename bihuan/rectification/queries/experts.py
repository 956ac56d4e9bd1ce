"""Experts for an acceptance as somebody may see them: who may be asked, what waits for whom, which opinions one reads.

Hides who is too near to a matter to judge it, and that nobody reads another's opinion before he gave his own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, Q, QuerySet

from bihuan.core.actor import Actor
from bihuan.lib.reading.unit_names import OFFICE
from bihuan.matters import queries as matters
from bihuan.matters.models import Duty, Evidence, Matter
from bihuan.matters.queries import work
from bihuan.organisation.models import Appointment, Person
from bihuan.organisation.queries import hands, scope
from bihuan.organisation.rules.duties import Capacity, Role
from bihuan.organisation.rules.keeping import GrantStanding
from bihuan.rectification.models import ExpertInvitation, Measure, Problem
from bihuan.rectification.queries import checklist, package, sight
from bihuan.rectification.queries.package import Change, Lines
from bihuan.rectification.rules import experts as rules
from bihuan.rectification.rules.problem import ACCEPT_FIRST, ProblemState

TOP = frozenset({Capacity.LEADING_GROUP})
EVERY_OPEN = frozenset[ProblemState]().union(*rules.OPEN_IN.values())


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation, and what was changed since its opinion was given; `is_told` where one may read that opinion."""

    row: ExpertInvitation
    is_told: bool
    changes: tuple[Change, ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether the expert has given his opinion."""
        return hasattr(self.row, "opinion")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert of the city, and why he may not be asked about this matter, or ""."""

    person: int
    name: str
    post: str
    refusal: str


class Package:
    """What an invited expert reads of a problem; each part is gathered when it is asked."""

    def __init__(self, invitation: ExpertInvitation, problem: Problem) -> None:
        self.invitation, self.problem = invitation, problem

    @cached_property
    def lines(self) -> Lines:
        """The lines that an opinion is given on."""
        return package.judged(self.problem)

    @property
    def digest(self) -> str:
        """One hash for them."""
        return package.digest_of(self.lines)

    @cached_property
    def measures(self) -> list[Measure]:
        """The measures, by number."""
        rows = Measure.objects.filter(problem=self.problem, matter__is_withdrawn=False).select_related("matter")
        return [*rows.prefetch_related(*sight.MARKS).order_by("number")]

    @cached_property
    def files(self) -> list[Evidence]:
        """The evidence that was claimed with."""
        later = package.later_items(self.problem)
        return [one for one in checklist.evidence_of_round(self.problem) if one.proves not in later]

    @property
    def is_judged(self) -> bool:
        """Whether its expert has given his opinion."""
        return hasattr(self.invitation, "opinion")

    @property
    def changes_since_claim(self) -> list[Change]:
        """What was claimed with and stands otherwise now."""
        return package.changes_since_claim(self.problem)


def invitations_of(matter: Matter) -> QuerySet[ExpertInvitation]:
    """Every invitation to a matter, of every round, in their order; what was taken back is among them."""
    rows = ExpertInvitation.objects.filter(matter=matter).select_related("opinion__manifest__file", "matter")
    return rows.order_by("pk")


def waiting_on(matter: Matter) -> QuerySet[ExpertInvitation]:
    """The invitations of the present round without an opinion that were not taken back, their days over or not."""
    own = invitations_of(matter).filter(round_number=matter.round_number, is_ended=False)
    return own.filter(opinion__isnull=True)


def is_open(problem: Problem) -> bool:
    """Whether the problem's package is read now: after the claim, before the conclusion."""
    variant = matters.last_round(problem.matter).variant or ACCEPT_FIRST
    return problem.matter.state in rules.OPEN_IN[variant]


def _reading(by: Actor, today: date) -> QuerySet[ExpertInvitation]:
    """The invitations of present rounds by which this actor reads a package today, as far as the database can tell."""
    if not scope.has_role(by, (Role.ACCEPTANCE_EXPERT,)):
        return ExpertInvitation.objects.none()
    alive = Q(matter__is_withdrawn=False, matter__state__in=EVERY_OPEN, matter__city=by.city)
    rows = ExpertInvitation.objects.filter(alive, expert_id=by.person, is_ended=False)
    return rows.filter(starts_on__lte=today, until__gte=today, round_number=F("matter__round_number"))


def packages_for(by: Actor, today: date) -> list[Package]:
    """The packages that this expert reads today, what ends first in front: of each matter by his last invitation."""
    found = _packages(_reading(by, today), today)
    return sorted(found, key=lambda one: (one.invitation.until, one.invitation.pk))


def package_for(by: Actor, code: str, today: date) -> Package | None:
    """One problem's package, where this expert reads it today; None before, after, and of what is not his."""
    return next(iter(_packages(_reading(by, today).filter(matter__code=code), today)), None)


def _packages(rows: QuerySet[ExpertInvitation], today: date) -> list[Package]:
    last = {one.matter_id: one for one in rows.select_related("opinion", "matter").order_by("pk")}
    if not last:
        return []
    problems = Problem.objects.filter(matter__in=last).select_related(*sight.PROBLEM_PAGE)
    found = [Package(last[one.matter_id], one) for one in problems.prefetch_related(sight.BEARERS)]
    return [one for one in found if is_open(one.problem) and not barred(one.invitation.expert_id, one.problem, today)]


def to_judge(by: Actor, today: date) -> list[Package]:
    """The packages that wait for this expert's opinion."""
    return [one for one in packages_for(by, today) if not one.is_judged]


def is_silent(matter: Matter, by: Actor) -> bool:
    """Whether this actor was asked for an opinion on a matter and has given none: he reads no other's."""
    return waiting_on(matter).filter(expert_id=by.person).exists()


def has_judged(matter: Matter, by: Actor) -> bool:
    """Whether this actor gave an opinion as an expert in the present round of a matter."""
    own = invitations_of(matter).filter(round_number=matter.round_number, opinion__isnull=False)
    return by.person is not None and own.filter(expert_id=by.person).exists()


def asked(problem: Problem, by: Actor) -> list[Asked]:
    """Who was asked about a problem, as this actor may read it.

    The city's office, the leading group and the accepting unit read every opinion as it comes, all others who read the
    problem after the conclusion; an expert who is silent none (what he reads after his own: `asked_beside`).
    """
    rows = [*invitations_of(problem.matter)]
    if not rows:
        return []
    is_told = _reads_opinions(problem, by)
    lines = package.judged(problem) if any(hasattr(one, "opinion") for one in rows) else {}
    return [Asked(one, is_told, _changes(one, problem, lines)) for one in rows]


def asked_beside(package_read: Package) -> list[Asked]:
    """Who else was asked in this round, as the expert of this package may read it: nothing before his own opinion."""
    own, matter = package_read.invitation, package_read.problem.matter
    rows = invitations_of(matter).filter(round_number=matter.round_number).exclude(expert_id=own.expert_id)
    is_told = package_read.is_judged
    return [Asked(one, is_told, _changes(one, package_read.problem, package_read.lines)) for one in rows]


def _changes(row: ExpertInvitation, problem: Problem, lines: Lines) -> tuple[Change, ...]:
    """What was changed since an opinion; of an earlier round nothing is said: its file is closed."""
    if not hasattr(row, "opinion") or row.round_number != problem.matter.round_number:
        return ()
    return tuple(package.changed(row.opinion.manifest, lines))


def _reads_opinions(problem: Problem, by: Actor) -> bool:
    if is_silent(problem.matter, by):
        return False
    able = scope.capacities(by, matters.answering(problem.matter))
    return scope.sees_all(by) or bool(able & (rules.INVITERS | TOP)) or not is_open(problem)


def may_ask(problem: Problem, by: Actor) -> bool:
    """Whether this actor may ask experts about a problem as it stands."""
    return bool(scope.capacities(by, matters.answering(problem.matter)) & rules.INVITERS) and is_open(problem)


def candidates(problem: Problem, today: date) -> list[Candidate]:
    """The experts of the city, each once, with why he may not be asked about this problem (again)."""
    rows = Appointment.objects.filter(scope.in_force(today), city=problem.city, role=Role.ACCEPTANCE_EXPERT)
    posts: dict[int, Appointment] = {}
    for one in rows.select_related("person", "post__unit").order_by("person__name", "pk"):
        posts.setdefault(one.person_id, one)
    refused = _too_near([one.person for one in posts.values()], problem, today) | _asked_already(problem)
    return [Candidate(key, one.person.name, str(one.post), refused.get(key, "")) for key, one in posts.items()]


def _asked_already(problem: Problem) -> dict[int, str]:
    """{expert: why it is no use to ask him again}, of the present round."""
    own = invitations_of(problem.matter).filter(round_number=problem.matter.round_number, is_ended=False)
    rows = {one.expert_id: one for one in own}  # of each the last
    lines = package.judged(problem) if any(hasattr(one, "opinion") for one in rows.values()) else {}
    waits = {key: rules.asked_already(one.name) for key, one in rows.items() if not hasattr(one, "opinion")}
    judged = {
        key: rules.judged_already(one.name)
        for key, one in rows.items()
        if hasattr(one, "opinion") and not package.changed(one.opinion.manifest, lines)
    }
    return waits | judged


def barred(person: int, problem: Problem, today: date) -> str:
    """Why somebody may not judge a problem: he is, or was lately, of a unit of the case; had a hand in it; or reads it
    by another post of his. "" where he may.
    """
    return _too_near([Person.objects.get(pk=person)], problem, today).get(person, "")


def _too_near(people: Collection[Person], problem: Problem, today: date) -> dict[int, str]:
    """{person: why he may not judge a problem}; who may is left out. Many without another post cost what one does."""
    posts, hand_in = _posts_in_case(people, problem, today), dict[int | None, str]()
    for link, hand in hands.links_taken(problem.matter.code, problem.city):
        hand_in.setdefault(hand, link)
    otherwise = Appointment.objects.filter(scope.in_force(today), person__in=people, city=problem.city)
    seated = {*otherwise.exclude(role=Role.ACCEPTANCE_EXPERT).values_list("person_id", flat=True)}
    found: dict[int, str] = {}
    for who in people:
        if who.pk in posts:
            found[who.pk] = rules.stands_aside(who.name, posts[who.pk])
        elif who.pk in hand_in:
            found[who.pk] = rules.had_a_hand(who.name, hand_in[who.pk])
        elif who.pk in seated and _reads(who, problem, today):
            found[who.pk] = rules.reads_anyway(who.name)
    return found


def _reads(who: Person, problem: Problem, today: date) -> bool:
    """Whether somebody has the problem in his scope by the posts that he holds."""
    as_he_stands = Actor(person=who.pk, name=who.name, city=who.city, held=scope.held_by(who.pk, who.city, today))
    return sight.problems_seen(as_he_stands).filter(pk=problem.pk).exists()


def _posts_in_case(people: Collection[Person], problem: Problem, today: date) -> dict[int, str]:
    """{person: the unit of the case, or one below it, in which he holds a post or held one lately}."""
    members = checklist.members(problem)
    duties = Duty.objects.filter(matter_id__in=members, role__in=rules.OF_THE_CASE, is_ended=False)
    named = {unit for unit in duties.values_list("unit_id", flat=True) if unit is not None}
    below = scope.below(problem.city, today)
    units = frozenset[int]().union(*(below.get(unit, frozenset({unit})) for unit in named))
    lately = Q(ends_on__isnull=True) | Q(ends_on__gte=rules.former_since(today))
    held = Appointment.objects.filter(lately, person__in=people, standing=GrantStanding.CONFIRMED)
    seat_of_experts = Q(role=Role.ACCEPTANCE_EXPERT, post__unit__kind=OFFICE)  # the office keeps their list
    rows = held.filter(post__unit_id__in=units).exclude(seat_of_experts).select_related("post__unit")
    return {one.person_id: str(one.post.unit) for one in rows.order_by("starts_on", "-pk")}


def waited_for(problem: Problem) -> tuple[str, ...]:
    """The experts of the present round who are silent, each with his last day."""
    return tuple(f"{one.name}（到{one.until}）" for one in waiting_on(problem.matter))


def approved_reports(package_read: Package) -> list[tuple[str, object]]:
    """The approved entries of the measures, (措施, entry), oldest first."""
    called = {one.matter_id: f"措施{one.number}" for one in package_read.measures}
    return [(called[one.matter_id], one) for one in work.approved_reports([*called])]
