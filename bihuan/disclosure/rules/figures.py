"""How many results of petitions are public, county by county, without telling how many a small cell holds.

Hides what is kept back besides the small cells, so that no sum that is shown, on whichever table, tells one. A cell
that holds one or two is shown as ≤3, and its row then shows no other number but its total. Where even that would tell,
the county is counted together with others. A column in which a cell is kept back has no total.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

FEW = 3  # fewer are not told
SMALL, KEPT = "≤3", "不列"
IN_WORDS = f"不足{FEW}"
"""What a page says for `SMALL`, which is for programs."""
UNKNOWN = "未注明"
OTHERS = "合并计："
DIMENSIONS = {"type": "主要污染类型", "truth": "是否属实", "closing": "是否办结"}
"""{by what the petitions of a county are told apart: how it is called}."""
Facts = tuple[str, ...]
"""(county, and what it is by each of the dimensions)."""
Rows = dict[str, tuple[Counter[str], ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """One county: its cells in the order of the table's heads, and its total; words where a number is kept back."""

    county: str
    cells: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Table:
    """The counties by one thing: what each number counts (`formula`), the heads, the lines, the totals below."""

    name: str
    label: str
    formula: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    totals: tuple[str, ...]
    total: str


def tables(counts: Mapping[Facts, int]) -> list[Table]:
    """The counties by type, by truth and by closing, of {facts: how many}."""
    rows = _merged(_rows(counts))
    return [_table(name, place, rows) for place, name in enumerate(DIMENSIONS)]


def in_words(table: Table) -> Table:
    """The same table as people read it: what programs find as ≤3 is 不足3."""

    def said(cells: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(IN_WORDS if cell == SMALL else cell for cell in cells)

    lines = tuple(replace(line, cells=said(line.cells)) for line in table.lines)
    return replace(table, formula=table.formula.replace(SMALL, IN_WORDS), lines=lines)


def _rows(counts: Mapping[Facts, int]) -> Rows:
    """{county: its cells by each of the dimensions}, the county with the most first."""
    found: Rows = {}
    for (county, *facts), count in counts.items():
        row = found.setdefault(county or UNKNOWN, tuple(Counter() for _ in DIMENSIONS))
        for cells, fact in zip(row, facts, strict=True):
            cells[fact or UNKNOWN] += count
    return dict(sorted(found.items(), key=lambda one: (-one[1][0].total(), one[0])))


def _merged(rows: Rows) -> Rows:
    """The rows, those of which a small cell could be told counted together with at least one other."""
    alone = [county for county, row in rows.items() if not _tells(row)]
    together = [county for county in rows if county not in alone]
    while together and alone and (len(together) == 1 or _tells(_sum(rows, together))):
        together.append(alone.pop())
    merged = {f"{OTHERS}{'、'.join(together)}": _sum(rows, together)} if together else {}
    return {county: rows[county] for county in alone} | merged


def _sum(rows: Rows, counties: list[str]) -> tuple[Counter[str], ...]:
    summed = tuple(Counter[str]() for _ in DIMENSIONS)
    for county in counties:
        for whole, cells in zip(summed, rows[county], strict=True):
            whole.update(cells)
    return summed


def _tells(row: tuple[Counter[str], ...]) -> bool:
    """Whether the total of a row tells a small cell of it: no other cell could hold one more or one less instead."""
    return any(_is_told(cells) for cells in row)


def _is_told(cells: Counter[str]) -> bool:
    small = [count for count in cells.values() if 0 < count < FEW]
    most = max(cells.values())
    return bool(small) and (most < FEW or (most == FEW and FEW - 1 not in small))


def _table(name: str, place: int, rows: Rows) -> Table:
    whole: Counter[str] = Counter()
    for row in rows.values():
        whole.update(row[place])
    heads = sorted(whole, key=lambda head: (-whole[head], head))
    lines = tuple(_line(county, heads, row[place], is_told=_tells(row)) for county, row in rows.items())
    columns = [[line.cells[number] for line in lines] for number in range(len(heads))]
    totals = tuple(
        str(whole[head]) if all(cell.isdecimal() for cell in column) else KEPT
        for head, column in zip(heads, columns, strict=True)
    )
    total = str(whole.total()) if all(line.total.isdecimal() for line in lines) else KEPT
    return Table(name, DIMENSIONS[name], _formula(DIMENSIONS[name]), tuple(heads), lines, totals, total)


def _formula(label: str) -> str:
    return (
        f"每格 = 行政区域为该行、{label}为该列的已公开信访件数，一件计一次（有几种污染类型的按第一种计）；"
        "合计 = 该行、该列各格之和。"
        f"1件、2件的格写“{SMALL}”；为使它不能由合计减出来，这一行其余的格和这一列的合计写“{KEPT}”，有的行政区域合并计数。"
    )


def _line(county: str, heads: list[str], cells: Counter[str], *, is_told: bool) -> Line:
    if is_told:  # everything there is, and too little of it to be counted together with anything
        return Line(county, tuple(KEPT for _ in heads), KEPT)
    has_small = any(0 < count < FEW for count in cells.values())
    shown = (_cell(cells[head], has_small=has_small) for head in heads)
    return Line(county, tuple(shown), str(cells.total()))


def _cell(count: int, *, has_small: bool) -> str:
    if 0 < count < FEW:
        return SMALL
    return KEPT if has_small and count else str(count)
