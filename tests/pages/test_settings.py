import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.core.actor import Actor
from bihuan.core.calendar import CalendarDay
from bihuan.gate.registers import REGISTERS
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Appointment, Person, Unit
from bihuan.organisation.queries import structure
from bihuan.organisation.rules.duties import Role
from bihuan.web.settings import AREAS
from tests.cast import NOON, TODAY, Cast, account_of, prove, seat_as
from tests.makers import make_inspection


def login(client: Client, who: Actor) -> Client:
    client.force_login(account_of(who))
    prove(client)
    return client


def keeper(cast: Cast, name: str) -> Actor:
    """Who adds to that list: the office, but appointments, which the security administrator grants."""
    return seat_as(Role.SECURITY_ADMIN, cast.office) if name == "appointments" else cast.chen


@pytest.mark.parametrize("name", AREAS)
def test_who_keeps_a_list_opens_it(client: Client, cast: Cast, name: str) -> None:
    page = login(client, keeper(cast, name)).get(f"/settings/{name}/").content.decode()

    assert f"<h1>{REGISTERS[name].title}</h1>" in page
    assert f"添{AREAS[name].noun}" in page


@pytest.mark.parametrize("name", AREAS)
def test_a_unit_finds_no_settings(client: Client, cast: Cast, name: str) -> None:
    assert login(client, cast.zhang).get(f"/settings/{name}/").status_code == 404


def test_a_unit_is_added_once(client: Client, cast: Cast) -> None:
    new = {"name": "沧县气象局", "kind": "部门", "region": cast.region.pk, "parent": cast.county.pk, "once": "k"}
    login(client, cast.chen)

    client.post("/settings/units/", new)
    again = client.post("/settings/units/", new, follow=True)

    assert Unit.objects.filter(name="沧县气象局").count() == 1
    assert "这一步刚才已经办过" in again.content.decode()


def test_a_taken_name_is_refused_with_the_sentence(client: Client, cast: Cast) -> None:
    new = {"name": "沧县水务局", "kind": "部门", "region": cast.region.pk, "once": "k"}

    page = login(client, cast.chen).post("/settings/units/", new, follow=True).content.decode()

    assert "名称“沧县水务局”已有单位在用或用过。" in page


def test_what_is_missing_is_named_and_nothing_is_written(client: Client, cast: Cast) -> None:
    answer = login(client, cast.chen).post("/settings/people/", {"name": "", "once": "k"})

    assert answer.status_code == 422
    assert "还没有存下，有 1 处要改" in answer.content.decode()


def test_somebody_is_appointed_to_a_new_post(client: Client, cast: Cast) -> None:
    person = Person.objects.get(name="李副")
    new = {
        "person": person.pk,
        "unit": cast.farm.pk,
        "title": "填报员",
        "role": "U1",
        "starts_on": "2022-07-01",
        "once": "k",
    }

    login(client, keeper(cast, "appointments")).post("/settings/appointments/", new)

    granted = Appointment.objects.get(post__title="填报员")
    assert (granted.post.unit, granted.standing) == (cast.farm, "waiting")


def test_the_office_reads_appointments_and_grants_none(client: Client, cast: Cast) -> None:
    page = login(client, cast.chen).get("/settings/appointments/").content.decode()

    assert "张工" in page
    assert 'id="add"' not in page
    assert 'id="fill"' not in page
    assert client.post("/settings/appointments/", {"once": "k"}).status_code == 404
    assert client.get("/settings/appointments/workbook/").status_code == 404


def test_the_three_administrators_exclude_each_other(client: Client, cast: Cast) -> None:
    person = Person.objects.get(name="孙员")
    new = {
        "person": person.pk,
        "unit": cast.office.pk,
        "title": "系统员",
        "role": "A1",
        "starts_on": "2022-07-01",
        "once": "k",
    }

    page = (
        login(client, keeper(cast, "appointments")).post("/settings/appointments/", new, follow=True).content.decode()
    )

    assert "系统、安全、审计三个管理员互斥，也不能兼任业务角色。" in page
    assert not Appointment.objects.filter(role="A1").exists()


def test_a_day_is_settled(client: Client, cast: Cast) -> None:
    new = {"day": TODAY.isoformat(), "is_working": "0", "note": "测试通知", "once": "k"}

    login(client, cast.chen).post("/settings/calendar/", new)

    assert CalendarDay.objects.get(day=TODAY).is_working is False


def test_a_units_other_name_is_found_from_then_on(client: Client, cast: Cast) -> None:
    login(client, cast.chen).post(
        f"/settings/units/{cast.water.pk}/", {"deed": "name", "name": "沧县水利水务局", "once": "k"}
    )

    assert structure.unit_names(cast.chen.city)["沧县水利水务局"] == cast.water.pk


def test_who_answered_on_that_day(client: Client, cast: Cast) -> None:
    login(client, cast.chen)

    assert "审核人 张工(" in client.get(f"/settings/units/{cast.water.pk}/?on=2022-07-04").content.decode()
    assert "没有人在任" in client.get(f"/settings/units/{cast.water.pk}/?on=2021-07-04").content.decode()


def test_people_stand_with_the_posts_they_hold_in_one_query(client: Client, cast: Cast) -> None:
    login(client, cast.chen)
    client.get("/settings/people/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/settings/people/").content.decode()
    appointing.add_person("周某", by=cast.chen, at=NOON)
    client.get("/")  # after a deed, who is logged in is asked for again: not by the page that is measured
    with CaptureQueriesContext(connection) as asked_more:
        client.get("/settings/people/")

    assert str(Appointment.objects.get(person_id=cast.zhang.person).post) in page
    assert len(asked) == len(asked_more)


def test_a_unit_is_found_by_initials_without_its_city(client: Client, cast: Cast) -> None:
    page = login(client, cast.chen).get(f"/settings/units/?q={cast.water.initials[2:]}").content.decode()

    assert cast.water.name in page


def test_a_figure_keeps_its_heading_where_the_table_folds_into_strips(client: Client, cast: Cast) -> None:
    make_inspection(cast)
    client.force_login(account_of(cast.chen))
    prove(client)

    page = client.get("/settings/rules/").content.decode()

    assert '<td data-head="退回期限">3</td>' in page


def test_a_long_list_leads_to_the_form_at_its_foot(client: Client, cast: Cast) -> None:
    page = login(client, cast.chen).get("/settings/units/").content.decode()

    assert '<a class="btn" href="#add">添一个单位</a>' in page
    assert 'id="add"' in page
    assert 'id="fill"' in page


def test_a_figure_out_of_bounds_is_told_both_bounds(client: Client, cast: Cast) -> None:
    form = {"name": "新规则", "decline_days": 3, "reply_days": 500, "notice_days": 10, "due_soon_days": 30}

    answer = login(client, cast.chen).post("/settings/rules/", {**form, "tolerance_points": -1})

    assert answer.status_code == 422
    assert "信访反馈期限(自然日)：请填1到90之间的整数。" in answer.content.decode()
    assert "序时容差(百分点)：请填0到100之间的整数。" in answer.content.decode()
