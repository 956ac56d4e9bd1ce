"""What the hour's tidying takes away: machinery that has had its time, nothing that is younger, and no entry ever."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from bihuan.core import attempts, audit, clock, drafts, jobs
from bihuan.core.attempts import Attempt
from bihuan.core.audit import Entry, Recorded
from bihuan.core.drafts import Draft
from bihuan.core.examine import models_in_use
from bihuan.core.jobs import Job
from bihuan.core.work import Task
from bihuan.gate import retention
from bihuan.organisation import background
from bihuan.organisation.rules.duties import Role
from tests.cast import CITY, ROBOT, Cast, account_of, seat_as


def counts() -> dict[type[Recorded], int]:
    return {model: model._default_manager.count() for model in models_in_use()}


def tidy(at: datetime) -> None:
    background.tidy(Task(args={}, by=ROBOT, at=at, key="k"))


@pytest.mark.parametrize(("name", "kept_for"), [("attempt", attempts.KEPT_FOR), ("draft", drafts.KEPT_FOR)])
def test_what_has_had_its_time_goes_and_nothing_younger(cast: Cast, name: str, kept_for: timedelta) -> None:
    now = clock.now()
    for age in (kept_for - timedelta(minutes=1), kept_for + timedelta(minutes=1)):
        if name == "attempt":
            attempts.note(attempts.key_of("x"), now - age)
        else:
            Draft.objects.create(person=cast.chen.person or 0, path=f"/{age}/", sealed="00", saved_at=now - age)
    before, entries = counts(), Entry.objects.count()

    tidy(now)

    model = Attempt if name == "attempt" else Draft
    assert model.objects.count() == 1
    assert (counts(), Entry.objects.count()) == (before, entries)


def test_the_page_says_it_with_the_figures_by_which_it_is_done(client: Client, cast: Cast) -> None:
    client.force_login(account_of(seat_as(Role.AUDIT_ADMIN, cast.office)))

    page = client.get("/console/retention/").content.decode()
    lines = {one.what: one for one in retention.table(CITY)}

    assert "永久" in page
    assert lines["轨迹、轨迹链末端"].for_ever
    assert f"办完后{jobs.KEPT_FOR.days}天" in lines["办完的后台任务"].how_long
    assert lines["会话"].how_long == "不操作30分钟失效，最长12小时"
    assert audit.KINDS.keys() == {"create", "change", "look"}  # there is no kind of entry that deletes
    assert Job.objects.count() == 0
