"""Which of very many signed-off matters are worth comparing with what is new: found by keys, not one by one.

A key is a plain string; two traces that are alike share one. `keys` are what a trace is kept under, `asked` what it is
looked for by, so that a database may hold the keys as well as this index does.
"""

from collections.abc import Iterable, Iterator
from math import floor

from bihuan.lib import chinese
from bihuan.lib.reading.regions import places
from bihuan.matters.rules.likeness import Likeness, Trace, likeness

# A cell is no smaller than the farthest distance that counts, anywhere in the country.
_CELLS = 200  # to a degree
# Where something surer was found, what is weak and weaker is noise: another complaint of the plant's village.
_WEAK, _NOISE = 70, 10


def keys(trace: Trace) -> tuple[str, ...]:
    """What a trace is kept under."""
    area = trace.county or next(iter(trace.regions[-1:]), "")
    return tuple(dict.fromkeys((*_places(trace, area), *_names(trace, area), *_cells(trace, 0))))


def asked(trace: Trace) -> tuple[str, ...]:
    """What a new trace is looked for by: its keys, the cells around its own, the counties where its own is not said."""
    areas = [trace.county] if trace.county else _below(trace)
    if trace.county:
        areas += [code for code in trace.regions if code != trace.county]  # kept without a county
    found = (key for area in areas for key in (*_places(trace, area), *_names(trace, area)))
    return tuple(dict.fromkeys((*found, *_cells(trace, 1))))


def _below(trace: Trace) -> list[str]:
    city = next(iter(trace.regions[-1:]), "")
    return [city, *(county.code for county in places().counties(city, zones=True))]


def _places(trace: Trace, area: str) -> Iterator[str]:
    yield from (f"number:{number}" for number in sorted(trace.registered))
    if trace.address.village:
        yield f"village:{area}:{trace.address.village}"
    if trace.address.door:
        yield f"door:{area}:{trace.address.door}"
    if trace.park:
        park = chinese.clean(trace.park).text.replace(" ", "")
        yield from (f"park:{area}:{park}:{one}" for one in trace.types)


def _names(trace: Trace, area: str) -> Iterator[str]:
    return (f"name:{area}:{sounds}" for name, _ in trace.names for sounds in name.sounds)


def _cells(trace: Trace, around: int) -> Iterator[str]:
    if trace.position:
        row, column = (floor(axis * _CELLS) for axis in trace.position)
        steps = range(-around, around + 1)
        yield from (f"cell:{row + up}:{column + right}" for up in steps for right in steps)


class Signed:
    """What was signed off, kept under its keys."""

    def __init__(self, traces: Iterable[Trace] = ()) -> None:
        """Begin with these."""
        self._kept: dict[str, Trace] = {}
        self._under: dict[str, list[str]] = {}
        for trace in traces:
            self.add(trace)

    def add(self, trace: Trace) -> None:
        """Keep one more. Refuses a code that is kept already."""
        if trace.code in self._kept:
            raise ValueError(f"{trace.code}已经在册。")
        self._kept[trace.code] = trace
        for key in keys(trace):
            self._under.setdefault(key, []).append(trace.code)

    def candidates(self, trace: Trace) -> tuple[Trace, ...]:
        """Those that share a key with a new trace, itself left out; none is compared yet."""
        found = dict.fromkeys(code for key in asked(trace) for code in self._under.get(key, ()))
        return tuple(self._kept[code] for code in found if code != trace.code)

    def near(self, trace: Trace) -> tuple[Likeness, ...]:
        """What a new trace is near to, the strongest first; what is much weaker than the strongest is left out."""
        return strongest(one for old in self.candidates(trace) if (one := likeness(old, trace)))


def strongest(found: Iterable[Likeness]) -> tuple[Likeness, ...]:
    """The likenesses of one new trace in order, without those that a much surer one makes noise of."""
    ordered = sorted(found, key=lambda one: (-one.strength, one.old))
    return tuple(one for one in ordered if one.strength >= min(_WEAK, ordered[0].strength - _NOISE + 1))
