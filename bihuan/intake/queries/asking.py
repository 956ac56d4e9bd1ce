"""What is asked about a paper: what a doubt is about, and what an open one forbids."""

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from bihuan.core import correction
from bihuan.intake.models import IntakeDoubt
from bihuan.intake.queries import comparing, drafting
from bihuan.intake.rules.answers import asked_name
from bihuan.intake.rules.lifecycle import IntakeState
from bihuan.matters import queries as matters
from bihuan.petitions import queries as petitions
from bihuan.rectification.models import Problem
from bihuan.rectification.queries import adopted


def codes_of(doubt: IntakeDoubt) -> set[str]:
    """The codes of the matters that a doubt of a committed paper is about: its record, and a measure's problem."""
    intake, key = doubt.intake, doubt.record_key
    if intake.kind != "plan":
        batches_read = drafting.batch_drafts_of(intake)
        return {
            petition.matter.code
            for batch in batches_read
            for one in batch.petitions
            if key in one.keys and (petition := petitions.known_to(batch, intake.inspection).get(one.number_key))
        }
    plan = comparing.plan_of(intake)
    code = adopted.recognised(plan, drafting.plan_draft_of(intake), intake).get(key) if plan is not None else None
    above = Problem.objects.filter(measures__matter__code=code, matter__city=doubt.city).values_list(
        "matter__code", flat=True
    )
    return {code, *above} if code else set()


def is_built_upon(doubt: IntakeDoubt) -> bool:
    """Whether what a committed paper's doubt is about was taken further since it was answered, inside an action: nobody
    takes it further until that is done.
    """
    if doubt.intake.state != IntakeState.COMMITTED or not doubt.record_key:
        return False
    codes = codes_of(doubt)
    matters.lock(codes, doubt.city)
    return correction.is_moved_since(doubt, codes)


def same_name(doubt: IntakeDoubt) -> list[IntakeDoubt]:
    """The other doubts of a paper about the same unknown unit, answered as this one; not those that went on since."""
    asked = asked_name(doubt.question)
    others = IntakeDoubt.objects.filter(intake=doubt.intake, kind=doubt.kind).exclude(pk=doubt.pk).order_by("number")
    alike = [one for one in others if asked_name(one.question) == asked and one.answer == doubt.answer]
    for one in alike:
        one.intake = doubt.intake
    return [one for one in alike if one.answer is None or not is_built_upon(one)]


def unanswered_doubts(matter: Any) -> str:
    """Why a matter may not be handed over while a question of its import stands open, or ""."""
    record = getattr(matter, "problem", None) or getattr(matter, "petition", None)
    return "" if record is None else unanswered_on([record])[record.pk]


def unanswered_on(records: Collection[Any]) -> dict[int, str]:
    """For each of these problems, or of these petitions: why it may not be handed over yet, or "". In two queries."""
    papers = {one.pk: one.matter.intake_id for one in records if one.matter.intake_id is not None}
    keys: dict[tuple[int, str], set[int]] = defaultdict(set)
    for record in (one for one in records if one.pk in papers):
        keys[papers[record.pk], record.record_key].add(record.pk)
    for problem, key in adopted.measure_keys([one.pk for one in records if one.matter.kind == "problem"]):
        if problem in papers:
            keys[papers[problem], key].add(problem)
    open_ones = IntakeDoubt.objects.filter(intake_id__in={*papers.values()}, answer__isnull=True)
    asked = open_ones.values_list("intake_id", "record_key") if papers else ()
    counts = Counter(record for at in asked for record in keys.get(at, ()))
    return {one.pk: f"导入时还有{counts[one.pk]}处存疑没有答复。" if counts[one.pk] else "" for one in records}


def every_open_doubt() -> QuerySet[IntakeDoubt]:
    """The open questions of every city, for the examination."""
    return (
        IntakeDoubt.objects.filter(intake__state=IntakeState.COMMITTED, answer__isnull=True)
        .exclude(intake__kind="returned")  # whose rows nobody settled were not taken
        .select_related("intake")
        .order_by("intake_id", "number")
    )
