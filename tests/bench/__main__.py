"""`make bench`: the lines of the speed table that exist so far, ours and the floors.

Makes its database once, in the folder BIHUAN_BENCH (default: a temporary one), and writes docs/performance.md.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("BIHUAN_BENCH", Path(tempfile.gettempdir()) / "bihuan-bench-city"))
os.environ.update(BIHUAN_DATA=str(DATA), DJANGO_SETTINGS_MODULE="bihuan.settings")
HEAD = """# Performance

Written by `make bench` (`python -m tests.bench`) at city size: 10 inspections, 30,000 petitions, 4,000 measures, made
from a fixed seed, on the embedded database. Ours and the floor were measured turn and turn about in one run; the ratio
counts, the milliseconds are those of the measuring machine ({machine}).

| id | act | ours | floor | ratio | goal | holds |
|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: our figure, the floor's (or None where the goal is absolute), and the goal."""

    id: str
    act: str
    ours: float
    floor: float | None
    goal: float
    unit: str = "ms"

    @property
    def measure(self) -> float:
        """What the goal is about: the ratio, or our own figure."""
        return self.ours / self.floor if self.floor else self.ours

    def row(self) -> str:
        """The table's row."""
        floor = f"{self.floor:.1f} {self.unit}" if self.floor else ""
        ratio = f"{self.measure:.2f} ×" if self.floor else ""
        goal = f"≤ {self.goal:g} ×" if self.floor else f"≤ {self.goal:g} {self.unit}"
        holds = "yes" if self.measure <= self.goal else "**no**"
        return f"| {self.id} | {self.act} | {self.ours:.1f} {self.unit} | {floor} | {ratio} | {goal} | {holds} |"


def alternately(ours: Callable[[], Any], floor: Callable[[], Any], times: int = 30) -> tuple[float, float]:
    """The medians of both, turn and turn about, in milliseconds."""
    from tests.bench.floor import timed

    mine, theirs = [], []
    for _ in range(times):
        mine += timed(ours, 1)
        theirs += timed(floor, 1)
    return statistics.median(mine), statistics.median(theirs)


def command(*words: str, data: Path | None = None) -> float:
    """How long a command takes, in seconds."""
    env = {**os.environ, "BIHUAN_DATA": str(data or DATA)}
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bihuan.cli", *words], env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> int:
    """Measure, print and write; exit status 1 when a goal does not hold."""
    if not (DATA / "bihuan.sqlite3").exists():
        command("sample", "city")
    command("collectstatic", "--no-input", "--verbosity", "0")
    import django

    django.setup()
    from tests.bench import lines

    found = [*lines.pages(alternately), *lines.deeds(alternately), *lines.papers_lines(), *lines.commands(command)]
    text = HEAD.format(machine=f"{os.cpu_count()} cores, Python {platform.python_version()}")
    text += "\n".join(line.row() for line in found) + "\n"
    (ROOT / "docs/performance.md").write_text(text)
    sys.stdout.write(text)
    return int(any(line.measure > line.goal for line in found))


if __name__ == "__main__":
    sys.exit(main())
