"""What leaders let pass by name: of one problem, and all of them as a register, as somebody may see them."""

from collections import Counter

from django.db.models import QuerySet

from bihuan.core.actor import Actor
from bihuan.matters import queries as matters
from bihuan.matters.models import Matter
from bihuan.matters.queries import work
from bihuan.organisation.queries import scope
from bihuan.rectification.models import Exemption, Problem
from bihuan.rectification.queries import checklist, sight
from bihuan.rectification.rules import exemptions as rules


def exemptions_of(matter: Matter) -> QuerySet[Exemption]:
    """What was let pass on a matter, of every round, in its order."""
    return Exemption.objects.filter(matter=matter).order_by("pk")


def missing(problem: Problem) -> dict[str, str]:
    """{key: label} of what is missing or not met on a problem, and may be let pass."""
    items = {one.item.key for one in checklist.standings(problem) if not one.is_there}
    unmet = {one.condition for one in work.answers_of(problem.matter) if not one.is_met}
    left = (items | unmet) - {one.what for one in checklist.exemptions_of(problem.matter)}
    return {key: label for key, label in rules.PASSABLE.items() if key in left}


def may_exempt(problem: Problem, by: Actor) -> bool:
    """Whether this actor may let something pass on a problem as it stands."""
    able = scope.capacities(by, matters.answering(problem.matter))
    return bool(able & rules.EXEMPTERS) and problem.matter.state in rules.OPEN_IN


def register(by: Actor) -> QuerySet[Exemption]:
    """Everything that was let pass on the problems in this actor's scope, newest first."""
    seen = sight.problems_seen(by).order_by().values("matter")
    return Exemption.objects.filter(matter__in=seen).select_related("matter__problem").order_by("-passed_at", "-pk")


def by_leader(found: list[Exemption]) -> list[tuple[str, int]]:
    """[(leader, how many he let pass)], most in front; one person is one, whatever his post was called."""
    names = {one.person_id: one.name for one in found}
    counts = Counter(one.person_id for one in found)
    return [(names[person], count) for person, count in counts.most_common()]
