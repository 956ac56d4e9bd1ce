"""Whoever is next finds it on his desk, and nobody else."""

from decimal import Decimal

import pytest

from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.disclosure.actions import objecting
from bihuan.disclosure.models import Objection
from bihuan.gate import owing
from bihuan.matters.rules.progress import ProgressState
from bihuan.rectification.actions import progress
from bihuan.rectification.models import Indicator, Measure
from bihuan.rectification.rules.reporting import Filled
from tests.cast import Cast
from tests.loop import Loop, make_loop

PEOPLE = ("doer", "second", "head", "county", "accepter", "publicity", "group", "chen", "wang", "qian")


def person(loop: Loop, name: str) -> Actor:
    found: Actor = getattr(loop, name, None) or getattr(loop.cast, name)
    return found


@pytest.mark.parametrize(
    ("until", "after", "wanted"),
    [
        ("to_finished", (), {"doer": ["确认"], "second": ["确认"]}),
        ("to_claimed", (), {"county": ["初验"]}),
        ("to_verifying", (), {"accepter": ["验收"]}),
        ("to_accepted", (), {"publicity": ["公示"]}),
        ("to_rectifying", (), {"doer": ["填报"], "second": ["填报"]}),
        ("to_redacted", (), {"publicity": ["公示"], "wang": ["审批"]}),
        ("to_noticed", (), {}),
        ("to_complained", (), {"chen": ["核查"]}),
        ("to_complained", ("complain_wrongly",), {}),
        ("to_complained", ("complain_rightly",), {"chen": ["受理异议"]}),
        ("to_noticed", ("over",), {"chen": ["公示期满"]}),
        ("to_uncontested", (), {"chen": ["提请同意"]}),
        ("to_asked", (), {"group": ["同意"]}),
        ("to_consented", (), {"wang": ["销号"]}),
        ("to_signed_off", (), {}),
    ],
)
def test_the_next_step_waits_on_the_desk_of_whose_it_is(
    cast: Cast, until: str, after: tuple[str, ...], wanted: dict[str, list[str]]
) -> None:
    loop = make_loop(cast)
    for deed in (until, *after):
        getattr(loop, deed)()
    today = day_of(loop.now)

    found = {name: [one.act for one in owing.owed(person(loop, name), today)] for name in PEOPLE}

    assert {name: acts for name, acts in found.items() if acts} == wanted


def test_an_entry_waits_for_its_approver_and_what_is_reported_is_owed_no_more(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_rectifying()
    loop.later()
    today = day_of(loop.now)
    measure = Measure.objects.select_related("matter__inspection__rule_set", "problem__matter").get()
    readings = {Indicator.objects.get(measure=measure).pk: Decimal(2)}
    filled = Filled(today, done="封填自备井2眼，现场验收2份。", readings=readings)
    report = progress.report_progress(measure, filled, by=loop.reporter, at=loop.now)

    found = {name: [one.act for one in owing.owed(person(loop, name), today)] for name in ("reporter", *PEOPLE)}

    assert report.state == ProgressState.SUBMITTED
    assert {name: acts for name, acts in found.items() if acts} == {
        name: ["审核"] for name in ("doer", "second", "head")
    }


def test_an_objection_that_is_looked_into_waits_for_the_head(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_complained()
    [objection] = Objection.objects.all()
    objecting.decide_objection(objection, "check", by=cast.chen, at=loop.now)
    today = day_of(loop.now)

    [line] = owing.owed(cast.wang, today)

    assert (line.act, line.code, line.due_on) == ("认定", objection.code, loop.release().ends_on)
    assert owing.owed(cast.chen, today) == []
