"""Two editions held against each other: softened and hardened are opposites, and nothing else is either."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bihuan.rectification.rules.editions import (
    HARDENED,
    REWORDED,
    SOFTENED,
    Count,
    Line,
    from_plain,
    shifts,
    tally,
    to_plain,
)

OPPOSITE = {SOFTENED: HARDENED, HARDENED: SOFTENED, REWORDED: REWORDED}
WELLS = Count("关停自备井", "眼", Decimal(20))
LINE = Line("HE2-M008-01", "第8项措施1", "封填自备井。", date(2022, 11, 30), counts=(WELLS,), units=("沧县", "青县"))

COUNTS = some.builds(
    Count, some.sampled_from(["井", "坑"]), some.just("处"), some.decimals(0, 99, places=1), some.booleans()
)
LINES = some.lists(
    some.builds(
        Line,
        code=some.sampled_from(["HE2-M1", "HE2-M2", "HE2-M3"]),
        label=some.just("第1项"),
        text=some.sampled_from(["封填。", "治理。"]),
        due_on=some.none() | some.dates(date(2022, 1, 1), date(2024, 1, 1)),
        units=some.lists(some.sampled_from(["甲", "乙", "丙"]), unique=True).map(tuple),
        counts=some.lists(COUNTS, unique_by=lambda one: one.name, max_size=2).map(tuple),
    ),
    unique_by=lambda one: one.code,
)


@pytest.mark.parametrize(
    ("changed", "what", "direction"),
    [
        ({"due_on": date(2022, 12, 31)}, "时限", SOFTENED),
        ({"due_on": date(2022, 10, 31)}, "时限", HARDENED),
        ({"due_on": None, "deadline": "长期坚持"}, "时限", SOFTENED),
        ({"counts": (replace(WELLS, target=Decimal(12)),)}, "指标", SOFTENED),
        ({"counts": (replace(WELLS, target=Decimal(25)),)}, "指标", HARDENED),
        ({"counts": ()}, "指标取消", SOFTENED),
        ({"units": ("沧县",)}, "责任范围", SOFTENED),
        ({"units": ("沧县", "青县", "献县")}, "责任范围", HARDENED),
        ({"units": ("沧县", "献县")}, "责任范围", REWORDED),
        ({"text": "力争封填自备井。"}, "内容", REWORDED),
    ],
)
def test_each_change_has_its_direction(changed: dict[str, object], what: str, direction: str) -> None:
    [found] = shifts([LINE], [replace(LINE, **changed)])  # type: ignore[arg-type]  # a line's own fields

    assert (found.what, found.direction) == (what, direction)


def test_where_less_is_more_a_higher_figure_is_softer() -> None:
    dust = Count("降尘量", "吨", Decimal(7), is_falling=True)

    [found] = shifts([replace(LINE, counts=(dust,))], [replace(LINE, counts=(replace(dust, target=Decimal(8)),))])

    assert (found.direction, found.before, found.after) == (SOFTENED, "降尘量7吨", "降尘量8吨")


def test_a_measure_that_is_left_out_is_softened_and_a_new_one_hardened() -> None:
    other = replace(LINE, code="HE2-M008-02", text="一井一档。")

    found = shifts([LINE], [other])

    assert [(one.what, one.direction) for one in found] == [("新增", HARDENED), ("取消", SOFTENED)]
    assert tally(found) == {SOFTENED: 1, HARDENED: 1, REWORDED: 0}


@given(LINES)
def test_an_edition_differs_in_nothing_from_itself_and_is_kept_whole(lines: list[Line]) -> None:
    assert shifts(lines, lines) == []
    assert from_plain(to_plain(lines)) == lines


@given(LINES, LINES)
def test_the_way_back_is_the_opposite(old: list[Line], new: list[Line]) -> None:
    there = sorted((one.code, one.before, one.after, one.direction) for one in shifts(old, new))
    back = sorted((one.code, one.after, one.before, OPPOSITE[one.direction]) for one in shifts(new, old))

    assert there == back
