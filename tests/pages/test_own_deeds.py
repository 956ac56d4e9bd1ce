"""What I did, and its correction: on the matter's page, and where the step took the matter out of my sight."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.core import clock, still
from bihuan.core.actor import Actor
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Appointment, Person
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.models import Problem
from tests.cast import NOON, ROBOT, Cast, account_of
from tests.makers import make_measure, make_problem

MINE = "/me/deeds/"
GONE = "这一件不再归您办。"


def login(client: Client, who: Actor) -> Client:
    client.force_login(account_of(who))
    return client


@pytest.fixture
def issued(cast: Cast) -> Problem:
    problem = make_problem(cast)
    make_measure(problem)
    move_problem(problem, "issue", by=cast.chen, at=clock.now())
    return problem


def state_of(problem: Problem) -> str:
    problem.matter.refresh_from_db()
    return problem.matter.state


def test_a_step_is_corrected_on_the_page_of_its_matter(client: Client, cast: Cast, issued: Problem) -> None:
    url = f"/problems/{issued.matter.code}/"
    offered = "更正“下达”" in login(client, cast.chen).get(url).content.decode()

    page = client.post(url, {"move": "correct", "note": "点错了", "once": "k"}, follow=True).content.decode()

    assert (offered, state_of(issued)) == (True, "draft")
    assert "已更正，回到上一步。" in page
    assert "<b>更正</b>" in page  # the trail calls it so


def test_nobody_else_is_offered_it(client: Client, cast: Cast, issued: Problem) -> None:
    assert "更正“下达”" not in login(client, cast.wang).get(f"/problems/{issued.matter.code}/").content.decode()
    client.post(f"/problems/{issued.matter.code}/", {"move": "correct", "note": "替他", "once": "k"})

    assert state_of(issued) == "issued"


def test_what_left_ones_sight_is_corrected_among_ones_own_deeds(client: Client, cast: Cast, issued: Problem) -> None:
    url = f"/problems/{issued.matter.code}/"
    home = login(client, cast.zhang).post(url, {"move": "decline", "note": "不是我们的", "once": "k"}, follow=True)
    gone, mine = client.get(url).status_code, client.get(MINE).content.decode()

    page = client.post(MINE, {"code": issued.matter.code, "note": "看错了", "once": "l"}, follow=True).content.decode()

    assert GONE in home.content.decode()
    assert (gone, state_of(issued)) == (404, "issued")
    assert "问题1" in mine  # it is called by its name, though it opens nothing
    assert f'href="{url}"' not in mine
    assert "已更正，回到上一步。" in page
    assert f'href="{url}"' in page


def test_a_matter_on_which_one_took_no_step_is_not_there(client: Client, cast: Cast, issued: Problem) -> None:
    for who in (cast.zhang, cast.qian, cast.wang):
        answer = login(client, who).post(MINE, {"code": issued.matter.code, "note": "试试", "once": "k"})
        assert answer.status_code == 404
    for code in ("", "HE2", "HE2-", "HE2-Q001", "HE2-P999", "-P"):
        assert client.post(MINE, {"code": code, "note": "试试", "once": "k"}).status_code == 404

    assert state_of(issued) == "issued"


def test_who_moved_to_another_unit_is_told_nothing_of_the_old_ones_matters(
    client: Client, cast: Cast, issued: Problem
) -> None:
    form = {"move": "decline", "note": "不是我们的", "once": "k"}
    login(client, cast.zhang).post(f"/problems/{issued.matter.code}/", form)
    before, person = client.get(MINE).content.decode(), Person.objects.get(pk=cast.zhang.person)
    deed = {"by": ROBOT, "at": NOON}
    appointing.end_appointment(Appointment.objects.get(person=person), on=clock.today() - timedelta(days=1), **deed)
    appointing.appoint_to(person, cast.neighbour, "经办", Role.REPORTER, starts_on=clock.today(), **deed)

    after = client.get(MINE).content.decode()
    answer = client.post(MINE, {"code": issued.matter.code, "note": "看错了", "once": "l"})

    assert ("问题1" in before, "问题1" in after) == (True, False)
    assert ('name="code"' in before, 'name="code"' in after) == (True, False)
    assert (answer.status_code, state_of(issued)) == (404, "draft")


def test_a_message_opens_only_what_is_in_sight(client: Client, cast: Cast, issued: Problem) -> None:
    url = f'href="/problems/{issued.matter.code}/"'
    before = login(client, cast.zhang).get("/messages/").content.decode()
    client.post(f"/problems/{issued.matter.code}/", {"move": "decline", "note": "不是我们的", "once": "k"})
    after, home = client.get("/messages/").content.decode(), client.get("/").content.decode()

    assert (url in before, url in after, url in home) == (True, False, False)
    assert "下达：第1项" in after
    assert "下达：第1项" in home


def test_the_list_asks_the_same_however_many_deeds(client: Client, cast: Cast) -> None:
    login(client, cast.chen).get(MINE)  # what is asked once a session is asked here
    counts = []
    for many in (2, 6):
        while Problem.objects.count() < many:
            plan = Problem.objects.first().plan if Problem.objects.exists() else None  # type: ignore[union-attr]  # there is one
            problem = make_problem(cast, Problem.objects.count() + 1, plan=plan)
            make_measure(problem)
            move_problem(problem, "issue", by=cast.chen, at=NOON)
        still.forget()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(MINE).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
