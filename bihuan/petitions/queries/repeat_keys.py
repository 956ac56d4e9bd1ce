"""The keys that petitions are kept under, and of which words they were made.

Hides what stands for the words, and which columns hold them.
"""

import json
from collections.abc import Collection
from hashlib import sha256
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from bihuan.core.prepared import PAGE, prepared
from bihuan.petitions.models import Petition, RepeatKey

EDITION = "edition:2"  # of the keys; every compared petition has this one, whatever else it is found by
SAID = "said:"  # and what stands for the words that the keys of a petition were made of
# What a petition is compared by, as its columns and those of its matter hold it.
COMPARED = {
    "petition": frozenset({"content", "complained_of", "types", "main_type", "number_key", "repeats"}),
    "matter": frozenset({"region_id", "place"}),
}


def said_key(one: Petition) -> str:
    """What stands for all that a petition is compared by: another one where a word of it is another."""
    own = {name: getattr(one, name) for name in sorted(COMPARED["petition"])}
    told = [own, one.matter.region_id, one.matter.place]
    return f"{SAID}{sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]}"


def said_now(ids: Collection[int]) -> dict[int, str]:
    """{petition: what stands for its words as they are stored}."""
    rows = Petition.objects.filter(pk__in=ids).select_related("matter").defer("spans")
    return {one.pk: said_key(one) for one in rows}


@prepared
def compared_from(start: int) -> QuerySet[Any]:
    """A page of petitions that were compared and not left to be compared anew, from a key on, each with `said_then`:
    what stood for its words when it was compared.
    """
    kept = RepeatKey.objects.filter(petition=OuterRef("pk"))
    rows = Petition.objects.filter(Exists(kept.filter(key=EDITION)), pk__gte=start)
    rows = rows.select_related("matter").defer("spans")
    return rows.annotate(said_then=kept.filter(key__startswith=SAID).values("key")[:1]).order_by("pk")[:PAGE]
