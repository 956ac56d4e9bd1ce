"""A question in an address becomes filters, order, group and columns; what it does not know is left out."""

from collections.abc import Mapping
from typing import Any

import pytest

from bihuan.lib.ledger import Cell, Column, Day, Ledger, Light, Next, Title, View, view_of

COLUMNS = (
    Column("name", "名称", lambda row, _: row, sort="name", lookup="name__icontains"),
    Column(
        "state", "状态", lambda row, _: row, lookup="state", choices={"a": "甲", "b": "乙"}, group=lambda row, _: row
    ),
    Column("due", "时限", lambda row, _: row, sort="due", lookup="due", is_dated=True),
    Column("remark", "备注", lambda row, _: row, shown=False),
)
LEDGER = Ledger("things", "台账", "东西", "件", COLUMNS, str, str, lambda rows: rows)


class Asked:
    """What an address asks, as the door gives it."""

    def __init__(self, asked: Mapping[str, list[str]]) -> None:
        self.asked = asked

    def getlist(self, key: str, /) -> list[str]:
        return self.asked.get(key, [])

    def get(self, key: str, /) -> Any:
        return (self.asked.get(key) or [None])[-1]


def view(**asked: list[str]) -> View:
    return view_of(LEDGER, Asked(asked))


def test_an_address_that_asks_nothing_shows_what_is_shown_unasked() -> None:
    seen = view()

    assert [column.name for column in seen.columns] == ["name", "state", "due"]
    assert (seen.filters, seen.sort, seen.is_descending, seen.group, seen.page) == ((), "", False, None, 1)
    assert seen.pairs() == []


def test_an_address_is_read_and_written_again() -> None:
    seen = view(name=["水"], state=["a", "b"], due_after=["2022-01-01"], due_before=["2022-12-31"], sort=["-due"])

    assert [chosen.words for chosen in seen.filters] == ["“水”", "甲、乙", "2022-01-01 至 2022-12-31"]
    assert (seen.sort, seen.is_descending) == ("due", True)
    assert seen.pairs("state", "due") == [("name", "水"), ("sort", "-due")]
    assert view_of(LEDGER, Asked({name: [v for n, v in seen.pairs() if n == name] for name, _ in seen.pairs()})) == seen


def test_a_group_and_columns_of_ones_own_stand_in_the_address() -> None:
    seen = view(group=["state"], column=["remark", "name"], page=["3"])

    assert [column.name for column in seen.columns] == ["name", "remark"]
    assert (seen.group and seen.group.name, seen.page) == ("state", 3)
    assert seen.pairs() == [("column", "name"), ("column", "remark"), ("group", "state")]


@pytest.mark.parametrize(
    "asked",
    [
        {"state": ["z"], "sort": ["remark"], "group": ["name"], "column": ["nothing"], "page": ["x"]},
        {"due_after": ["yesterday"], "name": [" \0 "], "sort": ["-"], "page": ["0"]},
    ],
)
def test_what_is_not_known_is_left_out(asked: dict[str, list[str]]) -> None:
    assert view(**asked) == view()


@pytest.mark.parametrize(
    ("asked", "words"),
    [({"due_after": ["2022-01-01"]}, "2022-01-01 起"), ({"due_before": ["2022-12-31"]}, "2022-12-31 止")],
)
def test_one_end_of_dates_is_told_as_one(asked: dict[str, list[str]], words: str) -> None:
    assert [chosen.words for chosen in view(**asked).filters] == [words]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Title("标题", "副题"), "标题"),
        (Light("over", "超期", "超期3天"), "超期 3天"),
        (Light("over", "超期", "2022-10-16起"), "超期 2022-10-16起"),
        (Light("none", "未到期"), "未到期"),
        (Day("2022-12-31"), "2022-12-31"),
        (Day("2022-12-31", "2022-06-30"), "2022-12-31(首次 2022-06-30)"),
        (Next("07-04", "签收"), "07-04 签收"),
    ],
)
def test_a_cell_is_words_in_a_sheet(cell: Cell, words: str) -> None:
    assert str(cell) == words


def test_a_column_asks_for_its_filter_in_its_way() -> None:
    assert [column.control for column in COLUMNS] == ["words", "choice", "dates", ""]
    assert LEDGER.column("due") is COLUMNS[2]
    assert LEDGER.column("nothing") is None
