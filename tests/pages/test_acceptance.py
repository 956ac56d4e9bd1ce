"""The acceptance file and the form of a field check, as whoever accepts finds them."""

from uuid import uuid4

import pytest
from django.test import Client

from bihuan.core import clock
from bihuan.matters.models import ConditionAnswer, FieldCheck
from bihuan.rectification.actions import evidence
from bihuan.rectification.rules.acceptance import CONDITIONS
from tests.cast import NOON, Cast, account_of
from tests.loop import make_loop


@pytest.mark.parametrize(("until", "chosen"), [("to_rectifying", ""), ("to_claimed", "验收核查")])
def test_the_check_that_is_asked_for_is_chosen_beforehand(client: Client, cast: Cast, until: str, chosen: str) -> None:
    loop = make_loop(cast)
    getattr(loop, until)()
    client.force_login(account_of(cast.wang))

    page = client.get(f"/problems/{loop.problem.matter.code}/checks/new/").content.decode()

    assert page.count('" selected>') == bool(chosen)
    assert f'<option value="{chosen}" selected>' in page or not chosen


def test_what_does_not_apply_says_that_it_waits_to_be_confirmed(client: Client, cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_rectifying()
    waiver = evidence.waive_item(loop.fresh(), "penalty", by=loop.doer, at=loop.now, note="已按期改正")
    client.force_login(account_of(cast.wang))
    url = f"/problems/{loop.problem.matter.code}/acceptance/"

    before = client.get(url).content.decode()
    evidence.confirm_waiver(loop.fresh(), waiver, by=loop.accepter, at=loop.now, note="属实")
    after = client.get(url).content.decode()

    assert "不适用：已按期改正（待验收单位在“佐证”里确认）" in before
    assert "不适用：已按期改正<" in after


def test_a_problem_with_an_objection_stands_on_its_road_behind_its_notice(client: Client, cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_objected()
    client.force_login(account_of(cast.chen))

    page = client.get(f"/problems/{loop.problem.matter.code}/").content.decode()

    assert "已过：</span><b>公示中</b>" in page
    assert "现在：</span><b>异议核查</b>" in page
    assert "先办不同意见。" in page
    assert "还有1条不同意见没有认定。" in page
    assert 'href="/objections/"' in page


def test_a_check_hears_all_that_is_wrong_at_once_and_keeps_what_was_written(client: Client, cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_rectifying()
    client.force_login(account_of(cast.wang))
    sent = {"kind": "现场督导", "team": "甲某", "checked_at": "2031-01-01T10:00", "findings": "", "demand": "补封三眼"}

    answer = client.post(f"/problems/{loop.problem.matter.code}/checks/new/", sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    for sentence in (
        "现场核查至少2人，请写全核查组成员。",
        "核查时间还没有到，请核对。",
        "整改要求和它的时限要一起写。",
        "还有1项措施没有核查结论。",
    ):
        assert sentence in page
    assert "补封三眼" in page
    assert FieldCheck.objects.count() == 0


def test_a_check_that_was_sent_twice_is_one_and_leads_back(client: Client, cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_rectifying()
    client.force_login(account_of(cast.wang))
    code, measure = loop.problem.matter.code, loop.problem.measures.get()
    sent = {"kind": "现场督导", "team": "甲某、乙某", "checked_at": f"{NOON:%Y-%m-%dT%H:%M}", "findings": "逐眼看过"}
    sent |= {"client_id": str(uuid4()), f"verdict-{measure.matter_id}": "达到", "once": "check"}

    answers = [client.post(f"/problems/{code}/checks/new/", sent) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    assert FieldCheck.objects.count() == 1
    assert "这一步刚才已经办过" in client.get(answers[1]["Location"]).content.decode()


def test_a_check_with_a_slip_in_its_year_is_refused_and_a_hidden_fault_is_said(client: Client, cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_rectifying()
    client.force_login(account_of(cast.wang))
    url, sent = f"/problems/{loop.problem.matter.code}/checks/new/", {"kind": "拒绝检查", "team": "甲某、乙某"}
    sent |= {"client_id": str(uuid4()), "findings": "大门紧锁"}

    slipped = client.post(url, {**sent, "checked_at": "0022-12-12T10:00"}).content.decode()
    hidden = client.post(url, {**sent, "checked_at": "2022-01-01T10:00", "latitude": "999"}).content.decode()

    assert "核查时间在十年以前，请核对年份。" in slipped
    assert "定位的纬度：" in hidden
    assert FieldCheck.objects.count() == 0


def test_conditions_are_answered_together_and_none_is_taken_half(client: Client, cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_verifying()
    client.force_login(account_of(loop.accepter))
    url = f"/problems/{loop.problem.matter.code}/acceptance/"
    whole = {f"{name}-{key}": said for key in CONDITIONS for name, said in (("is_met", "yes"), ("words", f"看过{key}"))}

    halves = client.post(url, {**whole, "is_met-cured": "", "words-effective": " "})
    page = halves.content.decode()
    assert (halves.status_code, ConditionAnswer.objects.exists()) == (422, False)
    assert ("请选结论：符合，还是不符合。" in page, "请写明依据：看了什么、凭什么。" in page) == (True, True)
    assert ">看过cured</textarea>" in page

    client.post(url, {**whole, "once": "k1"})
    client.post(url, {**whole, "is_met-cured": "no", "words-cured": "没有印发制度", "once": "k2"})
    again = client.post(url, {**whole, "is_met-cured": "no", "words-cured": "没有印发制度", "once": "k3"})

    answers = ConditionAnswer.objects.filter(is_ended=False)
    assert (answers.count(), ConditionAnswer.objects.count()) == (len(CONDITIONS), len(CONDITIONS) + 1)
    assert answers.get(condition="cured").is_met is False
    assert "没有新的答复，请至少答一条。" in again.content.decode()


def test_an_extension_is_asked_for_once_and_its_form_gives_way_to_the_reason(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = make_loop(cast)
    loop.to_rectifying()
    monkeypatch.setattr(clock, "now", lambda: loop.now)
    client.force_login(account_of(loop.doer))
    url = f"/extensions/{loop.problem.matter.code}/"
    before = client.get(url).content.decode()
    sent = {"act": "apply", "reason": "冻土期不能施工", "steps": "3月底前封填完"}
    sent |= {"new_due_on": "2023-03-31", "once": "later"}

    answers = [client.post(url, sent).status_code for _ in range(2)]

    after = client.get(url).content.decode()
    assert 'name="new_due_on"' in before
    assert answers == [302, 302]
    assert 'name="new_due_on"' not in after
    assert "已有一份延期申请还没有办完。" in after
