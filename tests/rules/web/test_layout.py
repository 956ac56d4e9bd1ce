"""How a ledger's columns stand beside each other."""

import re
from pathlib import Path

import pytest

from bihuan.lib.ledger import Column
from bihuan.web.drawing import WIDTHS, layout

CSS = Path(__file__).parents[3] / "frontend/src/styles/ledger.css"


def columns(**kinds: int) -> list[Column]:
    return [Column(kind, kind, lambda *_: "", kind) for kind, count in kinds.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ({"title": 1, "serial": 1, "light": 1, "text": 4}, ""),
        ({"title": 1, "serial": 1, "state": 3, "text": 5}, "dense"),
        ({"title": 1, "number": 1, "long": 3, "serial": 1, "light": 1, "day": 1, "text": 1, "state": 1}, "many"),
        ({"title": 1, "text": 14}, "many"),
    ],
)
def test_columns_that_leave_the_title_no_room_move_sideways(kinds: dict[str, int], expected: str) -> None:
    assert layout(columns(**kinds)) == expected


def test_the_widths_are_those_of_the_style_sheet() -> None:
    found = re.findall(r"^\.ltbl col\.c-(\w+) \{ width: (\d+)px; \}", CSS.read_text(), re.MULTILINE)

    assert {kind: int(width) for kind, width in found if kind != "pick"} == WIDTHS
