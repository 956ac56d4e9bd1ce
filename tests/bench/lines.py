"""What is measured: each function gives lines of the table."""

import itertools
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.test import Client

from bihuan.core import clock, export
from bihuan.core.actor import Actor
from bihuan.intake.understanding import understand_file
from bihuan.lib.ledger import view_of
from bihuan.organisation import actions as organisation
from bihuan.organisation import queries
from bihuan.organisation.models import Account
from bihuan.petitions.ledger import PETITIONS
from bihuan.petitions.queries import petitions_found, petitions_seen
from bihuan.sample import papers, petition_text
from bihuan.sample.office import CITY
from tests.bench.__main__ import Line
from tests.bench.floor import bare_page, bare_write, like_search, timed

Alternately = Callable[..., tuple[float, float]]
LEDGER = "/ledgers/petitions/?state=in_tray&main_type=大气"


def clerk() -> tuple[Client, Actor]:
    account = Account.objects.get(username="zonghe")
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client, queries.actor_for(account, clock.today())


def pages(alternately: Alternately) -> Iterator[Line]:
    client, by = clerk()
    first = client.get(LEDGER)
    floor = bare_page(client.session.session_key or "", len(first.content))
    yield Line(
        "P1", "filtered ledger page, 50 rows, one client, p50", *alternately(lambda: client.get(LEDGER), floor), 3
    )
    far = f"/ledgers/petitions/?page={int(petitions_seen(by).count() * 0.75) // 50}"
    yield Line(
        "P3",
        "page at 75 % of all, against the first page",
        *alternately(lambda: client.get(far), lambda: client.get("/ledgers/petitions/")),
        1.5,
    )
    yield Line(
        "P4",
        "search of all text, 50 hits, against LIKE",
        *alternately(lambda: list(petitions_found(by, "粪污贮存池")[:50]), lambda: like_search("粪污贮存池")),
        0.06,
    )
    code = petitions_seen(by).first().matter.code
    yield Line("P5", "one matter with its trail", timed(lambda: client.get(f"/petitions/{code}/"), 20)[10], None, 25)


def deeds(alternately: Alternately) -> Iterator[Line]:
    robot, numbers = Actor.system("测速", CITY), itertools.count(int(clock.now().timestamp()) % 1_000_000)
    ours = lambda: organisation.add_person(f"测速{next(numbers)}", by=robot, at=clock.now())  # noqa: E731 -- one line beside the other
    yield Line(
        "P6",
        "one deed with trail and fsync, against a bare write",
        *alternately(ours, lambda: bare_write(next(numbers))),
        4,
    )
    _, by = clerk()
    view = view_of(PETITIONS, _Nothing())
    rows = petitions_seen(by).filter(matter__inspection__code="B1")
    sheet = export.sheet_of(rows, view, clock.today(), columns=PETITIONS.columns)
    whole = timed(
        lambda: export.workbook_of([export.sheet_of(rows, view, clock.today(), columns=PETITIONS.columns)]), 1
    )[0]
    alone = timed(lambda: export.workbook_of([sheet]), 1)[0]
    yield Line(
        "P9",
        f"export of {len(sheet.rows)} rows × {len(sheet.heads)} columns, against the writer alone",
        whole,
        alone,
        2.9,
    )


def papers_of() -> tuple[bytes, bytes]:
    batch = next(petition_text.batches(total=200, count=1, answered=1))
    return papers.narrative_docx(), papers.batch_docx(batch)


def papers_lines() -> Iterator[Line]:
    directory = queries.directory(CITY)
    plan, batch = papers_of()
    yield Line(
        "U1",
        "the 60-measure plan understood",
        timed(lambda: understand_file("方案.docx", plan, directory, None), 3)[1] / 1000,
        None,
        2,
        "s",
    )
    yield Line(
        "U2",
        "a batch of 200 petitions understood",
        timed(lambda: understand_file("批次.docx", batch, directory, None), 3)[1] / 1000,
        None,
        3,
        "s",
    )


def commands(command: Callable[..., float]) -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        yield Line(
            "P15",
            "empty database by migrations",
            command("migrate", "--verbosity", "0", data=Path(folder)),
            None,
            15,
            "s",
        )
    yield Line("E1", "`examine` of a city", command("examine"), None, 60, "s")


class _Nothing:
    """An address that asks for nothing."""

    def getlist(self, key: str, /) -> list[str]:  # noqa: ARG002 -- the protocol's
        return []

    def get(self, key: str, /) -> Any:  # noqa: ARG002 -- the protocol's
        return None
