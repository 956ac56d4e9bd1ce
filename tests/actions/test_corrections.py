"""A slip is corrected (更正): for every step that is open all is as it was before, and only until somebody acted."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from bihuan.core import audit, correction, examine, reversal
from bihuan.core.actor import Actor
from bihuan.core.files import StoredFile
from bihuan.core.outbox import Message
from bihuan.lib.flow import Refused
from bihuan.management.documents import FLOWS
from bihuan.matters.models import Duty
from bihuan.organisation.rules.duties import Capacity
from bihuan.petitions import actions as petitions
from bihuan.petitions import queries as petition_queries
from bihuan.petitions.models import Undertaking
from bihuan.rectification.actions.handing_over import (
    correct_measure,
    correct_problem,
    move_measure,
)
from bihuan.rectification.models import Problem
from bihuan.rectification.queries import steps
from tests.cast import NOON, Cast
from tests.kept import stored_rows
from tests.loop import make_loop
from tests.makers import make_batch, make_inspection, make_petition
from tests.steps import STEPS, Step, measure_of_received, petition_at, problem_at

REASON = "点错了"
BESIDES = {Message, StoredFile}  # what was told stays told, and a line follows it; what was kept stays kept


def standing() -> dict[str, list[tuple[Any, ...]]]:
    """Every business row but messages, without its version; a row that is marked as taken back is none."""
    whole = {
        str(model._meta.model_name): _unmarked([one.attname for one in model._meta.concrete_fields], rows.values())
        for model, rows in stored_rows().items()
        if issubclass(model, audit.Recorded) and model not in BESIDES
    }
    return {name: rows for name, rows in whole.items() if rows}


def _unmarked(columns: list[str], rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """What the columns but the version say of the rows that are not taken back."""
    kept = [place for place, name in enumerate(columns) if name != "version"]
    marks = [place for place, name in enumerate(columns) if name in reversal.MARKS]
    return [tuple(row[place] for place in kept) for row in rows if not any(row[mark] for mark in marks)]


FINAL = (
    "intake",
    "opening",
    "destruction",
    "export",
    "progress",
    "recheck",
    "watch",
    "sweep",
    "extension",
    "release",
    "objection",
    "repeat",
)  # an import is withdrawn; what was read, given or destroyed stays so; an approved entry is corrected by a later one
CLOSING = {("problem", "sign_off"), ("problem", "file"), ("problem", "withdraw"), ("problem", "rebound")}
CLOSING |= {("petition", "accept"), ("petition", "rework")}
CLOSING |= {("petition", "stage"), ("petition", "close")}  # which move nothing: the next one says what is right
CLOSING |= {("problem", "prove")}  # which moves nothing: a wrong proof is followed by a right one


def test_every_step_that_is_open_to_people_is_among_these() -> None:
    people = {
        (flow.name, move.name)
        for _, flow in FLOWS
        for move in flow.moves
        if not move.awaits and move.who != {Capacity.CONSEQUENCE} and flow.name not in FINAL
    }

    assert set(STEPS) == people - CLOSING


def test_what_closes_a_round_is_not_corrected_and_says_so(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_signed_off()

    with pytest.raises(Refused, match="这一轮已闭合并留存卷宗，不能更正"):
        correct_problem(loop.problem, by=cast.wang, at=loop.now, note=REASON)
    [offer] = [one for one in steps.problem_offers(loop.problem, cast.wang, NOON.date()) if one.name == "correct"]
    assert "不能更正" in offer.refusal


def test_an_approved_entry_is_no_step_of_its_measure(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_rectifying()
    loop.later()
    loop.report(3)
    loop.later()
    loop.report(5)

    assert [one.name for one in steps.measure_offers(loop.measure, loop.doer)] == ["finish", "sustain"]
    with pytest.raises(Refused, match=correction.NOTHING):
        correct_measure(loop.measure, by=loop.doer, at=loop.now, note=REASON)


def all_is_as_it_was_before_and_whom_it_told_is_told_again(row: Any, by: Actor, cast: Cast, step: Step) -> None:
    before, lines = standing(), Message.objects.count()
    step.take(row, by, cast)
    told = {*Message.objects.order_by("pk").values_list("person_id", flat=True)[lines:]}
    taken = standing()

    step.correct(row, by, REASON)

    assert taken != before
    assert standing() == before
    again = Message.objects.filter(text__startswith=correction.LABEL).values_list("person_id", flat=True)
    assert {*again} == told


def nobody_else_may_correct_it(row: Any, by: Actor, cast: Cast, step: Step) -> None:
    step.take(row, by, cast)
    taken = standing()

    for other in {"chen", "wang", "zhang", "li", "qian"} - {step.who}:
        with pytest.raises(Refused, match=correction.NOT_YOURS):
            step.correct(row, getattr(cast, other), REASON)

    assert standing() == taken


def it_needs_a_reason_and_is_done_once(row: Any, by: Actor, cast: Cast, step: Step) -> None:
    step.take(row, by, cast)
    with pytest.raises(Refused, match="请写明更正的理由。"):
        step.correct(row, by, "  ")

    step.correct(row, by, REASON)

    with pytest.raises(Refused, match=correction.NOTHING):
        step.correct(row, by, REASON)


def the_step_can_be_taken_anew_and_corrected_anew(row: Any, by: Actor, cast: Cast, step: Step) -> None:
    before = standing()
    for _ in range(2):
        step.take(row, by, cast)
        row = type(row).objects.get(pk=row.pk)
        step.correct(row, by, REASON)

    assert standing() == before


def who_no_longer_holds_the_post_may_not_correct_it(row: Any, by: Actor, cast: Cast, step: Step) -> None:
    step.take(row, by, cast)

    with pytest.raises(Refused, match="任职已经结束"):
        step.correct(row, replace(by, held=()), REASON)


PROMISES = (
    all_is_as_it_was_before_and_whom_it_told_is_told_again,
    nobody_else_may_correct_it,
    it_needs_a_reason_and_is_done_once,
    the_step_can_be_taken_anew_and_corrected_anew,
    who_no_longer_holds_the_post_may_not_correct_it,
)


@pytest.mark.parametrize("step", STEPS.values(), ids=["-".join(name) for name in STEPS])
def test_a_step_is_corrected_as_promised(cast: Cast, step: Step) -> None:
    """What leads up to the step is done once; each promise finds it so, and what it did is taken back."""
    led_up_to = step.before(cast)
    for promise in PROMISES:
        row = type(led_up_to).objects.get(pk=led_up_to.pk)
        with transaction.atomic():
            promise(row, getattr(cast, step.who), cast, step)
            transaction.set_rollback(True)


def test_nothing_is_corrected_once_somebody_acted(cast: Cast) -> None:
    problem = problem_at(("chen", "issue"), ("zhang", "receive"))(cast)

    with pytest.raises(Refused, match=correction.NOT_YOURS):
        correct_problem(problem, by=cast.chen, at=NOON, note=REASON)


def test_a_measure_that_was_started_builds_on_its_problem(cast: Cast) -> None:
    measure = measure_of_received(cast)
    problem = Problem.objects.select_related("matter__inspection__rule_set").get()
    move_measure(measure, "start", by=cast.zhang, at=NOON)
    with pytest.raises(Refused, match=correction.ACTED_ON):
        correct_problem(problem, by=cast.zhang, at=NOON, note=REASON)
    [offer] = [one for one in steps.problem_offers(problem, cast.zhang, NOON.date()) if one.name == correction.CORRECT]

    assert offer.refusal == correction.ACTED_ON


def test_a_measure_does_not_start_on_a_sign_for_that_was_corrected_meanwhile(cast: Cast) -> None:
    measure = measure_of_received(cast)  # read while its problem was signed for
    problem = Problem.objects.select_related("matter__inspection__rule_set").get()
    correct_problem(problem, by=cast.zhang, at=NOON, note=REASON)

    with pytest.raises(Refused, match="签收"):
        move_measure(measure, "start", by=cast.zhang, at=NOON)

    measure.matter.refresh_from_db()
    assert measure.matter.state == "not_started"


def test_one_units_sign_for_is_not_corrected_under_anothers(cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    petitions.assign_petition(petition, [cast.water, cast.farm], by=cast.chen, at=NOON)
    for by in (cast.zhang, cast.li):
        petitions.receive_petition(petition, by=by, at=NOON)

    with pytest.raises(Refused, match=correction.NOT_YOURS):
        petitions.correct_petition(petition, by=cast.zhang, at=NOON, note=REASON)
    petitions.correct_petition(petition, by=cast.li, at=NOON, note=REASON)

    assert [part.state for part in petition_queries.undertakings_of(petition)] == ["handling", "waiting"]
    petition.matter.refresh_from_db()
    assert petition.matter.state == "handling"


def test_units_of_a_corrected_hand_over_neither_see_nor_answer_for_it(cast: Cast) -> None:
    petition = petition_at()(cast)
    petitions.assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    assert petition_queries.petitions_for(cast.zhang).exists()

    petitions.correct_petition(petition, by=cast.chen, at=NOON, note=REASON)

    assert not petition_queries.petitions_for(cast.zhang).exists()
    assert not petition_queries.undertakings_of(petition).exists()
    assert not Duty.objects.filter(matter=petition.matter, is_ended=False).exists()
    told = Message.objects.filter(person_id=cast.zhang.person).order_by("-pk").first()
    assert told is not None
    assert told.text == f"更正“交办”，以本条为准：{petition.number}号信访件"


def test_the_entry_names_the_post_and_the_reason(cast: Cast) -> None:
    problem = problem_at(("chen", "issue"))(cast)

    correct_problem(problem, by=cast.chen, at=NOON, note=REASON)

    last = audit.entries_about(problem.matter.code, problem.matter.city).filter(step=correction.CORRECT).first()
    assert last is not None
    assert (last.name, last.post, last.note) == ("陈科", "沧州市整改办 综合协调组经办", REASON)


def test_the_offer_stands_with_the_one_who_took_the_step_alone(cast: Cast) -> None:
    problem = problem_at(("chen", "issue"))(cast)

    def offered(by: Actor) -> list[str]:
        return [one.label for one in steps.problem_offers(problem, by, NOON.date())]

    assert offered(cast.chen) == ["撤销", "更正“下达”"]
    assert offered(cast.wang) == ["撤销"]
    assert offered(cast.zhang) == ["签收", "退回交办"]


@pytest.mark.broken
def test_a_row_without_a_mark_is_not_left_behind(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    petition = petition_at(("chen", "assign"))(cast)
    monkeypatch.setattr(reversal, "MARKS", ("is_ended",))

    with pytest.raises(Refused, match="这一步留下的承办不能收回"):
        petitions.correct_petition(petition, by=cast.chen, at=NOON, note=REASON)


def test_a_row_older_than_one_of_its_columns_is_whole(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column that a migration added later is not in the row's first entry: it has the column's default."""
    with monkeypatch.context() as then:
        plain_row = audit.plain_row
        then.setattr(audit, "plain_row", lambda row: {k: v for k, v in plain_row(row).items() if k != "is_withdrawn"})
        petition = petition_at(("chen", "assign"))(cast)
    assert [*examine.findings()] == []

    petitions.correct_petition(petition, by=cast.chen, at=NOON, note=REASON)

    assert [*examine.findings()] == []


@pytest.mark.broken
def test_a_later_column_that_was_tampered_with_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        plain_row = audit.plain_row
        then.setattr(audit, "plain_row", lambda row: {k: v for k, v in plain_row(row).items() if k != "is_withdrawn"})
        petition_at(("chen", "assign"))(cast)
    Undertaking.objects.update(is_withdrawn=True)

    assert "“is_withdrawn”与轨迹不符" in " ".join(map(str, examine.findings()))
