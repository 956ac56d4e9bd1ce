"""One bulletin against the next of the same inspection: what was, plus what came, is what is now.

Hides which figures of two bulletins belong together. Those since the beginning can only rise.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from bihuan.intake.formats.bulletin_words import COUNTS, SETTLED
from bihuan.intake.formats.understood import Reconciliation, Record

_Number = int | float
_TOTALS = {"received_total": "件数", "key_cases": "重点件", "supervised_cases": "督办件"}
_LISTS = {"by_region": "", "by_type": "类", "by_intake": ""}
# What is only ever added to; what is open or staged may fall, and a verdict may be put right.
_RISING = {"closed": SETTLED["closed"], "received_total": "件数", "key_cases": "重点件", **COUNTS}


def successive(previous: Record, current: Record) -> tuple[str, ...]:
    """The sentences of what disagrees between two bulletins, `current` being the later one; none where all agrees.

    Told apart are: another inspection (then nothing else is compared), batches and days that do not go forward
    together, what since the beginning is not the last plus this batch (where none lies between), and what has fallen.
    """
    teams = [str(record.value("inspection") or "") for record in (previous, current)]
    if all(teams) and teams[0] != teams[1]:
        return (f"前一份是{teams[0]}的通报，后一份是{teams[1]}的，不能相互比较。",)
    told = [*_steps(previous, current)]
    is_next = _batch(current) == (_batch(previous) or 0) + 1 or _are_days_in_a_row(previous, current)
    if is_next:
        told.extend(f"{row.what}：{row.note}" for row in _sums(previous, current) if row.note)
    told.extend(_fallen(previous, current, is_next=is_next))
    return tuple(dict.fromkeys(told))


def continued(before: Record, after: Record) -> Iterator[Reconciliation]:
    """A row for every figure since the beginning, where one bulletin of a paper is the next batch of the one before it.

    In the same places: many teams are only called 中央督察组.
    """
    teams = {record.value("inspection") for record in (before, after)}
    told = [set(record.value("cumulative_by_region") or {}) for record in (before, after)]
    if len(teams) == 1 and told[0] & told[1] and _batch(after) == (_batch(before) or 0) + 1:
        yield from _sums(before, after)


def _are_days_in_a_row(previous: Record, current: Record) -> bool:
    """Whether bulletins that name no batch are of one day and the next."""
    days = (_day(previous), _day(current))
    if any(record.value("batch") for record in (previous, current)) or not days[0] or not days[1]:
        return False
    return (days[1] - days[0]).days == 1


def _batch(record: Record) -> int | None:
    found = re.fullmatch(r"第(\d+)批", str(record.value("batch") or ""))
    return int(found[1]) if found else None


def _day(record: Record) -> dt.date | None:
    value = str(record.value("date") or "")
    try:
        return dt.date.fromisoformat(value.replace("--", "2000-"))
    except ValueError:
        return None


def _steps(previous: Record, current: Record) -> Iterator[str]:
    """Whether batches and days go forward, and by as much."""
    batches, days = (_batch(previous), _batch(current)), (_day(previous), _day(current))
    later = None
    if batches[0] is not None and batches[1] is not None:
        later = batches[1] - batches[0]
        if later <= 0:
            yield f"前一份是第{batches[0]}批，后一份是第{batches[1]}批，批次没有增加，请核对。"
    if days[0] and days[1]:
        passed = (days[1] - days[0]).days
        if passed < -180 and str(current.value("date")).startswith("--"):
            passed += 366  # over the end of a year that nobody printed
        if passed < 0:
            yield f"后一份的日期（{days[1]:%m-%d}）早于前一份（{days[0]:%m-%d}），请核对。"
        elif later and passed < later:
            yield f"批次相差{later}批，日期只相差{passed}天，请核对。"
        elif later and passed > later:
            yield f"批次相差{later}批，日期却相差{passed}天，请核对是否有一天没有转办。"


def _sums(before: Record, after: Record) -> Iterator[Reconciliation]:
    batch = after.value("batch") or ""
    for name, what in _TOTALS.items():
        last, now = before.value(f"cumulative_{name}"), after.value(f"cumulative_{name}")
        came = after.value(name)
        if None not in (last, now, came):
            yield _row(f"{batch}累计{what}", last, came, now)
    for name, suffix in _LISTS.items():
        yield from _parts(before, after, name, suffix)


def _parts(before: Record, after: Record, name: str, suffix: str) -> Iterator[Reconciliation]:
    batch, came = after.value("batch") or "", _plain(after.value(name))
    lasts, nows = _plain(before.value(f"cumulative_{name}")), _plain(after.value(f"cumulative_{name}"))
    if not lasts or not nows or (name != "by_region" and not came):
        return
    for part, now in nows.items():
        yield _row(f"{batch}{part}{suffix}累计", lasts.get(part, 0), came.get(part, 0), now)
    for part in sorted(lasts.keys() - nows.keys()):
        note = f"上一批累计有{part}{suffix}{lasts[part]}件，这一批没有列出，请核对。"
        yield Reconciliation(f"{batch}{part}{suffix}累计", 0, lasts[part], note)
    for part in sorted(came.keys() - nows.keys() - lasts.keys()):
        note = f"本批有{part}{suffix}{came[part]}件，累计没有列出，请核对。"
        yield Reconciliation(f"{batch}{part}{suffix}累计", 0, came[part], note)


def _plain(listed: object) -> Mapping[str, _Number]:
    """The parts that are plain figures: a place's several works are no sum."""
    if not isinstance(listed, Mapping):
        return {}
    return {str(name): figure for name, figure in listed.items() if isinstance(figure, int | float)}


def _row(what: str, last: _Number, came: _Number, now: _Number) -> Reconciliation:
    is_so = last + came == now
    note = "" if is_so else f"上一批累计{last}加本批{came}应为{last + came}，原文写{now}，请核对。"
    return Reconciliation(what, now, last + came, note)


def _fallen(previous: Record, current: Record, *, is_next: bool) -> Iterator[str]:
    """What can only rise, and is less than it was, or than it was with what this batch brought.

    What is summed exactly (`is_next`) is not said again.
    """
    for name, what in _RISING.items():
        last, now = previous.value(f"cumulative_{name}"), current.value(f"cumulative_{name}")
        came = current.value(name) or 0
        if isinstance(last, int | float) and isinstance(now, int | float):
            yield from _less(what, last, 0 if is_next and name in _TOTALS else came, now)
    for name, suffix in _LISTS.items():
        lasts, nows = _plain(previous.value(f"cumulative_{name}")), _plain(current.value(f"cumulative_{name}"))
        came_by = {} if is_next else _plain(current.value(name))
        for part, last in lasts.items():
            if part in nows:
                yield from _less(f"{part}{suffix}", last, came_by.get(part, 0), nows[part])


def _less(what: str, last: _Number, came: _Number, now: _Number) -> Iterator[str]:
    if now < last:
        yield f"{what}累计由{last}降为{now}，请核对。"
    elif now < last + came:
        yield f"{what}累计{now}，少于前一份的累计{last}加本批的{came}，请核对。"
