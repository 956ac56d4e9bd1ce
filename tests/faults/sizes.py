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
    held=6,
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
SIZES = FLOOR if os.environ.get("BIHUAN_FAULTS") == "floor" else LITTLE
