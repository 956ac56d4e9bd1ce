"""The home page: what waits for whom, what a leader asks after, what falls due."""

import re
from datetime import date, datetime, timedelta
from html import unescape
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.core import audit, clock, still
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.lib.flow import Refused
from bihuan.lib.ledger import Light
from bihuan.matters.models import Duty
from bihuan.organisation.rules.duties import DutyRole
from bihuan.petitions.actions import assign_petition, move_undertaking
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries import sight
from bihuan.web import home_overview
from tests.actions.intake.test_intake import commit
from tests.cast import NOON, ROBOT, Cast, account_of
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_plan, make_problem, write


def home_of(client: Client, cast: Cast, who: str) -> str:
    client.force_login(account_of(getattr(cast, who)))
    return client.get("/").content.decode()


def problems(cast: Cast, *dues: date) -> list[Problem]:
    """Problems that are handed over, due on these days."""
    plan = make_plan(make_inspection(cast), cast.party)
    found = []
    for number, due in enumerate(dues, 1):
        problem = make_problem(cast, number, plan=plan, due_on=due, title=f"第{number}个坑塘")
        make_measure(problem)
        move_problem(problem, "issue", by=cast.chen, at=NOON)
        found.append(problem)
    return found


def test_a_leader_sees_what_is_red_whose_why_and_what_next(client: Client, cast: Cast) -> None:
    today = clock.today()
    problems(cast, today - timedelta(days=3), today + timedelta(days=5), today + timedelta(days=300))

    page = home_of(client, cast, "wang")

    assert "3个问题里1个超期、2个滞后" in page
    assert page.index("第1个坑塘") < page.index("第2个坑塘")
    assert "已过<b>3天</b>" in page
    assert "沧县水务局" in page
    assert "牵头单位签收" in page
    assert "1个问题到期：第2个坑塘" in page


def test_a_problem_without_a_deadline_says_its_words_and_no_days(client: Client, cast: Cast) -> None:
    problems(cast, clock.today() - timedelta(days=3))
    [problem] = sight.problem_words(sight.problems_seen(cast.wang))
    problem.matter.due_on = problem.matter.first_due_on = None
    problem.deadline_raw = "长期坚持"

    case = home_overview._case(problem, Light("late", "滞后", ""), clock.today())

    assert case["since"] == ""
    assert case["facts"][1][1] == ["时限原文“长期坚持”", "；1项措施，已确认0项。"]


def test_a_unit_that_leads_and_bears_is_named_once(client: Client, cast: Cast) -> None:
    [problem] = problems(cast, clock.today() - timedelta(days=3))
    write([Duty(matter=problem.matter, role=DutyRole.RESPONSIBLE, unit=cast.water)], by=ROBOT, at=NOON)

    page = home_of(client, cast, "wang")

    assert "<dt>谁的</dt><dd>沧县水务局</dd>" in page


def test_the_clerk_has_his_list_and_the_board_of_lights(client: Client, cast: Cast) -> None:
    problems(cast, clock.today() - timedelta(days=3))

    page = home_of(client, cast, "chen")

    assert "现在没有轮到您办的" in page
    assert "全部1个问题" in page
    assert "要您过问" not in page


def test_the_neighbour_sees_no_light_of_it(client: Client, cast: Cast) -> None:
    problems(cast, clock.today())

    assert "坑塘" not in home_of(client, cast, "qian")


def test_a_message_names_the_problem_and_opens_it(client: Client, cast: Cast) -> None:
    [problem] = problems(cast, clock.today())

    page = home_of(client, cast, "zhang")

    assert f'<a href="/problems/{problem.matter.code}/">下达：第1项第1个坑塘</a>' in page


def test_a_batch_in_the_tray_is_one_line_with_its_day(client: Client, cast: Cast) -> None:
    came = clock.today() - timedelta(days=3)
    batch = make_batch(make_inspection(cast), handed_over_on=came)
    make_petition(cast, batch, "D2HE202204120031")
    make_petition(cast, batch, "D2HE202204120032")

    page = home_of(client, cast, "chen")

    assert "交办：第1批信访件2件" in page
    assert came.isoformat() in page
    assert "迟3天" in page
    assert "1件已过时限。" in page


def test_a_batch_in_the_tray_opens_without_its_namesake(client: Client, cast: Cast) -> None:
    for code, number in (("HES3", "D2HE202204120031"), ("HES4", "D2HE202204120032")):
        make_petition(cast, make_batch(make_inspection(cast, code=code, name=f"督察{code}")), number)
    page = home_of(client, cast, "chen")

    links = {unescape(one) for one in re.findall(r'href="(/ledgers/petitions/\?state=[^"]*)"', page)}
    [link] = [one for one in links if "HES3" in unquote(one)]
    ledger = client.get(link).content.decode()

    assert "D2HE202204120031" in ledger
    assert "D2HE202204120032" not in ledger


def test_a_petition_whose_result_came_on_paper_is_not_late(client: Client, cast: Cast) -> None:
    batch = make_batch(make_inspection(cast))
    for number, truth in (("D2HE202204120031", ""), ("D2HE202204120032", "属实")):
        petition = make_petition(cast, batch, number, truth=truth)
        assign_petition(petition, [cast.water], by=cast.chen, at=NOON)

    page = home_of(client, cast, "zhang")

    assert "要办 2 件" in page
    assert "1件已过时限。" in page
    assert "已有结果" in page


def test_those_with_a_result_stand_in_the_order_of_their_days(client: Client, cast: Cast) -> None:
    batch = make_batch(make_inspection(cast))
    for number, days in (("D2HE202204120031", 0), ("D2HE202204120032", 2)):
        petition = make_petition(cast, batch, number, truth="属实")
        assign_petition(petition, [cast.water], by=cast.chen, at=NOON - timedelta(days=days))

    page = home_of(client, cast, "zhang")

    assert page.index("D2HE202204120032") < page.index("D2HE202204120031")


@pytest.mark.parametrize("who", ["chen", "zhang", "wang"])
def test_the_home_asks_as_much_for_many_as_for_one(client: Client, cast: Cast, who: str) -> None:
    today = clock.today()
    home_of(client, cast, who)

    def asked() -> int:
        still.forget()
        with CaptureQueriesContext(connection) as captured:
            home_of(client, cast, who)
        return len(captured)

    plan = make_plan(make_inspection(cast), cast.party)
    for number in (1, 2):
        problem = make_problem(cast, number, plan=plan, due_on=today - timedelta(days=1))
        make_measure(problem)
        if number == 1:
            move_problem(problem, "issue", by=cast.chen, at=NOON)
    few = asked()
    for number in (3, 4, 5, 6):
        problem = make_problem(cast, number, plan=plan, due_on=today - timedelta(days=1))
        make_measure(problem)
        if number < 5:
            move_problem(problem, "issue", by=cast.chen, at=NOON)

    assert asked() == few


@action
def end_duties(problem: Problem, role: str, *, by: Actor, at: datetime) -> None:
    for duty in Duty.objects.filter(matter=problem.matter, role=role):
        audit.change(duty, is_ended=True)


@pytest.mark.parametrize(
    ("role", "why"),
    [
        (DutyRole.LEAD, "还没有牵头单位。"),
        (DutyRole.FIRST_RESPONSIBLE, "还没有第一责任人。"),
        (None, "还没有整改措施。"),
    ],
)
def test_a_draft_that_cannot_be_issued_says_why(client: Client, cast: Cast, role: DutyRole | None, why: str) -> None:
    problem = make_problem(cast)
    if role:
        make_measure(problem, unit=cast.water)
        end_duties(problem, role, by=ROBOT, at=NOON)

    page = home_of(client, cast, "chen")

    assert f'还不能下达：<b class="t-late">{why}</b>' in page
    with pytest.raises(Refused, match=why):
        move_problem(problem, "issue", by=cast.chen, at=NOON)


def ask_about(intake: Intake, number: int, key: str) -> None:
    asked = IntakeDoubt(intake=intake, number=number, record_key=key, question="是哪一年？")
    write([asked], by=ROBOT, at=NOON)


def test_a_draft_with_a_question_or_a_deadline_open_says_so(client: Client, cast: Cast) -> None:
    intake = commit(cast)
    measure = Measure.objects.filter(problem__number=1)[0]
    ask_about(intake, 90, measure.record_key)
    ask_about(intake, 91, "problem:1")

    page = home_of(client, cast, "chen")

    assert '还不能下达：<b class="t-late">导入时还有2处存疑没有答复。</b>' in page
    assert '还不能下达：<b class="t-late">整改时限存疑，尚未确定。</b>' in page


def test_the_reasons_cost_as_much_for_many_drafts_as_for_two(client: Client, cast: Cast) -> None:
    inspection = make_inspection(cast)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            home_of(client, cast, "chen")
        return len(captured)

    home_of(client, cast, "chen")  # what is asked once a session is asked here
    ask_about(commit(cast, inspection=inspection), 90, "problem:1")
    two = asked()
    for number in (1, 2):
        other = make_inspection(cast, f"HE{number + 4}")
        ask_about(commit(cast, inspection=other), 90, "problem:1")

    assert Problem.objects.count() == 6
    assert asked() == two


def test_a_draft_that_can_be_issued_says_nothing(client: Client, cast: Cast) -> None:
    make_measure(make_problem(cast))

    assert "还不能下达" not in home_of(client, cast, "chen")


def test_an_office_that_has_nothing_yet_is_led_to_its_first_import(client: Client, cast: Cast) -> None:
    page = home_of(client, cast, "chen")

    assert "先导入整改方案" in page
    assert 'href="/imports/new/"' in page
    assert "都办完了" in home_of(client, cast, "zhang")


def test_more_than_are_listed_are_not_counted_as_all(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bihuan.web.home.SHOWN", 1)
    monkeypatch.setattr("bihuan.gate.owing.LOOKED_FOR", 1)
    batch = make_batch(make_inspection(cast))
    for number in ("D2HE202204120031", "D2HE202204120032", "D2HE202204120033"):
        assign_petition(make_petition(cast, batch, number), [cast.water], by=cast.chen, at=NOON)

    assert "要办 2 件以上" in home_of(client, cast, "zhang")


def test_of_many_batches_the_one_that_waited_longest_is_listed(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bihuan.web.home.SHOWN", 1)
    monkeypatch.setattr("bihuan.gate.owing.LOOKED_FOR", 1)
    inspection = make_inspection(cast)
    for number, day in ((7, 12), (8, 10), (9, 11)):
        batch = make_batch(inspection, number=number, handed_over_on=date(2022, 4, day))
        make_petition(cast, batch, f"D2HE2022041200{number}1")

    page = home_of(client, cast, "chen")

    assert "要办 2 件以上" in page
    assert "交办：第8批信访件1件" in page
    assert "第7批" not in page


def test_all_unread_messages_are_counted_and_marked_though_a_page_shows_some(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bihuan.web.messages.SHOWN", 1)
    problems(cast, clock.today(), clock.today())
    client.force_login(account_of(cast.zhang))

    assert "2 条没有看过" in client.get("/messages/").content.decode()
    assert "第1个坑塘" in client.get("/messages/?page=2").content.decode()

    client.post("/messages/", {"once": "all"})
    assert "都看过了" in client.get("/messages/").content.decode()


def test_who_returns_a_petition_is_told_so_at_home(client: Client, cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)), "D2HE202204120031")
    assign_petition(petition, [cast.water], by=cast.chen, at=clock.now())
    client.force_login(account_of(cast.zhang))
    part = petition.undertakings.get()

    told = {"move": "return", "undertaking": part.pk, "note": "不属于本单位职责。", "once": "return"}
    answer = client.post(f"/petitions/{petition.matter.code}/", told, follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == "/"
    assert "退办" in answer.content.decode()


def test_a_return_that_the_office_must_answer_stands_at_home_and_is_handed_on_there(client: Client, cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)), "D2HE202204120031")
    assign_petition(petition, [cast.water, cast.farm], by=cast.chen, at=clock.now())
    part = petition.undertakings.get(unit=cast.water)
    move_undertaking(part, "return", by=cast.zhang, at=clock.now(), note="不属于本单位职责。")
    client.force_login(account_of(cast.chen))
    url = f"/petitions/{petition.matter.code}/"
    assert "答复退办：D2HE202204120031" in client.get("/").content.decode()

    assert "市整改办答复沧县水务局的退办。" in client.get(url).content.decode()

    told = {"move": "reassign", "undertaking": part.pk, "once": "reassign"}
    assert "请至少选一个承办单位。" in client.post(url, told, follow=True).content.decode()
    answer = client.post(url, {**told, "units": [cast.neighbour.pk], "once": "again"}, follow=True).content.decode()

    assert "已改交" in answer
    assert "的退办。" not in answer
    assert "青县水务局" in answer
    assert "答复退办" not in client.get("/").content.decode()


def test_a_unit_signs_for_its_part_though_another_signed_before(client: Client, cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)), "D2HE202204120031")
    assign_petition(petition, [cast.water, cast.farm], by=cast.chen, at=clock.now())
    move_undertaking(petition.undertakings.get(unit=cast.water), "receive", by=cast.zhang, at=clock.now())

    client.force_login(account_of(cast.li))
    assert "签收：D2HE202204120031" in client.get("/").content.decode()
    client.force_login(account_of(cast.zhang))
    assert "填报核实：D2HE202204120031" in client.get("/").content.decode()


def test_a_reporter_is_led_to_what_his_unit_has_to_fill_in(client: Client, cast: Cast) -> None:
    [problem] = problems(cast, clock.today() + timedelta(days=60))
    move_problem(problem, "receive", by=cast.zhang, at=NOON)

    page = home_of(client, cast, "zhang")

    assert 'href="/reports/">填报：1件的进展</a>' in page
