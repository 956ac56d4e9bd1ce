"""What `examine` checks of petitions: none is lost between batch and state, none stands in a state no table knows."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from bihuan.core import search
from bihuan.core.examine import Finding
from bihuan.matters.models import Matter
from bihuan.petitions import actions
from bihuan.petitions.models import Batch, Petition
from bihuan.petitions.rules.petition import PETITION


def nothing_missing() -> Iterator[Finding]:
    """I6: every petition matter has its petition, every state is known, and a batch holds what it says."""
    lost = Matter.objects.filter(kind="petition", petition__isnull=True)
    for code in lost.values_list("code", flat=True).order_by("code"):
        yield Finding("I6", code, "事项在，信访件不在。")
    strange = Matter.objects.filter(kind="petition").exclude(state__in=[*PETITION.states])
    for code, state in strange.values_list("code", "state").order_by("code"):
        yield Finding("I3", code, f"状态“{state}”不在流程表里。")
    torn = Petition.objects.exclude(matter__is_withdrawn=F("batch__is_withdrawn")).filter(batch__is_withdrawn=True)
    for number in torn.values_list("number", flat=True).order_by("pk"):
        yield Finding("I6", number, "批次已撤回，信访件还在。")
    living = Count("petitions", filter=Q(petitions__matter__is_withdrawn=False))
    for batch in Batch.objects.filter(is_withdrawn=False, total_note="", printed_total__isnull=False).annotate(
        living=living
    ):
        if batch.living != batch.printed_total:
            yield Finding("I6", batch.label, f"印刷总数{batch.printed_total}件，系统有{batch.living}件。")


def search_agrees() -> Iterator[Finding]:
    """I14: search finds every petition by the words that stand today."""
    whole = Petition.objects.select_related("matter").defer("spans").order_by("pk")
    for matter, wrong in search.disagreeing(actions.index_petitions, whole):
        yield Finding("I14", Matter.objects.get(pk=matter).code, wrong)
