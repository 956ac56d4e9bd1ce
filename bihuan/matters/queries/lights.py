"""Which matters show which light: conditions that a database answers from the deadlines' index."""

from datetime import date, timedelta

from django.db.models import Q

from bihuan.matters.models import RuleSet


def ranges(dark: Q, today: date, city: str = "") -> dict[str, Q]:
    """{light: the condition of showing it}: ranges of the current deadline. `dark` is the condition of having none.

    `city` is whose matters are asked for; a ledger's filter is made before anybody asks, and goes by every rule set.
    """
    soon = Q(pk__in=[])
    for days in _due_soon_days(city):
        within = Q(matter__due_on__gte=today, matter__due_on__lte=today + timedelta(days=days))
        soon |= within & Q(matter__inspection__rule_set__due_soon_days=days)
    over = Q(matter__due_on__lt=today)
    lit = ~dark & Q(matter__due_on__isnull=False)
    return {"over": lit & over, "due": lit & soon, "ok": lit & ~over & ~soon, "none": ~lit}


def _due_soon_days(city: str) -> list[int]:
    """Every number of days that a rule set of this city calls "soon"."""
    sets = RuleSet.objects.filter(city=city) if city else RuleSet.objects.all()
    return [*sets.values_list("due_soon_days", flat=True).distinct().order_by("due_soon_days")]
