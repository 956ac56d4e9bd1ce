"""A slip is corrected (更正): for every step that is open all is as it was before, and only until somebody acted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from bihuan.core import audit, correction, examine, reversal
from bihuan.core.actor import Actor
from bihuan.core.files import StoredFile
from bihuan.core.outbox import Message
from bihuan.lib.flow import Refused
from bihuan.management.documents import FLOWS
from bihuan.matters.models import Duty
from bihuan.organisation.models import Unit
from bihuan.organisation.rules.duties import Capacity
from bihuan.petitions import actions as petitions
from bihuan.petitions import queries as petition_queries
from bihuan.petitions.models import Petition, Undertaking
from bihuan.rectification.actions.handing_over import (
    Paper,
    correct_measure,
    correct_problem,
    move_measure,
    move_problem,
)
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries import steps
from tests.cast import NOON, Cast
from tests.loop import make_loop
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_problem

REASON = "点错了"


@dataclass(frozen=True)
class Step:
    """A step as somebody takes it: what leads up to it, the step, and its correction."""

    who: str
    before: Callable[[Cast], Any]
    take: Callable[[Any, Actor, Cast], Any]
    correct: Callable[[Any, Actor, str], Any]


def problem_at(*steps: tuple[str, str]) -> Callable[[Cast], Problem]:
    def lead_up(cast: Cast) -> Problem:
        problem = make_problem(cast)
        make_measure(problem)
        for who, name in steps:
            move_problem(problem, name, by=getattr(cast, who), at=NOON, note="理由")
        return problem

    return lead_up


def measure_of_received(cast: Cast) -> Measure:
    return Measure.objects.select_related("matter", "problem__matter").get(
        problem=problem_at(("chen", "issue"), ("zhang", "receive"))(cast)
    )


def petition_at(
    *steps: tuple[str, str], units: Callable[[Cast], list[Unit]] = lambda cast: [cast.water]
) -> Callable[[Cast], Petition]:
    def lead_up(cast: Cast) -> Petition:
        petition = make_petition(cast, make_batch(make_inspection(cast)))
        if steps:
            petitions.assign_petition(petition, units(cast), by=cast.chen, at=NOON)
        for who, name in steps[1:]:
            undertake(petition, getattr(cast, who), name)
        return petition

    return lead_up


def first_part(petition: Petition) -> Undertaking:
    return Undertaking.objects.select_related("petition__matter", "unit").filter(petition=petition).order_by("pk")[0]


def undertake(petition: Petition, by: Actor, name: str) -> None:
    petitions.move_undertaking(first_part(petition), name, by=by, at=NOON, note="理由")


def of_problem(name: str, who: str, *before: tuple[str, str]) -> Step:
    return Step(
        who,
        problem_at(*before),
        lambda problem, by, _: move_problem(problem, name, by=by, at=NOON, note="理由"),
        lambda problem, by, note: correct_problem(problem, by=by, at=NOON, note=note),
    )


def of_petition(who: str, before: Callable[[Cast], Petition], take: Callable[[Any, Actor, Cast], Any]) -> Step:
    return Step(who, before, take, lambda row, by, note: petitions.correct_petition(row, by=by, at=NOON, note=note))


def of_loop(
    name: str, who: str, until: str, *, sort: str = "problem", after: tuple[str, ...] = (), **facts: Any
) -> Step:
    """A step on the long road: what leads up to it is one of the loop's own deeds, then the steps named."""

    def lead_up(cast: Cast) -> Any:
        loop = make_loop(cast, **facts)
        vars(cast).update({one: getattr(loop, one) for one in LOOP}, loop=loop)
        getattr(loop, until)()
        for deed in after:
            getattr(loop, deed)()
        return loop.problem if sort == "problem" else loop.measure

    def take(row: Any, by: Actor, cast: Any) -> None:
        move = move_problem if sort == "problem" else move_measure
        more = {"paper": Paper("冀环督〔2022〕8号", date(2022, 7, 1))} if name in ASKING else {}
        move(type(row).objects.get(pk=row.pk), name, by=by, at=cast.loop.now, note="理由", **more)

    correct = correct_problem if sort == "problem" else correct_measure
    return Step(who, lead_up, take, lambda row, by, note: correct(row, by=by, at=NOON, note=note))


LOOP = ("doer", "head", "second", "county", "accepter", "publicity", "group")
ASKING = ("report_up", "accepted_above", "returned_above")
LASTING = {"nature": "长期坚持"}
STEPS = {
    ("problem", "claim_done"): of_loop("claim_done", "head", "to_proven"),
    ("problem", "pass_preliminary"): of_loop("pass_preliminary", "county", "to_checked_by_county"),
    ("problem", "accept"): of_loop("accept", "accepter", "to_seen"),
    ("problem", "return"): of_loop("return", "accepter", "to_verifying"),
    ("problem", "publish"): of_loop("publish", "publicity", "to_accepted"),
    ("problem", "object"): of_loop("object", "chen", "to_noticed"),
    ("problem", "dismiss_notice"): of_loop("dismiss_notice", "chen", "to_objected"),
    ("problem", "dismiss"): of_loop("dismiss", "chen", "to_objected", after=("over",)),
    ("problem", "uphold"): of_loop("uphold", "chen", "to_objected"),
    ("problem", "close_notice"): of_loop("close_notice", "chen", "to_noticed", after=("over",)),
    ("problem", "report_up"): of_loop("report_up", "chen", "to_uncontested", acceptance_level="省级验收"),
    ("problem", "accepted_above"): of_loop("accepted_above", "chen", "to_reported_up", acceptance_level="省级验收"),
    ("problem", "returned_above"): of_loop("returned_above", "chen", "to_reported_up", acceptance_level="省级验收"),
    ("problem", "ask_consent"): of_loop("ask_consent", "chen", "to_complete"),
    ("problem", "consent"): of_loop("consent", "group", "to_asked"),
    ("problem", "refuse_consent"): of_loop("refuse_consent", "group", "to_asked"),
    ("problem", "sustain"): of_loop("sustain", "accepter", "to_seen", **LASTING),
    ("measure", "finish"): of_loop("finish", "zhang", "to_done", sort="measure"),
    ("measure", "confirm"): of_loop("confirm", "second", "to_finished", sort="measure"),
    ("measure", "return"): of_loop("return", "second", "to_finished", sort="measure"),
    ("measure", "sustain"): of_loop("sustain", "second", "to_done", sort="measure", **LASTING),
    ("problem", "issue"): of_problem("issue", "chen"),
    ("problem", "receive"): of_problem("receive", "zhang", ("chen", "issue")),
    ("problem", "decline"): of_problem("decline", "zhang", ("chen", "issue")),
    ("measure", "start"): Step(
        "zhang",
        measure_of_received,
        lambda measure, by, _: move_measure(measure, "start", by=by, at=NOON),
        lambda measure, by, note: correct_measure(measure, by=by, at=NOON, note=note),
    ),
    ("petition", "assign"): of_petition(
        "chen",
        petition_at(),
        lambda row, by, cast: petitions.assign_petition(row, [cast.water, cast.farm], by=by, at=NOON),
    ),
    ("petition", "transfer"): of_petition(
        "chen", petition_at(), lambda row, by, _: petitions.move_petition(row, "transfer", by=by, at=NOON, note="理由")
    ),
    ("undertaking", "receive"): of_petition(
        "zhang", petition_at(("chen", "assign")), lambda row, by, _: undertake(row, by, "receive")
    ),
    ("undertaking", "return"): of_petition(
        "zhang", petition_at(("chen", "assign")), lambda row, by, _: undertake(row, by, "return")
    ),
    ("undertaking", "refuse_return"): of_petition(
        "chen",
        petition_at(("chen", "assign"), ("zhang", "return"), units=lambda cast: [cast.water, cast.farm]),
        lambda row, by, _: undertake(row, by, "refuse_return"),
    ),
    ("undertaking", "reassign"): of_petition(
        "chen",
        petition_at(("chen", "assign"), ("zhang", "return"), units=lambda cast: [cast.water, cast.farm]),
        lambda row, by, cast: petitions.reassign_undertaking(first_part(row), [cast.county], by=by, at=NOON),
    ),
}
every_step = pytest.mark.parametrize("step", STEPS.values(), ids=["-".join(name) for name in STEPS])
BESIDES = {Message, StoredFile}  # what was told stays told, and a line follows it; what was kept stays kept


def standing() -> dict[str, list[dict[str, Any]]]:
    """Every business row but messages, without its version; a row that is marked as taken back is none."""
    return {
        str(model._meta.model_name): [
            {name: value for name, value in audit.plain_row(row).items() if name != "version"}
            for row in model._default_manager.order_by("pk")
            if not any(getattr(row, mark, False) for mark in reversal.MARKS)
        ]
        for model in audit.recorded_models()
        if model not in BESIDES
    }


FINAL = (
    "intake",
    "opening",
    "destruction",
    "export",
    "progress",
    "recheck",
)  # an import is withdrawn; what was read, given or destroyed stays so; an approved entry is corrected by a later one
CLOSING = {("problem", "sign_off"), ("problem", "file"), ("problem", "withdraw"), ("problem", "rebound")}
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


@every_step
def test_all_is_as_it_was_before_and_whom_it_told_is_told_again(cast: Cast, step: Step) -> None:
    row, by = step.before(cast), getattr(cast, step.who)
    before, lines = standing(), Message.objects.count()
    step.take(row, by, cast)
    told = {*Message.objects.order_by("pk").values_list("person_id", flat=True)[lines:]}
    taken = standing()

    step.correct(row, by, REASON)

    assert taken != before
    assert standing() == before
    again = Message.objects.filter(text__startswith=correction.LABEL).values_list("person_id", flat=True)
    assert {*again} == told


@every_step
def test_nobody_else_may_correct_it(cast: Cast, step: Step) -> None:
    row = step.before(cast)
    step.take(row, getattr(cast, step.who), cast)
    taken = standing()

    for other in {"chen", "wang", "zhang", "li", "qian"} - {step.who}:
        with pytest.raises(Refused, match=correction.NOT_YOURS):
            step.correct(row, getattr(cast, other), REASON)

    assert standing() == taken


@every_step
def test_it_needs_a_reason_and_is_done_once(cast: Cast, step: Step) -> None:
    row, by = step.before(cast), getattr(cast, step.who)
    step.take(row, by, cast)
    with pytest.raises(Refused, match="请写明更正的理由。"):
        step.correct(row, by, "  ")

    step.correct(row, by, REASON)

    with pytest.raises(Refused, match=correction.NOTHING):
        step.correct(row, by, REASON)


@every_step
def test_the_step_can_be_taken_anew_and_corrected_anew(cast: Cast, step: Step) -> None:
    row, by = step.before(cast), getattr(cast, step.who)
    before = standing()
    for _ in range(2):
        step.take(row, by, cast)
        row = type(row).objects.select_related("matter").get(pk=row.pk)
        step.correct(row, by, REASON)

    assert standing() == before


@every_step
def test_who_no_longer_holds_the_post_may_not_correct_it(cast: Cast, step: Step) -> None:
    row, by = step.before(cast), getattr(cast, step.who)
    step.take(row, by, cast)

    with pytest.raises(Refused, match="任职已经结束"):
        step.correct(row, replace(by, held=()), REASON)


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
