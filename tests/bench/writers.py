"""Several writers at once on the embedded database: `python -m tests.bench.writers KIND SECONDS` is one of them.

Says when it is ready, begins when a line comes in, and prints how many writes it did, how many were refused, and its
95th percentile in milliseconds.
"""

import itertools
import os
import subprocess
import sys
import time

WRITERS = 8


def crowd(kind: str, seconds: float) -> tuple[float, int, float]:
    """(writes a second, refused, 95th percentile in milliseconds) of eight writers of one kind: ours or floor."""
    command = [sys.executable, "-m", "tests.bench.writers", kind, str(seconds)]
    pipe = subprocess.PIPE
    running = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(WRITERS)]
    for one in running:
        assert one.stdout is not None
        one.stdout.readline()
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate()[0].split() for one in running]
    return (
        sum(int(count) for count, _, _ in said) / seconds,
        sum(int(refused) for _, refused, _ in said),
        max(float(slow) for _, _, slow in said),
    )


def main(kind: str, seconds: float) -> None:
    """Write for so long."""
    import django

    django.setup()
    from django.db import DatabaseError

    from bihuan.core import clock
    from bihuan.core.actor import Actor
    from bihuan.organisation import actions
    from bihuan.sample.office import CITY
    from tests.bench.floor import bare_write

    robot = Actor.system("测速", CITY)
    write = {
        "ours": lambda number: actions.add_person(f"测速{number}", by=robot, at=clock.now()),
        "floor": bare_write,
    }[kind]
    taken, refused = [], 0
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    until = time.perf_counter() + seconds
    for number in itertools.count(os.getpid() * 1_000_000 + int(clock.now().timestamp()) % 1_000_000):
        begun = time.perf_counter()
        if begun >= until:
            break
        try:
            write(number)
        except DatabaseError:
            refused += 1
        taken.append((time.perf_counter() - begun) * 1000)
    sys.stdout.write(f"{len(taken) - refused} {refused} {sorted(taken)[int(len(taken) * 0.95)]}\n")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
