"""Taking papers in: a preview that writes no ledger, answers to doubts, commit whole or not at all, withdrawal.

Hides how an understood paper becomes drafts, and how a paper that came before becomes a difference.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from bihuan.core import audit, clock, files, history, moving, reversal
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.intake.formats.petition_repeats import NUMBER_TWICE
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.queries import asking, comparing, drafting, sight
from bihuan.intake.rules.answers import (
    DATING,
    NAMING,
    REGION_UNKNOWN,
    UNIT_UNKNOWN,
    asked_name,
    day_or_words,
    region_called,
    unit_called,
)
from bihuan.intake.rules.batches import masked_number, odd_days
from bihuan.intake.rules.lifecycle import INTAKE, IntakeState
from bihuan.intake.rules.records import heading, rows
from bihuan.intake.rules.repeats import take_said
from bihuan.intake.rules.taking import DAYS, day_said
from bihuan.intake.understanding import Understood
from bihuan.lib import redact
from bihuan.lib.flow import Refused
from bihuan.matters.models import Inspection
from bihuan.matters.rules.difference import CHANGED, NEW, SAME, Difference
from bihuan.organisation.actions import organising
from bihuan.organisation.models import Unit, UnitName
from bihuan.organisation.queries import scope, structure
from bihuan.petitioners.actions import keeping
from bihuan.petitioners.actions.keeping import Came
from bihuan.petitions import queries as petition_queries
from bihuan.petitions.actions import batches
from bihuan.petitions.actions.taking_over import take_over as take_petitions_over
from bihuan.petitions.rules.drafts import BatchDraft
from bihuan.petitions.rules.taking_over import PetitionStanding
from bihuan.rectification.actions.amendment import amend_plan, settle_one
from bihuan.rectification.actions.plan import adopt_plan, index_measures, index_problems
from bihuan.rectification.actions.taking_over import take_over
from bihuan.rectification.queries import adopted
from bihuan.rectification.rules.taking_over import Standing

NOTHING_NEW = "与系统中的信访件完全相同，没有可写入的更改。"
WITHDRAWN_BY = "这次导入已由{who}于{at:%Y-%m-%d %H:%M}撤回，不用再撤。"
TAKEN_ALREADY = "已经写入台账，收哪一件不能再改；要改，请撤回这次导入，重新导入后再选。"
NOT_TAKEN = "这一件不收，不用答"
NOTHING_TO_TAKE = "这本台账没有可接管的：现状没有写，或在本系统已经办过。"


@action
def take_in(
    name: str,
    data: bytes,
    understood: Understood,
    inspection: Inspection,
    *,
    by: Actor,
    at: datetime,
    unit: Unit | None = None,
) -> Intake:
    """Keep a paper and what was understood of it; no ledger is touched.

    Papers of petitions are kept sealed; nothing outside the sealed files tells who petitioned, their names included.
    """
    sealed = understood.kind != "plan"
    name = _told(name, is_masked=sealed)
    intake = audit.create(
        Intake(
            inspection=inspection,
            file=files.keep(name, data, city=by.city, is_sealed=sealed),
            understood=files.keep(f"{name}.json", understood.packed(), city=by.city, is_sealed=True),
            kind=understood.kind,
            title=_told(understood.title, is_masked=sealed),
            state=INTAKE.initial,
            unit=unit,
            rows_read=len(drafting.writable(understood.plain)),
        )
    )
    audit.create_many(
        [
            IntakeDoubt(
                intake=intake,
                number=number,
                record_key=doubt["record_key"],
                field=doubt["field"],
                kind=doubt["kind"],
                question=_told(_asked(doubt), is_masked=sealed),
                choices=_told(doubt["choices"], is_masked=sealed),
            )
            for number, doubt in enumerate((*understood.doubts(), *_about_days(understood, inspection, at)), 1)
        ]
    )
    return intake


def _about_days(understood: Understood, inspection: Inspection, at: datetime) -> Iterator[dict[str, Any]]:
    """What is asked about the days of the batches of a table of petitions."""
    if understood.kind == "petitions":
        plain = understood.plain
        yield from odd_days(heading(plain), rows(plain, {}), clock.day_of(at), inspection.on_site_from)


def _asked(doubt: Mapping[str, Any]) -> str:
    """What is asked; about a number, without the name that stands beside a telephone in its place."""
    question = str(doubt["question"])
    return masked_number(question) if doubt["field"] == "number" else question


def _told(value: Any, *, is_masked: bool) -> Any:
    """What may stand outside a sealed file: texts with what tells of a petitioner masked, at any depth."""
    if not is_masked:
        return value
    if isinstance(value, str):
        return redact.masked(value)
    if isinstance(value, list | tuple):
        return [_told(one, is_masked=True) for one in value]
    if isinstance(value, dict):
        return {name: _told(one, is_masked=True) for name, one in value.items()}
    return value


@action
def answer_doubt(
    doubt: IntakeDoubt, value: Any, *, by: Actor, at: datetime, label: str = "", note: str = "", seen: int | None = None
) -> IntakeDoubt:
    """Settle a doubt. Who and when stay with it; an answer after the commit is written into the ledger as well.

    An unknown unit that was named becomes another name of that unit, so that it is not asked about again: wherever else
    this paper asks about the same name, the answer holds too. An answer is changed only by somebody who had it before
    him (`seen`, the doubt's version), and until what it is about went on.
    """
    doubt.intake = Intake.objects.select_for_update().get(pk=doubt.intake_id)  # committed meanwhile, perhaps
    _refuse_again(doubt, value, label, seen)
    if doubt.intake.state in (IntakeState.DISCARDED, IntakeState.WITHDRAWN):
        raise Refused("这次导入已经放弃或撤回。")
    if doubt.kind == NUMBER_TWICE and doubt.choices and doubt.intake.state == IntakeState.COMMITTED:
        raise Refused(TAKEN_ALREADY)
    if doubt.kind == drafting.PERSONAL and value is not None:  # whatever was typed, it says: mask it
        value, label = doubt.choices[0]["value"], str(doubt.choices[0]["label"])
    label, value = label or str(value), _understood(doubt, value, by)
    before = doubt.answer
    told = _told({"value": value, "label": label}, is_masked=doubt.intake.kind != "plan")
    together = [doubt, *(asking.same_name(doubt) if doubt.kind == UNIT_UNKNOWN else ())]
    for one in together:
        audit.change(one, answer=told, answered_by_id=by.person, answered_at=at, because=note)
    if doubt.kind == UNIT_UNKNOWN:
        _remember_unit(doubt, str(value), str((before or {}).get("value")), by, at)
    if doubt.intake.state == IntakeState.COMMITTED:
        _write_answers(doubt.intake, [one.record_key for one in together], note)
    return doubt


def _refuse_again(doubt: IntakeDoubt, value: Any, label: str, seen: int | None) -> None:
    if doubt.answer is None:
        return
    if seen != doubt.version:
        raise Refused("这处存疑已经答复过，请刷新后看过再改。")
    if (doubt.answer.get("value"), doubt.answer.get("label")) == (value, label or str(value)):
        raise Refused("与原来的答复相同，不用改。")
    if asking.is_built_upon(doubt):
        raise Refused("已有人接着办理，答复不能再改。")


def _understood(doubt: IntakeDoubt, value: Any, by: Actor) -> Any:
    """An answer that names a unit or a day, in the words of the ledgers; any other as it was given."""
    if doubt.kind in NAMING:
        return unit_called(str(value), structure.unit_names(by.city), structure.directory(by.city))
    if doubt.kind == REGION_UNKNOWN:
        return region_called(str(value), structure.region_names(by.city), by.city)
    if doubt.kind == NUMBER_TWICE and doubt.choices:
        offered = [choice["value"] for choice in doubt.choices]
        return take_said(str(value), doubt.record_key, offered, drafting.understood(doubt.intake))
    if doubt.kind in DAYS:
        return day_said(value, [choice["value"] for choice in doubt.choices])
    if doubt.kind in DATING and doubt.intake.kind == "plan":
        _, found = drafting.rows_of(doubt.intake)
        about = next((row.raw("deadline") for row in found if row.key == doubt.record_key), "")
        return day_or_words(str(value), about)
    return value


def _remember_unit(doubt: IntakeDoubt, name: str, before: str, by: Actor, at: datetime) -> None:
    names = structure.unit_names(by.city)
    called = asked_name(doubt.question)
    if called and called not in names:
        organising.add_unit_name(Unit.objects.get(pk=names[name]), called, by=by, at=at)
    for other in UnitName.objects.filter(city=by.city, name=called, unit_id=names.get(before, 0)):
        organising.move_unit_name(other, Unit.objects.get(pk=names[name]), by=by, at=at)


def _write_answers(intake: Intake, keys: list[str], note: str) -> None:
    """Write what the records of these keys became by an answer into the ledger."""
    draft = drafting.draft_of(intake)
    if intake.kind != "plan":
        _write_answers_of_petitions(intake, draft, keys, note)
        return
    plan = comparing.plan_of(intake)
    if plan is None:
        return
    if comparing.is_superseded(intake, plan):
        raise Refused("这份方案已有更新的版本，请在新版本的导入里答复。")
    for key in dict.fromkeys(keys):
        settle_one(plan, draft, key, intake, note)
    if standings := drafting.standings_of(intake):
        _take_over(intake, standings, note)


def _write_answers_of_petitions(intake: Intake, drafts: Sequence[BatchDraft], keys: list[str], note: str) -> None:
    for batch in drafts:
        for key in keys:
            batches.settle_one(intake.inspection, batch, key, intake, note)
        _keep_originals(intake, batch, keys, note)
    if standings := drafting.standings_of(intake):
        _take_petitions_over(intake, drafts, standings, note)


@action
def commit_intake(intake: Intake, *, by: Actor, at: datetime, note: str = "") -> Intake:
    """Write a paper into the ledgers, all or nothing. What stays in doubt is written as a draft that cannot be issued.

    A paper that came before is written as its difference. Refuses a kind that no ledger takes.
    """
    move_intake(intake, "commit", by, note)
    audit.change(intake, deed=audit.deed().id)
    if intake.kind == "plan":
        counts = _commit_plan(intake, by, at, note)
    elif intake.kind == "petitions":
        counts = _commit_petitions(intake, by, at, note)
    else:
        raise Refused("这类文件只供对照，没有要写入台账的内容。")
    audit.change(intake, **counts)
    return intake


def _commit_plan(intake: Intake, by: Actor, at: datetime, note: str) -> dict[str, Any]:
    standings = drafting.standings_of(intake)
    if standings is None:
        return _write_plan(intake, by, at, note)
    counts: dict[str, Any] = {"rows_same": intake.rows_read}
    found = comparing.plan_difference(intake)
    if found is None or found.count(SAME) < len(found.changes):
        counts = _write_plan(intake, by, at, note)
    if not _take_over(intake, standings, note) and "rows_created" not in counts:
        raise Refused(NOTHING_TO_TAKE)
    return counts


def _take_over(intake: Intake, standings: Mapping[str, Standing], note: str) -> bool:
    """Let these records stand where the ledger has them, as far as nothing was done on them here; whether any does."""
    plan = comparing.plan_of(intake)
    codes = adopted.recognised(plan, drafting.plan_draft_of(intake), intake) if plan is not None else {}
    known = {codes[key]: one for key, one in standings.items() if key in codes}
    return bool(known) and bool(take_over(known, intake=intake, note=note))


def _write_plan(intake: Intake, by: Actor, at: datetime, note: str) -> dict[str, Any]:
    draft = drafting.plan_draft_of(intake)
    unit = intake.unit or drafting.issuing_unit(intake)
    standing = comparing.standing_plan(intake, unit)
    if standing is None:
        parent = comparing.parent_plan(intake, unit)
        adopt_plan(draft, intake.inspection, unit, by=by, at=at, parent=parent, intake=intake)
        return {"rows_created": intake.rows_read}
    if comparing.is_done_before(intake, unit, standing, draft):
        raise Refused("已按此文办过，没有可写入的更改。")
    found = amend_plan(standing, draft, by=by, at=at, intake=intake, note=note)
    return _counts(found)


def _commit_petitions(intake: Intake, by: Actor, at: datetime, note: str) -> dict[str, Any]:
    drafts = drafting.batch_drafts_of(intake)
    found = [batches.settle_batch(draft, intake.inspection, by=by, at=at, intake=intake, note=note) for draft in drafts]
    counts = _counts(Difference(tuple(change for one in found for change in one.changes)))
    standings = drafting.standings_of(intake)
    is_taken = bool(standings) and _take_petitions_over(intake, drafts, standings or {}, note)
    if not counts["rows_created"] and not counts["rows_changed"] and not is_taken:
        raise Refused(NOTHING_NEW if standings is None else NOTHING_TO_TAKE)
    for draft in drafts:
        _keep_originals(intake, draft, [one.key for one in draft.petitions], note)
    return counts | _leave_out(intake, by, at)


def _leave_out(intake: Intake, by: Actor, at: datetime) -> dict[str, int]:
    """How many rows are refused and joined for their number; what was asked about the refused needs no answer now."""
    left = drafting.repeats_of(intake)
    told = {"value": "", "label": NOT_TAKEN}
    for doubt in drafting.doubts_of(intake).filter(record_key__in=left.refused, answer__isnull=True):
        audit.change(doubt, answer=told, answered_by_id=by.person, answered_at=at)
    return {"rows_refused": len(left.refused), "rows_joined": len(left.joined)}


def _take_petitions_over(
    intake: Intake, drafts: Sequence[BatchDraft], standings: Mapping[str, PetitionStanding], note: str
) -> bool:
    """The same of petitions."""
    known: dict[str, PetitionStanding] = {}
    for draft in drafts:
        standing = petition_queries.known_to(draft, intake.inspection)
        here = {one.key: standing[one.number_key].matter.code for one in draft.petitions if one.number_key in standing}
        known |= {here[key]: one for key, one in standings.items() if key in here}
    return bool(known) and bool(take_petitions_over(known, intake=intake, note=note))


def _keep_originals(intake: Intake, draft: BatchDraft, keys: Collection[str], note: str) -> None:
    """What the ledger shows masked goes whole into the vault, and the numbers among it, in the same deed."""
    told = [one for one in draft.petitions if one.keys & {*keys} and (one.originals or one.numbers)]
    known = petition_queries.known_to(draft, intake.inspection) if told else {}
    came = [Came(known[one.number_key], one.originals, one.numbers) for one in told if one.number_key in known]
    keeping.keep_originals(came, because=note)


def _counts(found: Difference) -> dict[str, Any]:
    return {
        "rows_created": found.count(NEW),
        "rows_changed": found.count(CHANGED),
        "rows_same": found.count(SAME),
    }


@action
def discard_intake(intake: Intake, *, by: Actor, at: datetime, note: str = "") -> Intake:
    """Give a preview up; the paper stays in the list."""
    move_intake(intake, "discard", by, note)
    return intake


@action
def withdraw_intake(intake: Intake, *, by: Actor, at: datetime, note: str = "") -> Intake:
    """Take a committed paper back whole, as long as nobody built on it. Refuses what another has withdrawn meanwhile
    with who did and when: what he set back is nobody's work upon it.
    """
    _refuse_withdrawn(intake)
    move_intake(intake, "withdraw", by, note)
    if intake.deed is not None:
        reversal.reverse(intake.deed, because=f"撤回导入：{note}")
        _index_again(intake.deed)
    return intake


def _refuse_withdrawn(intake: Intake) -> None:
    """Refuse a paper that another withdrew, though it stood as written when it was read."""
    gone = next((one for one in history.deeds_on(intake) if "withdraw" in one.steps), None)
    if gone is not None:
        raise audit.Overtaken(WITHDRAWN_BY.format(who=gone.who, at=gone.at.astimezone(clock.SHANGHAI)))


def _index_again(deed: UUID) -> None:
    """Search, and the look-up of a number, find what the records say again, not what the deed had made of them."""
    changed: dict[str, list[int]] = {"petition": [], "problem": [], "measure": [], "petitioner": []}
    for table, row in reversal.changed_by(deed):
        changed.get(table, []).append(row)
    batches.index_petitions(petition_queries.with_matters(changed["petition"]))
    index_problems(adopted.problems_with_matters(changed["problem"]))
    index_measures(adopted.measures_with_matters(changed["measure"]))
    keeping.index_again(changed["petitioner"])


def move_intake(intake: Intake, name: str, by: Actor, note: str) -> None:
    """Take a step of an intake's lifecycle, inside an action."""
    able = scope.capacities(by, ())
    moving.make_move(INTAKE, intake, name, note=note, capacities=able, facts=sight.intake_facts(intake))
