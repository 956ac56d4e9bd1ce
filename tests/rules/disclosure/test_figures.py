"""What the public reads of figures: exact where nothing is small; a small cell is told by no total."""

import random
from collections import Counter

import pytest

from bihuan.disclosure.rules import figures
from bihuan.disclosure.rules.figures import KEPT, SMALL, Facts, tables

DONE = ("属实", "已办结")


def drawn(counts: dict[Facts, int]) -> list[tuple[str, tuple[str, ...], str]]:
    return [(one.county, one.cells, one.total) for one in tables(counts)[0].lines]


def test_what_is_large_is_told_with_its_totals() -> None:
    by_type, by_truth, _ = tables({("沧县", "水", *DONE): 12, ("沧县", "大气", *DONE): 5, ("青县", "水", *DONE): 7})

    assert by_type.heads == ("水", "大气")
    assert [(one.county, one.cells, one.total) for one in by_type.lines] == [
        ("沧县", ("12", "5"), "17"),
        ("青县", ("7", "0"), "7"),
    ]
    assert (by_type.totals, by_type.total) == (("19", "5"), "24")
    assert (by_truth.totals, by_truth.total) == (("24",), "24")


def test_a_small_cell_takes_the_rest_of_its_row_and_its_columns_total_with_it() -> None:
    by_type, by_truth, _ = tables({("沧县", "水", *DONE): 12, ("沧县", "大气", *DONE): 2, ("青县", "水", *DONE): 7})

    assert [(one.cells, one.total) for one in by_type.lines] == [((KEPT, SMALL), "14"), (("7", "0"), "7")]
    assert (by_type.totals, by_type.total) == ((KEPT, KEPT), "21")
    assert by_truth.totals == ("21",)


def test_a_county_whose_total_would_tell_is_counted_together_with_another() -> None:
    rows = drawn({("沧县", "水", *DONE): 12, ("青县", "水", *DONE): 7, ("东光县", "大气", *DONE): 1})

    assert rows == [("沧县", ("12", "0"), "12"), ("合并计：东光县、青县", (KEPT, SMALL), "8")]


def test_of_a_city_with_hardly_anything_nothing_is_told() -> None:
    [by_type, *_] = tables({("沧县", "水", *DONE): 1, ("青县", "大气", *DONE): 1})

    assert [(one.cells, one.total) for one in by_type.lines] == [((KEPT, KEPT), KEPT)]
    assert (by_type.totals, by_type.total) == ((KEPT, KEPT), KEPT)


def test_where_nothing_is_public_there_is_no_line() -> None:
    assert [(one.lines, one.total) for one in tables({})] == [((), "0")] * 3


def a_city(seed: int) -> dict[Facts, int]:
    """Petitions at random: some cells small, some large."""
    draw = random.Random(seed)  # noqa: S311 -- counts, no secrets
    counts: Counter[Facts] = Counter()
    for county in ("沧县", "青县", "东光县", "海兴县")[: draw.randint(1, 4)]:
        for _ in range(draw.choice((1, 2, 3, 5, 9, 30))):
            kind, truth = draw.choice(("水", "大气", "噪声")), draw.choice(("属实", "不属实"))
            counts[county, kind, truth, draw.choice(("已办结", "阶段性办结"))] += 1
    return dict(counts)


def told_by(counts: dict[Facts, int]) -> list[tuple[str, str, int]]:
    """The small cells that somebody finds who knows all that is shown, how it is made, and reckons row by row."""
    found = []
    for table in tables(counts):
        for line in table.lines:
            hidden = [cell for cell in line.cells if cell in (SMALL, KEPT)]
            if SMALL not in hidden or not line.total.isdecimal():
                continue
            rest = int(line.total) - sum(int(cell) for cell in line.cells if cell.isdecimal())
            for place, cell in enumerate(line.cells):
                fits = {one for one in (1, 2) if _fits(rest - one, hidden, SMALL)} if cell == SMALL else {1, 2}
                if len(fits) < 2:
                    found.append((line.county, table.heads[place], fits.pop()))
    return found


def _fits(rest: int, hidden: list[str], but: str) -> bool:
    """Whether the other hidden cells of a row can make up the rest: small ones one or two, kept ones three or more."""
    small, kept = hidden.count(SMALL) - (but == SMALL), hidden.count(KEPT)
    least, most = small + kept * figures.FEW, 2 * small if not kept else rest
    return least <= rest <= most


@pytest.mark.parametrize("seed", range(300))
def test_no_total_that_is_shown_tells_a_small_cell(seed: int) -> None:
    assert told_by(a_city(seed)) == []


@pytest.mark.parametrize("seed", range(300))
def test_no_number_is_shown_for_a_small_cell_and_no_total_for_a_column_with_one_kept_back(seed: int) -> None:
    counts = a_city(seed)
    for table in tables(counts):
        assert not {"1", "2"} & {cell for line in table.lines for cell in line.cells}
        for place, total in enumerate(table.totals):
            column = [line.cells[place] for line in table.lines]
            assert total == (KEPT if {SMALL, KEPT} & {*column} else str(sum(map(int, column))))
        assert table.total in (KEPT, str(sum(counts.values())))


def test_reckoning_finds_what_a_row_would_tell_that_kept_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = figures._cell
    monkeypatch.setattr(figures, "_cell", lambda count, has_small: shown(count, has_small=has_small and count < 0))

    assert told_by({("沧县", "水", *DONE): 12, ("沧县", "大气", *DONE): 2}) == [("沧县", "大气", 2)]


def test_reckoning_finds_what_a_county_would_tell_that_is_not_merged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "_is_told", lambda cells: not cells)

    assert ("东光县", "水", 1) in told_by({("东光县", "水", *DONE): 1, ("东光县", "大气", *DONE): 3})
