"""A unit's progress in one workbook: taken out, filled in as a person would, brought back; each row by itself."""

import io
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.matters.models import ProgressReport
from bihuan.rectification.models import Indicator, IndicatorReading
from bihuan.rectification.rules.filled_in import COLUMNS
from tests.cast import Cast, account_of
from tests.loop import Loop, make_loop
from tests.makers import make_measure

PATH, WORDS = "/reports/workbook/", "封填××镇12号、13号井，井管回填水泥砂浆。"


@pytest.fixture
def loop(cast: Cast) -> Any:
    loop = make_loop(cast)
    make_measure(loop.problem, number=2)
    loop.to_rectifying()
    loop.later(14)
    with time_machine.travel(loop.now, tick=False):
        yield loop


@pytest.fixture
def client(loop: Loop) -> Client:
    client = Client()
    client.force_login(account_of(loop.reporter))
    return client


def taken_out(client: Client) -> Any:
    answer = client.get(PATH)
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def write(book: Any, beginning: str, **cells: str) -> None:
    """Fill cells in the row whose subject begins so, under their headings."""
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[3]}
    for row in page.iter_rows(min_row=4):
        if str(row[heads[COLUMNS["about"]] - 1].value).startswith(beginning):
            for name, text in cells.items():
                cell = page.cell(row[0].row, heads[COLUMNS[name]])
                assert not cell.protection.locked, name
                cell.value = text
            return
    raise AssertionError(beginning)


def bring(client: Client, book: Any, path: str = PATH) -> Any:
    out = io.BytesIO()
    book.save(out)
    return client.post(path, {"file": SimpleUploadedFile("填报.xlsx", out.getvalue())})


def entries() -> list[tuple[str, bool]]:
    return [*ProgressReport.objects.order_by("pk").values_list("done", "is_unchanged")]


def test_everything_that_is_owed_goes_out_and_what_was_filled_in_comes_back(loop: Loop, client: Client) -> None:
    book = taken_out(client)
    write(book, loop.measure.text[:10], done=WORDS)
    write(book, "指标：封填自备井", figure="9")
    write(book, "措施2", reason="等待上级批复")

    answer = bring(client, book)

    assert (answer.status_code, answer["Location"]) == (302, "/reports/")
    assert entries() == [(WORDS, False), ("", True)]
    assert IndicatorReading.objects.get().cumulative == 9
    assert "已送审2件" in client.get("/reports/").content.decode()
    bring(client, book)
    assert "已送审0件。另有2件送审过" in client.get("/reports/").content.decode()
    assert len(entries()) == 2


def test_rows_that_were_taken_back_are_handed_in_again_and_once(loop: Loop, client: Client) -> None:
    book = taken_out(client)
    write(book, loop.measure.text[:10], done=WORDS)
    bring(client, book)
    report = ProgressReport.objects.get()
    client.post(f"/measures/{loop.measure.matter.code}/progress/", {"move": "withdraw", "entry": str(report.pk)})
    report.refresh_from_db()

    for _ in range(2):
        bring(client, book)

    assert (report.state, entries()) == ("withdrawn", [(WORDS, False)] * 2)


def test_a_row_that_is_asked_about_waits_for_its_answer_and_holds_up_no_other(loop: Loop, client: Client) -> None:
    book = taken_out(client)
    write(book, loop.measure.text[:10], done=WORDS)
    write(book, "指标：封填自备井", figure="25")
    write(book, "措施2", reason="等待上级批复")

    answer = bring(client, book)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "超过目标" in page
    assert entries() == [("", True)]
    write(book, loop.measure.text[:10], answer="新增5眼，已报水利局备案")
    assert bring(client, book).status_code == 302
    assert [*ProgressReport.objects.order_by("pk").values_list("answers", flat=True)][1] == {
        f"over-{Indicator.objects.get().pk}": "新增5眼，已报水利局备案"
    }
    bring(client, book)
    assert "已送审0件。另有2件送审过" in client.get("/reports/").content.decode()


def test_a_measure_of_another_unit_is_refused_by_its_row(loop: Loop, client: Client, cast: Cast) -> None:
    book = taken_out(client)
    page = book.worksheets[0]
    page.cell(4, 1).value = "HE2-M999-01"
    write(book, loop.measure.text[:10], done=WORDS)

    answer = bring(client, book)

    assert "没有这项措施，或不归您单位填报。" in answer.content.decode()
    assert entries() == []


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("x.xlsx", b"PK", "打不开|损坏|不是"), ("x.txt", "进展".encode(), "不是从“进展填报”取出的填报表")],
)
def test_a_file_that_is_not_ours_is_refused_in_one_sentence(client: Client, name: str, data: bytes, words: str) -> None:
    client.post(PATH, {"file": SimpleUploadedFile(name, data)})

    page = client.get("/reports/").content.decode()
    assert any(word in page for word in words.split("|"))
    assert entries() == []


def test_a_program_takes_it_out_and_hands_it_in(loop: Loop, client: Client) -> None:
    assert client.get("/api/v1/reports/workbook").status_code == 200
    book = taken_out(client)
    write(book, "措施2", reason="等待上级批复")

    answer = bring(client, book, "/api/v1/reports/workbook")

    assert [(one["outcome"], one["title"]) for one in answer.json()] == [("handed_in", "措施2")]
    assert [one["outcome"] for one in bring(client, book, "/api/v1/reports/workbook").json()] == ["repeated"]
