"""The kept lights as ledgers, lists, counts and pages read them: by the day, never computed again."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from bihuan.matters.models import Matter
from bihuan.matters.rules.lateness import Light
from bihuan.rectification.models import HandLight, LightSpan, ScheduleFigure

HELD = Prefetch("matter__light_spans", LightSpan.objects.order_by("since"), to_attr="lights_held")


def spans_of(matter: Matter) -> list[LightSpan]:
    """All lights of a matter, oldest first; those that came with the row where it was fetched for a ledger."""
    held: list[LightSpan] | None = getattr(matter, "lights_held", None)
    return [*matter.light_spans.order_by("since")] if held is None else held


class Shown(NamedTuple):
    """What a row shows on a day: the light, since when, and why."""

    light: str
    since: date
    cause: str


def words(day: date) -> dict[str, Subquery]:
    """What a ledger fetches with each row, so that `shown` asks for nothing: the light of that day."""
    of = LightSpan.objects.filter(matter=OuterRef("matter"), since__lte=day).order_by("-since")
    return {f"lit_{name}": Subquery(of.values(name)[:1]) for name in ("light", "since", "cause")}


def shown(row: Any, day: date) -> Shown | None:
    """The light of a problem or a measure on a day, with its cause; None before there was any.

    A row of a ledger was fetched for one day, and is asked for no other.
    """
    if hasattr(row, "lit_light"):
        return Shown(row.lit_light, row.lit_since, row.lit_cause) if row.lit_light else None
    held = (one for one in reversed(spans_of(row.matter)) if one.since <= day)
    return next((Shown(one.light, one.since, one.cause) for one in held), None)


def hands_of(matter: Matter) -> QuerySet[HandLight]:
    """What leaders set for a matter by hand, the last first."""
    return HandLight.objects.filter(matter=matter).select_related("set_by").order_by("-pk")


def hand_on(matter: Matter, day: date) -> HandLight | None:
    """What was set by hand and held on a day."""
    holds = Q(lifted_on__isnull=True) | Q(lifted_on__gt=day)
    return hands_of(matter).filter(holds, since__lte=day, until__gte=day).first()


def is_lit(matter: Matter, day: date) -> bool:
    """Whether a matter shows a light on a day."""
    span = next((one for one in reversed(spans_of(matter)) if one.since <= day), None)
    return span is not None and span.light != Light.NONE


def figure_of(matter: Matter) -> ScheduleFigure | None:
    """Planned and actual of a matter, None where it shows no light yet."""
    found: ScheduleFigure | None = getattr(matter, "figure", None)
    return found


def showing(values: Collection[str], day: date) -> Q:
    """The condition of showing one of these lights on a day; what has no span then shows none."""
    on_day = LightSpan.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)
    lit = {*values} - {Light.NONE}
    shown = Q(matter__in=on_day.filter(light__in=lit).values("matter")) if lit else Q(pk__in=[])
    if Light.NONE not in values:
        return shown
    return shown | ~Q(matter__in=on_day.exclude(light=Light.NONE).values("matter"))


def counted(rows: QuerySet[Any], day: date) -> Counter[str]:
    """{light: how many of these rows show it on a day}."""
    of = LightSpan.objects.filter(matter=OuterRef("matter"), since__lte=day).order_by("-since")
    lit = rows.order_by().annotate(lit=Coalesce(Subquery(of.values("light")[:1]), Value(Light.NONE.value)))
    return Counter(dict(lit.values_list("lit").annotate(count=Count("pk"))))
