"""The pages of plans: what is missing stands beside the greyed button, two editions compared."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import time_machine
from django.test import Client

from bihuan.core import clock
from bihuan.organisation.models import Appointment
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import nesting, planning
from bihuan.rectification.actions.amendment import amend_plan
from bihuan.rectification.actions.nesting import Redrafted
from bihuan.rectification.actions.plan import adopt_plan
from bihuan.rectification.models import Consultation, Deliberation, Indicator, Measure, Plan, Problem
from bihuan.rectification.queries.nesting import explained
from tests.actions.rectification.test_nesting import city_plan, drafted
from tests.actions.rectification.test_planning import DRAFT, LATER, amended
from tests.cast import NOON, ROBOT, Cast, account_of, seat_as
from tests.makers import make_inspection, write
from tests.steps import make_whole_plan


def test_the_office_takes_a_plan_from_its_draft_to_its_paper(client: Client, cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "consulting")
    client.force_login(account_of(cast.chen))
    url = f"/plans/{plan.code}/"
    client.post(url, {"move": "deliberate", "note": "各县无不同意见"})
    assert "还没有审议记录：政府常务会、党委常委会。" in client.get(url).content.decode()
    meeting = {"act": "deliberate", "meeting": "第12次", "held_on": "2022-07-04", "outcome": "通过", "paper": ""}
    for body in ("政府常务会", "党委常委会"):
        client.post(url, {**meeting, "body": body})
    assert Deliberation.objects.count() == 2

    answer = client.post(url, {"move": "issue", "number": "沧办字〔2022〕31号", "dated_on": "2022-07-04"}, follow=True)

    assert "已印发。" in answer.content.decode()
    assert "沧办字〔2022〕31号" in client.get("/plans/").content.decode()


def test_a_record_that_is_not_filled_in_says_so_and_keeps_what_was_typed(client: Client, cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "deliberating")
    client.force_login(account_of(cast.chen))

    answer = client.post(f"/plans/{plan.code}/", {"act": "deliberate", "body": "政府常务会", "meeting": "第12次"})

    assert (answer.status_code, Deliberation.objects.count()) == (422, 0)
    assert 'value="第12次"' in answer.content.decode()


def test_two_editions_side_by_side_name_the_paper_that_softened(client: Client, cast: Cast) -> None:
    plan = adopt_plan(DRAFT, make_inspection(cast), cast.party, by=ROBOT, at=NOON)
    amend_plan(plan, amended(due_on=date(2023, 3, 31)), by=ROBOT, at=LATER, note="冻土期")
    client.force_login(account_of(cast.wang))

    shown = client.get(f"/plans/{plan.code}/editions/").content.decode()

    for words in ("放宽<b>2</b>处", "沧办字〔2022〕40号", "2022-11-30", "2023-03-31", "取消", "冻土期"):
        assert words in shown


def test_deadlines_that_wait_for_the_paper_of_a_revision_stand_on_its_page(client: Client, cast: Cast) -> None:
    plan = adopt_plan(DRAFT, make_inspection(cast), cast.party, by=ROBOT, at=NOON)
    plan = planning.move_plan(plan, "revise", by=cast.chen, at=LATER, note="冻土期")
    draft = replace(amended(due_on=date(2023, 3, 31)), title="整改方案（送审稿）")
    amend_plan(plan, draft, by=cast.chen, at=LATER)
    client.force_login(account_of(cast.wang))

    shown = client.get(f"/plans/{plan.code}/").content.decode()

    for words in ("修订稿改动的时限", "1处，印发修订后才生效", "第1项措施1", "2022-11-30", "2023-03-31"):
        assert words in shown


def test_whoever_reads_no_problem_of_a_plan_does_not_find_it(client: Client, cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "issued")
    client.force_login(account_of(cast.qian))

    assert client.get(f"/plans/{plan.code}/").status_code == 404
    assert plan.code not in client.get("/plans/").content.decode()


def test_programs_read_a_plan_and_take_its_steps(client: Client, cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "consulting")
    client.force_login(account_of(cast.chen))
    found = client.get(f"/api/v1/plans/{plan.code}").json()
    assert [(one["name"], one["is_open"]) for one in found["steps"]] == [("deliberate", True), ("redraft", True)]

    body = {"step": "deliberate", "note": "已征求意见", "version": found["version"]}
    headers = {"Idempotency-Key": "key-of-a-plan"}
    done = client.post(f"/api/v1/plans/{plan.code}/steps", body, "application/json", headers=headers).json()

    assert (done["done"], done["state"]["label"]) == ("已提请审议。", "审议")
    assert client.get(f"/api/v1/plans/{plan.code}/shifts").json() == []


def test_a_county_drafts_its_plan_writes_it_over_and_explains_what_differs(client: Client, cast: Cast) -> None:
    city_plan(cast)
    client.force_login(account_of(seat_as(Role.COUNTY_CLERK, cast.county)))
    assert "从市方案起草" in client.get("/plans/").content.decode()
    above, unit = Plan.objects.get(), cast.county
    chosen = {"from": f"{above.pk}-{unit.pk}", "once": "draft"}
    url, again = (client.post("/plans/", chosen).headers["Location"] for _ in range(2))
    assert "这一步刚才已经办过" in client.get(again).content.decode()
    row = Measure.objects.get(plan__parent=above)
    mark = row.indicators.get()
    form = {"text": row.text, "due_on": "2022-12-31", f"target-{mark.pk}": "9", "seen": str(row.version)}
    form["units"] = str(cast.county.pk)
    client.post(f"{url}measures/{row.pk}/", form)
    shown = client.get(f"{url}check/").content.decode()
    assert "市方案第1项措施1要求2022-11-30前，这里是2022-12-31。" in shown
    assert "1处没有说明" in client.get(url).content.decode()

    [found] = client.get(f"/api/v1{url}check".removesuffix("/")).json()
    [(one, _)] = explained(Plan.objects.get(parent=above))
    client.post(f"{url}check/", {"subject": one.subject, "digest": one.digest, "note": "冻土期无法施工"})

    assert (found["kind"], found["reason"]) == ("later", "")
    assert "冻土期无法施工" in client.get(f"{url}check/").content.decode()


def test_a_problem_of_a_draft_is_written_over_on_its_page(client: Client, cast: Cast) -> None:
    plan, clerk = drafted(cast)
    client.force_login(account_of(clerk))
    problem = Problem.objects.get(plan=plan)
    url = f"/plans/{plan.code}/problems/{problem.pk}/"
    assert url in client.get(f"/plans/{plan.code}/check/").content.decode()
    own = client.get(f"/plans/{plan.code}/").content.decode()
    assert (url in own, f'href="/problems/{problem.matter.code}/"' in own) == (True, False)
    assert client.get(f"/problems/{problem.matter.code}/").status_code == 404  # a draft has no page of its own
    form = {"title": "超采治理", "text": "公共管网内仍有自备井。", "due_on": "2022-11-30", "seen": str(problem.version)}
    assert client.post(url, form).status_code == 422

    client.post(url, {**form, "leads": str(cast.county.pk)})

    assert Problem.objects.get(plan=plan).title == "超采治理"


def test_opinions_are_asked_and_noted_on_their_page(client: Client, cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "consulting")
    client.force_login(account_of(cast.chen))
    url = f"/plans/{plan.code}/opinions/"
    assert client.post(url, {"act": "ask", "asked_on": "2022-07-04"}).status_code == 422
    client.post(url, {"act": "ask", "asked_on": "2022-07-04", "all": "governments", "units": str(cast.water.pk)})
    first = Consultation.objects.order_by("pk")[0]
    assert "征求3家，答复0家" in client.get(f"/plans/{plan.code}/").content.decode()
    said = {
        "act": "answer",
        "row": str(first.pk),
        f"{first.pk}-answer": "有意见",
        f"{first.pk}-answered_on": "2022-07-04",
    }
    wrong = client.post(url, said)

    client.post(url, {**said, f"{first.pk}-words": "第1项建议延期。"})

    assert (wrong.status_code, "有意见的，请写明是什么意见。" in wrong.content.decode()) == (422, True)
    assert "第1项建议延期。" in client.get(url).content.decode()
    [line, *_] = client.get(f"/api/v1/plans/{plan.code}/opinions").json()
    assert (line["answer"], line["answered_on"]) == ("有意见", "2022-07-04")


def test_a_plan_that_went_back_to_its_draft_says_that_opinions_were_asked_before(client: Client, cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "consulting")
    client.force_login(account_of(cast.chen))
    url = f"/plans/{plan.code}/"
    assert "还没有记录。" in client.get(url).content.decode()
    client.post(f"{url}opinions/", {"act": "ask", "asked_on": "2022-07-04", "units": str(cast.water.pk)})

    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        client.force_login(account_of(cast.chen))
        client.post(url, {"move": "redraft", "note": "意见较多，重新起草"})

        assert "这一稿没有征求，以前共征求1家次。" in client.get(url).content.decode()


def test_who_may_not_ask_for_opinions_hears_why_not(client: Client, cast: Cast) -> None:
    plan, _ = drafted(cast)
    client.force_login(account_of(cast.chen))
    url = f"/plans/{plan.code}/opinions/"

    said = client.post(url, {"act": "ask", "asked_on": "2022-07-04", "all": "governments"}, follow=True)

    assert "征求意见由方案的制定单位记录。" in said.content.decode()
    assert client.post(url, {}).status_code == 200
    assert client.post(url, {"act": "answer", "row": "0"}).status_code == 404
    assert not Consultation.objects.exists()


def test_programs_write_what_a_meeting_said_why_it_differs_and_what_is_carried_out(client: Client, cast: Cast) -> None:
    plan, clerk = drafted(cast)
    client.force_login(account_of(clerk))
    row = Measure.objects.get(plan=plan)
    above = Measure.objects.get(plan=plan.parent, number=1).matter.code
    nesting.redraft_measure(row, Redrafted(row.text, date(2022, 12, 31)), by=clerk, at=NOON, seen=row.version)
    root = f"/api/v1/plans/{plan.code}"
    [found] = client.get(f"{root}/check").json()

    def send(what: str, **body: object) -> tuple[int, dict[str, Any]]:
        headers = {"Idempotency-Key": f"key-of-{what}-{len(body)}"}
        told = {**body, "version": plan.version}
        answer = client.post(f"{root}/{what}", told, "application/json", headers=headers)
        return answer.status_code, answer.json()

    same = {name: found[name] for name in ("kind", "code", "words")}
    assert send("explanations", **{**same, "words": "别的话"}, reason="冻土", version=plan.version)[0] == 422
    assert send("explanations", reason="冻土", **same)[1]["done"] == "说明已存下。"
    assert client.get(f"{root}/check").json()[0]["reason"] == "冻土"
    assert send("ties", measure=row.matter.code, above="HE2-M999-01")[0] == 422
    assert send("ties", measure=row.matter.code)[1]["done"] == "对应已存下。"
    assert send("ties", measure="HE2-M999-01", above=above)[0] == 422
    assert "还没有提请审议" in str(send("deliberations", body="政府常务会", held_on="2022-07-04", outcome="通过")[1])


def test_a_measure_without_words_is_not_written(client: Client, cast: Cast) -> None:
    plan, clerk = drafted(cast)
    client.force_login(account_of(clerk))
    row = Measure.objects.get(plan=plan)

    answer = client.post(f"/plans/{plan.code}/measures/{row.pk}/", {"text": "", "due_on": "2022-12-31"})

    assert answer.status_code == 422
    assert 'value="2022-12-31"' in answer.content.decode()


def test_a_measure_is_broken_down_on_its_page_and_read_by_person(client: Client, cast: Cast) -> None:
    make_whole_plan(cast, cast.party, "issued")
    measure = Measure.objects.get()
    write([Indicator(measure=measure, name="关停自备井", measured_in="眼", target=Decimal(20))], by=ROBOT, at=NOON)
    client.force_login(account_of(cast.chen))
    url = f"/measures/{measure.matter.code}/assignments/"
    seat = Appointment.objects.get(person_id=cast.zhang.person).pk
    part = {"act": "assign", "project": "兴济镇封填工程", "appointment": seat, "quantity": "8"}
    assert client.post(url, {**part, "appointment": 0}).status_code == 422

    client.post(url, {**part, "indicator": measure.indicators.get().pk})
    row = measure.assignments.get()
    client.post(url, {"act": "done", "row": row.pk, "done": "不多"})
    client.post(url, {"act": "done", "row": row.pk, "done": "5"})

    shown = client.get(url).content.decode()
    assert "关停自备井要20眼，已分解8眼，还有12眼没有分到人。" in shown
    assert "5眼" in shown
    assert "兴济镇封填工程" in client.get(f"/people/{cast.zhang.person}/").content.decode()
    told = client.get(f"/api/v1/measures/{measure.matter.code}/assignments").json()
    assert (told["parts"][0]["person"], len(told["balances"])) == ("张工", 1)
