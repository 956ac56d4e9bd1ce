"""What `examine` checks of petitions: none is lost between batch and state, none stands in a state no table knows."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from bihuan.core import search
from bihuan.core.audit import Entry
from bihuan.core.examine import Finding, about
from bihuan.core.prepared import PAGE, in_pages, prepared
from bihuan.matters.models import Matter, TakenOver
from bihuan.petitions.actions import batches
from bihuan.petitions.models import Batch, Merger, Petition, Undertaking
from bihuan.petitions.queries import counted, repeat_keys
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
    for code in _lost():
        yield Finding("I6", code, "事项在，信访件不在。")
    for code, state in _strange():
        yield Finding("I3", code, f"状态“{state}”不在流程表里。")
    for number in _torn():
        yield Finding("I6", number, "批次已撤回，信访件还在。")
    for batch in _counted():
        if batch.living != batch.printed_total:
            yield Finding("I6", batch.label, f"印刷总数{batch.printed_total}件，系统有{batch.living}件。")


@prepared
def _lost() -> QuerySet[Matter, str]:
    lost = Matter.objects.filter(kind="petition", petition__isnull=True)
    return lost.values_list("code", flat=True).order_by("code")


@prepared
def _strange() -> QuerySet[Matter, tuple[str, str]]:
    strange = Matter.objects.filter(kind="petition").exclude(state__in=[*PETITION.states])
    return strange.values_list("code", "state").order_by("code")


@prepared
def _torn() -> QuerySet[Petition, str]:
    torn = Petition.objects.exclude(matter__is_withdrawn=F("batch__is_withdrawn")).filter(batch__is_withdrawn=True)
    return torn.values_list("number", flat=True).order_by("pk")


@prepared
def _counted() -> QuerySet[Any]:
    living = Count("petitions", filter=Q(petitions__matter__is_withdrawn=False))
    printed = Batch.objects.filter(is_withdrawn=False, total_note="", printed_total__isnull=False)
    return printed.annotate(living=living)


@about(Petition, Undertaking)
def closed_by_steps() -> Iterator[Finding]:
    """I7: no petition is closed but by the step that closes it, or because it was taken over as closed, and says so."""
    for state, step in CLOSING_STEPS.items():
        taken_as = [word for word, (stands, *_) in STANDINGS.items() if stands == state]
        for code in _closed_without(state, step, taken_as):
            yield Finding("I7", code, f"{STATES[state]}，却没有这一步，也不是接管来的。")
    for code in _never_handed_over():
        yield Finding("I7", code, "承办没有交办时间，也不是接管来的。")


@prepared
def _closed_without(state: str, step: str, taken_as: Collection[str]) -> QuerySet[Matter, str]:
    taken = TakenOver.objects.filter(matter=OuterRef("pk"), is_withdrawn=False, standing__in=taken_as)
    closed = Entry.objects.filter(about=OuterRef("code"), city=OuterRef("city"), step=step)
    rows = Matter.objects.filter(~Exists(closed), ~Exists(taken), kind="petition", is_withdrawn=False, state=state)
    return rows.values_list("code", flat=True).order_by("code")


@prepared
def _never_handed_over() -> QuerySet[Undertaking, str]:
    parts = Undertaking.objects.filter(is_withdrawn=False, is_taken_over=False, handed_over_at__isnull=True)
    return parts.values_list("petition__matter__code", flat=True).order_by("petition__matter__code")


@about(Merger)
def mergers_stand() -> Iterator[Finding]:
    """I6: whatever was merged says into what, and that stands and was not merged itself; nothing else says it was."""
    for code in _merged_nowhere():
        yield Finding("I6", code, "已并案，却没有写并入哪一件，也不是接管来的。")
    for code in _wrongly_merged():
        yield Finding("I6", code, "写明并入另一件，这一件或那一件的状态却不对。")


@prepared
def _merged_nowhere() -> QuerySet[Matter, str]:
    into = Merger.objects.filter(petition__matter=OuterRef("pk"), is_withdrawn=False)
    taken_as = [word for word, (stands, *_) in STANDINGS.items() if stands == PetitionState.MERGED]
    taken = TakenOver.objects.filter(matter=OuterRef("pk"), is_withdrawn=False, standing__in=taken_as)
    rows = Matter.objects.filter(~Exists(into), ~Exists(taken), kind="petition", is_withdrawn=False)
    return rows.filter(state=PetitionState.MERGED).values_list("code", flat=True).order_by("code")


@prepared
def _wrongly_merged() -> QuerySet[Merger, str]:
    wrong = ~Q(petition__matter__state=PetitionState.MERGED) | Q(target__matter__state=PetitionState.MERGED)
    rows = Merger.objects.filter(wrong | Q(target__matter__is_withdrawn=True), is_withdrawn=False)
    return rows.values_list("petition__matter__code", flat=True).order_by("petition__matter__code")


@about(Petition, Matter)
def keys_are_of_its_words() -> Iterator[Finding]:
    """I14: every petition that was compared is found by the words that stand today."""
    for one in in_pages(repeat_keys.compared_from):
        if one.said_then != repeat_keys.said_key(one):
            yield Finding("I14", one.matter.code, "文字改过，查重键还是改之前的。")


@about(Petition, Matter)
def counted_as_they_stand() -> Iterator[Finding]:
    """I14: figures count every petition as its own row and its matter's say today."""
    for code in counted.miscounted():
        yield Finding("I14", code, "统计用的计件与信访件现在的样子不符。")


@about(Petition)
def search_agrees() -> Iterator[Finding]:
    """I14: search finds every petition by the words that stand today."""
    for matter, wrong in search.disagreeing(batches.index_petitions, in_pages(_searched)):
        yield Finding("I14", Matter.objects.get(pk=matter).code, wrong)


@prepared
def _searched(start: int) -> QuerySet[Petition]:
    found = Petition.objects.filter(pk__gte=start).select_related("matter").defer("spans")
    return found.order_by("pk")[:PAGE]
