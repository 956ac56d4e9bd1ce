"""How the check-list of a problem stands: what is there, what is said not to apply, what is missing."""

from collections import Counter
from collections.abc import Collection

from django.db.models import QuerySet

from bihuan.core.prepared import prepared
from bihuan.matters.models import Evidence, Matter
from bihuan.matters.queries import work
from bihuan.matters.rules import evidence as kinds
from bihuan.rectification.models import Exemption, Problem
from bihuan.rectification.rules import checklist
from bihuan.rectification.rules.checklist import PHOTOS, Sort, Standing


def sort_of(problem: Problem) -> Sort:
    """What sort of matter a problem is."""
    return checklist.sort_of(problem.nature, is_engineering=problem.is_engineering)


def members(problem: Problem) -> list[int]:
    """The ids of the matters whose evidence counts for a problem: itself and its measures."""
    return [problem.matter.pk, *_measures(problem.pk)]


@prepared
def _measures(problem: int) -> QuerySet[Matter, int]:
    found = Matter.objects.filter(measure__problem=problem, is_withdrawn=False).order_by("pk")
    return found.values_list("pk", flat=True)


def evidence_of_round(problem: Problem) -> list[Evidence]:
    """The evidence of a problem and its measures, each of its present round."""
    return [one for one in _evidence(members(problem)) if one.round_number == one.matter.round_number]


@prepared
def _evidence(matters: Collection[int]) -> QuerySet[Evidence]:
    return work.evidence_of(matters)


def exemptions_of(matter: Matter) -> QuerySet[Exemption]:
    """What leaders let pass in the matter's present round."""
    return Exemption.objects.filter(matter=matter, round_number=matter.round_number).order_by("pk")


def standings(problem: Problem, *steps: str) -> list[Standing]:
    """Every item that these steps (all, where none is named) ask for, as it stands."""
    there = evidence_of_round(problem)
    files = Counter(one.proves for one in there if one.proves)
    photos = {one.kind for one in there if one.kind in (kinds.BEFORE, kinds.AFTER)}
    files[PHOTOS] += len(photos)
    unpaired = checklist.pair_missing(photos, is_paired=any(one.before_id for one in there))
    waived = {one.item: one for one in work.waivers_of(problem.matter)}
    passed = {one.what for one in exemptions_of(problem.matter)}
    return [
        Standing(
            item,
            files[item.key],
            waived[item.key].reason if item.key in waived else "",
            item.key in waived and waived[item.key].is_confirmed,
            unpaired if item.key == PHOTOS else "",
            item.key in passed,
        )
        for item in checklist.items_of(sort_of(problem), *steps)
    ]
