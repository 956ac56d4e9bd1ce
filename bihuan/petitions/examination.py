"""What `examine` checks of petitions: none is lost between batch and state, none stands in a state no table knows."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q

from bihuan.core import search
from bihuan.core.audit import Entry
from bihuan.core.examine import Finding, about
from bihuan.matters.models import Matter, TakenOver
from bihuan.petitions import actions
from bihuan.petitions.models import Batch, Petition, Undertaking
from bihuan.petitions.rules.petition import PETITION, STATES, PetitionState
from bihuan.petitions.rules.taking_over import STANDINGS

CLOSING_STEPS = {
    PetitionState.SIGNED_OFF: "accept",
    PetitionState.TRANSFERRED: "transfer",
    PetitionState.MERGED: "merge",
}


@about(Matter, Batch)
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


@about(Petition, Undertaking)
def closed_by_steps() -> Iterator[Finding]:
    """I7: no petition is closed but by the step that closes it, or because it was taken over as closed, and says so."""
    for state, step in CLOSING_STEPS.items():
        taken_as = [word for word, (stands, *_) in STANDINGS.items() if stands == state]
        taken = TakenOver.objects.filter(matter=OuterRef("pk"), is_withdrawn=False, standing__in=taken_as)
        closed = Entry.objects.filter(about=OuterRef("code"), city=OuterRef("city"), step=step)
        rows = Matter.objects.filter(~Exists(closed), ~Exists(taken), kind="petition", is_withdrawn=False, state=state)
        for code in rows.values_list("code", flat=True).order_by("code"):
            yield Finding("I7", code, f"{STATES[state]}，却没有这一步，也不是接管来的。")
    parts = Undertaking.objects.filter(is_withdrawn=False, is_taken_over=False, handed_over_at__isnull=True)
    for code in parts.values_list("petition__matter__code", flat=True).order_by("petition__matter__code"):
        yield Finding("I7", code, "承办没有交办时间，也不是接管来的。")


@about(Petition)
def search_agrees() -> Iterator[Finding]:
    """I14: search finds every petition by the words that stand today."""
    whole = Petition.objects.select_related("matter").defer("spans").order_by("pk")
    for matter, wrong in search.disagreeing(actions.index_petitions, whole):
        yield Finding("I14", Matter.objects.get(pk=matter).code, wrong)
