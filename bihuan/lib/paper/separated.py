"""Tables as separated text (.csv, .tsv): one table, its delimiter found by counting.

Hides quoting and the delimiter (comma, semicolon, tab).
"""

import csv
import io

from bihuan.lib.paper.document import Cell, Span, Table, Unreadable, Wordless
from bihuan.lib.paper.xlsx import CELL_LIMIT, COLUMNS, ROWS

_DELIMITERS = ",;\t"


def read_separated(text: str) -> tuple[Table, ...]:
    """The one table in `text`. Refuses an empty one and whatever breaks the limits of a sheet."""
    cells: list[Cell] = []
    try:
        for row, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))):
            cells.extend(_row(row, values))
    except csv.Error as fault:
        raise Unreadable("CSV 文件里有过长的内容或没有配对的引号，请用 Excel 打开后重新另存再导入。") from fault
    if not cells:
        raise Wordless("表格里没有内容，请检查是否选错了文件。")
    return (Table(0, tuple(cells)),)


def _row(row: int, values: list[str]) -> list[Cell]:
    if row >= ROWS:
        raise Unreadable("表格超过 20 万行，请拆成几份后再导入。")
    if len(values) > COLUMNS:
        raise Unreadable(f"表格第 {row + 1} 行超过 200 列，请删去多余的列后再导入。")
    cells: list[Cell] = []
    for column, value in enumerate(values):
        text = value.strip()
        if len(text) > CELL_LIMIT:
            raise Unreadable(f"表格第 {row + 1} 行第 {column + 1} 列的文字超过 10 万字，请拆开后再导入。")
        if text:
            cells.append(Cell(text, Span(0, len(text), table=0, row=row, cell=column), row, column))
    return cells


def _delimiter(text: str) -> str:
    """The delimiter that the first line holds most of, outside quotes."""
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for letter in text.lstrip()[:10_000]:
        if letter == '"':
            quoted = not quoted
        elif letter == "\n" and not quoted:
            break
        elif letter in counts and not quoted:
            counts[letter] += 1
    return max(counts, key=lambda mark: counts[mark])
