"""Clients of a served site: one that asks and times, several at once that count; a session's cookie."""

import http.client
import multiprocessing
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

PER_CLIENT = 4  # clients that share a process, so that asking costs less than answering


@dataclass(frozen=True, slots=True)
class Target:
    """A page of a served site, asked for with this cookie; with `form`, a form sent there with a new name each time."""

    port: int
    path: str
    cookie: str
    form: str = ""

    def ask(self, connection: http.client.HTTPConnection) -> float:
        """Ask once; how long it took, in milliseconds. A refusal (not 200, nor 302 after a form) ends the bench."""
        headers = {"Cookie": self.cookie, "Host": f"127.0.0.1:{self.port}"}
        begun = time.perf_counter()
        if self.form:
            name = uuid4().hex
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", self.path, f"{self.form}&name={name}&once={name}", headers)
        else:
            connection.request("GET", self.path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != (302 if self.form else 200):
            raise RuntimeError(f"{self.path}: {answer.status}")
        return (time.perf_counter() - begun) * 1000


@contextmanager
def connected(port: int) -> Iterator[http.client.HTTPConnection]:
    """A connection that is kept until the end."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        yield connection
    finally:
        connection.close()


def medians(*targets: Target, times: int = 40) -> list[float]:
    """The medians of several pages, asked for turn and turn about, in milliseconds."""
    taken: list[list[float]] = [[] for _ in targets]
    for target in targets:
        with connected(target.port) as connection:
            for _ in range(4):
                target.ask(connection)
    for _ in range(times):
        for target, own in zip(targets, taken, strict=True):
            with connected(target.port) as connection:
                target.ask(connection)
                own.append(target.ask(connection))
    return [statistics.median(own) for own in taken]


def crowd(target: Target, clients: int, seconds: float) -> tuple[float, float]:
    """(requests a second, 95th percentile in milliseconds) of several clients at once."""
    with multiprocessing.get_context("spawn").Pool(clients // PER_CLIENT) as pool:
        until = time.time() + 1 + seconds  # noqa: TID251 -- the bench's own clock, shared by its processes
        counted = pool.starmap(_several, [(target, until, seconds)] * (clients // PER_CLIENT))
    times = sorted(one for own in counted for one in own)
    return len(times) / seconds, times[int(len(times) * 0.95)]


def _several(target: Target, until: float, seconds: float) -> list[float]:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(PER_CLIENT) as pool:
        found = pool.map(lambda _: _one(target, until, seconds), range(PER_CLIENT))
    return [time for own in found for time in own]


def _one(target: Target, until: float, seconds: float) -> list[float]:
    time.sleep(max(0, until - seconds - time.time()))  # noqa: TID251 -- as above
    taken = []
    with connected(target.port) as connection:
        while time.time() < until:  # noqa: TID251 -- as above
            taken.append(target.ask(connection))
    return taken
