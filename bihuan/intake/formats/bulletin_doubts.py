"""What of one bulletin cannot all be so, though no printed sum says it: days, batches, orders, rates.

Hides what a bulletin says twice in other words: its day, its batch, who is ahead of the average. All of it is asked,
and nothing is put right.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from itertools import islice, pairwise

from bihuan.intake.formats.bulletin_counts import DEPARTMENT, Count
from bihuan.intake.formats.understood import Doubt, Field
from bihuan.lib.chinese import number
from bihuan.lib.paper.passage import Passage
from bihuan.lib.reading.regions import Region, places

_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十百]{1,7})"
_UNTIL = re.compile(rf"(?:(?<!\d)\d{{1,4}}\s?批?\s?[-—~至到]\s?第?|前)(?P<n>{_NUMBER})\s?批")
_COUNTED = re.compile(rf"(?<![第前\d\-—~至到、一二三四五六七八九十百])(?P<n>{_NUMBER})\s?批次?(?=共计?\d|\d+\s?件)")
_HOUR = r"\s*(?:[上下]午)?(?:\d{1,2}[时:]\d{0,2}分?)?\s*"
# 第二批次(6月6日8时至20时): what came in on the day before.
_CAME_IN = re.compile(r"批次?\((?P<m>\d{1,2})月(?P<d>\d{1,2})日\d{1,2}时至\d{1,2}时\)")
_OF_PLACES = re.compile(r"涉及?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})个(?:设区)?(?:[市州县区盟旗]|\()")
_FINISHED = re.compile(r"(?P<names>[\u4e00-\u9fff、]{2,200}?)(?:已)?(?:全部|均已?)完成整改")
_NEAR = 60  # so many letters behind a number of batches stands what they come to
_LEAST_ORDERED = 8  # of so many parts, all but one in order, the one is hardly where it stands by chance


def doubts(section: Passage, fields: Mapping[str, Field], found: Sequence[Count]) -> Iterator[Doubt]:
    """What must be asked of one bulletin."""
    yield from _days(section, fields)
    yield from _batches(section, fields)
    for is_cumulative in (False, True):
        told = [count for count in found if count.is_cumulative == is_cumulative and not count.heading]
        yield from _twice(told)
        listed = [count for count in told if count.group == "region" and count.within in {"", "total"}]
        yield from _order([count for count in listed if not DEPARTMENT.fullmatch(count.name)])
        yield from _rates(told)
    yield from _left_out(section, found)
    yield from _came_in(section, fields)
    yield from _places_told(section, found)
    yield from _shares(found)


def _days(section: Passage, fields: Mapping[str, Field]) -> Iterator[Doubt]:
    """The day that opens a bulletin and the day up to which it counts, where they differ."""
    day, until, since = (fields.get(name) for name in ("date", "as_of", "cumulative_received_total"))
    if not day or not until or not day.value or not until.value or day.value == until.value:
        return
    opens = re.match(rf"[^。]{{0,40}}?{re.escape(day.raw)}{_HOUR},", section.folded)
    is_before = str(until.value) < str(day.value) and str(until.value)[:4] == str(day.value)[:4]
    if opens and fields.get("batch") and fields["batch"].value and (is_before or since):
        question = f"开头写“{day.raw}”，累计写截至“{until.raw}”，以哪个为准？"
        yield Doubt("as_of", question, kind="day_twice", span=until.span)


def _came_in(section: Passage, fields: Mapping[str, Field]) -> Iterator[Doubt]:
    """The day on which a batch came in, where it is not the one before that on which it was handed over."""
    found, day = _CAME_IN.search(section.folded), str(fields["date"].value or "").lstrip("-")
    if not found or len(day) < 5:
        return
    handed = date(int(day[:4]) if len(day) == 10 else 2000, int(day[-5:-3]), int(day[-2:]))
    came = ((handed - timedelta(days=back)) for back in (0, 1))
    if (int(found["m"]), int(found["d"])) not in {(one.month, one.day) for one in came}:
        piece = section.piece(found.start("m"), found.end("d") + 1)
        question = f"{handed.month}月{handed.day}日转办，受理时间却写“{piece.value}”，是否写错？"
        yield Doubt("date", question, kind="day_twice", span=piece.span)


def _places_told(section: Passage, found: Sequence[Count]) -> Iterator[Doubt]:
    """How many places a sentence says, against those that it lists, unless it lists the first of them alone."""
    for match in islice(_OF_PLACES.finditer(section.folded), 4):
        start = section.folded.rfind("。", 0, match.start()) + 1
        stop = section.folded.find("。", match.end()) % (len(section.folded) + 1)
        sentence = section.piece(start, stop)
        if re.search(r"居第|居首|排名|较多|其中|主要", sentence.folded[match.start() - start :]):
            continue
        listed = {one.name for one in found if one.group == "region" and one.piece.folded in sentence.folded}
        if len(listed) > 1 and len(listed) != number(match["n"]):
            question = f"文中写“{section.found(match).value.rstrip('(')}”，列出的是{len(listed)}个，是否漏列？"
            yield Doubt("by_region", question, kind="place_left_out", span=section.found(match).span)


def _shares(found: Sequence[Count]) -> Iterator[Doubt]:
    """A share that no number of petitions of the total could make."""
    for one in found:
        total = next((whole.figure for whole in found if _is_whole_of(whole, one)), None)
        if one.group != "type_share" or not total:
            continue
        exact = Decimal(str(one.figure))
        step = Decimal(1).scaleb(int(exact.as_tuple().exponent))
        near = (Decimal(str(total)) * exact / 100).to_integral_value()
        made = [(100 * (near + by) / Decimal(str(total))).quantize(step, ROUND_HALF_UP) for by in (-1, 0, 1)]
        if exact not in made:
            question = f"“{one.piece.value}”：总数{total}件里没有哪个件数是这个比例，请核对。"
            yield Doubt("share_by_type", question, kind="rate_impossible", span=one.piece.span)


def _is_whole_of(whole: Count, part: Count) -> bool:
    return whole.group == "total" and whole.is_cumulative == part.is_cumulative and not whole.heading


def _batches(section: Passage, fields: Mapping[str, Field]) -> Iterator[Doubt]:
    """The batch of the bulletin and the last of those that it sums up, where they differ."""
    batch = fields.get("batch")
    own = re.fullmatch(r"第(\d+)批", str(batch.value)) if batch else None
    if not own:
        return
    for match in (*_UNTIL.finditer(section.folded), *_COUNTED.finditer(section.folded)):
        last = number(match["n"])
        counts = re.search(r"\d\s*件", section.folded[match.end() : match.end() + _NEAR].partition("。")[0])
        if not counts:  # 前十二批信访件符合办结标准
            continue
        if last is not None and last != int(own[1]):
            question = f"本批是{own[0]}，累计却写“{section.found(match).value}”，以哪个为准？"
            yield Doubt("batch", question, kind="batch_twice", span=section.found(match).span)
            return


def _twice(told: Sequence[Count]) -> Iterator[Doubt]:
    """A place or type that is told twice with the same words around it."""
    named = Counter((one.group, one.name, one.within) for one in told if one.group in {"region", "type", "intake"})
    asked: set[tuple[str, str, str]] = set()
    for one in told:
        key = (one.group, one.name, one.within)
        if named[key] > 1 and key not in asked:
            asked.add(key)
            yield Doubt("", f"“{one.name}”列了{named[key]}次，是否重复？", kind="part_twice", span=one.piece.span)


def _order(told: Sequence[Count]) -> Iterator[Doubt]:
    """The one place that stands out of order in a list from the most to the least."""
    if len(told) < _LEAST_ORDERED:
        return
    figures = [one.figure for one in told]
    rises = [at for at, (one, other) in enumerate(pairwise(figures)) if other > one]
    if len(rises) != 1:
        return
    low, high = rises[0], rises[0] + 1
    if any(_falls(figures[:at] + figures[at + 1 :]) for at in (low, high)):
        question = f"各地从多到少排列，“{told[low].piece.value}”却在“{told[high].piece.value}”之前，件数是否有误？"
        yield Doubt("by_region", question, kind="out_of_order", span=told[low].piece.span)


def _falls(figures: Sequence[int | float]) -> bool:
    return all(one >= other for one, other in pairwise(figures))


def _rates(told: Sequence[Count]) -> Iterator[Doubt]:
    """The rates of places against that of the whole, against their order, and against what is left undone."""
    rates = [one for one in told if one.group == "region" and one.within == "completion_rate"]
    whole = next((one.figure for one in told if one.group == "completion_rate"), None)
    for side in ("快于", "慢于"):
        own = [one for one in rates if side in one.piece.folded]
        for one in own:
            if whole is not None and ((one.figure <= whole) if side == "快于" else (one.figure >= whole)):
                question = f"{one.name}完成{one.figure}%，总的是{whole}%，并不{side}平均水平，请核对。"
                yield Doubt("completion_rate_by_region", question, kind="rate_side", span=one.piece.span)
        if len(own) > 2 and not (_falls([one.figure for one in own]) or _falls([-one.figure for one in own])):
            question = (
                f"{side}平均水平的各地不是按完成率排列（{'、'.join(f'{one.figure}%' for one in own)}），是否有误？"
            )
            yield Doubt("completion_rate_by_region", question, kind="out_of_order", span=own[0].piece.span)
    for one in told:
        if one.unit == "%" and one.figure > 100:
            yield Doubt("", f"“{one.piece.value}”超过100%，请核对。", kind="rate_impossible", span=one.piece.span)
    yield from _undone(told, rates)


def _undone(told: Sequence[Count], rates: Sequence[Count]) -> Iterator[Doubt]:
    """What is left undone, against the rate of the same place and in its order."""
    left = {one.name.removesuffix("市"): one for one in told if one.within == "unfinished"}
    for one in rates:
        undone = left.get(one.name.removesuffix("市"))
        if undone and not _is_possible(Decimal(str(one.figure)), int(undone.figure)):
            question = f"{one.name}未完成{undone.figure}件，完成率{one.figure}%，没有这样的总数，请核对。"
            yield Doubt("unfinished_by_region", question, kind="rate_impossible", span=undone.piece.span)
    unfinished = [one for one in told if one.within == "unfinished"]
    if len(unfinished) > 2 and not _falls([one.figure for one in unfinished]):
        question = "未完成数量较多的各地不是从多到少排列，是否有误？"
        yield Doubt("unfinished_by_region", question, kind="out_of_order", span=unfinished[0].piece.span)


def _is_possible(rate: Decimal, undone: int) -> bool:
    """Whether there is a number of petitions of which so many undone make that rate, halves rounded up."""
    if not 0 <= rate < 100 or not undone:
        return rate == 100 and not undone
    half = Decimal(5).scaleb(int(rate.as_tuple().exponent) - 1)
    least = 100 * undone / (100 - rate + half)
    return rate + half >= 100 or least.to_integral_value(ROUND_CEILING) < 100 * undone / (100 - rate - half)


def _left_out(section: Passage, found: Sequence[Count]) -> Iterator[Doubt]:
    """The divisions that stand neither with those ahead, nor behind, nor done, where the rest are all told so."""
    rates = [one for one in found if one.group == "region" and one.within == "completion_rate"]
    sides = {side for side in ("快于", "慢于") for one in rates if side in one.piece.folded}
    done = _FINISHED.search(section.folded) if len(sides) > 1 else None
    if not done:
        return
    names = [one.name for one in rates] + re.split(r"[、和]", done["names"])
    told = [region for name in names for region in _cities(name)]
    parents = Counter(region.parent for region in told)
    parent = parents.most_common(1)[0][0] if parents else ""
    known = {region.code for region in told}
    alike = [one for one in places().by_code.values() if one.parent == parent and one.level == "city" and not one.zone]
    missing = [one for one in alike if one.code not in known and one.code[2:4] < "90"]
    if missing and len(missing) <= len(alike) // 2:
        question = f"各地整改进展没有提到{'、'.join(one.name for one in missing)}，是否漏列？"
        yield Doubt("completion_rate_by_region", question, kind="place_left_out", span=rates[0].piece.span)


def _cities(name: str) -> Sequence[Region]:
    return [one for one in places().named(name) if one.level == "city"]
