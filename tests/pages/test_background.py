"""The background's queue and the receivers, on the administrators' pages."""

import re

import pytest
from django.test import Client

from bihuan.core import clock, errands, jobs, timetable, work
from bihuan.core.actor import Actor
from bihuan.core.errands import Errand
from bihuan.core.jobs import Job
from bihuan.organisation.rules.duties import Role
from bihuan.outgoing.models import Receiver
from tests.cast import NOON, Cast, account_of, prove, seat_as

JOBS, RECEIVERS = "/console/system/jobs/", "/console/receivers/"


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(account_of(actor))
    return prove(client)


@pytest.fixture
def system(cast: Cast) -> Client:
    return signed_in(seat_as(Role.SYSTEM_ADMIN, cast.office, "系某"))


@pytest.fixture
def security(cast: Cast) -> Client:
    return signed_in(seat_as(Role.SECURITY_ADMIN, cast.office, "安某"))


def sent(client: Client, path: str, **fields: object) -> str:
    return client.post(path, fields, follow=True).content.decode()


def test_the_queue_says_whether_anybody_works(system: Client) -> None:
    assert "后台没有在运行，还没有启动过。" in system.get(JOBS).content.decode()

    timetable.note_alive(clock.machine_now())

    assert "<p>后台在运行。</p>" in system.get(JOBS).content.decode()


def test_the_administrator_asks_for_work_and_sees_it_done(system: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bihuan.core.work.connections.close_all", lambda: None)
    page = sent(system, JOBS, act="examine")
    assert "已交后台：检查。" in page and "等着办" in page
    assert "后台正在办这一件" in sent(system, JOBS, act="examine")

    job = jobs.claim(clock.machine_now())
    assert job is not None
    work.perform(job)

    page = system.get(JOBS).content.decode()
    assert "轨迹完整，件件有着落，没有发现问题。" in page
    assert Errand.objects.get().asked_by == "系某"


def test_what_failed_is_tried_again_or_let_go_with_a_reason(system: Client, cast: Cast) -> None:
    for number in range(2):
        job = Job.objects.create(name="backup", key=f"k{number}", lane="backup", asked_at=NOON, due_at=NOON)
        job.lease = ""
        errands.note_failed(job, "磁盘满了。", by=Actor.system("备份", "130900"), at=NOON)
    assert "磁盘满了。" in system.get(JOBS).content.decode()
    assert "<b>2<small>件</small></b><span>后台未办成</span>" in system.get("/console/system/").content.decode()
    first, second = Errand.objects.order_by("pk")

    assert "备份已交后台再办。" in sent(system, JOBS, act="again", errand=first.pk)
    assert "请写明为什么不办了。" in sent(system, JOBS, act="drop", errand=second.pk, note="")
    assert "备份不办了，已记下理由。" in sent(system, JOBS, act="drop", errand=second.pk, note="换了磁盘")

    assert "没有未办成的。" in system.get(JOBS).content.decode()
    assert system.post(JOBS, {"act": "again", "errand": second.pk}).status_code == 404
    assert system.post(JOBS, {"act": "deliver"}).status_code == 404


def test_one_lists_a_receiver_and_another_confirms_it(system: Client, security: Client) -> None:
    page = sent(security, RECEIVERS, name="市大数据局", url="https://oa.example/hook")
    [secret] = re.findall(r"<code>(whsec_[^<]+)</code>", page)
    assert secret not in security.get(RECEIVERS).content.decode()
    row = Receiver.objects.get()
    assert security.post(RECEIVERS, {"receiver": row.pk, "act": "confirm"}).status_code == 404

    assert "已确认，从现在起通知市大数据局" in sent(system, RECEIVERS, receiver=row.pk, act="confirm")

    page = system.get(RECEIVERS).content.decode()
    assert "安某登记，系某确认" in page and "等着送1条" in page
    assert system.post(RECEIVERS, {"receiver": row.pk, "act": "stop", "note": "x"}).status_code == 404
    assert "请写明停用的理由。" in sent(security, RECEIVERS, receiver=row.pk, act="stop", note="")
    assert "市大数据局已停用，不再通知。" in sent(security, RECEIVERS, receiver=row.pk, act="stop", note="下线")
    assert "没有送不成的通知。" not in security.get(RECEIVERS).content.decode()


def test_what_the_system_administrator_fills_in_lists_nobody(system: Client) -> None:
    sent(system, RECEIVERS, name="市大数据局", url="https://oa.example/hook")

    assert Receiver.objects.count() == 0


def test_an_address_that_may_not_be_sent_to_is_said_beside_its_field(security: Client) -> None:
    answer = security.post(RECEIVERS, {"name": "本机", "url": "http://127.0.0.1:8000/"})

    assert answer.status_code == 422
    assert "不能送给本机。" in answer.content.decode()
    assert 'value="http://127.0.0.1:8000/"' in answer.content.decode()


def test_what_was_not_delivered_is_sent_again(system: Client, security: Client) -> None:
    sent(security, RECEIVERS, name="市大数据局", url="https://oa.example/hook")
    sent(system, RECEIVERS, receiver=Receiver.objects.get().pk, act="confirm")
    job = jobs.claim(clock.machine_now())
    assert job is not None
    errands.note_failed(job, "找不到对方的主机。", by=Actor.system("送通知", "130900"), at=NOON)
    page = security.get(RECEIVERS).content.decode()
    assert "没送成1条" in page and "把没送成的再送" in page

    assert "没收到的已重新排上。" in sent(security, RECEIVERS, receiver=Receiver.objects.get().pk, act="again")

    assert Job.objects.filter(state=jobs.WAITING).count() == 1
