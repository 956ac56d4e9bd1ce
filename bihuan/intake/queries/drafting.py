"""What a commit would write now: the sealed record of what was understood, with the answers laid over it.

Hides the sealed file.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, QuerySet

from bihuan.core import files
from bihuan.intake.formats.petition_repeats import JOINED, NUMBER_TWICE
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.rules import batches, plans, repeats, standings, taking
from bihuan.intake.rules.answers import UNIT_UNKNOWN, answers_of
from bihuan.intake.rules.lifecycle import IntakeState
from bihuan.intake.rules.records import Row, heading, rows
from bihuan.intake.rules.repeats import Repeats
from bihuan.lib.flow import Refused
from bihuan.organisation.models import Unit
from bihuan.organisation.queries import structure
from bihuan.petitions.rules.drafts import BatchDraft
from bihuan.rectification.rules.drafts import PlanDraft

WRITABLE = {"plan": ("problem", "measure"), "petitions": ("petition",), "returned": ()}
PERSONAL = "personal_data"
OPENED = "_opened"


def doubts_of(intake: Intake) -> QuerySet[IntakeDoubt]:
    """The doubts of an intake in the order of the paper."""
    return IntakeDoubt.objects.filter(intake=intake).select_related("answered_by", "intake").order_by("number")


def open_doubts(intakes: Collection[Intake]) -> dict[int, int]:
    """{intake: how many of its doubts are still to be answered}, where there are any; in one query."""
    asked = [one.pk for one in intakes if one.state in _asking(one)]
    left = IntakeDoubt.objects.filter(intake__in=asked, answer__isnull=True).order_by()
    return dict(left.values_list("intake").annotate(count=Count("pk"))) if asked else {}


def _asking(intake: Intake) -> tuple[IntakeState, ...]:
    """The states in which its doubts are still to be answered: those of a ledger that came back until it is written."""
    return (IntakeState.PREVIEWED,) if intake.kind == "returned" else (IntakeState.PREVIEWED, IntakeState.COMMITTED)


def gone(intake: Intake) -> str:
    """Why a paper is not read any more; "" where it is."""
    on = intake.understood.destroyed_on
    return f"这份文件和读出的内容已随举报人信息在{on}销毁，不能再看；写入台账的不受影响。" if on else ""


def understood(intake: Intake) -> dict[str, Any]:
    """What was understood, as it was stored; nobody changes it. Refuses a paper whose key was destroyed with a
    petitioner's. It is opened once for the row that asks, and goes with it.
    """
    if intake.understood.destroyed_on is not None:
        raise Refused(gone(intake))
    opened: dict[int, dict[str, Any]] = vars(intake).setdefault(OPENED, {})
    if intake.understood_id not in opened:
        opened[intake.understood_id] = json.loads(files.read(intake.understood))
    return opened[intake.understood_id]


def writable(plain: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The records that a commit would write."""
    return [record for record in plain["records"] if record["type"] in WRITABLE.get(plain["kind"], ())]


def rows_of(intake: Intake) -> tuple[Row, list[Row]]:
    """The paper's heading and its records, with the answers that were given."""
    return _rows_of(intake, understood(intake))


def _rows_of(intake: Intake, plain: dict[str, Any]) -> tuple[Row, list[Row]]:
    given = doubts_of(intake).filter(answer__isnull=False).values("record_key", "field", "kind", "answer", "question")
    return heading(plain), rows(plain, answers_of(given, plain))


def plan_draft_of(intake: Intake) -> PlanDraft:
    """The plan that a commit would write now."""
    paper, found = rows_of(intake)
    heads = structure.heads_of(intake.city)
    return plans.plan_draft(paper, found, structure.names_in_papers(intake.city), heads.get)


def standings_of(intake: Intake) -> dict[str, Any] | None:
    """{record: where it stands} of a running ledger that is taken over, with the answers; None for any other paper.

    `Standing`s of problems and measures, `PetitionStanding`s of petitions; what waits for an answer is left out.
    """
    plain = understood(intake)
    if not plain.get("takes_over"):
        return None
    found, asked = _rows_of(intake, plain)[1], doubts_of(intake).values("record_key", "kind", "answer")
    if intake.kind == "plan":
        return {**standings.standings_of(found, taking.held(asked) | taking.undated(asked, found))}
    units = structure.names_in_papers(intake.city)
    return {**standings.petition_standings(found, taking.held(asked, UNIT_UNKNOWN), units)}


def batch_drafts_of(intake: Intake) -> list[BatchDraft]:
    """The batches that a commit would write now."""
    plain = understood(intake)
    paper, found = _rows_of(intake, plain)
    printed = [
        row["printed"] for row in plain["reconciliation"] if row["what"] in ("信访件", "举报件", "件数", "本批总数")
    ]
    kept = _cleared(doubts_of(intake).filter(kind=PERSONAL))
    regions, total = structure.region_names(intake.city), int(printed[0]) if len(printed) == 1 else None
    return batches.batch_drafts(paper, found, regions, kept, total, _repeats_of(intake, plain))


def repeats_of(intake: Intake) -> Repeats:
    """The rows of a paper that are not taken by themselves, since an earlier one bears their number."""
    return _repeats_of(intake, understood(intake))


def _repeats_of(intake: Intake, plain: Mapping[str, Any]) -> Repeats:
    given = doubts_of(intake).filter(kind=NUMBER_TWICE).values("record_key", "kind", "answer")
    return repeats.repeats_of(given, plain)


def undecided(intake: Intake) -> tuple[int, int]:
    """How many repeated numbers wait for the answer which row is taken, and how many other questions stand open about
    rows that are joined to another: both before a commit. A question of an earlier edition, without choices, holds
    nothing up.
    """
    asked = [*doubts_of(intake).filter(kind=NUMBER_TWICE)] if intake.kind == "petitions" else []
    waiting = sum(doubt.answer is None and bool(doubt.choices) for doubt in asked)
    parts = [doubt.record_key for doubt in asked if (doubt.answer or {}).get("value") == JOINED]
    return waiting, doubts_of(intake).filter(record_key__in=parts, answer__isnull=True).count() if parts else 0


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


def issuing_unit(intake: Intake) -> Unit:
    """The unit whose plan this is: named in the heading, else the city's own. Refuses when there is neither."""
    paper, _ = rows_of(intake)
    region = structure.region_names(intake.city).get(paper.text("region"))
    units = structure.units_in(intake.city).filter(kind="党委政府")
    unit = units.filter(region_id=region).first() if region else units.filter(parent__isnull=True).first()
    if unit is None:
        raise Refused("看不出是哪个单位的方案，请在导入时选定来文单位。")
    return unit
