"""The pages of sweeps: drafted by the office, answered by a unit, its findings decided; the API tells the same."""

from datetime import timedelta

import pytest
from django.test import Client

from bihuan.core import clock
from bihuan.matters.models import Sweep, SweepFinding, SweepPlace
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import handing_over
from bihuan.rectification.models import Problem
from tests.cast import NOON, Cast, account_of, seat_as
from tests.kept import leads_up
from tests.makers import make_measure, make_problem

DUE_ON = str(clock.today() + timedelta(days=90))
ASKED = {"inspection": "HE2", "title": "自备井排查", "looks_for": "有没有未封的自备井", "due_on": DUE_ON}
SAID = {"answer": "有同类问题", "checked_by": "周某", "checked_on": str(clock.today())}
FOUND = {"spot_1": "某某纺织厂", "text_1": "院内1眼自备井未封填"}


@pytest.fixture
@leads_up
def problem(cast: Cast) -> Problem:
    made = make_problem(cast, 7, title="自备井未封填")
    make_measure(made)
    handing_over.move_problem(made, "issue", by=cast.chen, at=NOON)
    return made


def drafted(client: Client, cast: Cast, problem: Problem) -> str:
    """The address of a sweep that the office drafted from the problem and issued."""
    client.force_login(account_of(cast.chen))
    asked = {**ASKED, "units": [str(cast.water.pk)], "places": "城区\n园区"}
    client.post(f"/sweeps/new/?problem={problem.matter.code}", asked)
    url = f"/sweeps/{Sweep.objects.get().code}/"
    client.post(url, {"move": "issue", "note": ""})
    return url


def test_a_sweep_is_drafted_answered_and_decided_on_its_pages(client: Client, cast: Cast, problem: Problem) -> None:
    url = drafted(client, cast, problem)
    first = SweepPlace.objects.order_by("pk")[0]
    client.force_login(account_of(cast.zhang))
    missing = client.post(f"{url}places/{first.pk}/", SAID)
    client.post(f"{url}places/{first.pk}/", SAID | FOUND)
    client.force_login(account_of(cast.chen))
    finding = SweepFinding.objects.get()

    client.post(
        url, {"act": "decide", "row": finding.pk, "decision": "列为整改问题", "plan": problem.plan_id, "note": ""}
    )

    finding.refresh_from_db()
    assert (missing.status_code, "有同类问题的，请至少写一处发现。" in missing.content.decode()) == (422, True)
    made = finding.problem
    assert made is not None
    assert "这一项来自排查" in client.get(f"/problems/{made.code}/").content.decode()
    source = client.get(f"/problems/{problem.matter.code}/acceptance/").content.decode()
    assert "排查中，2处，已答复1处，发现1个" in source
    page = client.get(url).content.decode()
    assert "还有1处没有答复：沧县水务局·园区。" in page


def test_units_are_ticked_by_their_kind_or_all_of_a_kind_at_once(client: Client, cast: Cast, problem: Problem) -> None:
    client.force_login(account_of(cast.chen))
    url = f"/sweeps/new/?problem={problem.matter.code}"
    page = client.get(url).content.decode()
    none = client.post(url, ASKED)

    client.post(url, {**ASKED, "units": [str(cast.water.pk)], "all": ["governments"]})

    assert "全部县（市、区）党委和政府（2家）" in page
    assert (none.status_code, "请选至少一家单位。" in none.content.decode()) == (422, True)
    asked = {str(one.unit) for one in SweepPlace.objects.select_related("unit")}
    assert asked == {"沧县水务局", "沧县党委和政府", "青县党委和政府"}


def test_the_api_tells_a_sweep_and_takes_an_answer(client: Client, cast: Cast, problem: Problem) -> None:
    url = drafted(client, cast, problem)
    client.force_login(account_of(cast.zhang))
    told = client.get(f"/api/v1{url.rstrip('/')}").json()
    place = told["places"][0]

    answer = client.post(
        f"/api/v1{url}places/{place['id']}/answer",
        {"answer": "无同类问题", "checked_by": "周某", "checked_on": str(clock.today()), "version": place["version"]},
        content_type="application/json",
        headers={"Idempotency-Key": "answer-1"},
    )

    assert (answer.status_code, answer.json()["done"]) == (200, "已答复。")
    [line] = client.get("/api/v1/sweeps").json()
    assert (line["places"], line["answered"], line["state"]["label"]) == (2, 1, "排查中")
    client.force_login(account_of(cast.qian))
    assert client.get(url).status_code == 404
    assert client.get("/api/v1/sweeps").json() == []
    facts = [one["facts"] for one in _conditions(client, cast, problem) if one["key"] == "like_elsewhere"]
    assert facts == [["自备井排查：排查中，2处，已答复1处，发现0个"]]


def _conditions(client: Client, cast: Cast, problem: Problem) -> list[dict[str, object]]:
    client.force_login(account_of(cast.chen))
    told: list[dict[str, object]] = client.get(f"/api/v1/problems/{problem.matter.code}/acceptance").json()[
        "conditions"
    ]
    return told


def test_a_unit_that_may_not_read_the_source_is_not_told_its_code(client: Client, cast: Cast, problem: Problem) -> None:
    client.force_login(account_of(cast.chen))
    asked = {**ASKED, "units": [str(cast.neighbour.pk)]}
    client.post(f"/sweeps/new/?problem={problem.matter.code}", asked)
    url = f"/sweeps/{Sweep.objects.get().code}/"
    client.post(url, {"move": "issue", "note": ""})
    office = client.get(url).content.decode()
    client.force_login(account_of(seat_as(Role.UNIT_APPROVER, cast.neighbour)))

    page = client.get(url)

    assert problem.matter.code in office
    assert page.status_code == 200
    assert problem.matter.code not in page.content.decode()


def test_a_form_that_was_sent_twice_is_done_once_and_leads_on(client: Client, cast: Cast, problem: Problem) -> None:
    client.force_login(account_of(cast.chen))
    asked = {**ASKED, "units": [str(cast.water.pk)], "once": "sweep"}
    drafts = [client.post(f"/sweeps/new/?problem={problem.matter.code}", asked) for _ in range(2)]
    url = f"/sweeps/{Sweep.objects.get().code}/"
    client.post(url, {"move": "issue", "note": ""})
    client.force_login(account_of(cast.zhang))
    place = f"{url}places/{SweepPlace.objects.get().pk}/"

    answers = [client.post(place, {**SAID, **FOUND, "once": "answer"}) for _ in range(2)]

    assert [(one.status_code, one["Location"]) for one in (*drafts, *answers)] == [(302, url)] * 4
    assert SweepFinding.objects.count() == 1
