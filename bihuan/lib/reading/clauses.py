"""Says which words of a sentence belong to which of its dates (2021年底前制定方案;2022年全面实施;…).

Hides where a clause begins: behind a full stop or semicolon, or behind a comma that a date follows at once.
"""

import re
from collections.abc import Sequence

_STOP = ";；。\n"
_LEAD = re.compile(
    r"^\s*(?:[①-⑳]|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.．、)）]+)?"
    r"(?:并|且|再|力争|确保|争取|计划|预计|应|须|需|于|在|到|至|截至|其中|[\s、,，:：(（])*$"
)
# No lead of a date is longer.
_FAR = 60
_TRIM = " \t\n、,，:：;；。."


def clauses(text: str, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each stretch (start, end of a date in `text`) the start and end of the words that belong to it.

    Where the clause opens with its date, these are the words behind it; else the whole clause, date included.
    """
    starts = [_clause_start(text, start, _end_before(stretches, at)) for at, (start, _) in enumerate(stretches)]
    limits = [*starts[1:], len(text)]
    read = []
    for (start, end), first, limit in zip(stretches, starts, limits, strict=True):
        stop = next((at for at in range(end, limit) if text[at] in _STOP), limit)
        read.append(_trimmed(text, end if _is_lead(text, first, start) else first, stop))
    return read


def _is_lead(text: str, first: int, start: int) -> bool:
    return start - first < _FAR and _LEAD.match(text[first:start]) is not None


def _end_before(stretches: Sequence[tuple[int, int]], at: int) -> int:
    return stretches[at - 1][1] if at else 0


def _clause_start(text: str, start: int, floor: int) -> int:
    for at in range(start - 1, floor - 1, -1):
        if text[at] in _STOP or (text[at] in ",，、(（:：" and _is_lead(text, at, start)):
            return at + 1
    # Two dates without a stop between them: the words between belong to the first.
    return start if floor else 0


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    # A bracket that is only closed here was opened further up.
    trimmed = _TRIM if set(text[start:end]) & set("(（") else _TRIM + ")）"
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in trimmed:
        end -= 1
    return start, end
