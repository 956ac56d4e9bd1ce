"""Petitions counted a second time, in plain Python from the rows, and held against what every page of figures says."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Any

from bihuan.core.actor import Actor
from bihuan.petitions.models import Petition, Undertaking
from bihuan.petitions.queries import board, crossing, statistics
from bihuan.petitions.rules.penalties import PENALTIES

GIVEN_UP = {"returned", "reassigned", "released"}
STOOD = {"signed_off": "已销号", "transferred": "已移送", "merged": "并案", "accepting": "验收中"}
WAITING = {
    "in_tray": "待交办",
    "assigned": "待签收",
    "handling": "办理中",
    "county_review": "待县审",
    "city_review": "待市审",
    "answered": "反馈后整改",
    "disclosed": "反馈后整改",
    "accepting": "待验收",
}


@dataclass(frozen=True)
class One:
    """A petition as its rows say: what each dimension says of it, where it stands, the other places that handle it."""

    keys: Mapping[str, str]
    stands: str
    step: str
    row: str
    others: frozenset[str]
    away: int


def petitions(today: date) -> list[One]:
    """Every petition that stands, whoever asks."""
    parts: dict[int, list[Mapping[str, Any]]] = {}
    told = ("petition_id", "state", "round_number", "is_withdrawn", "unit__region__name", "unit__region__level")
    for part in Undertaking.objects.values(*told):
        parts.setdefault(part["petition_id"], []).append(part)
    rows = Petition.objects.select_related("matter__region", "batch").filter(matter__is_withdrawn=False)
    return [_one(row, parts.get(row.pk, []), today) for row in rows]


def _one(row: Petition, parts: list[Mapping[str, Any]], today: date) -> One:
    matter = row.matter
    place = matter.region.name if matter.region else ""
    placed = [
        part
        for part in parts
        if not part["is_withdrawn"]
        and part["unit__region__level"] in ("county", "zone")
        and part["unit__region__name"] != place
    ]
    held = {
        part["unit__region__name"]
        for part in placed
        if part["state"] not in GIVEN_UP and part["round_number"] == matter.round_number
    }
    is_paper = bool(row.truth) and row.answered_on is None
    is_done = matter.state in ("answered", "disclosed") and row.closing == "已办结"
    closing = row.closing if row.closing in ("阶段性办结", "已办结") else "正在办理"
    return One(
        {
            "region": place,
            "main_type": row.main_type,
            "truth": row.truth,
            "state": matter.state,
            "closing": row.closing,
            "channel": row.channel,
            "batch": row.batch.label,
        },
        STOOD.get(matter.state, closing),
        "" if is_paper or is_done else WAITING.get(matter.state, ""),
        _row(matter.due_on, today),
        frozenset(held) if row.is_joint else frozenset(),
        sum(part["state"] in GIVEN_UP for part in placed),
    )


def _row(due: date | None, today: date) -> str:
    if due is None:
        return "未起算"
    left = (due - today).days
    return "超期" if left < 0 else ("今天", "余1—2天", "余1—2天", *["余3—5天"] * 3)[left] if left <= 5 else "余6天以上"


def assert_balance(by: Actor, today: date, pairs: int = 0) -> None:
    """Every figure of statistics, board and crossings is what the rows come to, and each sum that of its parts."""
    found = petitions(today)
    _assert_board(by, found, today)
    for dimension in statistics.BY:
        _assert_table(by, found, dimension)
    for down, across in [*permutations([one for one in crossing.DIMENSIONS if one != "penalty"], 2)][: pairs or None]:
        _assert_crossing(by, found, down, across)


def _assert_board(by: Actor, found: list[One], today: date) -> None:
    standing = board.standing(by, "")
    assert +Counter(standing.where) == Counter(one.stands for one in found)
    assert standing.total == len(found) == sum(standing.where.values())
    cells = {cell: told.count for cell, told in board.cells(by, "", today).items()}
    assert cells == Counter((one.step, one.row) for one in found if one.step)
    assert +Counter(standing.truths) == Counter(one.keys["truth"] for one in found if one.keys["truth"])


def _assert_table(by: Actor, found: list[One], dimension: str) -> None:
    table = statistics.table(by, "", dimension)
    is_place = dimension == "region"
    beside = Counter(place for one in found for place in one.others) if is_place else Counter[str]()
    assert {line.key: line.count for line in table.lines if line.count} == Counter(one.keys[dimension] for one in found)
    assert {line.key: line.beside for line in table.lines if line.beside} == beside
    assert (table.whole.count, table.whole.beside) == (len(found), beside.total())
    for line in table.lines:
        own = [one for one in found if one.keys[dimension] == line.key]
        assert +Counter(line.where) == Counter(one.stands for one in own)
        assert sum(line.where.values()) == sum(line.truths.values()) == line.count == len(own)
    assert +sum((Counter(line.where) for line in table.lines), Counter[str]()) == +Counter(table.whole.where)
    for kind in PENALTIES:
        assert sum(line.penalties[kind] for line in table.lines) == table.whole.penalties[kind]


def _assert_crossing(by: Actor, found: list[One], down: str, across: str) -> None:
    told = crossing.crossing(by, "", down, across)
    assert told.cells == Counter((one.keys[down], one.keys[across]) for one in found)
    assert told.total == sum(told.by_row.values()) == sum(told.by_column.values()) == len(found)
    assert told.by_row == Counter(one.keys[down] for one in found)
    if "region" in (down, across):
        assert (told.beside, told.returned) == (sum(len(one.others) for one in found), sum(one.away for one in found))
