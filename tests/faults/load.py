"""A crowd before a served site: who asks for what, how long it took, how it was answered, what was acknowledged."""

import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode

from tests.served import Clerk, Site

BROKEN = 599  # noted where no answer came
DONE = {200, 302}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody asks for; with a form, what is written there is called `name`."""

    kind: str
    path: str
    form: dict[str, str] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """How one act was answered, and after how many seconds."""

    act: Act
    status: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All answers that a crowd had within some seconds."""

    answers: Sequence[Answer]
    seconds: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.answers) / self.seconds

    @property
    def mean(self) -> float:
        """The seconds that an answer took, on average."""
        return sum(one.seconds for one in self.answers) / len(self.answers)

    def within(self, share: float, kind: str = "") -> float:
        """The seconds within which this share of the acts (of one kind) was answered."""
        times = sorted(one.seconds for one in self.answers if kind in ("", one.act.kind))
        return times[min(int(len(times) * share), len(times) - 1)]

    @property
    def faults(self) -> Counter[int]:
        """The answers that nobody should have: 5xx, or none; by status."""
        return Counter(one.status for one in self.answers if one.status not in DONE)

    @property
    def acknowledged(self) -> list[str]:
        """What the site said that it wrote."""
        return [one.act.name for one in self.answers if one.act.name and one.status in DONE]

    def said(self) -> str:
        """The figures in a few words."""
        p50, p95, p99 = (self.within(share) * 1000 for share in (0.5, 0.95, 0.99))
        return f"{self.rate:.0f} req/s, p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f} ms"


class Visitor:
    """One of the crowd: a connection that is kept, a session that a clerk of his opened."""

    def __init__(self, clerk: Clerk) -> None:
        clerk.read("/settings/people/")
        self.port, self.token = clerk.site.port, clerk.token
        cookie = "; ".join(f"{one.name}={one.value}" for one in clerk.jar)
        self.headers = {"Cookie": cookie, "Host": f"127.0.0.1:{self.port}", "Accept-Encoding": "gzip"}
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def ask(self, act: Act) -> Answer:
        """Ask once, and wait for the whole answer. A line that breaks is an answer nobody should have."""
        begun = time.perf_counter()
        try:
            self._send(act)
            answer = self.line.getresponse()
            answer.read()
            return Answer(act, answer.status, time.perf_counter() - begun)
        except (OSError, http.client.HTTPException):
            self.line.close()
            return Answer(act, BROKEN, time.perf_counter() - begun)

    def _send(self, act: Act) -> None:
        if not act.form:
            self.line.request("GET", act.path, headers=self.headers)
            return
        body = urlencode({**act.form, "csrfmiddlewaretoken": self.token})
        self.line.request("POST", act.path, body, {**self.headers, "Content-Type": "application/x-www-form-urlencoded"})


def crowd(
    clerks: Sequence[Clerk], clients: int, seconds: float, acts: Callable[[random.Random], Act], pause: float = 0
) -> Measured:
    """So many clients for so long, each asking for one act after the other, `pause` seconds from one to the next."""
    visitors = [Visitor(clerks[number % len(clerks)]) for number in range(clients)]
    answers: list[list[Answer]] = [[] for _ in visitors]
    until = time.monotonic() + seconds

    def visit(number: int) -> None:
        dice = random.Random(number)  # noqa: S311 -- a crowd, not secrets
        time.sleep(pause * dice.random())
        while (begun := time.monotonic()) < until:
            answers[number].append(visitors[number].ask(acts(dice)))
            time.sleep(max(0.0, begun + pause - time.monotonic()))
        visitors[number].line.close()

    threads = [threading.Thread(target=visit, args=(number,), daemon=True) for number in range(clients)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return Measured([one for own in answers for one in own], seconds)


class Mix:
    """What a crowd does: 45 of 100 open a list, 45 one matter, 10 write. Half of the writes add somebody, half hand a
    petition of the tray over, as long as there is one.
    """

    LISTS = (
        "/ledgers/petitions/",
        "/ledgers/petitions/?state=in_tray",
        "/ledgers/petitions/?main_type=%E5%A4%A7%E6%B0%94",
        "/ledgers/problems/",
        "/ledgers/measures/",
        "/search/?q=%E5%BC%82%E5%91%B3",
        "/",
    )

    def __init__(self, site: Site, turn: str) -> None:
        rows = site.rows("SELECT code, kind, state FROM bihuan_matter WHERE NOT is_withdrawn ORDER BY id")
        self.pages = [f"/{kind}s/{code}/" for code, kind, _ in rows]
        self.tray = iter([str(code) for code, _, state in rows if state == "in_tray"])
        [[self.unit]] = site.rows("SELECT min(id) FROM bihuan_unit WHERE kind = '部门'")
        self.turn, self.numbers, self.lock = turn, count(), threading.Lock()

    def __call__(self, dice: random.Random) -> Act:
        """The next act."""
        return self.read(dice) if dice.random() < 0.9 else self.written()

    def read(self, dice: random.Random) -> Act:
        """The next act that only reads."""
        is_list = dice.random() < 0.5
        return Act("list", dice.choice(self.LISTS)) if is_list else Act("detail", dice.choice(self.pages))

    def written(self, _: random.Random | None = None) -> Act:
        """The next act that writes."""
        with self.lock:
            number, code = next(self.numbers), next(self.tray, "")
        name = f"{self.turn}-{number}"
        if number % 2 and code:
            form = {"move": "assign", "units": str(self.unit), "once": name}
            return Act("write", f"/petitions/{code}/", form, code)
        return Act("write", "/settings/people/", {"name": name, "once": name}, name)


def written(site: Site) -> Counter[str]:
    """Everything that a mix can have written: people by name, petitions by code, once for each unit that has them."""
    handed = site.rows(
        "SELECT m.code FROM bihuan_undertaking u JOIN bihuan_petition p ON u.petition_id = p.id"
        " JOIN bihuan_matter m ON p.matter_id = m.id WHERE NOT u.is_withdrawn"
    )
    return site.names() + Counter(str(code) for (code,) in handed)
