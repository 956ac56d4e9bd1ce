"""A petition as it is compared with others: what is read out of its words, once.

Hides how its place, its names, its business and what pollutes are read.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from bihuan.lib.reading.addresses import county_with
from bihuan.lib.reading.businesses import materials_in, who_in
from bihuan.lib.reading.causes import causes_in
from bihuan.lib.reading.objects import ObjectName, read_object
from bihuan.lib.reading.spots import Spots, read_spots
from bihuan.matters.rules.likeness import Trace

_GENERIC = re.compile(
    "有限责任|有限|公司|集团|加工|制品|企业|中心|工程|项目|厂子|作坊|大户|合作社|专业|门市|经营|服务|一家|小型|大型|[厂店场站点馆铺摊厅室的~]"
)


@dataclass(frozen=True)
class Told:
    """A petition to be compared: what it leaves as a trace, and what is read out of its words, once."""

    trace: Trace

    @cached_property
    def spots(self) -> Spots:
        """Roads, numbers, estates, landmarks and businesses of its place and text."""
        said = "，".join(one for one in (self.trace.place, self.trace.text) if one)
        return read_spots(said, self.trace.regions)

    @cached_property
    def edged(self) -> Trace:
        """Its trace with its words as they are read: every place stands at an edge, its names are its objects."""
        return replace(self.trace, place="", text=self.spots.ground)

    @cached_property
    def county(self) -> str:
        """The county that is recorded, else the only one of its city that has the town that it names."""
        trace = self.trace
        return trace.county or next((one for code in trace.regions if (one := county_with(self.town, code[:6]))), "")

    @property
    def town(self) -> str:
        """The town that it names."""
        return self.edged.address.town

    @cached_property
    def names(self) -> tuple[ObjectName, ...]:
        """The names of what it complains of: as recorded, else as its text says."""
        said = [name for one in self.trace.objects for name in (one.name, *one.aliases)] or self.spots.names
        return tuple(name for one in said for name in read_object(one, self.trace.regions))

    @cached_property
    def who(self) -> frozenset[str]:
        """The kinds of business that it speaks of; by the names alone where they say so."""
        named = who_in("|".join(name.said for name in self.names))
        return named or who_in("|".join(self.spots.nouns)) or who_in(self.said)

    @cached_property
    def business(self) -> frozenset[str]:
        """What its business is called, as pairs of letters: behind what tells a name."""
        words = [_GENERIC.sub("|", noun if noun not in self.spots.names else noun[2:]) for noun in self.spots.nouns]
        return frozenset(word[at : at + 2] for some in words for word in some.split("|") for at in range(len(word) - 1))

    @cached_property
    def words(self) -> str:
        """All that it says beside places, its business too."""
        return "|".join((self.said, *self.spots.nouns))

    @cached_property
    def materials(self) -> frozenset[str]:
        """What is worked or sold there."""
        return materials_in("|".join((self.said, *(name.said for name in self.names))))

    @cached_property
    def causes(self) -> frozenset[str]:
        """What pollutes, as its words say."""
        return causes_in("|".join((self.said, *(name.said for name in self.names))))

    @cached_property
    def said(self) -> str:
        """What it says beside its places and names."""
        spots, address = self.spots, self.edged.address
        words = (*spots.doors, *spots.roads, *spots.estates, *spots.marks, *spots.parks, *spots.names)
        words = (*words, address.town, address.village)
        text = spots.text
        for word in sorted({*words} - {""}, key=len, reverse=True):
            text = text.replace(word, "|")
        return text

    @property
    def is_placed(self) -> bool:
        """Whether it says where, more narrowly than by its town."""
        return bool(
            self.edged.address.village or self.spots.estates or self.spots.roads or self.spots.marks or self.spots.parks
        )

    @property
    def is_named(self) -> bool:
        """Whether a name tells what it complains of."""
        return any(name.tells and not name.is_masked for name in self.names)
