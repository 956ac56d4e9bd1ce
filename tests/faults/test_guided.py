"""B5: guided fuzzing of every reader of words: none raises what it does not promise, none takes long."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.sizes import SIZES

pytestmark = pytest.mark.rehearsed

READERS = (
    ("deadline", "deadlines", "moments", "recurrence", "document_number", "petition_number", "quantities", "number"),
    ("units", "place", "clean", "names", "redact", "redaction", "separated", "text"),
)
ROUNDS = READERS if SIZES.together else tuple((one,) for group in READERS for one in group)


def fuzzed(names: tuple[str, ...], seconds: int, folder: Path) -> tuple[int, str]:
    """How many texts these readers were given in so many seconds; and the fault that ended it, or ""."""
    command = [sys.executable, "-m", "tests.faults.guided", ",".join(names), str(seconds), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    tried = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    texts = [path.read_bytes()[:200] for path in folder.glob("*-*") if path.is_file()]
    return int(tried[1]) if tried else 0, "" if done.returncode == 0 else f"{texts} {done.stdout}{done.stderr}"[:3000]


@pytest.mark.parametrize("names", ROUNDS, ids=lambda names: names[0])
@pytest.mark.promise("B5")
def test_no_reader_raises_or_takes_long(names: tuple[str, ...], tmp_path: Path, figure: Callable[[str], None]) -> None:
    tried, fault = fuzzed(names, SIZES.seconds, tmp_path)

    assert fault == ""
    assert tried > 100
    figure(f"{'+'.join(names)}: {tried:,} texts in {SIZES.seconds} s")


@pytest.mark.teeth("B5")
def test_a_reader_that_looks_too_far_is_found(tmp_path: Path) -> None:
    assert "IndexError" in fuzzed(("planted",), 30, tmp_path)[1]
