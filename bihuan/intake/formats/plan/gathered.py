"""Problems that only a heading names (针对思想认识不到位的问题), their measures below it with labels of their own.

Hides that such a paper has no entry for the problem: each of its entries is a measure.
"""

import re
from itertools import groupby

from bihuan.intake.formats.plan.drafts import Aspect, Entry
from bihuan.intake.formats.plan.measures import Measure, together, unbroken
from bihuan.lib.paper.passage import joined

_AGAINST = re.compile(r"(?:针对|对照)(?=.{2,80}问题)")
_PROBLEMS_OWN = frozenset(("text", "target", "measures", "number"))
_MARK = re.compile(r"[^\n]{0,8}$")


def gather(entries: list[Entry]) -> list[Entry]:
    """The entries, those below a heading that names a problem put together as its measures."""
    found: list[Entry] = []
    for _, group in groupby(entries, key=lambda entry: id(entry.aspect)):
        below = list(group)
        aspect = below[0].aspect
        is_problem = aspect and _AGAINST.match(aspect.words.folded) and all(map(_is_measure, below))
        found += [_problem(aspect, below, _next_number(found))] if aspect and is_problem else below
    return found


def _next_number(before: list[Entry]) -> int:
    """The number that the next measure has where they are counted on from problem to problem."""
    return before[-1].measures[-1].number + 1 if before and before[-1].measures else 1


def _is_measure(entry: Entry) -> bool:
    return bool(entry.head) and not entry.measures and not _PROBLEMS_OWN & entry.fields.keys()


def _problem(aspect: Aspect, below: list[Entry], after: int) -> Entry:
    opening = _AGAINST.match(aspect.words.folded)
    words = aspect.words
    mark = _MARK.search(words.root.folded, 0, words.start)
    return Entry(
        "problem",
        aspect.number,
        words.root.cut(mark.start(), words.start).strip() if mark else None,
        words.cut(opening.end() if opening else 0),
        measures=[_measure(entry, place) for place, entry in enumerate(below, start=1)],
        counts_from=after if below[0].number == after else 1,
    )


def _measure(entry: Entry, place: int) -> Measure:
    parts = [part for part in (entry.head, *entry.fields.get("head", [])) if part]
    own = {key: together(words) for key, words in entry.fields.items() if key != "head"}
    number = entry.number or place
    return Measure(number, unbroken(joined(parts), keeps_parts=True), entry.number is not None, entry.number_words, own)


def keep_divisions(entries: list[Entry]) -> None:
    """One heading over all the others divides nothing: it is a chapter, and those below it are the aspects."""
    if len({entry.aspect.number for entry in entries if entry.campaign and entry.aspect}) > 1:
        return
    for entry in entries:
        if entry.campaign:
            entry.aspect, entry.campaign = entry.campaign, None
