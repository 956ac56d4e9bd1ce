"""A plan as its layout gave it, before anything is understood: campaigns and problems with the words of their fields.

Hides which layout it was: narrative, table and copied lines all end here, and the records are made from this alone.
"""

import re
from dataclasses import dataclass, field

from bihuan.intake.formats.plan.measures import Measure
from bihuan.lib import chinese
from bihuan.lib.paper.passage import Passage

_NUMBER = re.compile(r"\D{0,6}(?P<n>\d{1,4}|[一二三四五六七八九十百]+)\D{0,3}")


@dataclass
class Aspect:
    """A heading that problems or campaigns stand under."""

    number: int
    words: Passage


@dataclass
class Entry:
    """One problem or campaign: its heading and the words of each of its fields.

    `kind` is problem or campaign. `head` is what stands in the heading, `number` what it is counted as. A problem whose
    aspect is divided once more has the heading of its `campaign`, too. `counts_from` is the number of its first measure
    where they are counted on from problem to problem.
    """

    kind: str
    number: int | None = None
    number_words: Passage | None = None
    head: Passage | None = None
    aspect: Aspect | None = None
    campaign: Aspect | None = None
    fields: dict[str, list[Passage]] = field(default_factory=dict)
    measures: list[Measure] = field(default_factory=list)
    counts_from: int = 1

    def count(self, words: Passage) -> None:
        """Take these words for its number: 21, 第三项, SD-03."""
        self.number_words = words
        found = _NUMBER.fullmatch(words.folded.strip())
        self.number = chinese.number(found["n"]) if found else None

    def add(self, key: str, words: Passage) -> None:
        """Put words under a field, behind what stands there."""
        if words:
            self.fields.setdefault(key, []).append(words)


@dataclass
class Draft:
    """The whole paper: its entries in order, and the paragraphs and total rows that stand outside them.

    `unread` are the headings of columns that no field takes.
    """

    entries: list[Entry] = field(default_factory=list)
    aspects: list[Aspect] = field(default_factory=list)
    outside: list[Passage] = field(default_factory=list)
    unread: list[Passage] = field(default_factory=list)
