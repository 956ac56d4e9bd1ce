"""Which matters show which light: conditions that a database answers from the deadlines' index."""

from datetime import date, timedelta

from django.db.models import Q

from bihuan.matters.models import RuleSet


def ranges(dark: Q, today: date) -> dict[str, Q]:
    """{light: the condition of showing it}: ranges of the current deadline. `dark` is the condition of having none."""
    soon = Q(pk__in=[])
    for days in _due_soon_days():
        within = Q(matter__due_on__gte=today, matter__due_on__lte=today + timedelta(days=days))
        soon |= within & Q(matter__inspection__rule_set__due_soon_days=days)
    over = Q(matter__due_on__lt=today)
    lit = ~dark & Q(matter__due_on__isnull=False)
    return {"over": lit & over, "due": lit & soon, "ok": lit & ~over & ~soon, "none": ~lit}


def _due_soon_days() -> list[int]:
    """Every number of days that a rule set calls "soon"."""
    return [*RuleSet.objects.values_list("due_soon_days", flat=True).distinct().order_by("due_soon_days")]
