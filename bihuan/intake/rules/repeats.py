"""What becomes of rows that bear one number: taken each with a mark, left out, or joined to the first as one petition.

Hides how two drafts become one so that nothing of either is lost.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bihuan.intake.formats.petition_repeats import FIRST, JOINED, NUMBER_TWICE, SECOND, TAKES, firsts, identity
from bihuan.intake.rules.records import Row
from bihuan.lib.flow import Refused
from bihuan.lib.reading.petition_numbers import PetitionNumber, read_petition_number
from bihuan.petitions.rules.drafts import PetitionDraft, SubItemDraft

Asked = Mapping[str, Any]
NUMBER_LENGTH = 60
NO_NUMBER = "“{}”不像受理编号。请选上面一项；两件都收而知道正确编号的，只写那个编号。"
TAKEN_TOO = "编号“{}”在这份材料里也有，请写这一件自己的编号。"
UNLIKE = "第{}件与第{}件的{}不同，不能并作一件；请改选，或先把两处答成一样。"
_TEXTS = ("content", "findings", "handling", "goal", "accountability")
_LISTS = ("types", "document_numbers", "repeats")
_SHORT = {
    "channel": "受理方式",
    "received_on": "受理日期",
    "region": "行政区域",
    "truth": "是否属实",
    "closing": "是否办结",
    "deadline_raw": "时限",
}
_STOOD = {
    "standing": "现状",
    "last_progress": "最近进展",
    "handed_over_on": "交办时间",
    "signed_on": "签收时间",
    "closed_on": "办结时间",
    "first_due_on": "首次时限",
    "due_on": "时限",
    "filing_number": "销号备案号",
    "responsible": "承办单位",
    "supporting": "配合单位",
}


@dataclass(frozen=True, slots=True)
class Repeats:
    """The rows that are not taken: {record: the one taken in its stead}, and {record: the one that it is joined to}."""

    refused: Mapping[str, str] = field(default_factory=dict)
    joined: Mapping[str, str] = field(default_factory=dict)


def repeats_of(doubts: Iterable[Asked], understood: Mapping[str, Any]) -> Repeats:
    """What the answers about repeated numbers say."""
    first = firsts(understood["records"])
    refused: dict[str, str] = {}
    joined: dict[str, str] = {}
    for doubt in doubts:
        if doubt["kind"] != NUMBER_TWICE or doubt["answer"] is None:
            continue
        key, value = doubt["record_key"], doubt["answer"].get("value")
        if value == FIRST:
            refused[key] = first[key]
        elif value == SECOND:
            refused[first[key]] = key
        elif value == JOINED:
            joined[key] = first[key]
    return Repeats(refused, joined)


def take_said(said: str, key: str, offered: Iterable[Any], understood: Mapping[str, Any]) -> str:
    """An answer about a repeated number: one of those offered, or the number that this row should have.

    Refuses words that are neither, and a number that another row of the paper has.
    """
    if said in {*offered} & TAKES:
        return said
    number = number_said(said)
    if number is None:
        raise Refused(NO_NUMBER.format(said[:NUMBER_LENGTH]))
    others = {
        own
        for record in understood["records"]
        if record["type"] == "petition" and (own := _identity(record, _value(record, "number_key")))
    }
    own = next((one for one in understood["records"] if one.get("key") == key), None)
    if own is not None and _identity(own, number.number_key) in others:
        raise Refused(TAKEN_TOO.format(number.number_key))
    return said


def number_said(said: str) -> PetitionNumber | None:
    """The number that an answer writes, None where it is a word or no number at all."""
    read = read_petition_number(said)
    is_one = said not in TAKES and not read.question and read.form != "unknown" and len(said) <= NUMBER_LENGTH
    return read if is_one else None


def _identity(record: Mapping[str, Any], number_key: Any) -> tuple[str, str] | None:
    return identity(number_key, _value(record, "batch"))


def _value(record: Mapping[str, Any], name: str) -> Any:
    return (record["fields"].get(name) or {}).get("value")


def told_apart(petitions: Sequence[tuple[str, PetitionDraft]]) -> list[tuple[str, PetitionDraft]]:
    """(batch, petition), each with a number of its own: the second of one number is 编号#2, the third 编号#3."""
    seen: Counter[tuple[str, str] | None] = Counter()
    told = []
    for batch, one in petitions:
        own = identity(one.number_key, batch)
        seen[own] += 1
        told.append((batch, one if seen[own] == 1 else _marked(one, f"#{seen[own]}")))
    return told


def _marked(one: PetitionDraft, mark: str) -> PetitionDraft:
    most = NUMBER_LENGTH - len(mark)
    return replace(one, number=f"{one.number[:most]}{mark}", number_key=f"{one.number_key[:most]}{mark}")


def joined(first: PetitionDraft, second: PetitionDraft) -> PetitionDraft:
    """Two rows as one petition: the texts of both, what only one says, and the lists together.

    Refuses where they say different things of what a petition has once.
    """
    for name, label in _SHORT.items():
        one, other = getattr(first, name), getattr(second, name)
        if one and other and one != other:
            raise Refused(UNLIKE.format(*(draft.key.partition(":")[2] for draft in (second, first)), label))
    own: dict[str, Any] = {
        name: getattr(first, name) or getattr(second, name) for name in (*_SHORT, "region_raw", "main_type", "row")
    }
    texts: dict[str, Any] = {name: _both(getattr(first, name), getattr(second, name)) for name in _TEXTS}
    lists: dict[str, Any] = {
        name: (*dict.fromkeys((*getattr(first, name), *getattr(second, name))),) for name in _LISTS
    }
    places = [*dict.fromkeys((*first.originals, *second.originals))]
    return replace(
        first,
        is_key_case=first.is_key_case or second.is_key_case,
        sub_items=_items(first, second),
        spans={name: _span(first.spans.get(name), second.spans.get(name)) for name in {**second.spans, **first.spans}},
        originals={name: _both(_original(first, name), _original(second, name)) for name in places},
        numbers=(*first.numbers, *second.numbers),
        joined=(*first.joined, second.key),
        **own,
        **texts,
        **lists,
    )


def _original(one: PetitionDraft, name: str) -> str:
    return one.originals.get(name, getattr(one, name) if name in _TEXTS else "")


def refuse_unlike(first: Row, second: Row) -> None:
    """Refuse to join the rows of a ledger that is taken over where the second stands otherwise than the first."""
    for name, label in _STOOD.items():
        if second.value(name) not in (None, "", [], first.value(name)):
            raise Refused(UNLIKE.format(*(row.key.partition(":")[2] for row in (second, first)), label))


def _both(one: str, other: str) -> str:
    return one if not other or other == one else f"{one}\n{other}" if one else other


def _items(first: PetitionDraft, second: PetitionDraft) -> tuple[SubItemDraft, ...]:
    said = {(item.text, item.finding, item.truth) for item in first.sub_items}
    fresh = [item for item in second.sub_items if (item.text, item.finding, item.truth) not in said]
    last = max((item.number for item in first.sub_items), default=0)
    return (*first.sub_items, *(replace(item, number=last + place) for place, item in enumerate(fresh, 1)))


def _span(one: Any, other: Any) -> Any:
    """Where the words of both stand; the first's alone where the paper has no places for more."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return one or other
    alone = {name: place for name, place in other.items() if name != "also"}
    return {**one, "also": [*one.get("also", ()), alone, *other.get("also", ())]}
