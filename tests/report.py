"""After a run that tried promises: a table of number, held or not, figure, floor, goal and whether the teeth bit."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest

from tests.promises import PROMISES

MARKS = ("teeth", "promise")  # a test that plants a defect holds nothing, whatever its module says


def borne(item: pytest.Item) -> tuple[str, tuple[str, ...]]:
    """What a test is for: `teeth` or `promise`, and the numbers; of the nearest mark. ("", ()) for any other test."""
    for name in MARKS:
        if mark := item.get_closest_marker(name):
            return name, mark.args
    return "", ()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The marks travel with the report, from whichever process ran the test."""
    kind, numbers = borne(item)
    item.user_properties += [(kind, number) for number in numbers]


@pytest.fixture
def figure(request: pytest.FixtureRequest, record_property: Callable[[str, str], None]) -> Callable[[str], None]:
    """Say what was measured, in a few words; it stands in the table beside the promise's floor."""
    _, numbers = borne(request.node)

    def say(words: str) -> None:
        for number in numbers:
            record_property(f"figure {number}", words)

    return say


class Table:
    """What the tests of one run said about each promise."""

    def __init__(self, reports: dict[str, list[pytest.TestReport]]) -> None:
        self.held: dict[str, list[bool]] = defaultdict(list)
        self.bit: dict[str, list[bool]] = defaultdict(list)
        self.figures: dict[str, list[str]] = defaultdict(list)
        for outcome in ("passed", "failed", "error"):
            for report in reports.get(outcome, []):
                if getattr(report, "when", "") == "call" or outcome != "passed":
                    self._take(report, is_good=outcome == "passed")

    def _take(self, report: pytest.TestReport, *, is_good: bool) -> None:
        for kind, value in report.user_properties:
            if kind == "promise":
                self.held[str(value)].append(is_good)
            elif kind == "teeth":
                self.bit[str(value)].append(is_good)
            elif kind.startswith("figure "):
                self.figures[kind.removeprefix("figure ")].append(str(value))

    def lines(self) -> Iterator[str]:
        """One a promise; those of which this run tried nothing say so."""
        for one in PROMISES:
            held, bit = self.held[one.id], self.bit[one.id] or (self.held[one.id] if one.is_tooth else [])
            if one.missing:
                yield f"{one.id:4} -     {one.says} | {one.missing}"
                continue
            if not held and not bit:
                yield f"{one.id:4} -     {one.says} | not tried in this run"
                continue
            state = "-    " if not held else "held " if all(held) else "FAILS"
            said = "; ".join(self.figures[one.id]) or f"{sum(held)} of {len(held)} tests"
            teeth = f"{sum(bit)} of {len(bit)} bit" if bit else "NOT TRIED"
            yield f"{one.id:4} {state} {one.says} | {said} | floor {one.floor} | goal {one.goal} | teeth {teeth}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Printed where it was asked for (BIHUAN_REPORT), by the process that hears all others."""
    if not os.environ.get("BIHUAN_REPORT"):
        return
    terminalreporter.section("promises")
    for line in Table(terminalreporter.stats).lines():
        terminalreporter.write_line(line)
