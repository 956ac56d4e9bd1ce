"""Each row of the settings: opened, changed, ended; two editors never overwrite one another."""

import re
from datetime import date

import pytest
from django.test import Client

from bihuan.core.actor import Actor
from bihuan.gate.registers import REGISTERS
from bihuan.matters.models import RuleSet
from bihuan.organisation.actions import organising
from bihuan.organisation.models import Appointment, Group, Membership, Person, Post, Unit
from bihuan.organisation.queries import scope, structure
from bihuan.organisation.rules.duties import Role
from bihuan.web.settings import AREAS
from bihuan.web.settings_acts import ACTS
from tests.cast import NOON, TODAY, Cast, account_of, prove, seat_as
from tests.kept import leads_up
from tests.makers import make_inspection

SEEN = re.compile(r'name="deed" value="edit"><input type="hidden" name="seen" value="(\d+)"')


def login(client: Client, who: Actor) -> Client:
    client.force_login(account_of(who))
    prove(client)
    return client


@pytest.fixture
@leads_up
def rows(cast: Cast) -> dict[str, int]:
    """One row of each kind."""
    inspection = make_inspection(cast)
    group = organising.add_group("综合协调组", by=cast.chen, at=NOON)
    member = Person.objects.get(name="张工")
    organising.join_group(group, member, starts_on=date(2022, 7, 1), by=cast.chen, at=NOON)
    day = organising.settle_day(TODAY, is_working=False, by=cast.chen, at=NOON, note="测试通知")
    return {
        "inspections": inspection.pk,
        "rules": inspection.rule_set.pk,
        "units": cast.water.pk,
        "people": Person.objects.get(name="李副").pk,
        "posts": Post.objects.get(unit=cast.farm).pk,
        "appointments": Appointment.objects.get(person__name="李副").pk,
        "groups": group.pk,
        "calendar": day.pk,
    }


def unit_form(cast: Cast, **facts: object) -> dict[str, object]:
    form = {"name": "沧县水务局", "kind": "部门", "region": cast.region.pk, "parent": cast.county.pk, "deed": "edit"}
    return {**form, **facts}


def test_every_list_has_pages_of_its_rows() -> None:
    assert ACTS.keys() == AREAS.keys() == REGISTERS.keys()


@pytest.mark.parametrize("name", ACTS)
def test_what_an_edit_changes_is_what_the_register_names(name: str) -> None:
    edits = [act.form for act in ACTS[name] if act.is_edit]

    assert REGISTERS[name].fields == tuple(field for form in edits for field in form.base_fields)


@pytest.mark.parametrize("name", ACTS)
def test_the_office_opens_each_and_a_unit_finds_none(
    client: Client, cast: Cast, rows: dict[str, int], name: str
) -> None:
    path = f"/settings/{name}/{rows[name]}/"

    page = login(client, cast.chen).get(path)
    assert page.status_code == 200
    assert f'href="{path}"' in client.get(f"/settings/{name}/").content.decode()
    for act in (one for one in ACTS[name] if name != "appointments" or one.name == "delegate"):
        assert f'value="{act.name}"' in page.content.decode()
    assert login(client, cast.zhang).get(path).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_what_is_not_there_is_not_found(client: Client, cast: Cast, name: str) -> None:
    assert login(client, cast.chen).get(f"/settings/{name}/99999/").status_code == 404


def test_a_renamed_unit_is_still_found_by_its_old_name(client: Client, cast: Cast) -> None:
    path = f"/settings/units/{cast.water.pk}/"

    page = login(client, cast.chen).post(path, unit_form(cast, name="沧县水利局", seen=1), follow=True).content.decode()

    assert "已存下。" in page
    assert "名称：<s>沧县水务局</s> → 沧县水利局" in page
    assert structure.unit_names(cast.chen.city)["沧县水务局"] == cast.water.pk


def test_the_second_editor_sees_both_texts_and_keeps_his_own(client: Client, cast: Cast) -> None:
    path = f"/settings/units/{cast.water.pk}/"
    login(client, cast.chen)
    [seen] = SEEN.findall(client.get(path).content.decode())
    other = login(Client(), cast.wang)
    other.post(path, unit_form(cast, name="沧县水利局", seen=seen))

    answer = client.post(path, unit_form(cast, name="沧县河长办", seen=seen))
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "别人已先改了这一条" in page
    assert "<td>沧县水利局</td><td>沧县河长办</td>" in page
    assert 'value="沧县河长办"' in page
    assert Unit.objects.get(pk=cast.water.pk).name == "沧县水利局"
    client.post(path, unit_form(cast, name="沧县河长办", seen=SEEN.findall(page)[0]))
    assert Unit.objects.get(pk=cast.water.pk).name == "沧县河长办"


def test_thresholds_of_lights_are_settled_with_the_rest_and_nonsense_loses_nothing(
    client: Client, cast: Cast, rows: dict[str, int]
) -> None:
    path = f"/settings/rules/{rows['rules']}/"
    form = {"name": "默认", "decline_days": 3, "reply_days": 10, "notice_days": 7, "notice_counted_as": "自然日"}
    form |= {"due_soon_days": 20, "due_close_days": 25, "due_close_points": 90, "milestone_missed_days": 10}
    form |= {"tolerance_points": 5, "report_every": "month", "recheck_months": "6、12", "petitioner_years": 2}
    form |= {"deed": "edit", "seen": 1}
    login(client, cast.chen)

    refused = client.post(path, form, follow=True).content.decode()
    assert "“将到期”的天数不能多于“临期提示”的天数：先提示，后转黄。" in refused
    assert 'value="25"' in refused
    assert "已存下。" in client.post(path, {**form, "due_close_days": 5}, follow=True).content.decode()

    rules = RuleSet.objects.get()
    assert (rules.due_close_days, rules.due_close_points, rules.milestone_missed_days) == (5, 90, 10)
    assert (rules.notice_counted_as, rules.report_every, rules.recheck_months) == ("自然日", "month", "6,12")


def test_nothing_changed_is_said(client: Client, cast: Cast) -> None:
    path = f"/settings/units/{cast.water.pk}/"

    page = (
        login(client, cast.chen)
        .post(path, unit_form(cast, seen=1, parent=cast.water.parent_id or "", kind=cast.water.kind), follow=True)
        .content.decode()
    )

    assert "没有改动，不用存。" in page


def test_a_merged_unit_names_its_successor_and_offers_no_second_merger(client: Client, cast: Cast) -> None:
    path = f"/settings/units/{cast.water.pk}/"
    merge = {"deed": "merge", "into": cast.farm.pk, "on": "2022-07-31", "note": "机构改革方案"}

    page = login(client, cast.chen).post(path, merge, follow=True).content.decode()

    assert "并入沧县农业农村局" in page
    assert 'value="merge"' not in page
    assert client.post(path, merge).status_code == 404


def test_a_unit_that_nobody_takes_over_from_says_so_wherever_it_stands(client: Client, cast: Cast) -> None:
    path = f"/settings/units/{cast.water.pk}/"
    login(client, cast.chen)
    assert client.get(path).content.decode().count("如 机构改革方案的文号。") == 2

    page = client.post(path, {"deed": "close", "on": "2022-07-31", "note": "机构改革方案"}, follow=True)

    assert "至 2022-07-31，停用" in page.content.decode()
    assert "至 2022-07-31，停用" in client.get("/settings/units/?q=水务").content.decode()
    assert "至 2022-07-31，停用" in client.get("/search/?q=水务").content.decode()
    assert "至 2022-07-31，停用" in client.get(f"/units/{cast.water.pk}/").content.decode()


def test_an_appointment_ends_and_gives_nothing_from_the_next_day(
    client: Client, cast: Cast, rows: dict[str, int]
) -> None:
    path = f"/settings/appointments/{rows['appointments']}/"

    form = {"deed": "end", "on": "2022-07-10", "note": "沧县任〔2022〕3号"}

    assert login(client, cast.chen).post(path, form).status_code == 404
    login(client, seat_as(Role.SECURITY_ADMIN, cast.office)).post(path, form)

    person = Person.objects.get(name="李副")
    assert scope.held_by(person.pk, person.city, date(2022, 7, 10)) != ()
    assert scope.held_by(person.pk, person.city, date(2022, 7, 11)) == ()


def test_somebody_stands_in_within_the_days(client: Client, cast: Cast, rows: dict[str, int]) -> None:
    path = f"/settings/appointments/{rows['appointments']}/"
    other = Person.objects.get(name="张工")
    form = {"deed": "delegate", "person": other.pk, "starts_on": "2021-07-05", "ends_on": "2022-07-20"}
    login(client, cast.chen)

    early = client.post(path, form, follow=True).content.decode()
    page = client.post(path, {**form, "starts_on": "2022-07-05"}, follow=True).content.decode()

    assert "代理的起止要在被代理人的任职期内。" in early
    assert "张工 2022-07-05 至 2022-07-20，待确认" in page


def test_members_join_and_leave_on_a_day(client: Client, cast: Cast) -> None:
    group = organising.add_group("还没有人的组", by=cast.chen, at=NOON)
    path = f"/settings/groups/{group.pk}/"
    person = Person.objects.get(name="李副")
    login(client, cast.chen)
    assert "成员离组" not in client.get(path).content.decode()

    client.post(path, {"deed": "join", "person": person.pk, "title": "组长", "starts_on": "2022-07-01"})
    membership = Membership.objects.get(person=person)
    client.post(path, {"deed": "leave", "membership": membership.pk, "on": "2022-07-31", "note": ""})

    assert "组长 李副" in client.get(f"{path}?on=2022-07-31").content.decode()
    assert "没有成员" in client.get(f"{path}?on=2022-08-01").content.decode()


def test_only_a_groups_own_members_may_leave_it(client: Client, cast: Cast, rows: dict[str, int]) -> None:
    other = organising.add_group("另一个组", by=cast.chen, at=NOON)
    person = Person.objects.get(name="李副")
    membership = organising.join_group(other, person, starts_on=date(2022, 7, 1), by=cast.chen, at=NOON)
    path = f"/settings/groups/{rows['groups']}/"

    page = login(client, cast.chen).get(path).content.decode()
    answer = client.post(path, {"deed": "leave", "membership": membership.pk, "on": "2022-07-31", "note": ""})

    assert "另一个组 李副" not in page
    assert answer.status_code == 422
    membership.refresh_from_db()
    assert membership.ends_on is None


def test_a_group_is_not_put_below_itself(client: Client, cast: Cast, rows: dict[str, int]) -> None:
    group = Group.objects.get(pk=rows["groups"])
    form = {"deed": "edit", "name": group.name, "parent": group.pk, "seen": group.version}

    page = login(client, cast.chen).post(f"/settings/groups/{group.pk}/", form, follow=True).content.decode()

    assert "上级不能是自己或自己的下级。" in page


def test_a_unit_is_found_by_one_letter_of_its_pinyin(client: Client, cast: Cast) -> None:
    login(client, cast.chen)

    assert "李副" in client.get("/settings/people/?q=l").content.decode()
    assert "李副" not in client.get("/settings/people/?q=z").content.decode()
    assert "没有找到“没有的”。" in client.get("/settings/appointments/?q=没有的").content.decode()
