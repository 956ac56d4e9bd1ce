"""A desk without an office: papers into a temporary database, seven workbooks out of it.

Hides the office that is opened for the while. The ledgers' columns are those of the pages.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.http import QueryDict

from bihuan.core import export
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.intake import actions as intake
from bihuan.intake import queries as intake_queries
from bihuan.intake.rules.kinds import KINDS
from bihuan.intake.understanding import understand_file
from bihuan.lib.ledger import view_of
from bihuan.matters import actions as matters
from bihuan.matters.models import Inspection
from bihuan.organisation import actions as organisation
from bihuan.organisation import queries
from bihuan.organisation.rules.duties import Role
from bihuan.petitions.ledger import PETITIONS
from bihuan.petitions.queries import petitions_seen
from bihuan.rectification import ledger
from bihuan.rectification.queries import measures_seen, problems_seen

BOOKS = (
    (ledger.PROBLEMS, problems_seen),
    (ledger.MEASURES, measures_seen),
    (PETITIONS, petitions_seen),
    (ledger.PROBLEM_LIST, problems_seen),
    (ledger.RECTIFICATION_LIST, measures_seen),
    (ledger.RESPONSIBILITY_LIST, problems_seen),
    (ledger.EFFECT_LIST, problems_seen),
)


def ledgers(files: Sequence[Path], to: Path, city: str, at: datetime) -> Iterator[str]:
    """Import the files and write the workbooks; yields a line for each. Refuses what cannot be read or written."""
    by, inspection = _open(city, at)
    for path in files:
        yield _take_in(path, inspection, by, at)
    to.mkdir(parents=True, exist_ok=True)
    for book, rows in BOOKS:
        sheet = export.sheet_of(rows(by), view_of(book, QueryDict("")), day_of(at), columns=book.columns)
        (to / f"{book.title}.xlsx").write_bytes(export.workbook_of([sheet]))
        yield f"{book.title}.xlsx：{len(sheet.rows)} {book.counted}"
    for doubt in intake_queries.every_open_doubt():
        yield f"存疑：{doubt.intake.file.name} {doubt.question}"


def _open(city: str, at: datetime) -> tuple[Actor, Inspection]:
    robot = Actor.system("桌面", city)
    units = organisation.open_office(city, by=robot, at=at)
    office = next(unit for name, unit in units.items() if name.endswith("整改办"))
    person = organisation.add_person("经办", by=robot, at=at)
    post = organisation.add_post(office, "经办", by=robot, at=at)
    organisation.appoint(person, post, Role.COORDINATION, starts_on=day_of(at), by=robot, at=at)
    account = organisation.open_account(person, "desk", "never-logs-in", by=robot, at=at)
    rules = matters.add_rule_set("缺省规则", by=robot, at=at)
    inspection = matters.add_inspection(
        "DC", "督察", by=robot, at=at, level="", kind="", region=office.region, rule_set=rules
    )
    return queries.actor_for(account, day_of(at)), inspection


def _take_in(path: Path, inspection: Inspection, by: Actor, at: datetime) -> str:
    data = path.read_bytes()
    understood = understand_file(path.name, data, queries.directory(by.city), None)
    if not intake_queries.writable(understood.plain):
        return f"{path.name}：{KINDS.get(understood.kind, understood.kind)}，没有要写入台账的内容"
    taken = intake.commit_intake(intake.take_in(path.name, data, understood, inspection, by=by, at=at), by=by, at=at)
    return (
        f"{path.name}：{KINDS[taken.kind]}，读到{taken.rows_read}，新增{taken.rows_created}，更改{taken.rows_changed}"
    )
