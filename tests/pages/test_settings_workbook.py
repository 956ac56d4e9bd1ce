"""Settings lists filled from a workbook: whole or not at all, every refused row named, nothing twice."""

import io
from collections.abc import Sequence

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from bihuan.core.audit import Entry
from bihuan.core.calendar import CalendarDay
from bihuan.organisation.models import Appointment, Group, Person, Unit
from bihuan.organisation.rules.duties import Role
from bihuan.web.settings import AREAS
from tests.cast import Cast, account_of, prove, seat_as

FILLED = [name for name, area in AREAS.items() if area.stands is not None]
UNIT = ("名称", "类别", "行政区域", "上级单位")
POST = ("人员", "单位", "岗位", "角色", "起")


def book(*rows: Sequence[object], sheet: str = "填") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


def login(client: Client, cast: Cast, name: str) -> None:
    """Who fills that list: the office, but appointments, which the security administrator grants."""
    grants = Appointment.objects.filter(role=Role.SECURITY_ADMIN).select_related("person__account").first()
    if name != "appointments":
        client.force_login(account_of(cast.chen))
        prove(client)
    else:
        client.force_login(grants.person.account if grants else account_of(seat_as(Role.SECURITY_ADMIN, cast.office)))
        prove(client)


def send(client: Client, cast: Cast, name: str, data: bytes, once: str = "k", called: str = "表.xlsx") -> str:
    login(client, cast, name)
    sent = {"file": SimpleUploadedFile(called, data), "once": once}
    return client.post(f"/settings/{name}/workbook/", sent, follow=True).content.decode()


@pytest.mark.parametrize("name", FILLED)
def test_the_empty_workbook_has_the_headings_of_the_form(client: Client, cast: Cast, name: str) -> None:
    login(client, cast, name)
    form = AREAS[name].form(**({"city": cast.chen.city} if hasattr(AREAS[name].form, "chosen") else {}))

    answer = client.get(f"/settings/{name}/workbook/")

    made = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert made.get_sheet_by_index(0).to_python()[0] == [str(field.label) for field in form.fields.values()]
    assert [row[0] for row in made.get_sheet_by_name("填写说明").to_python()][: len(form.fields)] == [
        str(field.label) for field in form.fields.values()
    ]


@pytest.mark.parametrize("name", FILLED)
def test_the_empty_workbook_sent_back_adds_nothing(client: Client, cast: Cast, name: str) -> None:
    login(client, cast, name)
    empty, before = client.get(f"/settings/{name}/workbook/").content, Entry.objects.count()

    page = send(client, cast, name, empty)

    assert "表里还没有填。" in page
    assert Entry.objects.count() == before


def test_units_are_added_and_may_lean_on_rows_above(client: Client, cast: Cast) -> None:
    before = Entry.objects.count()
    rows = [("沧县文旅集团", "企业", "沧县", ""), ("沧县文旅集团一公司", "企业", "沧县", "沧县文旅集团")]

    page = send(client, cast, "units", book(UNIT, *rows))

    assert "添上2行。" in page
    assert str(Unit.objects.get(name="沧县文旅集团一公司").parent) == "沧县文旅集团"
    assert Entry.objects.filter(table="unit", row=Unit.objects.get(name="沧县文旅集团").pk).count() == 1
    assert len({*Entry.objects.filter(table="unit", number__gt=before).values_list("deed", flat=True)}) == 1


def test_the_same_file_again_adds_nothing_and_says_so(client: Client, cast: Cast) -> None:
    data = book(UNIT, ("沧县文旅集团", "企业", "沧县", ""))
    send(client, cast, "units", data)
    before = Entry.objects.count()

    page = send(client, cast, "units", data, once="k2")

    assert "1行都已经有了，没有新的要加。" in page
    assert Entry.objects.count() == before


def test_a_second_click_adds_nothing(client: Client, cast: Cast) -> None:
    data = book(UNIT, ("沧县文旅集团", "企业", "沧县", ""))
    send(client, cast, "units", data)

    page = send(client, cast, "units", data)

    assert "这一步刚才已经办过" in page


def test_one_bad_row_stops_all_and_every_bad_row_is_named(client: Client, cast: Cast) -> None:
    rows = [
        ("沧县文旅集团", "企业", "沧县", ""),
        ("沧县水务局", "企业", "沧县", ""),
        ("沧县新局", "局", "沧县", "没有的局"),
        ("", "部门", "沧县", ""),
    ]

    page = send(client, cast, "units", book(UNIT, *rows))

    assert "一行也没有写入，改好这3行再传" in page
    assert "第3行 名称“沧县水务局”已有单位在用或用过。" in page
    assert "第4行 类别：没有“局”，只能填部门、党委政府、" in page
    assert "上级单位：还没有“没有的局”，请先添上，或写全称。" in page
    assert "第5行 名称：" in page
    assert not Unit.objects.filter(name="沧县文旅集团").exists()


def test_at_most_twenty_bad_rows_are_named(client: Client, cast: Cast) -> None:
    page = send(client, cast, "units", book(UNIT, *((f"局{number}", "局", "沧县", "") for number in range(25))))

    assert page.count("只能填部门") == 20
    assert "等25行。" in page
    assert "改好这25行再传" in page


def test_people_posts_groups_and_days_come_in(client: Client, cast: Cast) -> None:
    unit = str(cast.water)
    send(client, cast, "people", book(("姓名", "办公电话"), ("孙某某", 3170001)), once="a")
    post = ("孙某某", unit, "督察整改审核", "县(市、区)部门审核人", "2022年7月1日")
    choices = dict(AREAS["appointments"].form(city=cast.chen.city).fields["role"].choices)
    role = str(choices["U1"])  # an administrator would have to sit in the office
    made = send(client, cast, "appointments", book(POST, (*post[:3], role, post[4])), once="b")
    send(client, cast, "groups", book(("名称",), ("水专班",)), once="c")
    send(client, cast, "calendar", book(("日期", "这一天", "依据"), ("2027.10.9", "上班", "通知")), once="d")

    assert "添上1行。" in made
    assert Person.objects.get(name="孙某某").office_phone == "3170001"
    granted = Appointment.objects.get(person__name="孙某某")
    assert (granted.starts_on.isoformat(), granted.standing) == ("2022-07-01", "waiting")
    assert Group.objects.filter(name="水专班").count() == 1
    assert CalendarDay.objects.get().day.isoformat() == "2027-10-09"


def test_two_people_of_one_name_are_not_guessed(client: Client, cast: Cast) -> None:
    for once, phone in (("a", "1"), ("b", "2")):
        send(client, cast, "people", book(("姓名", "办公电话"), ("孙某某", phone)), once=once)

    page = send(client, cast, "appointments", book(POST, ("孙某某", str(cast.water), "审核", "x", "7月1日")))

    assert "人员：有不止一个“孙某某”，请在页面上逐个添；" in page
    assert "起：看不懂日期“7月1日”，请写成 2022-04-03 这样。" in page


def test_headings_stand_anywhere_and_below_a_title(client: Client, cast: Cast) -> None:
    rows = [("沧县单位名单",), ("序号", "类 别", "名称*", "行政区域"), (1, "企业", "沧县文旅集团", "沧县")]

    assert "添上1行。" in send(client, cast, "units", book(*rows))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04" + b"\x00" * 60, "损坏"),
        (book(("什么", "表")), "没有找到表头。第一行要有名称、类别、行政区域"),
        (book((*UNIT, "备注"), ("局", "部门", "沧县", "", "无")), "不认得“备注”这一列"),
        (book((*UNIT, "名称"), ("局", "部门", "沧县", "", "局")), "有两列表头相同"),
        (book(UNIT, *((f"局{n}", "部门", "沧县", "") for n in range(501))), "一次最多500行，这张表有501行"),
    ],
)
def test_a_file_of_another_kind_is_one_sentence(client: Client, cast: Cast, data: bytes, sentence: str) -> None:
    before = Entry.objects.count()

    page = send(client, cast, "units", data)

    assert sentence in page
    assert Entry.objects.count() == before


def test_no_file_is_one_sentence(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))
    prove(client)

    page = client.post("/settings/units/workbook/", {"once": "k"}, follow=True).content.decode()

    assert "请先选填好的表。" in page


def test_a_unit_may_neither_take_nor_send_one(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.zhang))
    prove(client)

    assert client.get("/settings/units/workbook/").status_code == 404
    assert client.post("/settings/units/workbook/").status_code == 404


@pytest.mark.parametrize("name", ["inspections", "rules", "nothing"])
def test_lists_that_are_not_filled_from_a_workbook_have_none(client: Client, cast: Cast, name: str) -> None:
    client.force_login(account_of(cast.chen))
    prove(client)

    assert client.get(f"/settings/{name}/workbook/").status_code == 404
