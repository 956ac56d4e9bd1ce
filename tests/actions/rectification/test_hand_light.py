"""A light set by hand: by whom, for how long, beside what the rules compute, and how it ends."""

from datetime import date, timedelta

import pytest
from django.test import Client

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.rectification.actions.hand_light import lift_light, set_light
from bihuan.rectification.models import HandLight, LightSpan
from bihuan.rectification.queries import lights, shown
from bihuan.rectification.rules.hand_light import refusal
from tests.cast import Cast, account_of
from tests.loop import Loop, make_loop

DAY = timedelta(days=1)
TODAY = date(2022, 7, 4)
REASON = "现场停工，等省里复核"


@pytest.fixture
def loop(cast: Cast) -> Loop:
    loop = make_loop(cast)
    loop.to_rectifying()
    loop.later(10)
    return loop


def put(loop: Loop, by: Actor, light: str = "over", days: int = 20) -> HandLight:
    return set_light(loop.fresh(), light, day_of(loop.now) + days * DAY, REASON, by=by, at=loop.now)


def kept(loop: Loop) -> list[tuple[str, str, str]]:
    rows = LightSpan.objects.filter(matter=loop.problem.matter).order_by("since")
    return [(one.since.isoformat(), one.light, one.cause) for one in rows]


@pytest.mark.parametrize(
    ("light", "days", "reason", "sentence"),
    [
        ("none", 1, REASON, "手工只能设为超期、滞后、临期或正常。"),
        ("purple", 1, REASON, "手工只能设为超期、滞后、临期或正常。"),
        ("over", 1, " ", "手工设灯应写明理由。"),
        ("over", -1, REASON, "手工设灯的截止日期不能早于今天。"),
        ("over", 93, REASON, "手工设灯最长92天，到期再看。"),
        ("ok", 92, REASON, ""),
        ("ok", 0, REASON, ""),
    ],
)
def test_what_may_be_set(light: str, days: int, reason: str, sentence: str) -> None:
    assert refusal(light, TODAY + days * DAY, reason, TODAY) == sentence


def test_it_holds_to_its_end_and_ends_by_itself(loop: Loop) -> None:
    before = kept(loop)
    put(loop, loop.group)

    assert kept(loop) == [
        before[0],
        ("2022-07-14", "over", f"蒋长设为超期，至2022-08-03：{REASON}"),
        ("2022-08-04", "ok", "手工设灯期满，序时0%，上报0%，与序时持平"),
        *before[1:],
    ]
    problem, day = loop.fresh(), day_of(loop.now)
    assert shown.problem_light(problem, day).state == "over"
    assert shown.computed(problem, day).light == "ok"
    assert Entry.objects.filter(action="rectification.set_light", about=problem.matter.code).exists()


def test_it_is_lifted_by_a_deed_and_the_days_before_keep_it(loop: Loop) -> None:
    put(loop, loop.cast.wang)
    day = day_of(loop.later(3))
    lift_light(loop.fresh(), by=loop.cast.wang, at=loop.now, note="已复工")

    assert [(since, light) for since, light, _ in kept(loop)][:3] == [
        ("2022-07-04", "ok"),
        ("2022-07-14", "over"),
        ("2022-07-17", "ok"),
    ]
    assert lights.hand_on(loop.problem.matter, day) is None
    with pytest.raises(Refused, match="现在没有手工设的灯。"):
        lift_light(loop.fresh(), by=loop.cast.wang, at=loop.now)
    put(loop, loop.cast.wang, "due")
    lift_light(loop.fresh(), by=loop.cast.wang, at=loop.now)
    assert kept(loop)[2][:2] == ("2022-07-17", "ok")


def test_only_leaders_set_one_at_a_time_and_only_where_there_is_a_light(loop: Loop) -> None:
    for by in (loop.cast.chen, loop.doer, loop.head):
        with pytest.raises(Refused, match="只有领导小组成员和整改办主任可以手工设灯。"):
            put(loop, by)
    put(loop, loop.cast.wang)
    with pytest.raises(Refused, match="已有一次手工设灯还没有到期，请先撤去。"):
        put(loop, loop.group)


def test_what_is_signed_off_shows_none(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_signed_off()

    with pytest.raises(Refused, match="这一件现在没有灯，不能手工设灯。"):
        put(loop, loop.cast.wang)


def test_the_page_sets_shows_and_lifts_and_loses_nothing(loop: Loop, client: Client) -> None:
    url = f"/lights/{loop.problem.matter.code}/"
    client.force_login(account_of(loop.cast.chen))
    assert "手工设灯</button>" not in client.get(url).content.decode()
    client.force_login(account_of(loop.cast.wang))
    assert "手工设灯</button>" in client.get(url).content.decode()

    wrong = client.post(url, {"act": "set", "light": "due", "until": "2022-01-01", "reason": REASON})
    assert wrong.status_code == 422
    assert "手工设灯的截止日期不能早于今天。" in wrong.content.decode()
    assert REASON in wrong.content.decode()
    until = f"{clock.today() + 9 * DAY}"
    page = client.post(url, {"act": "set", "light": "due", "until": until, "reason": REASON}, follow=True)
    assert f"设为临期，至{until}：{REASON}" in page.content.decode()
    assert "按规则算" in page.content.decode()
    answer = client.get(f"/api/v1/lights/{loop.problem.matter.code}").json()
    assert (answer["light"]["state"], answer["computed"]["state"]) == ("due", "over")
    client.post(url, {"act": "lift", "note": "不用了"})
    assert HandLight.objects.get().lifted_on is not None


def test_programs_set_and_lift_it(loop: Loop, client: Client) -> None:
    url = f"/api/v1/lights/{loop.problem.matter.code}"
    client.force_login(account_of(loop.cast.wang))
    until = f"{clock.today() + 9 * DAY}"
    facts = {"light": "ok", "until": until, "reason": REASON}

    def send(body: dict[str, object], key: str) -> int:
        headers = {"Idempotency-Key": key}
        return client.post(url, body, "application/json", headers=headers).status_code

    assert send({"light": "ok", "reason": REASON}, "key-light-1") == 422
    assert send(facts, "key-light-2") == 200
    assert send(facts, "key-light-2") == 200
    assert client.get(url).json()["hand_set"][0]["reason"] == REASON
    assert send({"is_lifted": True}, "key-light-3") == 200
    assert HandLight.objects.count() == 1
