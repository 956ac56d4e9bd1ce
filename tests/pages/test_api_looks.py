"""What is read over the API of who looked at what: the trail by its auditor, whose look is in it, and who has read a
petitioner, by those who oversee it; never a value of either.
"""

import io
import json
from typing import Any

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.organisation.actions import appointing, auditing
from bihuan.organisation.models import Person
from bihuan.petitioners.actions import exporting
from bihuan.petitioners.actions.reading import ask_opening
from bihuan.petitioners.rules.export import Purpose
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.models import Petition
from tests.cast import NOON, TODAY, Cast
from tests.desk import IDENTITY, desk, known_petition
from tests.pages.test_api_desks import page, read, signed_in, status


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


# The trail


def looks() -> list[str]:
    return [*Entry.objects.filter(kind="look").order_by("number").values_list("note", flat=True)]


def test_the_trail_is_asked_as_on_the_page_and_each_look_is_in_it(cast: Cast) -> None:
    appointing.change_person(
        Person.objects.get(pk=cast.zhang.person), office_phone="0317-7654321", by=cast.chen, at=NOON, note="换了"
    )
    question = {"person": "陈科", "table": "person"}

    answer = signed_in(cast.sun).get("/api/v1/audit/trail", question)
    shown = page(cast.sun, "/console/audit/?person=陈科&table=person")

    told = answer.json()
    [line] = told["rows"]
    assert (told["count"], line["who"], line["action"]["label"]) == (1, "陈科", "改人员")
    assert line["fields"] == ["办公电话"] and f"#{line['number']}" in shown
    assert "0317-7654321" not in answer.content.decode() and "换了" not in answer.content.decode()
    assert looks() == ["查轨迹：办理人“陈科”，动了哪类记录“人员”"] * 2


@pytest.mark.parametrize(
    "asked",
    ["", "action=nothing", "table=nothing", "from_day=0001-01-01", "to_day=9999-12-31", "person=陈科&tabel=unit"],
)
def test_what_is_no_question_is_refused_and_leaves_no_look(cast: Cast, asked: str) -> None:
    answer = signed_in(cast.sun).get(f"/api/v1/audit/trail?{asked}")

    assert (answer.status_code, [*answer.json()]) == (422, ["error"])
    assert looks() == []


def test_the_trail_is_paged_by_number(cast: Cast) -> None:
    first = read(cast.sun, "audit/trail?person=布置&size=3")
    second = read(cast.sun, f"audit/trail?person=布置&size=3&before={first['next']}")

    numbers = [one["number"] for one in (*first["rows"], *second["rows"])]
    assert numbers == sorted(numbers, reverse=True)
    assert len({*numbers}) == 6
    assert first["count"] == Entry.objects.filter(name__contains="布置").count()


def test_the_months_report_is_the_pages_and_its_workbook(cast: Cast) -> None:
    told = read(cast.sun, "audit/report?month=2022-07")
    shown = page(cast.sun, "/console/audit/report/?month=2022-07")  # in which the page's own look is one more
    file = signed_in(cast.sun).get("/api/v1/audit/report/workbook?month=2022-07")

    assert told["rows"]
    assert f"共办理{told['deeds'] + 1}次，涉及记录{told['entries'] + 1}条。" in shown
    assert [one for one in told["rows"] if one["label"] not in shown] == []
    cells = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in cells if row[0] in {one["label"] for one in told["rows"]}]
    assert looks() == ["看审计月报：2022-07"] * 3
    assert status(cast.sun, "audit/report?month=2022-13") == status(cast.sun, "audit/report?monat=2022-07") == 422
    assert len(looks()) == 3


def test_the_last_verification_and_what_can_be_asked_are_told(cast: Cast) -> None:
    assert read(cast.sun, "audit")["verified"] is None
    auditing.verify_trail("轨迹链完好。", by=cast.sun, at=NOON)

    told = read(cast.sun, "audit")

    assert told["verified"] == {"on": TODAY.isoformat(), "told": "轨迹链完好。"}
    assert {"name": "person", "label": "人员"} in told["tables"]
    assert {"name": "organisation.change_person", "label": "改人员"} in told["actions"]


# Who has read a petitioner


@pytest.fixture
def petition(cast: Cast) -> tuple[Actor, Petition]:
    by = desk(cast)
    return by, known_petition(cast, by)


def test_who_has_read_is_told_and_no_datum_plain_or_masked(cast: Cast, petition: tuple[Actor, Petition]) -> None:
    by, one = petition
    ask_opening(one, ["name", "phone"], "call_back", "核实夜间施工", by=by, at=NOON)  # both stand open to him now
    before = Entry.objects.count()

    answer = signed_in(by).get(f"/api/v1/petitions/{one.matter.code}/readings")
    shown = page(cast.wang, f"/petitions/{one.matter.code}/petitioner/")

    told = answer.json()
    [reading] = told["rows"]
    assert reading["fields"] == ["姓名", "电话"] and reading["who"] == "desk某"
    assert reading["why"] in shown and "姓名、电话" in shown
    assert read(cast.wang, f"petitions/{one.matter.code}/readings") == told
    words = answer.content.decode()
    masked = ("赵某", "139****", "x***@")
    assert [text for text in (*IDENTITY.values(), *masked) if text in words] == []
    assert Entry.objects.count() == before  # nothing was shown of him, so that no reading is noted


def test_whoever_is_complained_of_is_told_nothing(cast: Cast, petition: tuple[Actor, Petition]) -> None:
    accused = desk(cast, "accused", cast.water)
    one = petition[1]
    assign_petition(one, [cast.water], by=cast.chen, at=NOON)

    page_of_it = signed_in(accused).get(f"/petitions/{one.matter.code}/petitioner/").status_code

    assert (page_of_it, status(accused, f"petitions/{one.matter.code}/readings")) == (404, 404)
    assert status(petition[0], f"petitions/{one.matter.code}/readings") == 200


def test_exports_are_told_to_who_sees_their_page_without_file_or_password(
    cast: Cast, petition: tuple[Actor, Petition]
) -> None:
    by, one = petition
    why = Purpose("police", "线索移交", "公安局", "12号")
    export = exporting.ask_export([one], ["name"], why, by=by, at=NOON)
    exporting.decide_export(export, "agree", by=cast.wang, at=NOON, note="同意")
    file = exporting.make_export(export, by=by, at=NOON).file
    export.refresh_from_db()

    [line], whole = read(by, "petitioner-exports")["rows"], read(cast.wang, f"petitioner-exports/{export.pk}")

    shown = page(cast.wang, f"/petitioners/exports/{export.pk}/")
    assert (line["code"], line["count"], line["fields"], line["standing"]) == (
        export.code,
        1,
        ["姓名"],
        read(by, f"petitioner-exports/{export.pk}")["standing"],
    )
    assert (whole["codes"], whole["persons"], whole["reason"]["label"] in shown) == ([one.matter.code], 1, True)
    assert whole["standing"] in shown
    assert json.dumps(whole).find(bytes(export.sealed_password).hex()) == -1 and file[:2] == b"\xd0\xcf"
    other = desk(cast, "other")
    assert read(other, "petitioner-exports")["rows"] == []
    assert status(other, f"petitioner-exports/{export.pk}") == 404
    assert signed_in(other).get(f"/petitioners/exports/{export.pk}/").status_code == 404
