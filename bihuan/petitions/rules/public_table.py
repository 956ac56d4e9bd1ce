"""The table that the public reads of each batch (群众信访举报转办和边督边改公开情况一览表), as every round prints it.

Hides how a value is written in a cell: a key case by its mark, a verdict as 是 or 属实, nobody held to account as 无
once it is verified. A round is a plain declaration of its columns; a city that calls its places 所属新城 is one with
another heading.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bihuan.lib.chinese import numeral
from bihuan.lib.quantity import full_day

TITLE = "群众信访举报转办和边督边改公开情况一览表"
KEY_MARK = "*"


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One petition as it may be shown to the public: every text is the one that was approved for it."""

    number: str
    content: str
    is_key_case: bool = False
    channel: str = ""
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    findings: str = ""
    truth: str = ""
    handling: str = ""
    goal: str = ""
    closing: str = ""
    accountability: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: which value it shows, what stands above it, how many of 100 parts of the width it takes."""

    name: str
    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class TableForm:
    """How one round prints its table.

    `truths` and `types` are what a verdict and a type are called, where not by their own names; `numerals` writes the
    batch as "arabic" (第19批) or "chinese" (第九批); `nobody` stands where nobody was held to account.
    """

    columns: tuple[TableColumn, ...]
    title: str = TITLE
    numerals: str = "arabic"
    between: str = "、"
    truths: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    nobody: str = "无"

    def called(self, **headings: str) -> "TableForm":
        """This form with other words above its columns. Refused: a column that it does not have."""
        if unknown := headings.keys() - {column.name for column in self.columns}:
            raise ValueError(f"没有这一栏：{'、'.join(sorted(unknown))}")
        columns = (replace(column, heading=headings.get(column.name, column.heading)) for column in self.columns)
        return replace(self, columns=tuple(columns))


@dataclass(frozen=True, slots=True)
class PublicTable:
    """A table to be printed: what stands above it, its headings and cells, their widths, what stands below."""

    title: str
    batch: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


_COLUMNS: Mapping[str, tuple[str, int]] = {
    "row": ("序号", 4),
    "number": ("受理编号", 14),
    "channel": ("受理方式", 5),
    "content": ("交办问题基本情况", 20),
    "places": ("行政区域", 6),
    "types": ("污染类型", 6),
    "findings": ("调查核实情况", 22),
    "truth": ("是否属实", 5),
    "goal": ("办结目标", 8),
    "handling": ("处理和整改情况", 19),
    "closing": ("是否办结", 6),
    "accountability": ("责任人被处理情况", 8),
    "remark": ("备注", 5),
}
_ALWAYS = ("content", "findings", "truth", "handling")  # what no row of a published table may lack


def _columns(names: str) -> tuple[TableColumn, ...]:
    return tuple(TableColumn(name, *_COLUMNS[name]) for name in names.split())


_YES = {"属实": "是", "不属实": "否"}
_OF_2021 = {"大气": "大气污染", "水": "水污染", "土壤": "土壤污染", "噪声": "噪声污染", "生态": "生态破坏"}
ROUND_2018 = TableForm(_columns("row number content places types findings truth handling accountability")).called(
    accountability="问责情况"
)
ROUND_2018_REMARKS = TableForm(
    _columns("row number content places types findings truth handling accountability remark")
).called(accountability="问责情况")
ROUND_2021 = TableForm(
    _columns("row number channel content places types findings truth handling accountability"),
    truths=_YES,
    types=_OF_2021,
).called(accountability="问责情况")
ROUND_2022 = TableForm(_columns("row number content places types findings truth handling accountability"), truths=_YES)
ROUND_3 = TableForm(_columns("row number content places types findings truth goal handling closing accountability"))
FORMS: Mapping[str, tuple[str, TableForm]] = {
    "round_2018": ("2018年“回头看”", ROUND_2018),
    "round_2018_remarks": ("2018年“回头看”（带备注）", ROUND_2018_REMARKS),
    "round_2021": ("2021年（带受理方式）", ROUND_2021),
    "round_2022": ("2022年省级督察", ROUND_2022),
    "round_3": ("第三轮（带办结目标、是否办结）", ROUND_3),
}
"""Every form by its key, with its name."""


def public_table(form: TableForm, rows: Sequence[PublicRow], *, place: str, batch: int | str, day: date) -> PublicTable:
    """The table of one batch, numbered from one.

    `place` opens the title (白城市), or is empty; a `batch` without a number of its own is named by its label. Nothing
    is added to a text and nothing left out. Refused: two rows of one number; whether a row is complete says `wanting`.
    """
    keys = [row.number.rstrip(KEY_MARK) for row in rows]
    if twice := next((key for at, key in enumerate(keys) if key in keys[:at]), ""):
        raise ValueError(f"{twice}列了两次。")
    cells = tuple(tuple(_cell(form, column.name, at, row) for column in form.columns) for at, row in enumerate(rows, 1))
    return PublicTable(
        f"{place}{form.title}",
        f"（{_label(form, batch)} {full_day(day)}）",
        tuple(column.heading for column in form.columns),
        tuple(column.width for column in form.columns),
        cells,
        tuple(_notes(form, rows)),
    )


def wanting(form: TableForm, rows: Sequence[PublicRow]) -> Iterator[str]:
    """What the public would look for in the table and not find, a sentence for each cell."""
    headings = {column.name: column.heading for column in form.columns}
    needed = [name for name in (*_ALWAYS, "places", "types", "closing", "channel") if name in headings]
    for row in rows:
        for name in needed:
            if not getattr(row, name):
                yield f"{row.number.rstrip(KEY_MARK)}没有{headings[name]}。"
        if row.remark and "remark" not in headings:
            yield f"{row.number.rstrip(KEY_MARK)}：{row.remark}。"


def _label(form: TableForm, batch: int | str) -> str:
    if isinstance(batch, str):
        return batch
    return f"第{numeral(batch) if form.numerals == 'chinese' else batch}批"


def _notes(form: TableForm, rows: Sequence[PublicRow]) -> Iterator[str]:
    if any(row.is_key_case for row in rows):
        yield f"注：受理编号后标{KEY_MARK}的为重点关注件。"
    if "remark" not in {column.name for column in form.columns}:
        yield from (f"注：{row.number.rstrip(KEY_MARK)}为{row.remark}。" for row in rows if row.remark)
    if any(column.name == "types" for column in form.columns) and any(len(row.types) > 1 for row in rows):
        yield "注：一件信访举报涉及几类污染的，各类都列出，分类统计时各计一次。"


def _cell(form: TableForm, name: str, at: int, row: PublicRow) -> str:
    written: Mapping[str, Callable[[], str]] = {
        "row": lambda: str(at),
        "number": lambda: row.number.rstrip(KEY_MARK) + (KEY_MARK if row.is_key_case else ""),
        "places": lambda: "、".join(row.places),
        "types": lambda: form.between.join(form.types.get(one, one) for one in row.types),
        "truth": lambda: form.truths.get(row.truth, row.truth),
        "accountability": lambda: row.accountability or (form.nobody if row.truth else ""),
    }
    return written[name]() if name in written else str(getattr(row, name))
