"""Problems that only a heading names (针对思想认识不到位的问题), their measures below it with labels of their own.

Hides that such a paper has no entry for the problem: each of its entries is a measure.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from bihuan.intake.formats.plan.drafts import Aspect, Entry
from bihuan.intake.formats.plan.measures import Measure, together, unbroken
from bihuan.intake.formats.plan.totals import printed
from bihuan.lib.paper.passage import Passage, joined

_AGAINST = re.compile(r"(?:针对|对照)(?=.{2,80}问题)")
_PROBLEMS_OWN = frozenset(("text", "target", "measures", "number"))
_MARK = re.compile(r"[^\n]{0,8}$")
_ASPECT = re.compile(r"方面\s*[:：。.]?\s*$")


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


def keep_divisions(entries: list[Entry], outside: Sequence[Passage]) -> None:
    """One heading over all the others divides nothing: it is a chapter, and those below it are the aspects. Unless it
    is called an aspect, or the paper counts one aspect and as many campaigns as there are below it.
    """
    divided = [(entry.aspect, entry.campaign) for entry in entries if entry.campaign and entry.aspect]
    if len({aspect.number for aspect, _ in divided}) > 1:
        return
    below = {id(campaign): campaign.words.folded for _, campaign in divided}
    if divided and (_is_aspect(divided[0][0], [*below.values()]) or _is_counted(len(below), outside)):
        return
    for entry in entries:
        if entry.campaign:
            entry.aspect, entry.campaign = entry.campaign, None


def _is_aspect(heading: Aspect, below: Sequence[str]) -> bool:
    return bool(_ASPECT.search(heading.words.folded)) and not any(_ASPECT.search(words) for words in below)


def _is_counted(below: int, outside: Sequence[Passage]) -> bool:
    return printed(outside, "aspect") == [1] and printed(outside, "campaign") == [below]
