"""A wording filled in from rows.

Hides how a tag finds its rows: each name narrows those of the name before, the last says what is told of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import groupby

from bihuan.lib.chinese import numeral
from bihuan.lib.quantity import full_day, plain
from bihuan.petitions.rules.bulletin import differences
from bihuan.petitions.rules.bulletin.parts import Counted, codes_of, name_of, parts, rate_of, share, size
from bihuan.petitions.rules.bulletin.pieces import Figure, Paragraph, Piece
from bihuan.petitions.rules.bulletin.rows import (
    ASKED,
    PENALTIES,
    PENALTY_NAMES,
    RATES,
    Occasion,
    PetitionRow,
    of_batch,
    up_to,
)
from bihuan.petitions.rules.bulletin.tags import Clause, NothingToRateError, Part, Tag, WordingError, parsed
from bihuan.petitions.rules.bulletin.wording import BY, DISCIPLINE, Listing, Series, Wording

SINCE = "累计"
_OF_LISTS = ("分别", "合计", "个数")
_OTHER_TAGS = ("当日全部交办", "批次数", "占比", "人数", "名", *_OF_LISTS)
_MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_TRUE = frozenset({"属实", "基本属实", "部分属实", "不属实", "查实"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows that a tag stands among: how they are called, by which names they were come to, out of which.

    `narrowing` is what the rows have in common. In a list `name` is what the part is called, `part` what it is.
    """

    rows: tuple[PetitionRow, ...]
    called: str
    path: tuple[str, ...] = ()
    narrowing: tuple[str, ...] = ()
    whole: tuple[PetitionRow, ...] = ()
    name: str = ""
    part: Counted | None = None

    @property
    def words(self) -> str:
        """How the rows are called, with what narrowed them."""
        return f"{self.called}{'中' if self.narrowing else ''}{'的'.join(self.narrowing)}"

    def narrowed(self, name: str) -> "Scope":
        """Those of the rows that are so."""
        rows = tuple(filter(ASKED[name], self.rows))
        return replace(self, rows=rows, path=(*self.path, name), narrowing=(*self.narrowing, name))

    def figure(self, name: str, value: int | Decimal, formula: str, rows: Sequence[PetitionRow]) -> Figure:
        """A figure of these rows."""
        return Figure("·".join((*self.path, name)), value, formula, tuple(row.code for row in rows))


@dataclass
class Told:
    """What was told so far: the pieces, and how many of the figures and lists in them say something, of how many."""

    pieces: list[Piece] = field(default_factory=list)
    asked: int = 0
    answered: int = 0

    def add(self, pieces: Sequence[Piece], *, is_something: bool) -> None:
        """Pieces of a figure or a list."""
        self.pieces.extend(pieces)
        self.asked += 1
        self.answered += is_something

    def take(self, other: "Told") -> None:
        """What was told elsewhere."""
        self.pieces.extend(other.pieces)
        self.asked += other.asked
        self.answered += other.answered


class Teller:
    """Fills in the paragraphs of one wording for one occasion, and gathers what must be explained."""

    def __init__(self, rows: Sequence[PetitionRow], occasion: Occasion, wording: Wording) -> None:
        self.occasion, self.wording = occasion, wording
        batch, since = of_batch(rows, occasion), up_to(rows, occasion)
        self.batch = Scope(batch, self._batch_name(batch), whole=batch)
        self.since = Scope(since, SINCE, (SINCE,), whole=since)
        self.notes: dict[str, Paragraph] = {}
        known = {*ASKED, *RATES, *PENALTY_NAMES, *self._words, *_OTHER_TAGS}
        if wording.money not in _MONEY:
            raise WordingError(f"罚款不能用“{wording.money}”作单位。")
        if shadowed := sorted(known & wording.lists.keys()):
            raise WordingError(f"“{'、'.join(shadowed)}”是标签，名单不能同名。")

    def paragraph(self, sentence: str) -> Paragraph:
        """The sentence with everything filled in. Refused: a tag that nobody knows, a rate of nothing."""
        return tuple(_joined(self._told(parsed(sentence), self.batch).pieces))

    def try_lists(self) -> None:
        """Tell every list once, those that no paragraph names as well. Refused: whatever cannot be told."""
        for name, listing in self.wording.lists.items():
            if isinstance(listing, Listing):
                if listing.by not in BY:
                    raise WordingError(f"名单“{name}”不能按“{listing.by}”分。")
                one = Counted("甲", self.batch.rows)
                for group in ([one], [one, one]):
                    self._item(name, listing, group, self.batch)
            self._tag((name,), self.batch, Told())

    def _told(self, sentence: Sequence[Part], scope: Scope) -> Told:
        told = Told()
        for part in sentence:
            match part:
                case Tag(names):
                    self._tag(names, scope, told)
                case Clause(inner):
                    clause = self._clause(inner, scope)
                    if clause.answered or not clause.asked:
                        told.take(clause)
                case _:
                    told.pieces.append(Piece(part))
        return told

    def _clause(self, inner: Sequence[Part], scope: Scope) -> Told:
        """What stands in brackets; a rate of nothing says nothing there."""
        try:
            return self._told(inner, scope)
        except NothingToRateError:
            return Told(asked=1)

    def _tag(self, names: tuple[str, ...], scope: Scope, told: Told) -> None:
        of_list = names[-1] if names[-1] in _OF_LISTS and len(names) > 1 else ""
        scope, last = self._narrowed(names[:-1] if of_list else names, scope)
        listing = self.wording.lists.get(last)
        if of_list and isinstance(listing, Listing):
            told.take(self._of_list(of_list, last, listing, scope))
        elif isinstance(listing, Series):
            told.take(self._series(listing, scope))
        elif listing:
            self._list(last, listing, scope, told)
        elif last == "当日全部交办":
            told.take(self._assigned())
        elif last in self._words or (last == "名" and scope.part):
            told.pieces.append(Piece(scope.name if last == "名" else self._word(last)))
        else:
            figure, text = self._figure(last, scope)
            told.add([Piece(text, figure)], is_something=bool(figure.value))

    def _narrowed(self, names: tuple[str, ...], scope: Scope) -> tuple[Scope, str]:
        """The rows that all names but the last leave, and the last."""
        if names[0] == SINCE and len(names) > 1 and scope.part is None:
            scope, names = self.since, names[1:]
        for name in names[:-1]:
            if name not in ASKED:
                raise WordingError(f"标签里的“{name}”不能用来筛选。")
            scope = scope.narrowed(name)
        return scope, names[-1]

    def _parts(self, listing: Listing, scope: Scope) -> list[Counted]:
        return parts(scope.rows, listing, self.occasion, self._decimals("整改完成率"))

    def _of_list(self, what: str, name: str, listing: Listing, scope: Scope) -> Told:
        """What the parts of a list make up; how many they are; or, where they are several, that word."""
        counted = self._parts(listing, scope)
        if what == "分别":
            return Told([Piece(what)] if len(counted) > 1 else [])
        if what == "个数":
            figure = scope.figure(f"{name}·{what}", len(counted), f"{scope.words}{name}列出的个数", ())
            return Told([Piece(str(len(counted)), replace(figure, codes=codes_of(counted)))], 1, int(bool(counted)))
        summed = sum(size(one, listing.by) for one in counted)
        figure = scope.figure(f"{name}·{what}", summed, f"{scope.words}{name}之和", ())
        return Told([Piece(str(summed), replace(figure, codes=codes_of(counted)))], 1, int(summed > 0))

    def _figure(self, name: str, scope: Scope) -> tuple[Figure, str]:
        if name in ASKED:
            own = scope.narrowed(name) if name != "件数" else scope
            self._ask_truth(name, scope)
            count = len(own.rows)
            return replace(scope.figure(name, count, f"{own.words}的件数", own.rows)), str(count)
        if name in RATES:
            return self._rate(name, scope)
        if name in PENALTY_NAMES:
            return self._penalty(name, scope)
        if name == "批次数":
            batches = len({row.batch for row in scope.rows})
            return scope.figure(name, batches, f"{scope.words}的批次数", scope.rows), str(batches)
        if name == "占比" and scope.part:
            return self._share(scope)
        if name == "人数" and scope.part:
            people = size(scope.part, DISCIPLINE)
            return scope.figure(name, people, f"{scope.words}的人数之和", scope.rows), str(people)
        raise WordingError(f"没有“{name}”这个标签。")

    def _rate(self, name: str, scope: Scope) -> tuple[Figure, str]:
        above, below, formula = RATES[name]
        base = tuple(filter(ASKED[below], scope.rows))
        over = tuple(filter(ASKED[above], base))
        value = rate_of(scope.rows, name, self._decimals(name))
        if value is None:
            raise NothingToRateError(f"没有可以计算{name}的信访件，请把这一句放进方括号。")
        text = f"{plain(value)}%"
        worked = f"{scope.words}{name} = {formula} = {len(over)} ÷ {len(base)} = {text}"
        return replace(scope.figure(name, value, worked, over), base=tuple(row.code for row in base)), text

    def _share(self, scope: Scope) -> tuple[Figure, str]:
        if not scope.whole:
            raise NothingToRateError("没有可以计算占比的信访件，请把这一句放进方括号。")
        value = share(len(scope.rows), len(scope.whole), self._decimals("占比"))
        worked = f"占比 = {len(scope.rows)} ÷ {len(scope.whole)} = {plain(value)}%"
        figure = scope.figure("占比", value, worked, scope.rows)
        return replace(figure, base=tuple(row.code for row in scope.whole)), f"{plain(value)}%"

    def _penalty(self, name: str, scope: Scope) -> tuple[Figure, str]:
        summed = PENALTY_NAMES[name]
        behind = [row for row in scope.rows if any(row.penalties.get(one) for one in summed)]
        value = sum((Decimal(row.penalties.get(one, 0)) for row in behind for one in summed), Decimal(0))
        figure = scope.figure(name, _whole(value), f"{scope.words}各件{name}的{_unit(summed[0])}之和", behind)
        if name == "问责":
            self._explain(name, scope, differences.unlike_kinds(scope.rows, scope.words))
        return figure, self._money(value) if name == "罚款金额" else plain(value)

    def _list(self, name: str, listing: Listing, scope: Scope, told: Told) -> None:
        counted = self._parts(listing, scope)
        inner = Told()
        groups = list(_grouped(counted, listing))
        for place, group in enumerate(groups):
            is_last = place == len(groups) - 1
            mark = listing.before_group if len(group) > 1 and listing.before_group else listing.separator
            mark = listing.last_separator if is_last and listing.last_separator else mark
            inner.pieces.extend([Piece(mark)] if place else [])
            inner.take(self._item(name, listing, group, scope))
        if inner.asked:  # a list of bare names sums up nothing
            self._explain(name, scope, differences.difference(scope.rows, counted, listing, scope.words))
        told.add(inner.pieces, is_something=any(one.rows for one in counted))

    def _item(self, name: str, listing: Listing, group: Sequence[Counted], scope: Scope) -> Told:
        called = "、".join(one.name if one.is_joint else name_of(one.name, listing) for one in group)
        own = group[0]
        path = (*scope.path, name, "、".join(one.name for one in group))
        inner = Scope(own.rows, scope.called, path, (*scope.narrowing, path[-1]), scope.rows, called, own)
        if len(group) == 1:
            return self._told(parsed(listing.item), inner)
        told = self._told(parsed(listing.each), replace(inner, narrowing=(*scope.narrowing, f"{path[-1]}各自")))
        codes = codes_of(group)
        pieces = [replace(one, figure=one.figure and replace(one.figure, codes=codes)) for one in told.pieces]
        return Told(pieces, told.asked, told.answered)

    def _series(self, series: Series, scope: Scope) -> Told:
        told = Told()
        for clause in series.clauses:
            one = self._clause(parsed(clause), scope)
            if one.answered:
                told.pieces.extend([Piece(series.separator)] if told.pieces else [])
                told.take(one)
        told.asked += 1
        return told

    def _assigned(self) -> Told:
        """That the whole batch went on to its places on the day, or how much of it."""
        rows = self.batch.rows
        given = [row for row in rows if row.assigned_on == self.occasion.day]
        rest = [row for row in rows if row.assigned_on != self.occasion.day]
        if not rest:
            return Told([Piece(self.wording.all_assigned)])
        words = self.batch.called
        return Told(
            [
                Piece("当日交办"),
                Piece(str(len(given)), self.batch.figure("当日交办", len(given), f"{words}中当日交办的件数", given)),
                Piece("件、其余"),
                Piece(str(len(rest)), self.batch.figure("另行交办", len(rest), f"{words}中不在当日交办的件数", rest)),
                Piece("件另行交办"),
            ]
        )

    def _ask_truth(self, name: str, scope: Scope) -> None:
        if name in _TRUE:
            self._explain("核实", scope, differences.unchecked(scope.rows, scope.words))

    def _explain(self, what: str, scope: Scope, note: Paragraph | None) -> None:
        if note and scope.part is None:
            self.notes.setdefault("·".join((*scope.path, what)), note)

    def _decimals(self, name: str) -> int:
        return self.wording.decimals.get(name, 2)

    def _money(self, yuan: Decimal) -> str:
        amount = yuan / _MONEY[self.wording.money]
        decimals = self.wording.decimals.get("罚款金额")
        if decimals is not None:
            amount = amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return f"{plain(amount)}{self.wording.money}"

    @cached_property
    def _words(self) -> Mapping[str, Callable[[], str]]:
        wording, occasion = self.wording, self.occasion
        return {
            "日期": lambda: _month_and_day(occasion.day),
            "完整日期": lambda: full_day(occasion.day),
            "起": lambda: _opening(occasion.begun, occasion.day),
            "讫": lambda: _month_and_day(occasion.ended),
            "督察组": lambda: occasion.team,
            "本地": lambda: wording.addressee,
            "转办": lambda: wording.verb,
            "信访件": lambda: wording.noun,
            "简称": lambda: wording.short,
            "重点": lambda: wording.key_noun,
            "批次": lambda: self.batch.called,
            "批数": lambda: self._numbered(_last(self.batch.rows)),
            "首批号": lambda: _figures(min(_numbers(self.since.rows), default=None)),
            "批号": lambda: _figures(_last(self.batch.rows)),
        }

    def _word(self, name: str) -> str:
        word = self._words[name]()
        if not word:
            raise WordingError(f"没有可以填“{name}”的内容。")
        return word

    def _batch_name(self, rows: Sequence[PetitionRow]) -> str:
        last = _last(rows)
        return f"第{self._numbered(last)}批" if self.occasion.batch and last else self.occasion.batch or "全部"

    def _numbered(self, number: int | None) -> str:
        if not number:
            return ""
        return numeral(number) if self.wording.numerals == "chinese" else str(number)


def _month_and_day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""


def _opening(day: date | None, on: date) -> str:
    """The first day of a stay, its year told as 今年 while it is."""
    if day is None:
        return ""
    return f"今年{_month_and_day(day)}" if day.year == on.year else full_day(day)


def _numbers(rows: Sequence[PetitionRow]) -> list[int]:
    return [row.number for row in rows if row.number is not None]


def _last(rows: Sequence[PetitionRow]) -> int | None:
    return max(_numbers(rows), default=None)


def _figures(number: int | None) -> str:
    return str(number or "")


def _whole(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def _unit(penalty: str) -> str:
    return {"家": "家数", "件": "件数", "人": "人数"}.get(PENALTIES[penalty][1], "元数")


def _grouped(counted: Sequence[Counted], listing: Listing) -> Iterator[list[Counted]]:
    """The parts, those of one small count together."""

    def key(at: int) -> tuple[int, bool, int]:
        count, is_last = size(counted[at], listing.by), counted[at].name in listing.last
        is_shared = 0 < count <= listing.grouped and not counted[at].is_joint
        return count, is_last, -1 if is_shared else at

    for _, group in groupby(range(len(counted)), key):
        yield [counted[at] for at in group]


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, words that follow words in one."""
    waiting = ""
    for piece in pieces:
        if piece.figure is None:
            waiting += piece.text
            continue
        if waiting:
            yield Piece(waiting)
            waiting = ""
        yield piece
    if waiting:
        yield Piece(waiting)
