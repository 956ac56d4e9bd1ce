"""Batches of petitions: received as the paper has them, brought in line with a later table, searched."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bihuan.core import audit, numbering, search
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.matters import actions as matters
from bihuan.matters.models import Inspection, Matter
from bihuan.matters.queries import work
from bihuan.matters.rules.difference import CHANGED, Difference
from bihuan.petitions import queries
from bihuan.petitions.models import Batch, Petition, SubItem
from bihuan.petitions.queries import sub_items
from bihuan.petitions.rules.difference import changed_values
from bihuan.petitions.rules.drafts import BatchDraft, PetitionDraft, SubItemDraft
from bihuan.petitions.rules.petition import PETITION

LISTS = ("types", "document_numbers", "repeats")


@action
def receive_batch(draft: BatchDraft, inspection: Inspection, *, by: Actor, at: datetime, intake: Any = None) -> Batch:
    """Write a batch: every petition starts in the tray (收件). All or nothing."""
    batch = audit.create(
        Batch(
            inspection=inspection,
            label=draft.label,
            number=draft.number,
            handed_over_on=draft.handed_over_on,
            printed_total=draft.printed_total,
            total_note=draft.total_note,
            intake=intake,
        )
    )
    add_petitions(batch, draft.petitions, intake)
    return batch


def add_petitions(batch: Batch, drafts: Sequence[PetitionDraft], intake: Any) -> list[Petition]:
    """Insert petitions with their matters, rounds and sub-items, inside an action."""
    if not drafts:
        return []
    code = batch.inspection.code
    first = numbering.take(f"{code}-X", len(drafts))
    opened = [
        Matter(
            kind="petition",
            code=f"{code}-X{first + place:04}",
            inspection=batch.inspection,
            region_id=one.region,
            intake=intake,
        )
        for place, one in enumerate(drafts)
    ]
    matters.open_matters(opened, PETITION)
    petitions = [
        Petition(matter=matter, batch=batch, record_key=one.key, **values_of(one))
        for matter, one in zip(opened, drafts, strict=True)
    ]
    audit.create_many(petitions)
    index_petitions(petitions)
    audit.create_many(
        [
            SubItem(petition=petition, number=item.number, text=item.text, finding=item.finding, truth=item.truth)
            for petition, one in zip(petitions, drafts, strict=True)
            for item in one.sub_items
        ]
    )
    return petitions


def index_petitions(petitions: Sequence[Petition]) -> None:
    """Put the (de-identified) words of petitions, and those of the files on them, into the search index."""
    written = work.words_of(one.matter_id for one in petitions)
    search.index("petition", ((one.matter_id, _searched(one, written.get(one.matter_id, ""))) for one in petitions))


def _searched(one: Petition, written: str) -> str:
    return f"{one.matter.code} {one.number_key} {one.content} {one.findings} {one.handling}{written}"


def values_of(one: PetitionDraft) -> dict[str, Any]:
    """The draft's values as the petition's columns hold them."""
    return {name: getattr(one, name) for name in (*queries.PLAIN, "spans")} | {
        name: [*getattr(one, name)] for name in LISTS
    }


def settle_batch(
    draft: BatchDraft, inspection: Inspection, *, by: Actor, at: datetime, intake: Any = None, note: str = ""
) -> Difference:
    """Bring the ledger in line with a table, inside an action; returns the difference that was written: new petitions,
    values that were missing or have changed. What the table leaves empty or does not name stays as it was.
    """
    found = queries.batch_difference(draft, inspection)
    known = queries.known_to(draft, inspection)
    fresh = [one for one in draft.petitions if one.number_key not in known]
    batch = queries.standing_batch(inspection, draft.label)
    if fresh and batch is None:
        receive_batch(replace(draft, petitions=tuple(fresh)), inspection, by=by, at=at, intake=intake)
    elif batch is not None:
        add_petitions(batch, fresh, intake)
    changed = {change.read for change in found.of("petition", CHANGED)}
    for one in draft.petitions:
        if one.key in changed:
            _settle(known[one.number_key], one, intake, note)
    return found


def settle_one(inspection: Inspection, batch: BatchDraft, key: str, intake: Any, note: str) -> None:
    """Write what one petition of a table became by a late answer, inside an action; and the day of its batch, where
    that came with this very table.
    """
    own = queries.standing_batch(inspection, batch.label)
    if own and own.intake_id == intake.pk and batch.handed_over_on not in (None, own.handed_over_on):
        audit.change(own, handed_over_on=batch.handed_over_on, because=note)
    known = queries.known_to(batch, inspection)
    for one in batch.petitions:
        if key in one.keys and one.number_key in known:
            _settle(known[one.number_key], one, intake, note)


def _settle(petition: Petition, one: PetitionDraft, intake: Any, note: str) -> None:
    values = changed_values(queries.petition_as_draft(petition), one)
    region, items = values.pop("region", None), values.pop("sub_items", ())
    if region is not None:
        audit.change(petition.matter, region_id=region, because=note)
        values["region_raw"] = one.region_raw
    plain: dict[str, Any] = {name: [*value] if name in LISTS else value for name, value in values.items()}
    if petition.matter.intake_id == getattr(intake, "pk", None):
        plain |= {"spans": one.spans}
    audit.change(petition, because=note, **plain)
    _settle_items(petition, items, note)
    index_petitions([petition])


def _settle_items(petition: Petition, items: Sequence[SubItemDraft], note: str) -> None:
    """What a table says of the sub-items that stand, place by place; those behind them are new."""
    standing = {item.place: item for item in sub_items.of_petition(petition)}
    number = sub_items.next_number(petition)
    for item in items:
        words = {"text": item.text, "finding": item.finding, "truth": item.truth}
        if item.number in standing:
            standing[item.number].petition = petition
            audit.change(standing[item.number], because=note, **words)
        else:
            audit.create(SubItem(petition=petition, number=number, **words), because=note)
            number += 1
