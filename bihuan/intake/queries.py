"""Intakes and their doubts as somebody may see them; what would be written; what an open doubt forbids.

Hides the sealed file with what was understood, and how answers are laid over it.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from bihuan.core import correction, files, reversal
from bihuan.core.actor import Actor
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.rules import batches, plans
from bihuan.intake.rules.lifecycle import IntakeFacts, IntakeState
from bihuan.intake.rules.records import Row, answers_of, heading, rows
from bihuan.lib.flow import Refused
from bihuan.matters.models import Inspection
from bihuan.matters.rules.difference import CHANGED, NEW, SAME, VANISHED, Difference
from bihuan.organisation import queries as organisation
from bihuan.organisation.models import Unit
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import queries as petitions
from bihuan.petitions.rules.drafts import BatchDraft
from bihuan.rectification import queries as rectification
from bihuan.rectification.models import Plan, Problem
from bihuan.rectification.rules import difference as differences
from bihuan.rectification.rules.drafts import PlanDraft

IMPORTERS = (Role.COORDINATION, Role.OFFICE_HEAD, Role.PETITION_DESK)
WRITABLE = {"plan": ("problem", "measure"), "petitions": ("petition",)}
PERSONAL = "personal_data"
QUOTED = re.compile("“([^”]+)”")


@dataclass(frozen=True, slots=True)
class Balance:
    """Papers written and waiting to be; of the written: the rows that were read, and those that are accounted for."""

    papers: int
    waiting: int
    read: int
    settled: int


def intakes_for(by: Actor) -> QuerySet[Intake]:
    """The intakes of the city, newest first; only the office takes papers in."""
    if not organisation.has_role(by, IMPORTERS):
        return Intake.objects.none()
    return (
        Intake.objects.filter(city=by.city).select_related("inspection", "file", "understood", "unit").order_by("-pk")
    )


def doubts_of(intake: Intake) -> QuerySet[IntakeDoubt]:
    """The doubts of an intake in the order of the paper."""
    return IntakeDoubt.objects.filter(intake=intake).select_related("answered_by", "intake").order_by("number")


def understood(intake: Intake) -> dict[str, Any]:
    """What was understood, as it was stored."""
    stored: dict[str, Any] = json.loads(files.read(intake.understood))
    return stored


def writable(plain: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The records that a commit would write."""
    return [record for record in plain["records"] if record["type"] in WRITABLE.get(plain["kind"], ())]


def intake_facts(intake: Intake) -> IntakeFacts:
    """What an intake's steps ask."""
    touched = reversal.touched_since(intake.deed).values_list("about", flat=True) if intake.deed else []
    return IntakeFacts(records=intake.rows_read, built_upon=len(set(touched)))


def rows_of(intake: Intake) -> tuple[Row, list[Row]]:
    """The paper's heading and its records, with the answers that were given."""
    return _rows_of(intake, understood(intake))


def _rows_of(intake: Intake, plain: dict[str, Any]) -> tuple[Row, list[Row]]:
    given = doubts_of(intake).filter(answer__isnull=False).values("record_key", "field", "kind", "answer", "question")
    return heading(plain), rows(plain, answers_of(given, plain))


def plan_draft_of(intake: Intake) -> PlanDraft:
    """The plan that a commit would write now."""
    paper, found = rows_of(intake)
    heads = organisation.heads_of(intake.city)
    return plans.plan_draft(paper, found, organisation.names_in_papers(intake.city), heads.get)


def batch_drafts_of(intake: Intake) -> list[BatchDraft]:
    """The batches that a commit would write now."""
    plain = understood(intake)
    paper, found = _rows_of(intake, plain)
    printed = [
        row["printed"] for row in plain["reconciliation"] if row["what"] in ("信访件", "举报件", "件数", "本批总数")
    ]
    kept = _cleared(doubts_of(intake).filter(kind=PERSONAL))
    regions = organisation.region_names(intake.city)
    return batches.batch_drafts(paper, found, regions, kept, int(printed[0]) if len(printed) == 1 else None)


def _cleared(doubts: Iterable[IntakeDoubt]) -> dict[tuple[str, str], set[str]]:
    """By (record, field): the masked forms of the hits that somebody said are no petitioner's.

    Where two hits mask to the same form, both must have been cleared.
    """
    cleared: dict[tuple[str, str], set[str]] = defaultdict(set)
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    for doubt in doubts:
        is_cleared = doubt.answer is not None and doubt.answer.get("value") is None
        (cleared if is_cleared else held)[doubt.record_key, doubt.field].add(str(doubt.choices[0]["value"]))
    return {at: forms - held[at] for at, forms in cleared.items()}


def draft_of(intake: Intake) -> Any:
    """What a commit would write now: a plan, or batches."""
    return plan_draft_of(intake) if intake.kind == "plan" else batch_drafts_of(intake)


def asked_unit(doubt: IntakeDoubt) -> str:
    """The name that a doubt about an unknown unit asks about."""
    found = QUOTED.search(doubt.question)
    return found[1] if found else ""


def issuing_unit(intake: Intake) -> Unit:
    """The unit whose plan this is: named in the heading, else the city's own. Refuses when there is neither."""
    paper, _ = rows_of(intake)
    region = organisation.region_names(intake.city).get(paper.text("region"))
    units = organisation.units_in(intake.city).filter(kind="党委政府")
    unit = units.filter(region_id=region).first() if region else units.filter(parent__isnull=True).first()
    if unit is None:
        raise Refused("看不出是哪个单位的方案，请在导入时选定来文单位。")
    return unit


def standing_plan(intake: Intake, unit: Unit) -> Plan | None:
    """The plan of the same inspection and unit that this paper would amend."""
    return Plan.objects.filter(inspection=intake.inspection, unit=unit, is_withdrawn=False).first()


def parent_plan(intake: Intake, unit: Unit) -> Plan | None:
    """The plan of the unit above, under the same inspection."""
    return (
        Plan.objects.filter(inspection=intake.inspection, unit=unit.parent, is_withdrawn=False).first()
        if unit.parent
        else None
    )


def is_superseded(intake: Intake, plan: Plan) -> bool:
    """Whether a newer paper has amended the plan since."""
    later = Intake.objects.filter(
        inspection=intake.inspection, kind="plan", state=IntakeState.COMMITTED, pk__gt=intake.pk
    )
    return plan.edition > 1 and any(
        (one.unit or issuing_unit(one)).pk == plan.unit_id for one in later.select_related("unit", "understood")
    )


def plan_of(intake: Intake) -> Plan | None:
    """The plan that a committed paper was written into."""
    own = Plan.objects.filter(intake=intake, is_withdrawn=False).first()
    return own or standing_plan(intake, intake.unit or issuing_unit(intake))


def codes_of(doubt: IntakeDoubt) -> set[str]:
    """The codes of the matters that a doubt of a committed paper is about: its record, and a measure's problem."""
    intake, key = doubt.intake, doubt.record_key
    if intake.kind != "plan":
        batches_read = batch_drafts_of(intake)
        return {
            petition.matter.code
            for batch in batches_read
            for one in batch.petitions
            if one.key == key and (petition := petitions.known_to(batch, intake.inspection).get(one.number_key))
        }
    plan = plan_of(intake)
    code = rectification.recognised(plan, plan_draft_of(intake), intake).get(key) if plan is not None else None
    above = Problem.objects.filter(measures__matter__code=code).values_list("matter__code", flat=True)
    return {code, *above} if code else set()


def is_built_upon(doubt: IntakeDoubt) -> bool:
    """Whether what a committed paper's doubt is about was taken further since it was answered."""
    if doubt.intake.state != IntakeState.COMMITTED or not doubt.record_key:
        return False
    return correction.is_moved_since(doubt, codes_of(doubt))


def is_done_before(intake: Intake, unit: Unit, standing: Plan, draft: PlanDraft) -> bool:
    """Whether a paper that says the same was taken in before, and the plan still holds all that this one says.

    A paper that only leaves something out changes no record, so that the plan itself cannot tell.
    """
    found = differences.difference(rectification.plan_as_draft(standing), draft)
    if found.count(NEW) or found.count(CHANGED) or not found.count(VANISHED):
        return False
    before = Intake.objects.filter(inspection=intake.inspection, kind="plan", state=IntakeState.COMMITTED)
    return any(
        (one.unit or issuing_unit(one)).pk == unit.pk and _says_the_same(plan_draft_of(one), draft)
        for one in before.exclude(pk=intake.pk).select_related("unit", "understood")
    )


def _says_the_same(before: PlanDraft, draft: PlanDraft) -> bool:
    found = differences.difference(before, draft)
    return found.count(SAME) == len(found.changes)


def plan_difference(intake: Intake) -> Difference | None:
    """What a commit would change of the plan that stands; None where the plan is new."""
    standing = standing_plan(intake, intake.unit or issuing_unit(intake))
    return (
        None
        if standing is None
        else differences.difference(rectification.plan_as_draft(standing), plan_draft_of(intake))
    )


def difference_of(intake: Intake) -> Difference | None:
    """What a commit would change of what stands; None where the paper is the first of its plan."""
    if intake.kind == "plan":
        return plan_difference(intake)
    found = [petitions.batch_difference(draft, intake.inspection) for draft in batch_drafts_of(intake)]
    return Difference(tuple(change for one in found for change in one.changes))


def unanswered_doubts(turn: Any) -> str:
    """Why a matter may not be handed over while a question of its import stands open, or "".

    `turn` is the round (or the matter) that would move.
    """
    matter = getattr(turn, "matter", turn)
    record = getattr(matter, "problem", None) or getattr(matter, "petition", None)
    return "" if record is None else unanswered_on([record])[record.pk]


def unanswered_on(records: Collection[Any]) -> dict[int, str]:
    """For each of these problems, or of these petitions: why it may not be handed over yet, or "". In two queries."""
    papers = {one.pk: one.matter.intake_id for one in records if one.matter.intake_id is not None}
    keys: dict[tuple[int, str], set[int]] = defaultdict(set)
    for record in (one for one in records if one.pk in papers):
        keys[papers[record.pk], record.record_key].add(record.pk)
    for problem, key in rectification.measure_keys([one.pk for one in records if one.matter.kind == "problem"]):
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
        .select_related("intake")
        .order_by("intake_id", "number")
    )


def with_balance(inspections: QuerySet[Inspection], by: Actor) -> QuerySet[Inspection]:
    """Inspections, each with what came of its papers (`papers`, `waiting`, `read`, `settled`: see `Balance`).

    It costs no query of its own. Those who do not take papers in are told of none.
    """
    if not organisation.has_role(by, IMPORTERS):
        return inspections
    written = Q(intakes__state=IntakeState.COMMITTED)
    unwritten = Q(intakes__state=IntakeState.PREVIEWED, intakes__kind__in=WRITABLE)
    settled = sum((F(f"intakes__rows_{name}") for name in ("changed", "same", "refused")), F("intakes__rows_created"))
    return inspections.annotate(
        papers=Count("intakes", filter=written),
        waiting=Count("intakes", filter=unwritten),
        read=Sum("intakes__rows_read", filter=written, default=0),
        settled=Sum(settled, filter=written, default=0),
    )


def balance_of(inspections: Sequence[Any]) -> Balance | None:
    """The sum of these inspections' papers; None where they were fetched without it, or none came in."""
    counted = [one for one in inspections if hasattr(one, "papers") and one.papers + one.waiting]
    sums = {name: sum(getattr(one, name) for one in counted) for name in Balance.__slots__}
    return Balance(**sums) if counted else None
