"""A number that is right in itself and wrong beside the others of its batch: asked about, with the place that differs.

Hides how a batch is told by its numbers: all but their serials are alike, serials rise within a day and a way of
intake, and none is of a later day than its batch.
"""

import datetime as dt
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bihuan.intake.formats.understood import Choice, Doubt, Record
from bihuan.lib.reading.directory import Directory
from bihuan.lib.reading.petition_numbers import PetitionNumber, read_petition_number
from bihuan.lib.reading.regions import PROVINCE_LETTERS

KIND = "number_form"
_FEW = 4  # fewer others tell nothing
_SHARE = 5  # of as many, one may differ
_IN_ORDER = 6  # fewer stand in order by chance
_WAYS = {"D": "来电", "X": "来信"}


@dataclass(frozen=True, slots=True)
class _Told:
    """A number in parts: what all of a batch share, with its way of intake left out, and its serial as printed."""

    read: PetitionNumber
    head: str
    serial: str


def beside(records: Sequence[Record], directory: Directory | None) -> list[Record]:
    """The records; each whose number does not go with those beside it, or with its own row, is asked about."""
    told = {record.key: one for record in records if (one := _told(record.value("number")))}
    batches: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for record in records:
        if one := told.get(record.key):
            batches[str(record.value("batch") or ""), len(one.head)].append(record)
    asked: dict[str, Doubt] = {}
    for batch in batches.values():
        own = {record.key: told[record.key] for record in batch}
        for key, question, right in (*_unlike(own), *_out_of_order(own)):
            asked.setdefault(key, _doubt(next(one for one in batch if one.key == key), question, right))
    for record in records:
        if record.key in told and (question := _against_its_row(record, told[record.key].read, directory)):
            asked.setdefault(record.key, _doubt(record, question, ""))
    return [replace(one, doubts=(*one.doubts, asked[one.key])) if one.key in asked else one for one in records]


def _told(number: object) -> _Told | None:
    read = read_petition_number(str(number)) if number else None
    if not read or read.question or not read.on:
        return None
    before, day, serial = read.number_key.rpartition(f"{read.on:%Y%m%d}")
    head = before + day
    return _Told(read, head.replace(read.intake, "?", 1) if read.intake else head, serial) if day else None


def _doubt(record: Record, question: str, right: str) -> Doubt:
    own = str(record.value("number_key"))
    choices = (*([Choice(f"改为{right}", right)] if right else []), Choice("编号无误", own))
    return Doubt("number", f"编号“{own}”{question}", choices, KIND, record.fields["number"].span)


def _unlike(batch: Mapping[str, _Told]) -> Iterator[tuple[str, str, str]]:
    """The one whose round, place or day differs from that of all others, in one place or two."""
    heads = Counter(one.head for one in batch.values())
    (usual, count), *_ = heads.most_common(1)
    if count < _FEW or count * _SHARE < len(batch) * (_SHARE - 1):
        return
    for key, one in batch.items():
        places = [at for at in range(len(usual)) if one.head[at] != usual[at]]
        if heads[one.head] == 1 and 1 <= len(places) <= 2:
            where = "、".join(str(at + 1) for at in places)
            own, other = ("".join(head[at] for at in places) for head in (one.head, usual))
            right = "".join(a if b == "?" else b for a, b in zip(one.read.number_key, usual, strict=False)) + one.serial
            yield key, f"第{where}位为“{own}”，同批其余{count}件都是“{other}”，是否写错？", right


def _out_of_order(batch: Mapping[str, _Told]) -> Iterator[tuple[str, str, str]]:
    """The one whose serial alone breaks the order of its day and way of intake."""
    days: dict[tuple[str, str | None], list[tuple[str, int]]] = defaultdict(list)
    for key, one in batch.items():
        days[one.head, one.read.intake].append((key, one.read.serial or 0))
    for listed in days.values():
        serials = [serial for _, serial in listed]
        if len(listed) < _IN_ORDER or _rising(serials) != len(listed) - 1:
            continue
        alone = [at for at in range(len(listed)) if _rising([*serials[:at], *serials[at + 1 :]]) == len(listed) - 1]
        if len(alone) == 1:
            at = alone[0]
            between = "、".join(
                batch[listed[near][0]].read.number_key for near in (at - 1, at + 1) if 0 <= near < len(listed)
            )
            yield listed[at][0], f"的流水号{batch[listed[at][0]].serial}不在前后（{between}）之间，是否写错？", ""


def _rising(serials: Sequence[int]) -> int:
    """How many of them, at most, stand in rising order."""
    ends: list[int] = []
    for one in serials:
        at = bisect_right(ends, one)
        ends[at : at + 1] = [one]
    return len(ends)


def _against_its_row(record: Record, read: PetitionNumber, directory: Directory | None) -> str:
    """What the number says otherwise than its own row: the way of intake, the day of the batch; or than the
    office: its province.
    """
    said, batch_day = record.value("intake"), str(record.value("batch_date") or "")
    way = _WAYS.get(read.intake or "")
    if way and said in _WAYS.values() and said != way:
        return f"中的“{read.intake}”是{way}，受理方式却写{said}，以哪个为准？"
    if len(batch_day) == 10 and read.on and read.on > dt.date.fromisoformat(batch_day):
        return f"中的日期{read.on.isoformat()}晚于本批的{batch_day}，是否写错？"
    code = str(PROVINCE_LETTERS.get(read.region_code or "", read.region_code))
    if directory and code.isdecimal() and directory.home[:2].isdecimal() and code[:2] != directory.home[:2]:
        return f"中的{read.region_code}是{read.region}，不是本省，是否写错？"
    return ""
