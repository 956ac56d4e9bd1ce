"""Whether what is new lies near what was signed off: the same object, number, point, village or park.

Plain values in; a person judges what comes out.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """An object or enterprise as a paper names it, and its other and former names as far as the office knows them."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """What a signed-off matter, a petition or a finding leaves to be compared by.

    `regions`: the codes of its place, the widest first. `position`: latitude and longitude, all traces in one system.
    """

    code: str
    regions: tuple[str, ...] = ()
    place: str = ""
    objects: tuple[Named, ...] = ()
    text: str = ""
    position: tuple[float, float] | None = None
    park: str = ""
    types: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
