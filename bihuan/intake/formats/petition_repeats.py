"""A number that stands more than once in a paper: asked at each later row, with what can be done about it.

Hides when two rows have the same number (one that tells nothing without its batch may come again in another batch),
and when they may be one petition.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bihuan.intake.formats.understood import Choice, Doubt, Record
from bihuan.lib.reading.petition_numbers import read_petition_number

NUMBER_TWICE = "number_twice"
BOTH, FIRST, SECOND, JOINED = "both", "first", "second", "joined"
TAKES = frozenset({BOTH, FIRST, SECOND, JOINED})
"""What may be answered: both rows are taken, the earlier one alone, this one alone, or both as one petition."""
_SHORT = ("batch", "intake", "region", "received", "truth", "closing")  # of one petition these say one thing


def identity(number_key: Any, batch: Any) -> tuple[str, str] | None:
    """What a row is known by in its paper: its number, with its batch where that alone tells nothing; None without."""
    if not number_key:
        return None
    key = str(number_key)
    return key, "" if read_petition_number(key).is_unique else str(batch or "")


def firsts(plain: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """{record: the first record of its number} of the understood records of a paper, in their JSON form."""
    seen: dict[tuple[str, str], str] = {}
    found = {}
    for record in plain:
        told = record["fields"]
        own = identity(*((told.get(name) or {}).get("value") for name in ("number_key", "batch")))
        if record["type"] == "petition" and own:
            found[str(record["key"])] = seen.setdefault(own, str(record["key"]))
    return found


def twice(records: Sequence[Record]) -> list[Record]:
    """The records; each whose number an earlier one bears has a doubt that asks which is taken."""
    counts = Counter(own for record in records if (own := _identity(record)))
    seen: dict[tuple[str, str], list[Record]] = {}
    told = []
    for record in records:
        own = _identity(record)
        before = seen.setdefault(own, []) if own else []
        told.append(_asked(record, before, counts[own]) if own and before else record)
        before.append(record)
    return told


def _identity(record: Record) -> tuple[str, str] | None:
    return identity(record.value("number_key"), record.value("batch"))


def _asked(record: Record, before: Sequence[Record], times: int) -> Record:
    number, first = record.value("number_key"), before[0]
    called = f"第{first.key.partition(':')[2]}件"
    choices = [
        Choice("都收，两件分别入台账", BOTH, f"这一件编号记作{number}#{len(before) + 1}；知道正确编号的，写在下面"),
        Choice(f"只收{called}，这一件不收", FIRST, "不收的留在这次导入里，记为未收"),
    ]
    if times == 2:
        choices.append(Choice(f"只收这一件，{called}不收", SECOND, "不收的留在这次导入里，记为未收"))
    if _may_be_one(first, record):
        choices.append(Choice(f"同一信访，并入{called}作一件", JOINED, "两处文字都留"))
    question = f"编号“{number}”在这份材料里出现了{times}次，与{called}相同，收哪一件？"
    doubt = Doubt("number", question, tuple(choices), NUMBER_TWICE, record.fields["number"].span)
    return replace(record, doubts=(*record.doubts, doubt))


def _may_be_one(first: Record, second: Record) -> bool:
    """Whether nothing that is said once of a petition is said otherwise by the other row."""
    pairs = ((first.value(name), second.value(name)) for name in _SHORT)
    return all(one == other or one in (None, "") or other in (None, "") for one, other in pairs)
