"""Petitions counted: the narrow rows that figures count (计件), what each is copied from, and how many are alike.

Hides which columns one index answers, so that the board, the statistics and the crossing ask once for all of them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from bihuan.core import still
from bihuan.core.actor import Actor
from bihuan.core.prepared import PAGE, in_pages, prepared
from bihuan.matters import queries as matters
from bihuan.organisation.models import Region
from bihuan.petitions import queries
from bihuan.petitions.models import Batch, CountedPetition, Petition
from bihuan.petitions.models.counted import BY
from bihuan.petitions.rules.penalties import PENALTIES

ON_PAPER = ~Q(truth="") & Q(answered_on__isnull=True)  # its result came in with a table
HAS = {kind: Q(**{f"{kind}__gt": 0}) for kind in PENALTIES}
HAS_ANY = reduce(or_, HAS.values())
NO_PENALTIES: Mapping[str, Any] = {}
SUMS: Mapping[str, Any] = {f"sum_{kind}": Sum(kind) for kind in PENALTIES}
"""{name: of all penalties of a kind the sum}."""
HAD: Mapping[str, Any] = {f"had_{kind}": Count("pk", filter=has) for kind, has in HAS.items()} | {
    "had_any": Count("pk", filter=HAS_ANY)
}
"""{name: how many petitions have a penalty of a kind, or of any}."""
COPIED: Mapping[str, str] = {
    "matter": "matter",
    **{one: f"matter__{one}" for one in ("city", "is_withdrawn", "inspection", "region", "state", "due_on")},
    **{
        one: one
        for one in ("batch", "truth", "closing", "main_type", "channel", "answered_on", "is_key_case", "is_joint")
    },
    **{kind: kind for kind in PENALTIES},
}
"""{column of a counted petition: where the petition has it}."""
Group = Mapping[str, Any]


_MANY = len(COPIED)
_BOTH = (*COPIED.values(), *(f"matter__counted__{name}" for name in COPIED))


def differing(petitions: QuerySet[Petition]) -> Iterator[dict[str, Any]]:
    """Of these petitions what should be counted ({column: value}), where something else is counted or nothing."""
    for row in petitions.values_list(*_BOTH):
        if _differs(row):
            yield dict(zip(COPIED, row, strict=False))


def miscounted() -> Iterator[str]:
    """The code of every petition that is counted as something else than it is, or not at all."""
    for row in in_pages(_compared, behind=lambda row: (row[-1] + 1,)):
        if _differs(row):
            yield row[-2]


@prepared
def _compared(start: int) -> QuerySet[Petition, tuple[Any, ...]]:
    rows = Petition.objects.filter(pk__gte=start).order_by("pk")
    return rows.values_list(*_BOTH, "matter__code", "pk")[:PAGE]


def _differs(row: Sequence[Any]) -> bool:
    return row[:_MANY] != row[_MANY : 2 * _MANY]


def seen(by: Actor, inspection: str) -> QuerySet[CountedPetition]:
    """The counted petitions in this actor's scope, of that inspection (its code; "": of all)."""
    rows = CountedPetition.objects.filter(matters.seen_by(by, queries.VEIL)).order_by()
    return rows.filter(inspection__code=inspection) if inspection else rows


def groups(
    by: Actor, inspection: str, columns: Sequence[str], penalties: Mapping[str, Any] = NO_PENALTIES
) -> Sequence[Group]:
    """The petitions in this actor's scope as groups, each alike in these columns (a region by its name, a batch by its
    label): its columns, `count`, how many `keys` and results `on_paper`, and what is asked of penalties: `SUMS`, each
    by its name, or `HAD`. They may be finer than asked for: whoever counts adds them up.
    """
    made = BY if {*columns} <= {*BY} else tuple(columns)
    name = ("petitions counted", by.city, by.person, by.held, inspection, made, *penalties)
    return still.known(name, lambda: _groups(seen(by, inspection), made, {**_COUNTS, **penalties}))


def _groups(rows: QuerySet[CountedPetition], columns: Sequence[str], figures: Mapping[str, Any]) -> Sequence[Group]:
    found = [*rows.values(*(_NAMED[one][0] if one in _NAMED else one for one in columns)).annotate(**figures)]
    for column in {*columns} & {*_NAMED}:
        key, names_of = _NAMED[column]
        names = dict(names_of({one[key] for one in found}))
        for one in found:
            one[column] = names.get(one.pop(key), "")
    return found


_NAMED: Mapping[str, tuple[str, Callable[[Collection[int]], Iterable[tuple[int, str]]]]] = {
    "region": ("region_id", lambda ids: Region.objects.filter(pk__in=ids).values_list("pk", "name")),
    "batch": ("batch_id", lambda ids: Batch.objects.filter(pk__in=ids).values_list("pk", "label")),
}
_COUNTS: Mapping[str, Any] = {
    "count": Count("pk"),
    "keys": Count("pk", filter=Q(is_key_case=True)),
    "on_paper": Count("pk", filter=ON_PAPER),
}
