"""What a later table changes of petitions that stand. A value that the later table leaves empty is no change.

Hides how a petition is recognised (by the key of its number) and which of its values are compared.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bihuan.matters.rules.difference import CHANGED, NEW, SAME, VANISHED, Change, Difference
from bihuan.petitions.rules.drafts import PetitionDraft

# The petition's own name of a value → the name that the reader of papers gives it.
FIELDS = {
    "is_key_case": "key_case",
    "channel": "intake",
    "received_on": "received",
    "region": "region",
    "content": "content",
    "main_type": "main_type",
    "types": "types",
    "findings": "findings",
    "truth": "truth",
    "sub_items": "sub_items",
    "handling": "handling",
    "goal": "goal",
    "closing": "closing",
    "accountability": "accountability",
    "document_numbers": "document_numbers",
    "repeats": "duplicates",
    "deadline_raw": "deadline",
}


def difference(
    known: Mapping[str, PetitionDraft], read: Sequence[PetitionDraft], missing: Sequence[PetitionDraft] = ()
) -> Difference:
    """Hold petitions that were read against those that stand: `known` by the key of the number, each with its code for
    a key. `missing` are those of the same batch that the table does not name.
    """
    changes = [_change(known.get(one.number_key), one) for one in read]
    gone = [Change("petition", VANISHED, _label(one), one.key, "", {}) for one in missing]
    return Difference((*changes, *gone))


def changed_values(old: PetitionDraft, new: PetitionDraft) -> dict[str, Any]:
    """{the petition's own name of a value: what it becomes}."""
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in FIELDS)
    return {name: after for name, before, after in pairs if after and after != before}


def _change(old: PetitionDraft | None, new: PetitionDraft) -> Change:
    if old is None:
        return Change("petition", NEW, _label(new), "", new.key, {})
    changed = {FIELDS[name]: (_words(old, name), _words(new, name)) for name in changed_values(old, new)}
    return Change("petition", CHANGED if changed else SAME, _label(new), old.key, new.key, changed)


def _label(one: PetitionDraft) -> str:
    return f"{one.number} {one.content[:30]}"


def _words(one: PetitionDraft, name: str) -> str:
    value = getattr(one, name)
    match value:
        case bool():
            return "是" if value else "否"
        case tuple():
            return "；".join(str(item) for item in value)
        case _:
            return one.region_raw if name == "region" else str(value or "")
