"""Cities of a stated size for benchmarks: made data from a seed, written by the same actions as any import's.

Hides nothing but the sizes of docs/performance.md. Papers are not made: at these sizes the reading is measured apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.intake.actions import papers as intake
from bihuan.intake.understanding import understand_file
from bihuan.lib.reading.regions import places
from bihuan.matters import actions as matters
from bihuan.organisation.queries import structure
from bihuan.organisation.rules.duties import DutyRole
from bihuan.petitions.actions import batches, taking_over
from bihuan.petitions.rules.drafts import BatchDraft, PetitionDraft
from bihuan.petitions.rules.taking_over import PetitionStanding
from bihuan.rectification.actions.plan import adopt_plan
from bihuan.rectification.rules.drafts import DutyDraft, MeasureDraft, PlanDraft, ProblemDraft
from bihuan.sample import papers, petition_text, plan_shapes, plan_text
from bihuan.sample.office import CITY, Office, actor_of, furnish

if TYPE_CHECKING:
    from bihuan.intake.models import Intake
    from bihuan.matters.models import Inspection
    from bihuan.organisation.models import Unit
    from bihuan.petitions.models import Batch

AT = datetime(2022, 6, 2, 1, 0, tzinfo=UTC)
SIZES = {  # inspections, petitions each, measures each (and 18 problems)
    "city": (10, 3_000, 400),
    "province": (80, 2_082, 400),  # 200 thousand matters
    "nation": (143, 2_100, 402),  # 300 thousand petitions, 60 thousand problems and measures
}
PROBLEMS = 18
# How twenty petitions of an old inspection stand, and of a late one, as their office's own ledger says.
OLD = ("已销号",) * 16 + ("已办结", "阶段性办结", "已移送", "已公开")
LATE = (
    ("已销号",) * 4 + ("已办结",) * 4 + ("阶段性办结",) * 4 + ("办理中",) * 4 + ("已交办",) * 2 + ("已公开", "未交办")
)
LATE_ONES = 15  # inspections


def build(size: str, say: Callable[[str], None]) -> None:
    """Fill an empty database to a size. Refuses a size that is not known."""
    if size not in SIZES:
        raise ValueError(f"没有“{size}”这个规模，可选：{'、'.join(SIZES)}。")
    count, petitions_each, measures_each = SIZES[size]
    office = furnish(AT)
    by = Actor.system("样例规模", CITY)
    for number in range(1, count + 1):
        inspection = _inspection(office, number, by)
        adopt_plan(_plan(number, measures_each), inspection, office.units["沧州市委和市政府"], by=by, at=AT)
        standing = LATE if number > count - LATE_ONES else OLD
        first, *others = petition_text.batches(total=petitions_each, count=30, answered=20)
        ledger = _taken_in(first, inspection, actor_of("zonghe"))
        stand(ledger.batches.get(), standing, ledger, by=by, at=AT)
        for draft in _drafts(others):
            stand(batches.receive_batch(draft, inspection, by=by, at=AT), standing, ledger, by=by, at=AT)
        say(f"督察{number}：措施{measures_each}项，信访{petitions_each}件")


def _inspection(office: Office, number: int, by: Actor) -> Inspection:
    like = office.inspections["HE2"]
    return matters.add_inspection(
        f"B{number}",
        f"规模样例督察{number}",
        by=by,
        at=AT,
        level="省级",
        kind="专项",
        region=like.region,
        rule_set=like.rule_set,
        feedback_on=date(2022, 6, 1) + timedelta(days=number),
    )


def _plan(number: int, measures: int) -> PlanDraft:
    texts = [problem for aspect in plan_text.PLAN for campaign in aspect.campaigns for problem in campaign.problems]
    units = list(structure.units_in(CITY).filter(kind="部门"))
    each = -(-measures // PROBLEMS)
    problems = []
    for place, text in enumerate(texts):
        count = min(each, measures - place * each)
        problems.append(_problem(text, units[(place * 7 + number) % len(units)], max(count, 0)))
    return PlanDraft(title=f"规模样例整改方案{number}", problems=tuple(problems))


def _problem(text: plan_shapes.ProblemText, unit: Unit, count: int) -> ProblemDraft:
    day = date(2022, 12, 31)
    lead = DutyDraft(DutyRole.LEAD, unit.pk, unit.name, is_first=True)
    measures = tuple(
        MeasureDraft(
            key=f"measure:{text.number}-{number}",
            number=number,
            text=f"{text.measures[number % len(text.measures)]}（第{number}段）",
            deadline_kind="date",
            due_on=day,
            duties=(replace(lead, role=DutyRole.RESPONSIBLE),),
        )
        for number in range(1, count + 1)
    )
    return ProblemDraft(
        key=f"problem:{text.number}",
        number=text.number,
        title=text.title,
        text=f"{text.title}。{text.found}",
        target=text.target,
        deadline_kind="date",
        due_on=day,
        measures=measures,
        duties=(lead,),
    )


def _taken_in(batch: petition_text.BatchText, inspection: Inspection, by: Actor) -> Intake:
    """The paper that the ledger of an inspection came with: its first batch, imported."""
    data = papers.batch_xlsx(batch)
    understood = understand_file("台账.xlsx", data, structure.directory(CITY), None)
    taken = intake.take_in("台账.xlsx", data, understood, inspection, by=by, at=AT)
    return intake.commit_intake(taken, by=by, at=AT)


def _drafts(found: Iterable[petition_text.BatchText]) -> Iterator[BatchDraft]:
    regions = structure.region_names(CITY)
    names = {one.name for one in places().counties(CITY)}
    for batch in found:
        yield BatchDraft(
            label=f"第{batch.number}批",
            number=batch.number,
            handed_over_on=batch.day,
            petitions=tuple(_petition(row, regions[row.region] if row.region in names else None) for row in batch.rows),
        )


@action
def stand(batch: Batch, standing: tuple[str, ...], ledger: Intake, *, by: Actor, at: datetime) -> None:  # noqa: ARG001 -- an action's
    """Let the petitions of a batch stand as a ledger has them, with their counties."""
    units = dict(
        structure.units_in(by.city).filter(kind="党委政府", region__level="county").values_list("region", "pk")
    )
    standings = {}
    for code, row, region in batch.petitions.order_by("row").values_list("matter__code", "row", "matter__region"):
        word = standing[(row or 0) % len(standing)]
        bearers = {DutyRole.RESPONSIBLE: {units[region]: ""}} if region in units and word != "未交办" else {}
        day = batch.handed_over_on if bearers else None
        standings[code] = PetitionStanding(word, word, f"第{row}行", handed_over_on=day, signed_on=day, bearers=bearers)
    taking_over.take_over(standings, intake=ledger)


def _petition(row: petition_text.PetitionText, region: int | None) -> PetitionDraft:
    types = tuple(row.types.split("、"))
    return PetitionDraft(
        key=f"petition:{row.row}",
        number=row.number,
        number_key=f"{row.number}-{row.row}",
        row=row.row,
        is_key_case=row.is_key_case,
        region=region,
        region_raw=row.region,
        content=row.content,
        main_type=types[0],
        types=types,
        findings=row.findings,
        truth=row.truth,
        handling=row.handling,
    )
