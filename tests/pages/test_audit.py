"""The auditor reads ids, classes and names of fields, never a value; each of his looks is in the trail he reads."""

import io
import re

import pytest
from django.db import connection
from django.test import Client
from python_calamine import CalamineWorkbook

from bihuan.core import clock, trailing
from bihuan.core.action import REGISTRY
from bihuan.core.audit import Entry
from bihuan.core.trailing import Question
from bihuan.gate.deed_names import DEED_NAMES
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import appointing, auditing
from bihuan.organisation.models import Person
from tests.cast import CITY, NOON, ROBOT, TODAY, Cast, account_of
from tests.house.test_actions import ROOMS

AUDIT = "/console/audit/"
SECRET = "0317-7654321"


@pytest.fixture
def auditor(client: Client, cast: Cast) -> Client:
    client.force_login(account_of(cast.sun))
    person = Person.objects.get(pk=cast.zhang.person)
    appointing.change_person(person, office_phone=SECRET, by=cast.chen, at=NOON, note="换了办公室")
    return client


def rows(page: str) -> list[str]:
    return [re.sub(r"<.*?>", " ", row) for row in re.findall(r"<tr><td.*?</tr>", page, re.DOTALL)]


def test_before_a_question_nothing_is_shown_and_nothing_recorded(auditor: Client) -> None:
    before = Entry.objects.count()

    page = auditor.get(AUDIT).content.decode()

    assert "查阅轨迹" in page
    assert rows(page) == []
    assert Entry.objects.count() == before


def test_an_entry_shows_its_fields_by_name_and_neither_value_nor_words(auditor: Client) -> None:
    page = auditor.get(AUDIT, {"action": "organisation.change_person"}).content.decode()

    [row] = rows(page)
    assert "陈科" in row
    assert "改人员" in row
    assert "更改人员" in row
    assert "办公电话" in row
    assert SECRET not in page
    assert "换了办公室" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"person": "陈科"}, True),
        ({"person": "李副"}, False),
        ({"person": "陈科", "after": "2022-07-04", "before": "2022-07-04"}, True),
        ({"person": "陈科", "after": "2022-07-05"}, False),
        ({"person": "陈科", "before": "2022-07-03"}, False),
        ({"person": "陈科", "table": "person"}, True),
        ({"person": "陈科", "table": "unit"}, False),
        ({"person": "陈科", "about": "HE2-P001"}, False),
    ],
)
def test_the_trail_is_asked_by_person_day_action_table_and_matter(
    auditor: Client, asked: dict[str, str], found: object
) -> None:
    page = auditor.get(AUDIT, asked).content.decode()

    assert (len(rows(page)) == 1) == found
    assert ("没有这样的记录" in page) != found


def test_a_question_without_anything_is_no_question(auditor: Client) -> None:
    answer = auditor.get(AUDIT, {"person": ""})

    assert answer.status_code == 422
    assert "请至少写一项要查什么。" in answer.content.decode()


def test_each_look_is_in_the_trail_with_what_was_asked(auditor: Client, cast: Cast) -> None:
    auditor.get(AUDIT, {"person": "陈科", "table": "person"})
    auditor.get("/console/audit/report/?month=2022-07")

    looks = Entry.objects.filter(kind="look").order_by("number").values_list("name", "action", "note", "changes")
    assert [*looks] == [
        ("孙员", "organisation.look_into_trail", "查轨迹：办理人“陈科”，动了哪类记录“人员”", "{}"),
        ("孙员", "organisation.look_into_trail", "看审计月报：2022-07", "{}"),
    ]


def test_only_an_auditor_looks(cast: Cast) -> None:
    for by in (cast.wang, cast.zhang, ROBOT):
        with pytest.raises(Refused, match="轨迹由审计管理员查阅"):
            auditing.look_into_trail("随便看看", by=by, at=NOON)


def test_the_chain_is_verified_now_and_the_page_says_how_far(auditor: Client) -> None:
    before = auditor.get(AUDIT).content.decode()
    until = Entry.objects.count()

    page = auditor.post(AUDIT, {"once": "k"}, follow=True).content.decode()

    sentence = f"轨迹链完好：第1条至第{until}条逐条核对，与库外链头一致。"
    assert "轨迹链还没有在这里核对过。" in before
    assert page.count(sentence) == 2
    assert f"最近一次核对 {clock.today()}：" in auditor.get(AUDIT).content.decode()


@pytest.mark.broken
def test_a_changed_entry_is_named(auditor: Client) -> None:
    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        cursor.execute(f"DROP TRIGGER bihuan_entry_{'update' if is_sqlite else 'frozen ON bihuan_entry'}")
        cursor.execute("UPDATE bihuan_entry SET note = '改过' WHERE number = 3")

    page = auditor.post(AUDIT, {"once": "k"}, follow=True).content.decode()

    assert "轨迹#3：内容与哈希不符。" in page
    assert "轨迹链完好" not in page


def test_another_citys_trail_is_not_found(cast: Cast) -> None:
    assert trailing.entries_asked("130100", Question(person="陈科")).count() == 0
    assert trailing.counts("130100", TODAY) == []


def test_the_month_is_counted_per_action_on_the_page_and_in_the_workbook(auditor: Client) -> None:
    page = auditor.get("/console/audit/report/?month=2022-07").content.decode()
    book = auditor.get("/console/audit/report/workbook/?month=2022-07")

    [changed] = [row.split() for row in rows(page) if "改人员" in row]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert changed == ["改人员", "1", "1", "1"]
    assert ["改人员", 1, 1, 1] in [row[:4] for row in sheet]
    assert "2022年7月审计月报" in str(sheet[0])
    assert SECRET not in page
    assert "这个月没有记录。" in auditor.get("/console/audit/report/?month=2021-01").content.decode()


def test_counts_add_up_to_the_trail(auditor: Client) -> None:
    counted = trailing.counts(CITY, TODAY)

    assert sum(one.entries for one in counted) == Entry.objects.count()


def test_every_action_has_a_name_that_an_auditor_reads() -> None:
    ours = {name for name, function in REGISTRY.items() if function.__module__.startswith("bihuan.")}

    assert ROOMS
    assert sorted(ours - {*DEED_NAMES}) == []
