"""`make bench`: the lines of the speed table that exist so far, ours and the floors.

`python -m tests.bench recurrences` asks instead how well recurrences are found (`tests/bench/linked.py`).
`python -m tests.bench duplicates`: how well petitions told twice are found (`tests/bench/repeated.py`).

Makes its database once, in the folder BIHUAN_BENCH (default: a temporary one), and writes docs/performance.md.
`python -m tests.bench forecast`: how early late measures are warned of; no database; writes into docs/forecast.md.
`python -m tests.bench dossier` measures the dossiers alone, which need no database, and prints their line.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

from tests.bench import dossier

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("BIHUAN_BENCH", Path(tempfile.gettempdir()) / "bihuan-bench-city"))
HEAD = """# Performance

Written by `make bench` (`python -m tests.bench`) at city size: 10 inspections, 30,000 petitions, 4,000 measures, made
from a fixed seed, on the embedded database. Pages were asked for over HTTP from the real server with two workers; ours
and the floor were measured turn and turn about in one run. The ratio counts; the milliseconds are those of the
measuring machine ({machine}). A floor is the same amount of page, writing or reading made of the same parts and
nothing else: `tests/bench/floor_app.py`, `tests/bench/floor.py`. Petitions told twice, how many are found and how fast:
`python -m tests.bench duplicates` writes docs/duplicates.md.

| id | act | ours | floor | ratio | goal | holds |
|---|---|---|---|---|---|---|
"""


def command(*words: str, data: Path | None = None) -> float:
    """How long a command takes, in seconds."""
    env = {**os.environ, "BIHUAN_DATA": str(data or DATA)}
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bihuan.cli", *words], env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> int:
    """Measure, print and write; exit status 1 when a goal does not hold."""
    os.environ.update(BIHUAN_DATA=str(DATA), DJANGO_SETTINGS_MODULE="bihuan.settings")
    if not (DATA / "bihuan.sqlite3").exists():
        command("sample", "city")
    command("migrate", "--verbosity", "0")
    command("collectstatic", "--no-input", "--verbosity", "0")
    import django

    django.setup()
    from tests.bench import lines, served

    text = HEAD.format(machine=f"{os.cpu_count()} cores, Python {platform.python_version()}")
    sys.stdout.write(text)
    is_all = True
    for line in chain(served.lines(DATA), lines.lines(command), dossier.lines()):
        sys.stdout.write(f"{line.row()}\n")
        text += f"{line.row()}\n"
        is_all = is_all and line.holds
    (ROOT / "docs/performance.md").write_text(text)
    return int(not is_all)


if __name__ == "__main__":
    from tests.bench import forecast, linked, repeated

    asked = {
        "recurrences": linked.main,
        "duplicates": repeated.main,
        "forecast": forecast.main,
        "dossier": dossier.main,
    }
    sys.exit(asked.get(" ".join(sys.argv[1:]), main)())
