import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.intake.models import Intake
from bihuan.organisation.actions import appointing, organising
from bihuan.organisation.models import Appointment, Unit
from tests.actions.intake.test_intake import PLAN, commit, take
from tests.cast import NOON, ROBOT, Cast, account_of
from tests.makers import make_inspection


def test_every_page_says_whose_office_it_is(client: Client, cast: Cast) -> None:
    before = client.get("/login/").content.decode()
    organising.change_unit(Unit.objects.get(name="沧州市整改办"), name="沧州市督察整改办公室", by=cast.chen, at=NOON)

    client.force_login(account_of(cast.chen))

    assert "<small>沧州市整改办</small>" in before
    assert "<small>沧州市督察整改办公室</small>" in client.get("/").content.decode()


def test_pages_travel_compressed(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))

    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2


@pytest.mark.promise("P7")
def test_whose_post_ended_yesterday_finds_the_door_shut_at_the_next_click(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))
    before = client.get("/").status_code
    held = Appointment.objects.get(person_id=cast.chen.person)
    appointing.end_appointment(held, on=clock.today() - timedelta(days=1), by=ROBOT, at=NOON)

    assert (before, client.get("/").status_code) == (200, 404)


def tokens_of(client: Client, pk: int) -> list[str]:
    return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(f"/imports/{pk}/").content.decode())


def test_the_forms_of_a_page_share_its_token_and_each_answer_has_another(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))
    paper = take(cast, PLAN, make_inspection(cast))

    first, second = tokens_of(client, paper.pk), tokens_of(client, paper.pk)

    assert len(first) > 2
    assert len({*first}) == len({*second}) == 1
    assert {*first} != {*second}


def proof_of(client: Client, by: Actor) -> str:
    client.force_login(account_of(by))
    found = re.search(r'<a class="proof".*?</a>', client.get("/").content.decode())
    return re.sub(r"<.*?>", "", found[0]) if found else ""


def test_the_rail_says_that_all_that_came_in_is_in_the_ledgers(client: Client, cast: Cast) -> None:
    before = proof_of(client, cast.chen)
    inspection = make_inspection(cast)
    commit(cast, inspection=inspection)
    take(cast, PLAN.replace("1.地下水", "3.地下水"), inspection)

    assert before == ""
    assert proof_of(client, cast.chen) == "来件6条，全部在账1份文件写入台账，另有1份看过还没有写入。"
    assert proof_of(client, cast.zhang) == ""  # what the office took in is not his to count


@pytest.mark.broken
def test_the_rail_says_how_much_of_it_is_not(client: Client, cast: Cast) -> None:
    intake = commit(cast)
    Intake.objects.filter(pk=intake.pk).update(rows_created=4)

    assert proof_of(client, cast.chen).startswith("来件6条，2条对不上账")


def test_the_sentence_costs_no_query_of_its_own(client: Client, cast: Cast) -> None:
    commit(cast)
    client.force_login(account_of(cast.chen))

    with CaptureQueriesContext(connection) as captured:
        client.get("/me/")

    [asked] = [one["sql"] for one in captured if "bihuan_intake" in one["sql"]]
    assert "bihuan_inspection" in asked  # which every page asks for


def test_the_sentence_is_of_the_inspection_that_is_chosen(client: Client, cast: Cast) -> None:
    commit(cast, inspection=make_inspection(cast))
    make_inspection(cast, "HE3")
    client.force_login(account_of(cast.chen))

    whole = proof_of(client, cast.chen)
    client.post("/inspection/", {"inspection": "HE3"})

    assert whole.startswith("来件6条")
    assert 'class="proof"' not in client.get("/").content.decode()
