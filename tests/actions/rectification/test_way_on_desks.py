"""Whoever is next finds it on his desk, and nobody else."""

from datetime import date
from decimal import Decimal

import pytest

from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.disclosure.actions import objecting
from bihuan.disclosure.models import Objection
from bihuan.gate import owing
from bihuan.matters.models import Extension
from bihuan.matters.rules.extension import PENDING
from bihuan.matters.rules.progress import ProgressState
from bihuan.organisation.models import Appointment
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import extension, planning, progress, sharing
from bihuan.rectification.actions.handing_over import Paper
from bihuan.rectification.models import Indicator, Measure
from bihuan.rectification.queries import desks
from bihuan.rectification.rules.plan import IN_FORCE, PLAN, PlanState
from bihuan.rectification.rules.reporting import Filled
from tests.cast import NOON, TODAY, Cast, account_of, seat_as
from tests.loop import Loop, make_loop
from tests.makers import make_other, make_plan
from tests.steps import make_whole_plan

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


def waiting(loop: Loop, kind: str) -> dict[str, list[str]]:
    """Who has what of one kind on his desk."""
    today = day_of(loop.now)
    found = {
        name: [one.act for one in owing.owed(person(loop, name), today) if one.kind == kind]
        for name in ("reporter", *PEOPLE)
    }
    return {name: acts for name, acts in found.items() if acts}


def test_an_extension_waits_for_whoever_agrees_next_and_never_for_who_asked(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_rectifying()
    asked = extension.apply_extension(
        loop.problem, date(2023, 3, 31), "冻土期不能施工", "3月底前封填完", by=loop.doer, at=loop.now
    )
    measure = Measure.objects.select_related("matter", "problem__matter").get()
    on_measure = extension.apply_extension(measure, date(2023, 3, 31), "冻土期", "开春封填", by=loop.doer, at=loop.now)
    way = (
        ("lead_agree", "head", "牵头单位同意"),
        ("office_agree", "wang", "整改办同意"),
        ("group_agree", "group", "领导小组同意"),
        ("approve", "wang", "批准"),
    )

    for name, who, act in way:
        assert waiting(loop, "extension") == {who: [act, act]}
        for subject, row in ((loop.problem, asked), (measure, on_measure)):
            paper = Paper("沧环督〔2022〕12号", TODAY) if name == "approve" else None
            extension.move_extension(subject, row, name, by=person(loop, who), at=loop.now, paper=paper)

    assert waiting(loop, "extension") == {}
    assert set(desks.AGREES) == {*PENDING}
    make_other(Extension.objects.get(pk=asked.pk), state="applied", applied_by_id=loop.head.person)
    assert waiting(loop, "extension") == {}


def seat_again(by: Actor) -> Actor:
    """Somebody as he stands after what changed."""
    return scope.actor_for(account_of(by), TODAY)


OFFICE, COUNTY = ("chen", "wang"), ("county",)


@pytest.mark.parametrize(
    ("unit", "state", "act", "whose"),
    [
        ("party", "draft", "方案成稿", OFFICE),
        ("party", "consulting", "方案提请审议", OFFICE),
        ("party", "deliberating", "方案审议", OFFICE),
        ("party", "revising", "方案修订", OFFICE),
        ("party", "issued", "", ()),
        ("county", "draft", "方案成稿", COUNTY),
        ("county", "consulting", "方案报核对", COUNTY),
        ("county", "checking", "方案核对", ("wang",)),
        ("county", "deliberating", "方案审议", COUNTY),
        ("county", "revising", "方案修订", COUNTY),
    ],
)
def test_a_plan_waits_for_whoever_takes_its_next_step(
    cast: Cast, unit: str, state: str, act: str, whose: tuple[str, ...]
) -> None:
    people = {"chen": cast.chen, "wang": cast.wang, "county": seat_as(Role.COUNTY_APPROVER, cast.county)}
    people |= {"clerk": seat_as(Role.COUNTY_CLERK, cast.county), "qian": cast.qian, "zhao": cast.zhao}
    plan = make_whole_plan(cast, getattr(cast, unit), state)

    lines = {name: [one for one in owing.owed(by, TODAY) if one.kind == "plan"] for name, by in people.items()}

    found = {name: [(one.act, one.code) for one in some] for name, some in lines.items() if some}
    assert found == {name: [(act, plan.code)] for name in whose}


def test_a_plan_that_its_meetings_passed_waits_to_be_issued_and_every_step_is_the_tables(cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "deliberating")
    for body in ("政府常务会", "党委常委会"):
        said = planning.Considered(body, TODAY, "通过")
        planning.record_deliberation(plan, said, by=cast.chen, at=NOON)

    assert [one.act for one in owing.owed(cast.chen, TODAY) if one.kind == "plan"] == ["方案印发"]
    assert set(desks.NEXT) == {*PlanState} - {PlanState.ISSUED}
    assert IN_FORCE - {PlanState.REVISING} == {PlanState.ISSUED}
    for is_lower, steps in ((True, desks.NEXT), (False, {**desks.NEXT, **desks.OF_CITY})):
        for state, (name, _) in steps.items():
            is_there = state in PLAN[is_lower].states
            assert (PLAN[is_lower].step(name, state) is not None) == is_there


def test_plans_of_others_push_none_of_ones_own_off_the_desk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    others = make_whole_plan(cast, cast.county, "draft")
    own = make_plan(others.inspection, cast.party, state="draft")

    monkeypatch.setattr(desks, "MOST", 1)

    assert [one.code for one in owing.owed(cast.chen, TODAY) if one.kind == "plan"] == [own.code]


def test_a_part_waits_for_whoever_it_was_given_to_until_it_is_done_or_his_post_is_anothers(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_rectifying()
    seat = Appointment.objects.select_related("post").get(person_id=loop.doer.person)
    mark = Indicator.objects.get(measure=loop.measure)
    part = sharing.Part("兴济镇封填工程", seat.pk, mark.pk, Decimal(8), date(2022, 8, 31))
    row = sharing.assign_part(loop.measure, part, by=loop.doer, at=loop.now)

    assert waiting(loop, "assignment") == {"doer": ["落实"]}
    [line] = [one for one in owing.owed(loop.doer, TODAY) if one.kind == "assignment"]
    assert (line.title, line.due_on, line.code) == ("兴济镇封填工程", date(2022, 8, 31), loop.measure.matter.code)

    make_other(Appointment.objects.get(person_id=loop.second.person), post_id=seat.post_id)
    second = seat_again(loop.second)
    assert not desks.parts_owed(second).exists()
    make_other(seat, ends_on=date(2022, 7, 1))
    assert [*desks.parts_owed(second)] == [row]

    sharing.note_done(row, Decimal(8), by=second, at=loop.now)
    assert not desks.parts_owed(second).exists()
