"""Every printed sum of a bulletin against its parts, every rate against its formula, every total against the last.

Hides which parts belong to which sum. A row is made where both sides are printed, whether they agree or not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from bihuan.intake.formats.bulletin_counts import Count
from bihuan.intake.formats.bulletin_said import Said
from bihuan.intake.formats.bulletin_succession import continued
from bihuan.intake.formats.bulletin_words import COUNTS, SETTLED
from bihuan.intake.formats.understood import Reconciliation, Record

_Number = int | float
_FOUNDED = ("founded", "basically_founded", "partly_founded")
_WORDS = COUNTS | SETTLED
_PARTS = {
    "key_cases": "重点件",
    "supervised_cases": "督办件",
    "founded": "属实",
    "basically_founded": "基本属实",
    "partly_founded": "部分属实",
    "unfounded": "不属实",
    "unfinished": "未完成整改",
}


def reconciled(
    records: Sequence[Record], told: Sequence[Sequence[Count]], said: Sequence[Said]
) -> Iterator[Reconciliation]:
    """The rows of all bulletins of one paper, in their order, then each against the one before it.

    `said` is what each prints of its own sums.
    """
    for record, found, own_words in zip(records, told, said, strict=True):
        label = str(record.value("batch") or record.value("issue") or "")
        tells_open = any(count.group == "open" for count in found)
        for is_cumulative in (False, True):
            own = [count for count in found if count.is_cumulative == is_cumulative]
            yield from _Sums(own, label, is_cumulative, tells_open, own_words).rows()
        yield from _less_than_came(label, found)
    for before, after in pairwise(records):
        yield from continued(before, after)


@dataclass
class _Sums:
    found: Sequence[Count]
    label: str
    is_cumulative: bool
    tells_open: bool = False
    said: Said = field(default_factory=Said)

    def rows(self) -> Iterator[Reconciliation]:
        yield from self._by_parts()
        yield from self._by_state()
        yield from self._by_truth()
        yield from self._by_place()
        yield from self._more_than_all()
        yield from self._rates()
        yield from self._shares()

    def _row(self, what: str, printed: _Number, read: _Number, note: str) -> Reconciliation:
        scope = "累计" if self.is_cumulative else ""
        read = round(read, 2)
        return Reconciliation(f"{self.label}{scope}{what}", printed, read, "" if printed == read else note)

    def _one(self, group: str) -> _Number | None:
        return next((count.figure for count in self.found if count.group == group and not count.heading), None)

    def _parts(self, group: str, within: tuple[str, ...], but: str = "") -> list[_Number]:
        return [
            count.figure
            for count in self.found
            if count.group == group and count.within in within and not count.heading and count.unit != but
        ]

    def _other_unit(self) -> str:
        """The unit of works where the total counts letters: 286件 are no sum of the 1项 of a county."""
        total = next((count for count in self.found if count.group == "total"), None)
        return "项" if total and total.unit == "件" else ""

    def _by_parts(self) -> Iterator[Reconciliation]:
        causes = {
            "region": ("各地合计", "可能有几地联合办理、退办后重交或漏列，请核对。"),
            "type": ("各类型合计", "可能一件涉及几类或有类型漏列，请核对。"),
            "intake": ("各受理方式合计", "可能有来访、网络等方式没有列出，请核对。"),
        }
        for group, (what, cause) in causes.items():
            parts = self._parts(group, ("", "total", "region"), self._other_unit() if group == "region" else "")
            base = self._base(group, parts)
            if base is None or not parts or (len(parts) == 1 and parts[0] != base) or self._is_said(group, base, parts):
                continue
            if group == "region" and (beside := self._beside(base, parts)):
                own = sum(parts) - beside
                note = f"{what}{sum(parts)}，扣除文中写明的联合办理{beside}件次是{own}，总数写{base}，请核对。"
                yield self._row(f"{what}（扣除联合办理{beside}件次）", base, own, note)
            else:
                yield self._row(what, base, sum(parts), f"{what}{sum(parts)}，总数写{base}，{cause}")
        for outer, group, what in (
            ("open", "region", "未办结各地合计"),
            ("unfinished", "region", ""),
            ("accountable", "discipline", "问责方式合计"),
            ("accountable", "rank", "问责人员合计"),
        ):
            whole, parts = self._one(outer), self._parts(group, (outer, "") if group == "rank" else (outer,))
            if what and whole is not None and parts:
                yield self._row(what, whole, sum(parts), f"{what}{sum(parts)}，前文写{whole}，请核对。")

    def _base(self, group: str, parts: Sequence[_Number]) -> _Number | None:
        """The total that the parts are of: of intakes what is left without repeats, of types the problems (个) that the
        petitions tell of, where that is what they make up.
        """
        total, made_up = self._one("total"), sum(parts)
        distinct = self._one("distinct_total")
        if group == "intake" and distinct is not None and made_up != total:
            return distinct
        totals = [count.figure for count in self.found if count.group == "total" and not count.heading]
        return made_up if group == "type" and made_up in totals else total

    def _beside(self, total: _Number, parts: Sequence[_Number]) -> int:
        """How often petitions are said to count in a further place: nothing where the parts leave that out."""
        return 0 if self.is_cumulative or sum(parts) == total else self.said.beside

    def _is_said(self, group: str, total: _Number, parts: Sequence[_Number]) -> bool:
        """Whether the parts need not make up the total: a petition counts for several types, or their shares make up
        more than all; the first of the places are told alone.
        """
        if group == "region":
            return self.said.first_alone and sum(parts) < total
        shares = sum(count.share or 0 for count in self.found if count.group == "type")
        return group == "type" and sum(parts) >= total and (self.said.several or shares > 101)

    def _by_state(self) -> Iterator[Reconciliation]:
        total = self._one("total")
        states = [self._one(group) for group in ("closed", "staged", "open")]
        known = [state for state in states if state is not None]
        # Where no open ones are printed, they may be what is missing.
        is_whole = self.tells_open or (total is not None and sum(known) >= total)
        if total is not None and states[0] is not None and len(known) > 1 and is_whole:
            note = f"已办结、阶段性办结、未办结合计{sum(known)}，总数写{total}，请核对。"
            yield self._row("办结情况合计", total, sum(known), note)
        key_cases = self._one("key_cases")
        keys = [one for group in ("closed", "staged", "open") for one in self._parts(group, ("key_cases",))]
        if key_cases is not None and keys:
            note = f"重点件办结情况合计{sum(keys)}，总数写{key_cases}，请核对。"
            yield self._row("重点件办结情况合计", key_cases, sum(keys), note)

    def _by_truth(self) -> Iterator[Reconciliation]:
        truths = [self._one(group) for group in (*_FOUNDED, "unfounded")]
        known = [truth for truth in (*truths, self._one("unchecked")) if truth is not None]
        total, closed = self._one("total"), self._one("closed")
        if truths[0] is not None and truths[-1] is not None and total is not None:
            base = closed if closed is not None and sum(known) == closed else total
            note = f"属实与不属实合计{sum(known)}，总数写{total}，请核对。"
            yield self._row("属实情况合计", base, sum(known), note)
        finished, unfinished = self._one("finished"), self._one("unfinished")
        if finished is not None and unfinished is not None and truths[0] is not None:
            founded = sum(truth for truth in truths[:-1] if truth is not None)
            note = f"完成与未完成合计{finished + unfinished}，属实{founded}件，请核对。"
            yield self._row("整改情况合计", founded, finished + unfinished, note)

    def _by_place(self) -> Iterator[Reconciliation]:
        for group in dict.fromkeys(count.group for count in self.found if count.heading):
            whole = self._one(group)
            parts = [count.figure for count in self.found if count.heading and count.group == group]
            if whole is not None:
                what = f"{_called(group)}各地合计"
                yield self._row(what, whole, sum(parts), f"{what}{sum(parts)}，总数写{whole}，请核对。")

    def _more_than_all(self) -> Iterator[Reconciliation]:
        """What is counted of the whole, and is more than it."""
        total = self._one("total")
        for group in ("key_cases", "supervised_cases", "closed", "founded", "unfounded"):
            part = self._one(group)
            if total is not None and part is not None and part > total:
                what = _called(group)
                yield self._row(what, part, total, f"{what}{part}件，却多于总数{total}件，请核对。")

    def _rates(self) -> Iterator[Reconciliation]:
        founded = [self._one(group) for group in _FOUNDED]
        is_known = founded[0] is not None
        total = self._one("total")
        all_founded = sum(one for one in founded if one is not None) if is_known else None
        done = [one for one in (self._one("closed"), self._one("staged")) if one is not None]
        rates: tuple[tuple[str, str, _Number | None, _Number | None], ...] = (
            ("closing_rate", "办结率 =（已办结 + 阶段性办结）÷ 总数", sum(done) if done else None, total),
            ("founded_rate", "属实率 =（属实 + 基本属实 + 部分属实）÷ 总数", all_founded, total),
            ("unfounded_rate", "不属实率 = 不属实 ÷ 总数", self._one("unfounded"), total),
            ("completion_rate", "整改完成率 = 已完成整改 ÷ 属实", self._one("finished"), all_founded),
        )
        for group, formula, above, below in rates:
            count = next((one for one in self.found if one.group == group and not one.heading), None)
            if count is not None and above is not None and below:
                printed, read = count.figure, _per_cent(above, below, _decimals(count))
                note = f"{formula} = {above} ÷ {below} = {read}%，原文写{printed}%，请核对。"
                yield self._row(formula.split(" =")[0], printed, read, note)

    def _shares(self) -> Iterator[Reconciliation]:
        """The per cents behind the parts, each of the total; those that stand alone, by their sum."""
        total = self._one("total")
        alone = [count for count in self.found if count.group == "type_share"]
        if len(alone) > 2:
            read = round(sum(count.figure for count in alone), 2)
            if abs(read - 100) > 0.01 * len(alone):
                yield self._row("各类型占比合计", 100, read, f"各类型占比合计{read}%，不是100%，请核对。")
        for count in self.found:
            if count.share is not None and total and count.group != "total":
                read = _per_cent(count.figure, total, len(str(count.share).partition(".")[2].strip("0")))
                note = f"{count.figure} ÷ {total} = {read}%，原文写{count.share}%，请核对。"
                yield self._row(f"{count.name}占比", count.share, read, note)


def _decimals(count: Count) -> int:
    """How many digits the figure was printed with behind its point."""
    printed = re.findall(r"\d+(?:\.(\d+))?", count.piece.folded)
    return len(printed[-1]) if printed else 0


def _per_cent(above: _Number, below: _Number, decimals: int) -> float:
    """Halves are rounded up, as offices do: 1 of 800 is 0.13 %."""
    exact = Decimal(100) * Decimal(str(above)) / Decimal(str(below))
    return float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _less_than_came(label: str, found: Sequence[Count]) -> Iterator[Reconciliation]:
    """What was counted since the beginning cannot be less than what was counted of this batch."""
    nows = {_key(one): one.figure for one in reversed(found) if one.is_cumulative and _is_added_up(one)}
    for one in found:
        now = nows.get(_key(one))
        if not one.is_cumulative and _is_added_up(one) and now is not None and now < one.figure:
            what = "件数" if one.group == "total" else one.name if one.group in _NAMED else _called(one.group)
            whose = "" if one.group == "total" else what
            note = f"{whose}累计{now}{one.unit}，却少于本批的{one.figure}{one.unit}，请核对。"
            yield Reconciliation(f"{label}累计{what}", now, one.figure, note)


_NAMED = frozenset({"region", "type", "intake", "discipline"})


def _is_added_up(count: Count) -> bool:
    return not count.heading and count.unit != "%"


def _key(count: Count) -> tuple[str, str, str]:
    return count.group, count.name if count.group in _NAMED else "", count.within.replace("total", "")


def _called(group: str) -> str:
    return _WORDS.get(group, _PARTS.get(group, group))
