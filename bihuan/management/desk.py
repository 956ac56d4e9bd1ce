"""A desk without an office: papers into a temporary database, seven workbooks out of it.

Hides the office that is opened for the while. The ledgers' columns are those of the pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.http import QueryDict

from bihuan.core import export
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.gate.shelves import SHELVES, ledger_for, rows_of
from bihuan.intake.actions import papers as intake
from bihuan.intake.formats.kinds import home_of
from bihuan.intake.formats.petition_repeats import BOTH, NUMBER_TWICE
from bihuan.intake.queries import asking, drafting
from bihuan.intake.rules.kinds import KINDS
from bihuan.intake.understanding import Understood, understand_document
from bihuan.lib.flow import Refused
from bihuan.lib.ledger import view_of
from bihuan.lib.paper.document import Document, Unreadable
from bihuan.lib.paper.guarded import read_guarded
from bihuan.lib.reading.unit_names import OFFICE
from bihuan.matters import actions as matters
from bihuan.organisation.actions import appointing, organising
from bihuan.organisation.queries import scope, structure
from bihuan.organisation.rules.duties import Role

if TYPE_CHECKING:
    from bihuan.matters.models import Inspection
    from bihuan.organisation.models import Unit

NAMELESS = "未注明的督察"


def ledgers(files: Sequence[Path], to: Path, city: str, at: datetime) -> Iterator[str]:
    """Import the files and write the workbooks; yields a line for each. Refuses what cannot be written.

    A file that cannot be read keeps none of the others out; when all is written, the call is refused with its name.
    `city` is a code of GB/T 2260, or "" for the place that the papers name. Papers of one inspection amend each other;
    a paper that names none belongs to the only one that the others name.
    """
    read, faults = _read(files)
    papers, documents = [paper for paper, _ in read], [document for _, document in read]
    by, office = _open(city or _city_of(documents), at)
    directory = structure.directory(by.city)
    understood = [understand_document(document, directory, None) for document in documents]
    inspections = _inspections(understood, office, by, at)
    for paper, one in zip(papers, understood, strict=True):
        yield _take_in(paper, one, inspections[one.said("inspection")], by, at)
    to.mkdir(parents=True, exist_ok=True)
    for shelf in SHELVES.values():
        book = ledger_for(shelf, by)
        sheet = export.sheet_of(rows_of(shelf, by, ""), view_of(book, QueryDict("")), day_of(at), columns=book.columns)
        (to / f"{book.title}.xlsx").write_bytes(export.workbook_of([sheet]))
        yield f"{book.title}.xlsx：{len(sheet.rows)} {book.counted}"
    for doubt in asking.every_open_doubt():
        yield f"存疑：{doubt.intake.file.name} {doubt.question}"
    if faults:
        raise Unreadable("\n".join(faults))


@dataclass(frozen=True, slots=True)
class _Paper:
    path: Path
    data: bytes


def _read(files: Sequence[Path]) -> tuple[list[tuple[_Paper, Document]], list[str]]:
    """The files that can be read, and a sentence for each other. Refuses where there is none."""
    read, faults = [], []
    for path in files:
        try:
            paper = _Paper(path, path.read_bytes())
            read.append((paper, read_guarded(path.name, paper.data)))
        except FileNotFoundError:
            faults.append(f"没有这个文件：{path}。")
        except OSError:
            faults.append(f"打不开文件 {path}，请检查文件名、权限和磁盘。")
        except Unreadable as fault:
            faults.append(f"{path.name}没有读：{fault}")
    if not read:
        raise Unreadable("\n".join(faults))
    return read, faults


def _city_of(documents: Sequence[Document]) -> str:
    homes = (home_of(document) for document in documents)
    city = next((home.city for home in homes if home and home.city), "")
    if not city:
        raise Refused("看不出是哪个市的文件，请用 --city 写明行政区划代码，如 --city 130900。")
    return city


def _open(city: str, at: datetime) -> tuple[Actor, Unit]:
    robot = Actor.system("桌面", city)
    units = organising.open_office(city, by=robot, at=at)
    office = next(unit for unit in units.values() if unit.kind == OFFICE)
    person = appointing.add_person("经办", by=robot, at=at)
    post = appointing.add_post(office, "经办", by=robot, at=at)
    appointing.appoint(person, post, Role.COORDINATION, starts_on=day_of(at), by=robot, at=at)
    account = appointing.open_account(person, "desk", "never-logs-in", by=robot, at=at)
    return scope.actor_for(account, day_of(at)), office


def _inspections(papers: Sequence[Understood], office: Unit, by: Actor, at: datetime) -> dict[str, Inspection]:
    """{the name of an inspection as a paper has it: the inspection}; "" is that of papers that name none."""
    rules = matters.add_rule_set("缺省规则", by=by, at=at)
    named = list(dict.fromkeys(name for paper in papers if (name := paper.said("inspection"))))
    wanted = named if len(named) == 1 else [*named, NAMELESS]
    found = {
        name: matters.add_inspection(
            f"DC{place}", name, by=by, at=at, level="", kind="", region=office.region, rule_set=rules
        )
        for place, name in enumerate(wanted, 1)
    }
    return found | {"": found[wanted[-1]]}


def _take_in(paper: _Paper, understood: Understood, inspection: Inspection, by: Actor, at: datetime) -> str:
    name = paper.path.name
    if not drafting.writable(understood.plain):
        return f"{name}：{KINDS.get(understood.kind, understood.kind)}，没有要写入台账的内容"
    taken = intake.take_in(name, paper.data, understood, inspection, by=by, at=at)
    for doubt in drafting.doubts_of(taken).filter(kind=NUMBER_TWICE):  # nobody is there to be asked: none is left out
        intake.answer_doubt(doubt, BOTH, label=doubt.choices[0]["label"], by=by, at=at)
    taken = intake.commit_intake(taken, by=by, at=at)
    return f"{name}：{KINDS[taken.kind]}，读到{taken.rows_read}，新增{taken.rows_created}，更改{taken.rows_changed}"
