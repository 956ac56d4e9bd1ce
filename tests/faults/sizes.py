"""How often each fault is tried: a little in every run, the promised number with BIHUAN_FAULTS=floor (`make soak`)."""

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Kills of the server, of workers, of the database, of an import and its rows; pairs of clicks, bursts of twenty,
    rounds of editors; damaged backups, and backups while others write; acts of tampering; entries of a long trail;
    uploads cut short, uploads that stop half way, cuts of the power; calls to the disk that fail; how long a database
    is held, how long readers are fuzzed, and whether several together.
    """

    kills: int
    workers: int
    databases: int
    imports: int
    rows: int
    pairs: int
    bursts: int
    rounds: int
    damages: int
    backups: int
    acts: int
    entries: int
    breaks: int
    uploads: int
    cuts: int
    failing: int
    held: int
    seconds: int
    together: bool


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many seconds a mixed load lasts, how many come at once in a burst and for how long, how long each half of a
    soak lasts, how many rows a workbook that is taken in has, how many questions both databases are asked. `is_whole`:
    on a province's data and held to what is promised, not to what a shared machine can show.
    """

    mixed: float
    clients: int
    burst: float
    soak: float
    rows: int
    questions: int
    is_whole: bool = False


LITTLE = Sizes(
    kills=4,
    workers=1,
    databases=2,
    imports=5,
    rows=205,
    pairs=40,
    bursts=4,
    rounds=10,
    damages=12,
    backups=1,
    acts=200,
    entries=20_000,
    breaks=20,
    uploads=20,
    cuts=3,
    failing=5,
    held=1,
    seconds=4,
    together=True,
)
FLOOR = Sizes(
    kills=20,
    workers=5,
    databases=10,
    imports=30,
    rows=5000,
    pairs=1000,
    bursts=50,
    rounds=200,
    damages=50,
    backups=20,
    acts=1000,
    entries=1_000_000,
    breaks=100,
    uploads=100,
    cuts=30,
    failing=30,
    held=30,
    seconds=600,
    together=False,
)
IS_FLOOR = os.environ.get("BIHUAN_FAULTS") == "floor"
SIZES = FLOOR if IS_FLOOR else LITTLE
A_FEW = Crowd(mixed=6, clients=32, burst=6, soak=5, rows=300, questions=60)
MANY = Crowd(mixed=600, clients=150, burst=60, soak=1800, rows=5000, questions=500, is_whole=True)
CROWD = MANY if IS_FLOOR else A_FEW
