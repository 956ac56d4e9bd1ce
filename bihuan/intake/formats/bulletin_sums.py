"""Every printed sum of a bulletin against its parts, every rate against its formula, every total against the last.

Hides which parts belong to which sum. A row is made where both sides are printed, whether they agree or not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bihuan.intake.formats.bulletin_counts import Count
from bihuan.intake.formats.bulletin_words import COUNTS, SETTLED
from bihuan.intake.formats.understood import Reconciliation, Record

_Number = int | float
_FOUNDED = ("founded", "basically_founded", "partly_founded")
_WORDS = COUNTS | SETTLED


def reconciled(records: Sequence[Record], told: Sequence[Sequence[Count]]) -> Iterator[Reconciliation]:
    """The rows of all bulletins of one paper, in their order, then each against the one before it."""
    for record, found in zip(records, told, strict=True):
        label = str(record.value("batch") or record.value("issue") or "")
        for is_cumulative in (False, True):
            sums = _Sums([count for count in found if count.is_cumulative == is_cumulative], label, is_cumulative)
            yield from sums.rows()
        yield from _less_than_came(label, record)
    for (before, _), (after, _) in pairwise(zip(records, told, strict=True)):
        yield from _continued(before, after)


@dataclass
class _Sums:
    found: Sequence[Count]
    label: str
    is_cumulative: bool

    def rows(self) -> Iterator[Reconciliation]:
        yield from self._by_parts()
        yield from self._by_state()
        yield from self._by_truth()
        yield from self._by_place()
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
        total = self._one("total")
        causes = {
            "region": ("各地合计", "可能有几地联合办理、退办后重交或漏列，请核对。"),
            "type": ("各类型合计", "可能一件涉及几类或有类型漏列，请核对。"),
            "intake": ("各受理方式合计", "可能有来访、网络等方式没有列出，请核对。"),
        }
        for group, (what, cause) in causes.items():
            parts = self._parts(group, ("", "total", "region"), self._other_unit() if group == "region" else "")
            if total is not None and parts and (len(parts) > 1 or parts[0] == total):
                yield self._row(what, total, sum(parts), f"{what}{sum(parts)}，总数写{total}，{cause}")
        for outer, group, what in (
            ("open", "region", "未办结各地合计"),
            ("unfinished", "region", ""),
            ("accountable", "discipline", "问责方式合计"),
        ):
            whole, parts = self._one(outer), self._parts(group, (outer,))
            if what and whole is not None and parts:
                yield self._row(what, whole, sum(parts), f"{what}{sum(parts)}，前文写{whole}，请核对。")

    def _by_state(self) -> Iterator[Reconciliation]:
        total = self._one("total")
        states = [self._one(group) for group in ("closed", "staged", "open")]
        known = [state for state in states if state is not None]
        # Where the open ones are not printed, they may be what is missing.
        is_whole = states[-1] is not None or (total is not None and sum(known) >= total)
        if total is not None and states[0] is not None and len(known) > 1 and is_whole:
            note = f"已办结、阶段性办结、未办结合计{sum(known)}，总数写{total}，请核对。"
            yield self._row("办结情况合计", total, sum(known), note)

    def _by_truth(self) -> Iterator[Reconciliation]:
        truths = [self._one(group) for group in (*_FOUNDED, "unfounded")]
        known = [truth for truth in truths if truth is not None]
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
                what = f"{_WORDS.get(group, group)}各地合计"
                yield self._row(what, whole, sum(parts), f"{what}{sum(parts)}，总数写{whole}，请核对。")

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
            printed = self._one(group)
            if printed is not None and above is not None and below:
                read = round(100 * above / below, _decimals(printed))
                note = f"{formula} = {above} ÷ {below} = {read}%，原文写{printed}%，请核对。"
                yield self._row(formula.split(" =")[0], printed, read, note)

    def _shares(self) -> Iterator[Reconciliation]:
        """The per cents behind the parts, each of the total."""
        total = self._one("total")
        for count in self.found:
            if count.share is not None and total and count.group != "total":
                read = round(100 * count.figure / total, _decimals(count.share))
                note = f"{count.figure} ÷ {total} = {read}%，原文写{count.share}%，请核对。"
                yield self._row(f"{count.name}占比", count.share, read, note)


def _decimals(figure: _Number) -> int:
    text = str(figure)
    return len(text.split(".")[1]) if "." in text and not text.endswith(".0") else 0


def _less_than_came(label: str, record: Record) -> Iterator[Reconciliation]:
    """What came since the beginning cannot be less than what came in this batch."""
    came, now = record.value("received_total"), record.value("cumulative_received_total")
    if isinstance(came, int | float) and isinstance(now, int | float) and now < came:
        yield Reconciliation(f"{label}累计件数", now, came, f"累计{now}件，却少于本批的{came}件，请核对。")


def _continued(before: Record, after: Record) -> Iterator[Reconciliation]:
    """Where one bulletin follows another of the same inspection: what was plus what came is what is now."""
    if not _follows(before, after):
        return
    for name, what in (("received_total", "件数"), ("key_cases", "重点件")):
        last, now = before.value(f"cumulative_{name}"), after.value(f"cumulative_{name}")
        came = after.value(name)
        if None not in (last, now, came):
            yield _continued_row(f"{after.value('batch')}累计{what}", last, came, now)
    lasts, nows = before.value("cumulative_by_region") or {}, after.value("cumulative_by_region") or {}
    for place, now in nows.items():
        came = (after.value("by_region") or {}).get(place, 0)
        if isinstance(now, int | float) and lasts:
            yield _continued_row(f"{after.value('batch')}{place}累计", lasts.get(place, 0), came, now)
    for place in lasts.keys() - nows.keys() if nows else ():
        note = f"上一批累计有{place}{lasts[place]}件，这一批没有列出，请核对。"
        yield Reconciliation(f"{after.value('batch')}{place}累计", 0, lasts[place], note)


def _follows(before: Record, after: Record) -> bool:
    """Whether the next batch of one inspection in the same places: many teams are only called 中央督察组."""
    teams = {record.value("inspection") for record in (before, after)}
    told = [set(record.value("cumulative_by_region") or {}) for record in (before, after)]
    if len(teams) > 1 or not told[0] & told[1]:
        return False
    batches = [str(record.value("batch") or "").strip("第批") for record in (before, after)]
    return all(batch.isdigit() for batch in batches) and int(batches[1]) == int(batches[0]) + 1


def _continued_row(what: str, last: _Number, came: _Number, now: _Number) -> Reconciliation:
    note = "" if last + came == now else f"上一批累计{last}加本批{came}应为{last + came}，原文写{now}，请核对。"
    return Reconciliation(what, now, last + came, note)
