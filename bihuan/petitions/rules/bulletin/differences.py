"""Why the parts of a sum are not the sum, as sentences whose figures open their records."""

from collections.abc import Iterator, Mapping, Sequence

from bihuan.lib.chinese import numeral
from bihuan.petitions.rules.bulletin.parts import Counted, belongs_to, codes_of, size
from bihuan.petitions.rules.bulletin.pieces import Figure, Paragraph, Piece
from bihuan.petitions.rules.bulletin.rows import PetitionRow
from bihuan.petitions.rules.bulletin.wording import CHANNEL, INDUSTRY, PLACE, TYPE, TYPES_TOGETHER, UNIT, Listing

# How the parts are called together, how a petition of several is explained, and one of none.
_SAID = {
    PLACE: ("各地", "由{}地合办", "未定属地"),
    TYPE: ("各类型", "涉及{}类", "未定类型"),
    CHANNEL: ("各受理方式", "有{}种受理方式", "没有受理方式"),
    UNIT: ("各单位", "由{}个单位承办", "没有承办单位"),
    INDUSTRY: ("各行业", "属于{}个行业", "未定行业"),
    TYPES_TOGETHER: ("各类型", "涉及{}类", "未定类型"),
}


def difference(
    rows: Sequence[PetitionRow], counted: Sequence[Counted], listing: Listing, called: str
) -> Paragraph | None:
    """The sentence that explains why the parts that are told do not make up the rows; None where they do.

    Where what is counted twice and what is not counted cancel each other, that is said as well.
    """
    if listing.by not in _SAID or listing.only or listing.most or listing.skip:
        return None
    counted_times: dict[tuple[int, bool], list[PetitionRow]] = {}
    for row in rows:
        counted_times.setdefault((_times(row, listing), _is_returned(row, listing)), []).append(row)
    odd = {how: found for how, found in sorted(counted_times.items(), reverse=True) if how[0] != 1}
    if not odd:
        return None
    name, several, none = _SAID[listing.by]
    summed = sum(size(one, listing.by) for one in counted)
    total = _count(f"{called}总数", rows)
    return (
        Piece(f"{called}{name}合计"),
        Piece(str(summed), Figure(f"{called}{name}合计", summed, f"{called}{name}件数之和", codes_of(counted))),
        Piece("件，"),
        *_compared(summed - len(rows), total),
        Piece("："),
        *_causes(odd, several, none, called),
        Piece("。"),
    )


def unchecked(rows: Sequence[PetitionRow], called: str) -> Paragraph | None:
    """That so many are not yet found true or untrue, and counted as neither; None where all are."""
    without = [row for row in rows if not row.truth]
    if not without:
        return None
    figures = _count(f"{called}总数", rows), _count(f"{called}尚未核实", without)
    return (Piece(called), figures[0], Piece("件中有"), figures[1], Piece("件尚未核实，没有计入属实和不属实。"))


def unlike_kinds(rows: Sequence[PetitionRow], called: str) -> Paragraph | None:
    """That the people held to account are not those of its kinds; None where they are."""
    unlike = [row for row in rows if row.penalties.get("held_to_account", 0) != sum(row.accountability.values())]
    if not unlike:
        return None
    figure = _count(f"{called}问责人数与方式不一致", unlike)
    return (Piece(f"{called}有"), figure, Piece("件的问责人数与问责方式合计不一致，请核对。"))


def _count(name: str, rows: Sequence[PetitionRow]) -> Piece:
    return Piece(str(len(rows)), Figure(name, len(rows), f"{name}的件数", tuple(row.code for row in rows)))


def _compared(over: int, total: Piece) -> Iterator[Piece]:
    if not over:
        yield from (Piece("与总数"), total, Piece("件相同"))
        return
    yield from (Piece("比总数"), total, Piece(f"件{'多' if over > 0 else '少'}{abs(over)}件"))


def _is_returned(row: PetitionRow, listing: Listing) -> bool:
    return listing.by == PLACE and listing.is_with_returned and bool(row.returned_by)


def _times(row: PetitionRow, listing: Listing) -> int:
    """How often a row is counted; once where it is told apart."""
    is_told_apart = listing.by == PLACE and listing.joint in {"apart", "alone"} and len(row.places) > 1
    return 1 if is_told_apart else len(belongs_to(row, listing))


def _causes(odd: Mapping[tuple[int, bool], list[PetitionRow]], several: str, none: str, called: str) -> Iterator[Piece]:
    for place, ((times, is_returned), rows) in enumerate(odd.items()):
        many = "两" if times == 2 else numeral(times) if times else ""
        cause = f"退办后改交（在{many}地各计一次）" if is_returned else several.format(many) if times else none
        if place:
            yield Piece("，")
        yield _count(f"{called}{cause}", rows)
        yield Piece(f"件{cause}")
