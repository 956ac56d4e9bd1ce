"""Plain values for the templates' parts, made from what the lower floors return: ledgers, trails, answers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from bihuan.core.listing import Listing
from bihuan.lib.ledger import Chosen, Column, Ledger, View
from bihuan.matters.rules import lateness


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of running text: emphasis, or a link."""

    text: str
    kind: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """A drawn state: what is so, and what to do."""

    title: str
    text: str
    acts: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Pager:
    """Where in a long list one is."""

    label: str
    previous_url: str
    next_url: str
    first_url: str


@dataclass(frozen=True, slots=True)
class Head:
    """How a ledger's column stands above the table."""

    name: str
    label: str
    kind: str
    sort_url: str
    sorted: str
    fold: bool
    style: str
    clipped: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the sentence, in force or to be added."""

    name: str
    label: str
    verb: str
    words: str
    control: str
    options: list[tuple[str, str, str, bool]]
    value: str
    after: str
    before: str
    keep: list[tuple[str, str]]
    drop_url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    key: str
    url: str
    name: str
    cells: list[Any]
    refused: dict[str, str] = field(default_factory=dict)

    def drawn(self, columns: list[Head]) -> Iterator[tuple[Head, Any]]:
        """Each cell with its column."""
        return zip(columns, self.cells, strict=True)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    label: str
    count: int
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Chooser:
    """Which columns are shown."""

    options: list[tuple[str, str, bool]]
    keep: list[tuple[str, str]]
    shown: int
    total: int


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done to all selected rows."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Where the selected rows are sent."""

    url: str
    acts: list[Act]


@dataclass(frozen=True, slots=True)
class Sister:
    """Another ledger, list or saved view."""

    label: str
    url: str
    count: int | str = ""
    current: bool = False
    drop_url: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A ledger as parts/ledger.html draws it."""

    title: str
    url: str
    noun: str
    counted: str
    count: str
    views: list[Sister]
    own_views: list[Sister]
    save_url: str
    filters: list[Filter]
    more: list[Filter]
    grouping: list[tuple[str, str, bool]]
    columns: list[Head]
    layout: str
    groups: list[Group]
    chooser: Chooser
    selection: Selection | None
    pager: Pager | None
    notice: State | None
    empty: State | None


@dataclass(frozen=True, slots=True)
class Offered:
    """What a ledger offers besides reading: `refused(row)` says which acts a row does not allow, and why."""

    selection: Selection | None = None
    refused: Callable[[Any], dict[str, str]] = lambda _: {}
    own_views: tuple[Sister, ...] = ()
    save_url: str = ""


NOTHING_OFFERED = Offered()
STYLES = {"serial": ("num",), "count": ("num",), "title": ("stick",)}
WIDTHS = {
    "serial": 62,
    "light": 94,
    "day": 110,
    "state": 86,
    "count": 88,
    "number": 170,
    "text": 132,
    "long": 220,
    "next": 196,
}  # pixels, as in ledger.css; the title takes what is left
TEXT_WHEN_DENSE, LEAST_TITLE, DESK = 106, 240, 1190
LOUDEST = tuple(word for one, word in lateness.LIGHT_WORDS.items() if one is not lateness.Light.NONE)
VERBS = {"choice": "是", "dates": "在", "words": "含"}


def address(url: str, pairs: list[tuple[str, str]]) -> str:
    """An address with its question."""
    return f"{url}?{urlencode(pairs)}" if pairs else url


def ledger(
    view: View,
    found: Listing,
    *,
    url: str,
    row_url: Any,
    today: date,
    views: list[Sister],
    offered: Offered = NOTHING_OFFERED,
) -> Drawn:
    """Draw one page of a view. `row_url(row)` opens a row."""
    return Drawn(
        title=view.ledger.title,
        url=url,
        noun=view.ledger.noun,
        counted=view.ledger.counted,
        count=_count(found, view.ledger),
        views=views,
        own_views=[*offered.own_views],
        save_url=offered.save_url,
        filters=[_filter(chosen.column, view, url, chosen) for chosen in view.filters],
        more=[_filter(column, view, url, None) for column in _free(view)],
        grouping=_grouping(view, url),
        columns=[_head(column, view, url) for column in view.columns],
        layout=layout(view.columns),
        groups=_groups(view, found.rows, row_url, today, offered.refused),
        chooser=_chooser(view),
        selection=offered.selection,
        pager=_pager(view, found, url),
        notice=None,
        empty=None if found.rows else _nothing(view, url),
    )


def layout(columns: Sequence[Column]) -> str:
    """How the columns stand on a desk's screen: "" beside each other, dense, or many (the table moves sideways)."""
    dense = "dense" if len(columns) > 9 else ""
    widths = WIDTHS | {"text": TEXT_WHEN_DENSE} if dense else WIDTHS
    taken = sum(widths.get(column.kind, LEAST_TITLE) for column in columns)
    return "many" if taken > DESK else dense


def _count(found: Listing, of: Ledger) -> str:
    return f"{found.count:,}{'' if found.is_exact else '+'} {of.counted}"


def _free(view: View) -> list[Column]:
    taken = {chosen.column.name for chosen in view.filters}
    return [column for column in view.ledger.columns if column.control and column.name not in taken]


def _filter(column: Column, view: View, url: str, chosen: Chosen | None) -> Filter:
    values = chosen.values if chosen else ()
    return Filter(
        name=column.name,
        label=column.label,
        verb=VERBS[column.control],
        words=chosen.words if chosen else "",
        control=column.control,
        options=[(value, label, "", value in values) for value, label in column.choices.items()],
        value=values[0] if values and column.control == "words" else "",
        after=chosen.after.isoformat() if chosen and chosen.after else "",
        before=chosen.before.isoformat() if chosen and chosen.before else "",
        keep=view.pairs(column.name),
        drop_url=address(url, view.pairs(column.name)),
    )


def _grouping(view: View, url: str) -> list[tuple[str, str, bool]]:
    choices = [column for column in view.ledger.columns if column.group is not None]
    if not choices:
        return []
    rest = view.pairs("group")
    plain = [("不分组", address(url, rest), view.group is None)]
    return plain + [
        (column.label, address(url, [*rest, ("group", column.name)]), column is view.group) for column in choices
    ]


def _head(column: Column, view: View, url: str) -> Head:
    sorted_by = column.name == view.sort
    turn = "-" if sorted_by and not view.is_descending else ""
    return Head(
        name=column.name,
        label=column.label,
        kind=column.kind,
        sort_url=address(url, [*view.pairs("sort"), ("sort", turn + column.name)]) if column.sort else "",
        sorted=("descending" if view.is_descending else "ascending") if sorted_by else "",
        fold=column.fold,
        style=" ".join([f"k-{column.kind}", *STYLES.get(column.kind, ()), *(["fold"] if column.fold else [])]),
        clipped=column.kind in ("text", "long", "next"),
    )


def _groups(view: View, rows: list[Any], row_url: Any, today: date, refused: Any) -> list[Group]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        label = view.group.group(row, today) if view.group and view.group.group else ""
        cells = [column.value(row, today) for column in view.columns]
        drawn = Row(
            view.ledger.key(row), row_url(row), view.ledger.called(row), [_cell(cell) for cell in cells], refused(row)
        )
        grouped.setdefault(label, []).append(drawn)
    groups = [Group(label, len(rows), rows) for label, rows in grouped.items()]
    if view.group is not None and view.group.kind == "light":
        groups.sort(key=lambda group: LOUDEST.index(group.label) if group.label in LOUDEST else len(LOUDEST))
    return groups


def _cell(cell: Any) -> Any:
    return str(cell) if isinstance(cell, int) else cell


def _chooser(view: View) -> Chooser:
    options = [(column.name, column.label, column in view.columns) for column in view.ledger.columns]
    return Chooser(options, view.pairs("column"), len(view.columns), len(options))


def _pager(view: View, found: Listing, url: str) -> Pager | None:
    if view.page == 1 and not found.has_more:
        return None

    def at(page: int) -> str:
        return address(url, [*view.pairs(), ("page", str(page))])

    return Pager(
        f"第{view.page}页，共{_count(found, view.ledger)}",
        at(view.page - 1) if view.page > 1 else "",
        at(view.page + 1) if found.has_more else "",
        at(1) if view.page > 2 else "",
    )


def _nothing(view: View, url: str) -> State:
    if view.page > 1:
        return State("这一页没有了", "没有这么多页；回到第一页看。", (("看第一页", address(url, view.pairs()), True),))
    if view.filters:
        return State("没有符合这些条件的", "去掉一个条件再看，或看全部。", (("看全部", url, True),))
    return State(f"还没有{view.ledger.noun}", "导入整改方案或信访交办表后，这里就有了；下达到您单位后，您才能看到。")


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line of a history."""

    at: datetime
    who: str
    words: list[str | Piece]
    note: str
    changes: list[tuple[str, str, str]]
    mark: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the first screen's questions, answered."""

    question: str
    main: str
    more: list[str | Piece] | str = ""
    tone: str = ""
    light: Any = None
    bar: Any = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next and who does it."""

    words: str
    more: list[str | Piece] | str = ""
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the road: done, now or to come."""

    label: str
    state: str
    when: str = ""
    note: str = ""
