"""Every petition counts once, whatever became of it: for the whole, and for each place."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from bihuan.petitions.rules import board
from bihuan.petitions.rules.closings import CLOSINGS
from bihuan.petitions.rules.petition import PETITION
from bihuan.petitions.rules.undertaking import GIVEN_UP, UNDERTAKING, following

HISTORIES, STEPS = 10_000, 24
PLACES = ("沧县", "青县", "献县", "海兴县")
TODAY = date(2022, 12, 12)
BY_PARTS = {"begin", "fall_back", "report_findings", "county_approve", "county_return"}


@dataclass
class History:
    """One petition as its steps leave it: where it stands, its closing, its parts by place."""

    dice: random.Random
    state: str = PETITION.initial
    closing: str = ""
    parts: dict[str, str] = field(default_factory=dict)

    def where(self) -> str:
        return board.where(self.state, self.closing)

    def take(self) -> None:
        """One random step that the tables allow: of a part, which the petition follows, or of the petition."""
        own = [move for move in PETITION.moves if self.state in move.sources and move.name not in BY_PARTS]
        moves = [(place, move) for place, at in self.parts.items() for move in UNDERTAKING.moves if at in move.sources]
        if moves and (not own or self.dice.random() < 0.7):
            place, part = self.dice.choice(moves)
            self.parts[place] = part.target or self.parts[place]
            self._follow()
        elif own:
            self._step(self.dice.choice(own))

    def _follow(self) -> None:
        name, _ = following(self.state, self.parts.values())
        if name:
            move = PETITION.step(name, self.state)
            assert move is not None, f"{name} follows in {self.state}, where the table has no such row"
            self.state = move.target

    def _step(self, move: object) -> None:
        name, target = move.name, move.target  # type: ignore[attr-defined]  # a row of the table
        if name == "assign":
            chosen = self.dice.sample(PLACES, self.dice.choice((1, 1, 1, 2, 3)))
            self.parts = dict.fromkeys(chosen, UNDERTAKING.initial)
        elif name in ("stage", "close"):
            self.closing = "阶段性办结" if name == "stage" else "已办结"
        elif name == "approve":
            self.closing = self.dice.choice(CLOSINGS)
        elif name in ("refuse", "rework"):
            self.closing = "正在办理"
            self.parts = {place: "handling" for place, at in self.parts.items() if at not in GIVEN_UP}
        self.state = target or self.state


def test_the_whole_and_each_place_balance_over_ten_thousand_histories() -> None:
    whole, kept = Counter[str](), Counter[str]()
    places: dict[str, Counter[str]] = {place: Counter() for place in PLACES}
    joint = 0
    ended = set()
    for seed in range(HISTORIES):
        dice = random.Random(seed)  # noqa: S311 -- a test
        history = History(dice)
        kept[history.where()] += 1
        for _ in range(dice.randint(1, STEPS)):
            before = history.where()
            history.take()
            kept[before] -= 1
            kept[history.where()] += 1
        whole[history.where()] += 1
        ended.add(history.state)
        held = [place for place, at in history.parts.items() if at not in GIVEN_UP]
        for place in held or ("未定",):
            places.setdefault(place, Counter())[history.where()] += 1
        joint += max(len(held) - 1, 0)

    assert {*whole} <= {*board.WHERE}
    assert sum(whole.values()) == HISTORIES
    assert +kept == whole  # what was kept in step is what is counted anew
    assert sum(sum(one.values()) for one in places.values()) == HISTORIES + joint
    for name in board.WHERE:
        assert sum(one[name] for one in places.values()) >= whole[name]
    assert ended == {*PETITION.states}  # every state was reached


def test_a_step_that_loses_a_petition_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "STANDS", {**board.STANDS, "signed_off": "查无此件"})

    with pytest.raises(AssertionError):
        test_the_whole_and_each_place_balance_over_ten_thousand_histories()


def test_every_day_and_none_falls_into_one_row_of_the_board() -> None:
    rows = board.rows(TODAY)
    for shift in range(-400, 400):
        day = TODAY + timedelta(days=shift)
        fitting = [
            row.name
            for row in rows
            if row.is_dated and (row.first is None or row.first <= day) and (row.last is None or day <= row.last)
        ]
        assert len(fitting) == 1, day
    assert [row.name for row in rows if not row.is_dated] == ["未起算"]


def test_every_open_state_has_one_column() -> None:
    columns = [state for states in board.STEPS.values() for state in states]

    assert len(columns) == len({*columns})
    assert {*columns} | {"signed_off", "transferred", "merged"} == {*PETITION.states}


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(783, 1427, "54.87%"), (3758, 3976, "94.52%"), (135, 137, "98.54%"), (1, 8, "12.5%"), (2, 2, "100%"), (0, 0, "")],
)
def test_a_rate_is_rounded_as_papers_do(part: int, whole: int, told: str) -> None:
    assert board.rate(part, whole) == told
