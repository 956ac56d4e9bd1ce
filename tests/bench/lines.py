"""Lines measured without a server: deeds, searches, papers in, ledgers out, commands."""

import itertools
import statistics
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import QueryDict

from bihuan.core import clock, export, still
from bihuan.core.actor import Actor
from bihuan.intake.actions import papers as intake
from bihuan.intake.understanding import understand_file
from bihuan.lib.ledger import view_of
from bihuan.matters.models import Inspection
from bihuan.organisation.actions import appointing
from bihuan.organisation.queries import structure
from bihuan.petitions.ledger import PETITIONS
from bihuan.petitions.models import Batch
from bihuan.petitions.queries import board, crossing, petitions_found, petitions_seen
from bihuan.petitions.queries import statistics as tables
from bihuan.petitions.rules.penalties import PENALTIES
from bihuan.sample import papers, petition_text
from bihuan.sample.office import CITY
from tests.bench.floor import bare_import, bare_write, covered, like_search, timed
from tests.bench.line import Line
from tests.bench.served import clerk

WORDS = "粪污贮存池"
IMPORTED = 1_000


def alternately(ours: Callable[[], Any], floor: Callable[[], Any], times: int = 30) -> tuple[float, float]:
    """The medians of both, turn and turn about, in milliseconds."""
    pairs = [(timed(ours, 1)[0], timed(floor, 1)[0]) for _ in range(times)]
    return statistics.median(mine for mine, _ in pairs), statistics.median(theirs for _, theirs in pairs)


def lines(command: Callable[..., float]) -> Iterator[Line]:
    """Every line of this module; `command` runs one of the program's own and times it."""
    yield from deeds()
    yield from counts()
    yield from papers_in()
    yield from ledgers_out()
    yield from commands(command)


def deeds() -> Iterator[Line]:
    """P4 and P6."""
    _, by = clerk()
    robot, numbers = Actor.system("测速", CITY), itertools.count(int(clock.now().timestamp()) % 1_000_000)
    hits = ("matter__code", "number", "content")  # what the page of a search asks for
    found = alternately(lambda: list(petitions_found(by, WORDS).values_list(*hits)[:50]), lambda: like_search(WORDS))
    yield Line("P4", "search of all text, 50 hits, against LIKE", *found, 0.06)
    written = alternately(
        lambda: appointing.add_person(f"测速{next(numbers)}", by=robot, at=clock.now()),
        lambda: bare_write(next(numbers)),
    )
    yield Line("P6", "one deed with trail and fsync, against a bare write", *written, 4)


def counts() -> Iterator[Line]:
    """P11: petitions counted over everything, nothing kept."""
    _, by = clerk()
    asked: dict[str, tuple[Callable[[], Any], tuple[str, ...]]] = {
        "where all petitions stand": (lambda: board.standing(by, ""), ()),
        "petitions by place, with truth, closing and penalties": (
            lambda: tables.table(by, "", "region"),
            (*PENALTIES,),
        ),
        "petitions by place × type": (lambda: crossing.crossing(by, "", "region", "main_type"), ()),
    }
    for act, (ask, sums) in asked.items():
        found = alternately(partial(_forgotten, ask), partial(covered, *sums), times=9)
        yield Line("P11", f"{act}, nothing cached, against the covering index", *found, 2)


def _forgotten(ask: Callable[[], Any]) -> None:
    still.forget()
    ask()


def papers_in() -> Iterator[Line]:
    """U1, U2 and P8."""
    directory = structure.directory(CITY)
    plan, batch = papers.narrative_docx(), papers.batch_docx(_batch(200))
    plan_taken = timed(lambda: understand_file("方案.docx", plan, directory, None), 3)[1] / 1000
    yield Line("U1", "the 60-measure plan understood", plan_taken, None, 2, "s")
    batch_taken = timed(lambda: understand_file("批次.docx", batch, directory, None), 3)[1] / 1000
    yield Line("U2", "a batch of 200 petitions understood", batch_taken, None, 3, "s")
    _, by = clerk()
    book, inspection = papers.batch_xlsx(_batch(IMPORTED)), Inspection.objects.get(code="HE2")
    ours = timed(lambda: _take_in(book, inspection, by), 1)[0]
    floor = timed(lambda: _bare(book, inspection), 1)[0]
    act = f"import of a workbook with {IMPORTED:,} rows, checks, trail and index"
    yield Line("P8", act, IMPORTED / ours * 1000, IMPORTED / floor * 1000, 0.35, "rows/s", is_least=True)


def _batch(count: int) -> petition_text.BatchText:
    return next(petition_text.batches(total=count, count=1, answered=1))


def _take_in(book: bytes, inspection: Inspection, by: Actor) -> None:
    """The whole way of a paper; nothing of it stays."""
    with transaction.atomic():
        understood = understand_file("批次.xlsx", book, structure.directory(CITY), None)
        taken = intake.take_in("批次.xlsx", book, understood, inspection, by=by, at=clock.now())
        intake.commit_intake(taken, by=by, at=clock.now())
        transaction.set_rollback(True)


def _bare(book: bytes, inspection: Inspection) -> None:
    with transaction.atomic():
        batch = Batch.objects.create(inspection=inspection, label="测速", city=CITY)
        bare_import(book, inspection, batch)
        transaction.set_rollback(True)


def ledgers_out() -> Iterator[Line]:
    """P9."""
    _, by = clerk()
    view, rows = view_of(PETITIONS, QueryDict("")), petitions_seen(by).filter(matter__inspection__code="B1")
    sheet = export.sheet_of(rows, view, clock.today(), columns=PETITIONS.columns)
    ours, alone = alternately(
        lambda: export.workbook_of([export.sheet_of(rows, view, clock.today(), columns=PETITIONS.columns)]),
        lambda: export.workbook_of([sheet]),
        times=3,
    )
    act = f"export of {len(sheet.rows):,} rows × {len(sheet.heads)} columns, against the writer alone"
    yield Line("P9", act, ours, alone, 2.9)


def commands(command: Callable[..., float]) -> Iterator[Line]:
    """P15 and the examination."""
    with tempfile.TemporaryDirectory() as folder:
        took = command("migrate", "--verbosity", "0", data=Path(folder))
    yield Line("P15", "empty database by migrations", took, None, 15, "s")
    yield Line("E1", "`examine` of a city", command("examine"), None, 60, "s")
