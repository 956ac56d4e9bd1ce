"""Ledgers declared once: a `Column` gives the page's column, its sort and filter, and the sheet's column.

Hides how a question in an address (`?state=issued&sort=-due`) becomes filters, order, groups and columns. Pure values:
the rows come from a module's queries, the drawing is a door's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from bihuan.lib.quantity import whole

MOST_PAGES = 1_000_000


@dataclass(frozen=True, slots=True)
class Title:
    """A cell that opens the row: its words, and a second line."""

    text: str
    sub: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Light:
    """A cell with a light: shape by `state`, word and reason; what the word says, the reason does not say again."""

    state: str
    word: str
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.word} {self.reason.removeprefix(self.word)}".strip()


@dataclass(frozen=True, slots=True)
class Day:
    """A cell with a date; `first` is the first deadline where it was another one."""

    text: str
    first: str = ""

    def __str__(self) -> str:
        return f"{self.text}(首次 {self.first})" if self.first else self.text


@dataclass(frozen=True, slots=True)
class Next:
    """A cell with what comes next and by when."""

    day: str
    text: str

    def __str__(self) -> str:
        return f"{self.day} {self.text}".strip()


Cell = str | int | Title | Light | Day | Next
Where = Callable[[Sequence[str], date], Any]


@dataclass(frozen=True, slots=True)
class Fill:
    """What of a column may be filled in away from the page, in a workbook that comes back.

    `fact` is what it sets, `kind` how its words are read: text, choice, day, deadline, units, region or types.
    `words(row)` is what stands in the cell now, `shut(row)` why this row's may not be changed, or "". `most` is how
    many characters it takes.
    """

    fact: str
    kind: str
    words: Callable[[Any], str]
    shut: Callable[[Any], str] = lambda _: ""
    most: int = 10_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value(row, today)` is its cell; `sort` an order of the query ("" if it cannot be sorted by).

    A filter is there where `lookup` (a query's path) or `where` (what the chosen values mean) is given: with `choices`
    it offers these, with `is_dated` it asks from and to, else it asks for words. `shown` columns are there unasked,
    `fold` ones give way beside an open row. `brings` are the row's many that it reads: fetched only where it is shown.
    `width` is the sheet's, in Chinese characters. `fill` is there where somebody may fill it in away from the page;
    `tells`: its words tell the rows apart.
    """

    name: str
    label: str
    value: Callable[[Any, date], Cell]
    kind: str = "text"
    sort: str = ""
    lookup: str = ""
    where: Where | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    is_dated: bool = False
    group: Callable[[Any, date], str] | None = None
    width: int = 12
    shown: bool = True
    fold: bool = False
    brings: tuple[Any, ...] = ()
    fill: Fill | None = None
    tells: bool = False

    @property
    def control(self) -> str:
        """How a page asks for this column's filter: choice, dates, words, or "" where there is none."""
        if not self.lookup and self.where is None:
            return ""
        return "choice" if self.choices else "dates" if self.is_dated else "words"


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger or list: its title, what a row is called, its columns, and how a row is named and opened.

    `dress` gives the rows of a query the words that the columns read on a day, when they are fetched, not when they are
    counted.
    """

    name: str
    title: str
    noun: str
    counted: str
    columns: tuple[Column, ...]
    key: Callable[[Any], str]
    called: Callable[[Any], str]
    dress: Callable[[Any, date], Any]
    order: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((column for column in self.columns if column.name == name), None)


class Question(Protocol):
    """What an address asks: as Django's QueryDict gives it."""

    def getlist(self, key: str, /) -> list[str]:
        """Every value of a name."""

    def get(self, key: str, /) -> Any:
        """The last value of a name."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filter in force: the column, and the values, words or dates that were asked for."""

    column: Column
    values: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None

    @property
    def words(self) -> str:
        """How the filter reads in the sentence above the table."""
        if self.column.control == "choice":
            return "、".join(self.column.choices[value] for value in self.values)
        if self.column.control == "dates":
            ends = (self.after.isoformat() if self.after else "", self.before.isoformat() if self.before else "")
            return f"{ends[0]} 至 {ends[1]}" if all(ends) else f"{ends[0]} 起" if ends[0] else f"{ends[1]} 止"
        return f"“{self.values[0]}”"


@dataclass(frozen=True, slots=True)
class View:
    """What an address asks of a ledger, cleaned: unknown names and values are left out, never an error."""

    ledger: Ledger
    filters: tuple[Chosen, ...]
    columns: tuple[Column, ...]
    sort: str
    is_descending: bool
    group: Column | None
    page: int

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """The address again as (name, value), leaving out what is named."""
        pairs = []
        for chosen in self.filters:
            name = chosen.column.name
            pairs += [(name, value) for value in chosen.values]
            pairs += [(f"{name}_after", chosen.after.isoformat())] if chosen.after else []
            pairs += [(f"{name}_before", chosen.before.isoformat())] if chosen.before else []
        if self.columns != tuple(column for column in self.ledger.columns if column.shown):
            pairs += [("column", column.name) for column in self.columns]
        if self.sort:
            pairs.append(("sort", ("-" if self.is_descending else "") + self.sort))
        if self.group:
            pairs.append(("group", self.group.name))
        gone = {name for given in without for name in (given, f"{given}_after", f"{given}_before")}
        return [(name, value) for name, value in pairs if name not in gone]


def view_of(ledger: Ledger, question: Question) -> View:
    """Read an address. A page that is not a number from 1 on is the first."""
    sort = str(question.get("sort") or "")
    by = next((one for one in ledger.columns if one.sort and one.name == sort.removeprefix("-")), None)
    group = ledger.column(str(question.get("group") or ""))
    named = set(question.getlist("column"))
    columns = tuple(column for column in ledger.columns if (column.name in named if named else column.shown))
    return View(
        ledger=ledger,
        filters=tuple(chosen for column in ledger.columns if (chosen := _chosen(column, question))),
        columns=columns or tuple(column for column in ledger.columns if column.shown),
        sort=by.name if by is not None else "",
        is_descending=by is not None and sort.startswith("-"),
        group=group if group is not None and group.group is not None else None,
        page=whole(question.get("page"), most=MOST_PAGES) or 1,
    )


def _chosen(column: Column, question: Question) -> Chosen | None:
    if column.control == "choice":
        values = tuple(value for value in question.getlist(column.name) if value in column.choices)
        return Chosen(column, values) if values else None
    if column.control == "dates":
        after, before = (_day(question.get(f"{column.name}_{end}")) for end in ("after", "before"))
        return Chosen(column, (), after, before) if after or before else None
    words = str(question.get(column.name) or "").strip().replace("\0", "")[:100] if column.control else ""
    return Chosen(column, (words,)) if words else None


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text or ""))
    except ValueError:
        return None
