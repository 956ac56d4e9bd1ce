"""A plan as its layout gave it, before anything is understood: campaigns and problems with the words of their fields.

Hides which layout it was: narrative, table and copied lines all end here, and the records are made from this alone.
"""

from dataclasses import dataclass, field

from bihuan.intake.formats.plan.measures import Measure
from bihuan.lib.paper.passage import Passage


@dataclass
class Aspect:
    """A heading that problems or campaigns stand under."""

    number: int
    words: Passage


@dataclass
class Entry:
    """One problem or campaign: its heading and the words of each of its fields.

    `kind` is problem or campaign. `head` is what stands in the heading, `number` what it is counted as. A problem whose
    aspect is divided once more has the heading of its `campaign`, too.
    """

    kind: str
    number: int | None = None
    number_words: Passage | None = None
    head: Passage | None = None
    aspect: Aspect | None = None
    campaign: Aspect | None = None
    fields: dict[str, list[Passage]] = field(default_factory=dict)
    measures: list[Measure] = field(default_factory=list)

    def add(self, key: str, words: Passage) -> None:
        """Put words under a field, behind what stands there."""
        if words:
            self.fields.setdefault(key, []).append(words)


@dataclass
class Draft:
    """The whole paper: its entries in order, and the paragraphs and total rows that stand outside them."""

    entries: list[Entry] = field(default_factory=list)
    aspects: list[Aspect] = field(default_factory=list)
    outside: list[Passage] = field(default_factory=list)
