"""How often what was signed off came back: counted by the unit that led it, and by whoever signed the acceptance.

谁验收谁负责: a sign-off is one round of one problem; it has rebounded where a later round was opened.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

ELSEWHERE = "接管前，验收人不在本系统"


class Named(NamedTuple):
    """A unit or a person, by id; `key` 0 where the system does not know who it was."""

    key: int
    name: str


NOBODY = Named(0, ELSEWHERE)


@dataclass(frozen=True, slots=True)
class SignedOff:
    """One round of a problem that was signed off or became long-term: when, who led it, who signed its acceptance."""

    code: str
    title: str
    number: int
    closed_on: date | None
    units: tuple[Named, ...]
    signer: Named
    is_rebounded: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many sign-offs one unit or one person answers for, and how many of them came back."""

    of: Named
    signed_off: int
    rebounds: int

    @property
    def rate(self) -> str:
        """The share that came back, in percent with one digit."""
        return f"{100 * self.rebounds / self.signed_off:.1f}%" if self.signed_off else ""


def by_unit(found: Iterable[SignedOff]) -> list[Tally]:
    """A tally for each unit that led; a joint problem counts for each of those who led it."""
    return _tallies(found, lambda one: one.units)


def by_signer(found: Iterable[SignedOff]) -> list[Tally]:
    """A tally for each person who signed acceptances."""
    return _tallies(found, lambda one: (one.signer,))


def _tallies(found: Iterable[SignedOff], of: Callable[[SignedOff], Sequence[Named]]) -> list[Tally]:
    """The highest number of rebounds in front, then the most sign-offs."""
    counts: dict[Named, list[int]] = {}
    for one in found:
        for name in of(one):
            count = counts.setdefault(name, [0, 0])
            count[0] += 1
            count[1] += one.is_rebounded
    tallies = [Tally(name, *count) for name, count in counts.items()]
    return sorted(tallies, key=lambda one: (-one.rebounds, -one.signed_off, one.of.name))


def whole(found: Sequence[SignedOff]) -> Tally:
    """The tally of all of them."""
    return Tally(Named(0, "合计"), len(found), sum(one.is_rebounded for one in found))


def chosen(
    found: Iterable[SignedOff], *, unit: int | None = None, signer: int | None = None, only_rebounds: bool = False
) -> list[SignedOff]:
    """The records that a number stands for: of one unit, of one signer, those that came back."""
    return [
        one
        for one in found
        if (unit is None or unit in {each.key for each in one.units})
        and (signer is None or one.signer.key == signer)
        and (one.is_rebounded or not only_rebounds)
    ]
