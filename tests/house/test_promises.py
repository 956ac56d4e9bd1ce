"""Every promise is held by a test and has teeth, or says why not; no test claims a promise that nobody made."""

import re
from collections.abc import Iterable

import pytest

from tests.house.source import ROOT
from tests.promises import PROMISES, Promise
from tests.report import Table

MARK = re.compile(r"pytest\.mark\.(promise|teeth)\(([^)]*)\)")


def marks(sources: Iterable[str]) -> dict[str, set[str]]:
    """The numbers that some test holds, and those whose defect some test plants."""
    found: dict[str, set[str]] = {"promise": set(), "teeth": set()}
    for source in sources:
        for kind, numbers in MARK.findall(source):
            found[kind] |= set(re.findall(r'"(\w+)"', numbers))
    return found


def unkept(promises: Iterable[Promise], found: dict[str, set[str]]) -> list[str]:
    """What a table says and no mark does, and the other way round."""
    known = {one.id: one for one in promises}
    faults = [f"{number}: nobody promised it" for number in (found["promise"] | found["teeth"]) - known.keys()]
    for number, one in known.items():
        if one.missing and number in found["promise"]:
            faults.append(f"{number}: held, and said to be missing")
        if not one.missing and number not in found["promise"]:
            faults.append(f"{number}: nothing holds it")
        if not one.missing and not one.is_tooth and number not in found["teeth"]:
            faults.append(f"{number}: without teeth")
    return faults


def test_every_promise_is_held_with_teeth_or_says_why_not() -> None:
    sources = [path.read_text() for path in (ROOT / "tests").rglob("*.py")]

    assert unkept(PROMISES, marks(sources)) == []


def test_a_promise_that_nothing_holds_is_found() -> None:
    table = (
        Promise("Z1", "甲", "", ""),
        Promise("Z2", "乙", "", "", "没有"),
        Promise("Z3", "丙", "", "", is_tooth=True),
    )
    word = "pytest.mark."

    assert unkept(table, marks([f'@{word}promise("Z1")', f'@{word}promise("Z2", "Z9")'])) == [
        "Z9: nobody promised it",
        "Z1: without teeth",
        "Z2: held, and said to be missing",
        "Z3: nothing holds it",
    ]


def test_the_table_tells_a_promise_that_broke_from_one_that_held() -> None:
    def report(outcome: str, *properties: tuple[str, str]) -> pytest.TestReport:
        return pytest.TestReport("x", ("x", 0, "x"), {}, outcome, None, "call", user_properties=properties)  # type: ignore[arg-type]  # a word of three

    held = report("passed", ("promise", "K1"), ("figure K1", "20 kills"))
    lines = dict(
        line.split(" ", 1)
        for line in Table({"passed": [held, report("passed", ("teeth", "K1"))]}).lines()
        if line.startswith("K1 ")
    )
    broke = list(Table({"passed": [held], "failed": [report("failed", ("promise", "K1"))]}).lines())

    assert "held" in lines["K1"]
    assert "20 kills" in lines["K1"]
    assert "1 of 1 bit" in lines["K1"]
    assert any("FAILS" in line and "NOT TRIED" in line for line in broke if line.startswith("K1 "))
