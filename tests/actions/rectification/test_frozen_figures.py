"""What two persons settled is not undone by one, and what a closed round froze is not set right afterwards."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.lib.flow import Refused
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.models import ProgressReport
from bihuan.organisation.models import Appointment
from bihuan.rectification.actions import evidence, progress, sharing
from bihuan.rectification.models import Indicator
from bihuan.rectification.queries import facts, reporting
from bihuan.rectification.rules.reporting import FROZEN, Filled
from tests.cast import Cast
from tests.loop import Loop, make_loop


def correcting(loop: Loop, old: ProgressReport, done: int = 3) -> Filled:
    """An entry that says another figure than that one, with an answer to what is asked."""
    key = Indicator.objects.get().pk
    answers = {f"{about}-{key}": "多数了" for about in ("fall", "later")}
    words = "更正：只封填了一部分，余下的井口未封。"
    return Filled(old.on, done=words, readings={key: Decimal(done)}, answers=answers, corrects=old.pk)


def last_entry() -> ProgressReport:
    return ProgressReport.objects.order_by("-pk")[0]


def test_no_change_sets_nothing_right_so_that_one_person_voids_no_figure(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_rectifying()
    loop.later()
    old = loop.report(9)
    entry = Filled(old.on, is_unchanged=True, reason="等待上级批复", corrects=old.pk)

    with pytest.raises(Refused, match="更正要写明对的情况和数"):
        progress.report_progress(loop.measure, entry, by=loop.reporter, at=loop.now)

    assert [*facts.readings_of(loop.measure).values()] == [Decimal(9)]


def test_an_entry_of_a_closed_round_is_not_set_right(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_consented()
    old = last_entry()
    entry = correcting(loop, old)
    waiting = progress.report_progress(loop.measure, entry, by=loop.reporter, at=loop.now)
    loop.step("sign_off", cast.wang, "销号")

    with pytest.raises(Refused, match=FROZEN):
        progress.move_report(loop.measure, waiting, "approve", by=loop.doer, at=loop.now)
    progress.move_report(loop.measure, waiting, "withdraw", by=loop.reporter, at=loop.now)
    with pytest.raises(Refused, match=FROZEN):
        progress.report_progress(loop.measure, entry, by=loop.reporter, at=loop.now)

    assert [*facts.readings_of(loop.measure).values()] == [Decimal(20)]


def test_a_problem_is_not_closed_while_something_is_put_on_its_measure(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_rectifying()
    loop.later()
    report, seat = loop.report(9), Appointment.objects.get(person_id=loop.doer.person)
    brought = [Brought("现场.jpg", b"jpg", "其他")]
    deeds: list[Callable[[], Any]] = [
        lambda: progress.report_progress(loop.measure, correcting(loop, report), by=loop.reporter, at=loop.now),
        lambda: progress.move_report(loop.measure, last_entry(), "withdraw", by=loop.reporter, at=loop.now),
        lambda: evidence.add_evidence(loop.measure, brought, by=loop.reporter, at=loop.now),
        lambda: sharing.assign_part(loop.measure, sharing.Part("封填", seat.pk), by=loop.doer, at=loop.now),
    ]
    locked = f'"matter_id" = {loop.problem.matter.pk} '

    for deed in deeds:
        with CaptureQueriesContext(connection) as asked:
            deed()
        locks = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"] and locked in one["sql"]]
        assert bool(locks) is connection.features.has_select_for_update


def test_after_a_rebound_only_entries_of_the_new_round_are_set_right(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_signed_off()
    old = last_entry()
    loop.later()
    loop.add("", "现场.jpg", by=loop.accepter)
    loop.step("rebound", cast.wang, "井口又开了")
    loop.later()
    new = loop.report(15, answers={f"fall-{Indicator.objects.get().pk}": "又开了五眼"})

    assert reporting.frozen_before(loop.measure) is not None
    late = replace(correcting(loop, old), on=new.on)
    with pytest.raises(Refused, match=FROZEN):
        progress.report_progress(loop.measure, late, by=loop.reporter, at=loop.now)
    entry = correcting(loop, new, 14)
    assert progress.report_progress(loop.measure, entry, by=loop.reporter, at=loop.now).corrects_id == new.pk
