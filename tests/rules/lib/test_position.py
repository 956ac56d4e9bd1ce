"""Two systems of coordinates and the way between two points; the wanted values are published ones."""

import pytest

from bihuan.lib.position import Position, gcj_of, metres_between, wgs_of

TIANANMEN = Position(39.9087, 116.3975)
CANGZHOU = Position(38.3046, 116.8388)


@pytest.mark.parametrize(
    ("wgs", "gcj"),
    [
        ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
        ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
        ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
    ],
)
def test_the_shift_is_the_published_one(wgs: tuple[float, float], gcj: tuple[float, float]) -> None:
    assert gcj_of(Position(*wgs)) == pytest.approx(gcj, abs=1e-7)


@pytest.mark.parametrize("place", [TIANANMEN, CANGZHOU, Position(30.0, 104.0), Position(23.1, 113.3)])
def test_there_and_back_is_where_one_was(place: Position) -> None:
    there = gcj_of(place)

    assert 100 < metres_between(place, there) < 900
    assert metres_between(wgs_of(there), place) < 0.1


def test_outside_china_nothing_is_shifted() -> None:
    paris = Position(48.8566, 2.3522)

    assert gcj_of(paris) == paris
    assert wgs_of(paris) == paris


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert metres_between(Position(38, 116), Position(39, 116)) == pytest.approx(111_195, abs=1)
    assert metres_between(CANGZHOU, CANGZHOU) == 0
    assert metres_between(Position(0, 0), Position(0, 180)) == pytest.approx(20_015_115, abs=10)
