"""Where on the earth something is: WGS-84 as phones measure it, GCJ-02 as Chinese maps draw it, metres between two.

Hides the published approximation of the shift (S6§1); it is met to about half a metre, which no phone measures.
"""

import math
from typing import NamedTuple

EARTH = 6_371_008.8  # mean radius in metres
_AXIS, _ECCENTRICITY = 6_378_245.0, 0.00669342162296594323  # Krasovsky 1940, as the formula has it
_TURNS = 6  # each brings the way back 500 times nearer


class Position(NamedTuple):
    """Degrees north and east; which system they are in is said where it is kept."""

    latitude: float
    longitude: float


def gcj_of(wgs: Position) -> Position:
    """A WGS-84 position in GCJ-02. Outside China (roughly, as the formula draws it) both are the same."""
    latitude, longitude = wgs
    if not (0.8293 <= latitude <= 55.8271 and 72.004 <= longitude <= 137.8347):
        return wgs
    north, east = _shift(longitude - 105, latitude - 35)
    angle = math.radians(latitude)
    bend = 1 - _ECCENTRICITY * math.sin(angle) ** 2
    north /= math.radians(_AXIS * (1 - _ECCENTRICITY) / bend**1.5)
    east /= math.radians(_AXIS / math.sqrt(bend) * math.cos(angle))
    return Position(latitude + north, longitude + east)


def wgs_of(gcj: Position) -> Position:
    """A GCJ-02 position in WGS-84, to a few centimetres of what `gcj_of` would lead back."""
    found = gcj
    for _ in range(_TURNS):
        shifted = gcj_of(found)
        found = Position(
            found.latitude - shifted.latitude + gcj.latitude, found.longitude - shifted.longitude + gcj.longitude
        )
    return found


def metres_between(one: Position, other: Position) -> float:
    """The way over the ground between two positions of one system."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


def _shift(x: float, y: float) -> tuple[float, float]:
    """The shift north and east in metres, `x` and `y` in degrees from 35° north, 105° east."""
    waves = 20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (waves + _waves(y, 20, 40) + 160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    east += (waves + _waves(x, 20, 40) + 150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    return north, east


def _waves(along: float, whole: float, third: float) -> float:
    return whole * math.sin(along * math.pi) + third * math.sin(along / 3 * math.pi)
