"""Many rows at once: each a deed of its own; a refusal names its row and stops no other."""

import re
from typing import Any

import pytest
from django.test import Client

from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.petitions.actions import assign_petition, change_petition
from bihuan.petitions.models import Petition
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.models import Problem
from tests.cast import NOON, Cast, account_of
from tests.kept import leads_up
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_plan, make_problem


def login(client: Client, who: Actor) -> Client:
    client.force_login(account_of(who))
    return client


@pytest.fixture
@leads_up
def problems(cast: Cast) -> list[Problem]:
    plan = make_plan(make_inspection(cast), cast.party)
    found = [make_problem(cast, number, plan=plan) for number in (1, 2, 3)]
    for problem in found:
        make_measure(problem)
    return found


def send(client: Client, ledger: str, act: str, rows: list[Any], once: str = "k") -> str:
    codes = [row.matter.code for row in rows]
    answer = client.post(f"/ledgers/{ledger}/rows/", {"act": act, "row": codes, "once": once}, follow=True)
    return answer.content.decode()


def state_of(row: Problem | Petition) -> str:
    row.matter.refresh_from_db()
    return row.matter.state


def test_every_chosen_row_is_a_deed_of_its_own(client: Client, cast: Cast, problems: list[Problem]) -> None:
    page = send(login(client, cast.chen), "problems", "issue", problems)

    assert "办好 3 个。" in page
    assert [state_of(one) for one in problems] == ["issued"] * 3
    deeds = Entry.objects.filter(step="issue").values_list("deed", flat=True).distinct()
    assert len(deeds) == 3


def test_a_refused_row_is_named_and_stops_no_other(client: Client, cast: Cast, problems: list[Problem]) -> None:
    move_problem(problems[1], "issue", by=cast.chen, at=NOON)

    page = send(login(client, cast.chen), "problems", "issue", problems)

    assert "办好 2 个。" in page
    assert "1 个没有办：第2项 " in page
    assert "HE2-P002 " not in page
    assert [state_of(one) for one in problems] == ["issued"] * 3


def test_a_second_click_repeats_nothing(client: Client, cast: Cast, problems: list[Problem]) -> None:
    send(login(client, cast.chen), "problems", "issue", problems)
    entries = Entry.objects.count()

    page = send(client, "problems", "issue", problems)

    assert "办好 3 个。" in page
    assert Entry.objects.count() == entries


def test_the_bar_offers_what_this_person_may_and_says_which_rows_refuse(
    client: Client, cast: Cast, problems: list[Problem]
) -> None:
    move_problem(problems[0], "issue", by=cast.chen, at=NOON)

    office = login(client, cast.chen).get("/ledgers/problems/").content.decode()
    lead = login(client, cast.zhang).get("/ledgers/problems/").content.decode()

    assert 'name="act" value="issue"' in office
    assert 'data-no-issue="现在是已交办"' in office
    assert 'name="act" value="receive"' not in office
    assert 'name="act" value="receive"' in lead
    assert 'name="act" value="issue"' not in lead


def test_what_is_out_of_scope_is_unknown(client: Client, cast: Cast, problems: list[Problem]) -> None:
    move_problem(problems[0], "issue", by=cast.chen, at=NOON)

    page = send(login(client, cast.qian), "problems", "receive", problems[:1])

    assert "HE2-P001 没有这一件，或您看不到" in page
    assert state_of(problems[0]) == "issued"


def test_an_act_that_the_page_does_not_offer_is_still_refused_by_the_table(
    client: Client, cast: Cast, problems: list[Problem]
) -> None:
    for problem in problems:
        move_problem(problem, "issue", by=cast.chen, at=NOON)

    page = send(login(client, cast.chen), "problems", "receive", problems)

    assert "3 个没有办" in page
    assert [state_of(one) for one in problems] == ["issued"] * 3


def test_an_unknown_act_is_not_found(client: Client, cast: Cast, problems: list[Problem]) -> None:
    login(client, cast.chen)

    assert client.post("/ledgers/problems/rows/", {"act": "sign_off", "row": "HE2-P001"}).status_code == 404


def test_an_evenings_batch_goes_to_its_counties_in_one_act(client: Client, cast: Cast) -> None:
    batch = make_batch(make_inspection(cast))
    found = [make_petition(cast, batch, f"D2HE20220412003{number}") for number in (1, 2)]

    page = send(login(client, cast.chen), "petitions", "assign", found)

    assert "办好 2 件。" in page
    assert [[str(part.unit) for part in one.undertakings.all()] for one in found] == [["沧县党委和政府"]] * 2


def test_a_unit_signs_for_all_that_waits_for_it(client: Client, cast: Cast) -> None:
    batch = make_batch(make_inspection(cast))
    found = [make_petition(cast, batch, f"D2HE20220412003{number}") for number in (1, 2, 3)]
    for petition in found[:2]:
        assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    assign_petition(found[2], [cast.farm], by=cast.chen, at=NOON)

    page = send(login(client, cast.zhang), "petitions", "receive", found)

    assert "办好 2 件。" in page
    assert [state_of(one) for one in found] == ["handling", "handling", "assigned"]


def test_enter_in_a_ticked_box_does_nothing(client: Client, cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)), "D2HE202204120031")
    client.force_login(account_of(cast.chen))
    page = client.get("/ledgers/petitions/").content.decode()
    bar = page[page.index('id="selection"') :]
    [first, *_] = re.findall(r'<button[^>]*name="act" value="([^"]*)"', bar)

    told = {"act": first, "row": petition.matter.code, "once": "enter"}
    answer = client.post("/ledgers/petitions/rows/", told, follow=True).content.decode()

    assert "什么也没有办" in answer
    petition.matter.refresh_from_db()
    assert petition.matter.state == "in_tray"


def test_petitions_that_were_not_handed_over_are_named_by_their_numbers(client: Client, cast: Cast) -> None:
    batch = make_batch(make_inspection(cast))
    first, second = make_petition(cast, batch), make_petition(cast, batch, "D2HE202204120032")
    assign_petition(first, [cast.water], by=cast.chen, at=NOON)

    page = send(login(client, cast.chen), "petitions", "assign", [first, second])

    assert f"1 件没有办：{first.number}号 " in page
    assert f"{first.matter.code} " not in page


def test_a_petition_without_a_place_says_where_it_is_given_one(client: Client, cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    change_petition(petition, {"region": None}, by=cast.chen, at=NOON)

    page = send(login(client, cast.chen), "petitions", "assign", [petition])

    assert "还没有行政区域，请打开这一件定行政区域，或在导入里改答存疑、在信访台账取出填报后交回。" in page


def test_namesakes_of_two_inspections_are_named_with_theirs(
    client: Client, cast: Cast, problems: list[Problem]
) -> None:
    other = make_problem(cast, 1, plan=make_plan(make_inspection(cast, code="HE3", name="省级督察"), cast.party))
    move_problem(problems[0], "issue", by=cast.chen, at=NOON)

    page = send(login(client, cast.chen), "problems", "issue", [problems[0], other])

    assert f"第1项（{problems[0].matter.inspection.name}）" in page
