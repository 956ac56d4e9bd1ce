"""Keeping lights and figures: written again in the deed that changes what they come from, and carried on every night.

Hides which changes they come from, and that only what differs is written.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import connection, transaction

from bihuan.core import chain, rows
from bihuan.core.audit import Written
from bihuan.core.clock import day_of
from bihuan.rectification.models import LightSpan, ScheduleFigure
from bihuan.rectification.queries import projection
from bihuan.rectification.queries.projection import Kept, Keys
from bihuan.rectification.rules.lit_by import may_change_a_light

OF_ALL = {"ruleset": ("change",), "inspection": ("change",), "calendarday": ("create", "change")}


def follow(written: Sequence[Written], at: datetime) -> None:
    """After a deed, in its transaction: keep the lights of the matters that it wrote about; of a whole city where it
    changed rules or the calendar.
    """
    about: dict[str, set[str]] = defaultdict(set)
    whole = {one.city for one in written if one.kind in OF_ALL.get(one.table, ())}
    for one in written:
        if one.about and one.city not in whole and may_change_a_light(one.table, one.kind, json.loads(one.changes)):
            about[one.city].add(one.about)
    for city in sorted(whole):
        keep(projection.everywhere(city), day_of(at))
    for city, codes in sorted(about.items()):
        keep(projection.about(codes, city), day_of(at))


def carry_on(day: date) -> int:
    """Carry all lights and figures on to a day, some matters in each transaction; of how many matters they differed.

    A deed waits meanwhile, and writes after it what it changed itself.
    """
    count = 0
    for some in projection.parts(projection.everywhere()):
        with transaction.atomic():
            chain.hold()
            count += keep(some, day)
    return count


def fill(day: date) -> None:
    """Keep lights where none are kept yet: after an upgrade from a version that kept none."""
    is_there = LightSpan._meta.db_table in connection.introspection.table_names()
    if is_there and not LightSpan.objects.exists():
        carry_on(day)


def keep(keys: Keys, day: date) -> int:
    """Write what should be kept of these problems and measures as of a day, inside a transaction; of how many matters
    it differed.
    """
    return sum(_write(projection.wanted(some, day)) for some in projection.parts(keys))


def _write(wanted: dict[int, Kept]) -> int:
    found = projection.kept(wanted)
    differing = [key for key, one in wanted.items() if one != found.get(key, projection.NOTHING)]
    if not differing:
        return 0
    others = [key for key in differing if wanted[key].spans != found.get(key, projection.NOTHING).spans]
    _write_spans(others, wanted, found)
    _write_figures(differing, wanted, found)
    return len(differing)


def _write_spans(keys: Collection[int], wanted: dict[int, Kept], found: dict[int, Kept]) -> None:
    if gone := [key for key in keys if key in found]:
        LightSpan.objects.filter(matter__in=gone).delete()
    news = [
        LightSpan(matter_id=key, **dict(zip(projection.FIELDS, one, strict=True)))
        for key in keys
        for one in wanted[key].spans
    ]
    if news:
        rows.add(news)


def _write_figures(keys: Collection[int], wanted: dict[int, Kept], found: dict[int, Kept]) -> None:
    if gone := [key for key in keys if key in found]:
        ScheduleFigure.objects.filter(matter__in=gone).delete()
    news = [
        {"matter": key, **dict(zip(projection.FIGURES, one, strict=True))}
        for key in keys
        if (one := wanted[key].figure)
    ]
    if news:
        rows.insert(ScheduleFigure, news)
