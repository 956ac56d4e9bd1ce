"""A ledger that comes back damaged: its rows are known again, nothing wrong is written, and every refusal is listed.

One export of the sample city's measures, some forty damages. What is counted is printed (`pytest -s`).
"""

import io
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict

from bihuan.core import export
from bihuan.core.actor import Actor
from bihuan.intake.actions import papers as actions
from bihuan.intake.formats.returned import Returned, folded
from bihuan.intake.queries import returning
from bihuan.intake.rules import returning as rules
from bihuan.intake.rules.returning import Comparison, Known, Matched
from bihuan.intake.understanding import understand_document
from bihuan.lib.ledger import view_of
from bihuan.lib.paper.reading import read_paper
from bihuan.lib.paper.returnable import returnable_workbook
from bihuan.matters.models import Inspection
from bihuan.organisation.queries import structure
from bihuan.rectification.ledger import MEASURES
from bihuan.rectification.queries import sight
from bihuan.sample import papers
from bihuan.sample.office import CITY, actor_of, furnish
from tests.damages import DAMAGES, FIRST
from tests.kept import leads_up
from tests.returned import head_of, packed

AT = datetime(2022, 6, 2, 1, 0, tzinfo=UTC)
DAYS = ("2023-01-31", "2023/2/28", "2023.3.31", "2023年4月30日", "45077", "20230630")
MEANT = ("2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31", "2023-06-30")
Truth = dict[tuple[str, str], str]


class Corpus:
    """The sample city's first plan in the ledgers, and the workbook of its measures."""

    def __init__(self) -> None:
        office = furnish(AT)
        self.clerk: Actor = actor_of("zonghe")
        self.inspection: Inspection = office.inspections["HE2"]
        paper = next(one for one in papers.papers() if one.name == "沧州市整改方案.docx")
        understood = understand_document(
            read_paper(paper.name, paper.data), structure.directory(CITY), self.inspection.feedback_on
        )
        unit = office.units[paper.unit]
        taken = actions.take_in(paper.name, paper.data, understood, self.inspection, unit=unit, by=self.clerk, at=AT)
        actions.commit_intake(taken, by=self.clerk, at=AT)
        rows = sight.measures_seen(self.clerk)
        meta = {"city": CITY, "by": self.clerk.name, "inspections": ["HE2"]}
        view = view_of(MEASURES, QueryDict())
        self.data = returnable_workbook(export.form_of(rows, view, date(2022, 6, 2), lists={}, meta=meta))

    def filled(self) -> tuple[Any, Truth]:
        """The workbook with a few cells filled in, and what they must become."""
        book = openpyxl.load_workbook(io.BytesIO(self.data))
        page = book.worksheets[0]
        heads, truth = head_of(page), {}
        days = enumerate(zip(DAYS, MEANT, strict=True))
        edits = [(FIRST + 2 * place, "时限", "due", said, meant) for place, (said, meant) in days]
        signs = {number: f"验收第{number}号" for number in (5, 27, 61)}
        edits += [(number, "完成标志", "completion_sign", sign, sign) for number, sign in signs.items()]
        both = "沧州市水利局、沧县党委和政府"
        units = ((28, "市水务局", "沧州市水利局"), (62, both, both))
        edits += [(number, "责任单位", "responsible", said, meant) for number, said, meant in units]
        for number, label, name, said, meant in edits:
            page.cell(number, heads[label]).value = said
            truth[str(page.cell(number, 1).value), name] = meant
        return book, truth

    @cached_property
    def codes(self) -> dict[tuple[str, ...], str]:
        """{what nobody may change of a row: its code}."""
        page = openpyxl.load_workbook(io.BytesIO(self.data)).worksheets[0]
        heads, lines = head_of(page), page.iter_rows(min_row=FIRST)
        places = [heads[label] - 1 for label in ("问题序号", "措施序号", "措施内容")]
        return {tuple(folded(str(line[at].value)) for at in places): str(line[0].value) for line in lines}

    def read(self, name: str, data: bytes) -> Comparison:
        """What comes of a workbook."""
        back = returning.recognised(read_paper(name, data), self.inspection, self.clerk)
        assert back is not None, name
        return returning.held_against(back, self.inspection, self.clerk, {})


@pytest.fixture
@leads_up
def corpus(db: None) -> Corpus:
    return Corpus()


def damaged(corpus: Corpus) -> Iterator[tuple[str, bytes, Truth]]:
    """Every damage as (its name, the workbook, what must be written)."""
    for name, harm in DAMAGES.items():
        book, truth = corpus.filled()
        yield f"{name}.xlsx", packed(harm(book) or book), truth


def wrong_writes(found: Comparison, truth: Truth) -> list[str]:
    """Cells that are ticked and are not what somebody filled in."""
    ticked = found.of(rules.CHANGE)
    return [f"{cell.place} {cell.mine}" for cell in ticked if truth.get((cell.code, cell.column)) != cell.mine]


def unlisted(found: Comparison, truth: Truth) -> list[str]:
    """Cells that somebody filled in, on rows that are known again, and that are neither offered nor refused."""
    told = {(cell.code, cell.column) for cell in found.cells}
    rows = {one.code for one in found.matched}
    return [f"{code} {name}" for code, name in truth if code in rows and (code, name) not in told]


def judged(corpus: Corpus, name: str, data: bytes, truth: Truth) -> tuple[int, int, list[str]]:
    """(rows that were known again, rows of the ledger that were there, what is wrong)."""
    found = corpus.read(name, data)
    codes = {*corpus.codes.values()}
    own = [one.line.key if one.line.key in codes else "" for one in found.matched]
    were = [(one, corpus.codes.get(_words(one.line.cells), key)) for one, key in zip(found.matched, own, strict=True)]
    faults = [
        f"row {one.line.row} is taken for {one.code}" for one, code in were if code and one.code not in ("", code)
    ]
    faults += [f"row {one.line.row} is lost" for one, _ in were if not (one.code or one.candidates or one.why)]
    faults += [f"wrong: {cell}" for cell in wrong_writes(found, truth)]
    faults += [f"unlisted: {cell}" for cell in unlisted(found, truth)]
    known = [code for one, code in were if code and one.code == code]
    return len(known), sum(bool(code) for _, code in were), [f"{name}: {fault}" for fault in faults]


def _words(cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(folded(cells.get(name, "")) for name in ("problem", "number", "text"))


def judged_all(corpus: Corpus, files: Iterable[tuple[str, bytes, Truth]]) -> tuple[int, int, list[str]]:
    """The sums of many."""
    each = [judged(corpus, *file) for file in files]
    for (name, *_), (known, were, faults) in zip(files, each, strict=True):
        print(f"{name:50} {known:4} of {were:4} {len(faults)}")  # noqa: T201 -- the figures are what it is run for
    return sum(one[0] for one in each), sum(one[1] for one in each), [fault for one in each for fault in one[2]]


def test_damaged_workbooks_are_known_again_and_nothing_wrong_is_written(corpus: Corpus) -> None:
    files = [*damaged(corpus)]

    known, were, faults = judged_all(corpus, files)

    print(f"{len(files)} damages, {known} of {were} rows known again ({known / were:.1%}), {len(faults)} faults")  # noqa: T201 -- as above
    assert faults == []
    assert known >= 0.95 * were
    assert len(files) >= 40


def test_a_clean_workbook_gives_every_cell(corpus: Corpus) -> None:
    book, truth = corpus.filled()

    found = corpus.read("clean.xlsx", packed(book))

    assert {(cell.code, cell.column): cell.mine for cell in found.of(rules.CHANGE)} == truth
    assert len(found.cells) == len(truth)


def test_rows_matched_by_their_place_are_caught(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tooth: a matching that looks at no key and no word."""

    def by_place(back: Returned, known: Sequence[Known], *_: object) -> tuple[Matched, ...]:
        return tuple(Matched(line, one.code, "key") for line, one in zip(back.lines, known, strict=False))

    monkeypatch.setattr(rules, "matched", by_place)

    _, _, faults = judged_all(corpus, [one for one in damaged(corpus) if one[0] == "turned_round.xlsx"])

    assert any("is taken for" in fault for fault in faults)
    assert any("wrong" in fault for fault in faults)


def test_pushed_columns_that_nobody_doubts_are_caught(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tooth: whatever stands in a cell was meant."""
    monkeypatch.setattr(rules, "_doubted", lambda cell, _: cell)

    _, _, faults = judged_all(corpus, [one for one in damaged(corpus) if one[0] == "a_column_pushed_down.xlsx"])

    assert any("wrong" in fault for fault in faults)


def test_other_programs_save_it_and_it_is_still_known(corpus: Corpus, tmp_path: Path) -> None:
    """What LibreOffice makes of it, where it is installed; the rest of the corpus is saved by openpyxl."""
    book, truth = corpus.filled()
    files = [("again.xlsx", packed(book), truth)]
    if program := shutil.which("soffice"):
        (tmp_path / "台账.xlsx").write_bytes(packed(book))
        home = f"-env:UserInstallation=file://{tmp_path}/home"
        for kind in ("ods", "xls"):
            asked = [program, home, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), "台账.xlsx"]
            subprocess.run(asked, cwd=tmp_path, check=True, capture_output=True, timeout=300)
            files.append((f"saved.{kind}", (tmp_path / f"台账.{kind}").read_bytes(), truth))

    known, were, faults = judged_all(corpus, files)

    assert faults == []
    assert known == were == len(files) * len(corpus.codes)
