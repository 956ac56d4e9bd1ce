"""The pages of progress entries: what is owed, no change in one click, a form with questions, approval of many."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from bihuan.core.actor import Actor
from bihuan.matters.models import ProgressReport
from bihuan.rectification.models import Indicator, IndicatorReading, MilestoneReached
from bihuan.rectification.queries import reporting
from tests.cast import Cast, account_of
from tests.loop import Loop, make_loop

LIST = "/reports/"
WORDS = "封填河间市××镇12号、13号井，井管回填水泥砂浆46米。"
MORE = "献县两眼井待管网停水窗口，本周完成井口封堵。"


@pytest.fixture
def loop(cast: Cast) -> Any:
    loop = make_loop(cast)
    loop.to_rectifying()
    loop.later(14)
    with time_machine.travel(loop.now, tick=False):
        yield loop


def as_(by: Actor) -> Client:
    client = Client()
    client.force_login(account_of(by))
    return client


def path_of(loop: Loop) -> str:
    return f"/measures/{loop.measure.matter.code}/progress/"


def told(client: Client, path: str = LIST) -> str:
    return client.get(path).content.decode()


def send(client: Client, path: str, **facts: Any) -> Any:
    return client.post(path, {"on": "2022-07-18", "done": WORDS, **facts})


def indicator() -> int:
    return Indicator.objects.get().pk


def test_what_is_owed_stands_with_the_last_words_and_leads_to_the_form(loop: Loop) -> None:
    client = as_(loop.reporter)
    assert "还没有填报过。" in told(client)

    answer = send(client, path_of(loop), **{f"new-{indicator()}": "9"})

    assert (answer.status_code, answer["Location"]) == (302, LIST)
    page = told(client)
    assert WORDS in page
    assert "本期已报" in page


def test_what_is_new_gives_what_there_is_altogether_and_the_other_way_round(loop: Loop) -> None:
    client, key = as_(loop.reporter), indicator()
    send(client, path_of(loop), **{f"new-{key}": "9"})
    [first] = ProgressReport.objects.all()
    as_(loop.doer).post(LIST, {"act": "approve", "row": first.pk})

    send(client, path_of(loop), done=MORE, **{f"new-{key}": "2"})

    assert [int(one.cumulative) for one in IndicatorReading.objects.order_by("pk")] == [9, 11]
    answer = send(
        client, path_of(loop), done="又封一眼，验收单已收齐归档。", **{f"new-{key}": "2", f"total-{key}": "12"}
    )
    assert answer.status_code == 422
    assert "上次9，新增2，现累计应是11，不是12。只填一样即可。" in answer.content.decode()


def test_a_question_is_shown_beside_a_box_for_its_answer_and_nothing_typed_is_lost(loop: Loop) -> None:
    client, late = as_(loop.reporter), {"expected_on": "2030-01-01"}

    answer = send(client, path_of(loop), **late)

    page = answer.content.decode()
    assert "还没有送审，有 1 处请说明" in page
    assert WORDS in page
    assert 'name="answer-expected-late"' in page
    assert ProgressReport.objects.count() == 0
    send(client, path_of(loop), **late, **{"answer-expected-late": "已申请延期"})
    assert ProgressReport.objects.get().answers == {"expected-late": "已申请延期"}
    assert "预计完成晚于时限：已申请延期" in told(as_(loop.doer))


def test_a_milestone_is_reached_on_its_day(loop: Loop) -> None:
    [mark] = loop.measure.milestones.all()

    send(as_(loop.reporter), path_of(loop), **{f"reached-{mark.pk}": "2022-07-15"})

    assert str(MilestoneReached.objects.get().reached_on) == "2022-07-15"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"on": "2022-13-01"}, "截至日期"),
        ({"on": "2022-08-01"}, "截至日期2022-08-01还没有到。"),
        ({"done": "有"}, "请写明本期做了什么；没有新的进展就报“无变化”。"),
        ({"total": "很多"}, "请填数字，如 11 或 2.5。"),
    ],
)
def test_bad_input_gets_its_sentence_and_loses_nothing(loop: Loop, facts: dict[str, str], sentence: str) -> None:
    if "total" in facts:
        facts = {f"total-{indicator()}": facts["total"]}

    answer = send(as_(loop.reporter), path_of(loop), next_steps="封填14至16号井", **facts)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "封填14至16号井" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "reason"),
    [({"reason": "等待上级批复"}, "等待上级批复"), ({"reason": "等待上级批复", "own": "冻土"}, "冻土")],
)
def test_no_change_is_one_click_with_a_reason(loop: Loop, sent: dict[str, str], reason: str) -> None:
    client = as_(loop.reporter)

    answer = client.post(LIST, {"act": "unchanged", "code": loop.measure.matter.code, **sent}, follow=True)

    assert "1件已报无变化。" in answer.content.decode()
    assert (ProgressReport.objects.get().reason, ProgressReport.objects.get().state) == (reason, "approved")


def test_nothing_ticked_and_what_is_out_of_sight_is_said(cast: Cast, loop: Loop) -> None:
    own = as_(loop.reporter).post(LIST, {"act": "unchanged", "reason": "停工"}, follow=True)
    stranger = {"act": "unchanged", "code": loop.measure.matter.code, "reason": "停工"}
    other = as_(cast.qian).post(LIST, stranger, follow=True)

    assert "一件也没有报：请先勾选。" in own.content.decode()
    assert f"{loop.measure.matter.code}：没有这一条，或您看不到。" in other.content.decode()
    assert ProgressReport.objects.count() == 0


def test_an_approver_sees_what_changed_and_approves_all_but_exceptions_at_once(loop: Loop) -> None:
    key, client = indicator(), as_(loop.doer)
    send(as_(loop.reporter), path_of(loop), **{f"total-{key}": "9"})
    send(as_(loop.reporter), path_of(loop), done=MORE, **{f"total-{key}": "11"})
    first, second = ProgressReport.objects.order_by("pk")
    assert told(client).count('form="approve" checked') == 2

    client.post(LIST, {"act": "approve", "row": first.pk})

    assert [one.pk for one in reporting.waiting(loop.doer)] == [second.pk]
    assert "封填自备井 9 → 11 / 20眼" in told(client)


def test_one_is_returned_with_a_reason_and_handed_in_again(loop: Loop) -> None:
    send(as_(loop.reporter), path_of(loop))
    [report] = ProgressReport.objects.all()
    client = as_(loop.doer)
    assert (
        "请写明退回修改的理由。" in client.post(LIST, {"act": "return", "row": report.pk}, follow=True).content.decode()
    )

    client.post(LIST, {"act": "return", "row": report.pk, "note": "写明哪几眼"})
    assert "重新送审" in told(as_(loop.reporter), path_of(loop))
    as_(loop.reporter).post(path_of(loop), {"entry": report.pk, "move": "submit_again"})

    assert ProgressReport.objects.get().state == "submitted"


def test_an_approved_entry_is_corrected_by_a_new_one_that_names_it(loop: Loop) -> None:
    send(as_(loop.reporter), path_of(loop))
    [old] = ProgressReport.objects.all()
    as_(loop.doer).post(LIST, {"act": "approve", "row": old.pk})
    client = as_(loop.reporter)
    assert f"{path_of(loop)}?corrects={old.pk}#fill" in told(client, f"/measures/{loop.measure.matter.code}/")
    assert f'name="corrects" value="{old.pk}"' in told(client, f"{path_of(loop)}?corrects={old.pk}")

    send(client, path_of(loop), done="更正：12号井尚未回填，只封填13号井。", corrects=old.pk)

    assert [one.corrects_id for one in ProgressReport.objects.order_by("pk")] == [None, old.pk]
    assert "更正 2022-07-18 那一条" in told(client, path_of(loop))


def test_who_reads_without_filling_in_sees_what_was_approved_and_no_form(cast: Cast, loop: Loop) -> None:
    send(as_(loop.reporter), path_of(loop))
    client = as_(loop.county)
    assert WORDS not in told(client, path_of(loop))

    as_(loop.doer).post(LIST, {"act": "approve", "row": ProgressReport.objects.get().pk})

    page = told(client, path_of(loop))
    assert WORDS in page
    assert 'name="done"' not in page
    assert client.get(LIST).status_code == 404
    assert as_(cast.qian).get(path_of(loop)).status_code == 404


def test_the_next_owed_measure_is_one_click_away(loop: Loop) -> None:
    answer = send(as_(loop.reporter), path_of(loop), act="next")

    assert answer["Location"] == LIST


def test_the_ledger_tells_the_last_approved_entry(loop: Loop) -> None:
    columns = "column=this_period&column=cumulative&column=share&column=difficulties"
    assert "尚未填报" in told(as_(loop.county), f"/ledgers/measures/?{columns}")
    send(as_(loop.reporter), path_of(loop), difficulties="冻土层40厘米", **{f"total-{indicator()}": "9"})
    as_(loop.doer).post(LIST, {"act": "approve", "row": ProgressReport.objects.get().pk})

    page = told(as_(loop.county), f"/ledgers/measures/?{columns}")

    for words in (WORDS, "封填自备井 9 / 20眼", "45%", "冻土层40厘米"):
        assert words in page


def test_the_ledger_tells_the_same_share_as_the_page_and_never_all_of_it_with_an_open_milestone(
    client: Client, cast: Cast
) -> None:
    from bihuan.core.clock import day_of
    from bihuan.rectification.queries import courses, entries

    loop = make_loop(cast)
    loop.to_rectifying()
    loop.later()
    for done in (9, 20):
        loop.report(done)
        [row] = entries.dressed([loop.measure])
        page = courses.of_measure(loop.measure).schedule_of(loop.measure, day_of(loop.now))
        assert entries.share(row) == page.actual
        loop.later(7)

    assert entries.share_words(row) != "100%"
