"""Which labelled words behind the last measure of a problem are that measure's own, and not its problem's.

Hides the signs: the label stands in the measure's line, and measures before it have such words; of an only measure, the
problem says the same again below, or nothing but units is said beside it.
"""

from collections.abc import Collection, Sequence
from itertools import takewhile

from bihuan.intake.formats.plan.values import UNIT_FIELDS
from bihuan.lib import chinese
from bihuan.lib.paper.passage import Passage

Labelled = tuple[str, Passage]


def own_words(measure: Passage, behind: Sequence[Labelled], owned: Collection[str], *, is_only: bool) -> list[Labelled]:
    """The first of the words `behind` a measure that are its own. `owned` are the fields that others before it have."""
    beside = list(takewhile(lambda one: one[1].root is measure.root, behind))
    keys = set(owned)
    if is_only and _opens_line(measure):
        keys |= _keys_of_only(beside, behind[len(beside) :])
    return list(takewhile(lambda one: one[0] in keys, beside))


def _opens_line(measure: Passage) -> bool:
    """Whether a measure opens its line with its number, no label before it."""
    return not measure.root.text[: measure.start].strip() and chinese.enumerator(measure.text) is not None


def _keys_of_only(beside: Sequence[Labelled], below: Sequence[Labelled]) -> set[str]:
    keys = {key for key, _ in beside}
    return keys if keys <= set(UNIT_FIELDS) or keys & {key for key, _ in below} else set()
