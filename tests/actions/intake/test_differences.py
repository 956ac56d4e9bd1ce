"""The sample city's plan in both forms, and ten amended versions of it: exactly the differences, nothing else."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bihuan.intake.actions import papers as actions
from bihuan.intake.models import Intake
from bihuan.intake.queries import comparing
from bihuan.intake.understanding import Understood, understand_file
from bihuan.lib.flow import Refused
from bihuan.matters.models import Matter
from bihuan.matters.rules.difference import Difference
from bihuan.organisation.queries import structure
from bihuan.rectification.models import Aspect, Campaign, Measure, Plan, Problem
from bihuan.rectification.queries.adopted import plan_as_draft
from bihuan.sample import papers
from bihuan.sample.office import CITY, Office, actor_of, furnish
from bihuan.sample.plan_shapes import AspectText, ProblemText
from bihuan.sample.plan_text import PLAN
from tests.cast import NOON
from tests.kept import Kept

Change = Callable[[list[ProblemText]], list[ProblemText]]


FURNISHED = Kept(lambda: furnish(NOON))


@pytest.fixture
def office(db: None) -> Office:
    return FURNISHED.lay()


@pytest.fixture
def adopted(db: None) -> Office:
    """The office, with the plan written."""
    return ADOPTED.lay()


def understand(data: bytes) -> Understood:
    return understand_file("方案.docx", data, structure.directory(CITY), None)


def take(office: Office, data: bytes, understood: Understood | None = None) -> Intake:
    understood = understood or understand(data)
    clerk = actor_of("zonghe")
    unit = office.units["沧州市委和市政府"]
    return actions.take_in("方案.docx", data, understood, office.inspections["HE2"], by=clerk, at=NOON, unit=unit)


def commit(intake: Intake) -> Intake:
    return actions.commit_intake(intake, by=actor_of("zonghe"), at=NOON)


def adopt() -> Office:
    office = FURNISHED.lay()
    commit(take(office, papers.narrative_docx()))
    return office


ADOPTED = Kept(adopt)


def amended(change: Change) -> tuple[AspectText, ...]:
    """The plan with the problems of its third aspect's first campaign, and of its last, changed."""
    aspects = list(PLAN)
    for at in (2, 4):
        campaigns = list(aspects[at].campaigns)
        campaigns[0] = replace(campaigns[0], problems=tuple(change(list(campaigns[0].problems))))
        aspects[at] = replace(aspects[at], campaigns=tuple(campaigns))
    return tuple(aspects)


def at(number: int, /, **values: object) -> Change:
    return lambda problems: [replace(one, **values) if one.number == number else one for one in problems]  # type: ignore[arg-type]  # a problem's own fields


def without(number: int) -> Change:
    return lambda problems: [one for one in problems if one.number != number]


def added(number: int) -> Change:
    new = ProblemText(
        19,
        "入河排污口监管缺位",
        "督察发现，12处入河排污口未登记。",
        "完成排污口登记。",
        "2023年6月底前",
        "市生态环境局",
        "沧县党委和人民政府",
        ("开展排查登记。",),
    )
    return lambda problems: [*problems, new] if any(one.number == number for one in problems) else problems


WELL = next(one for one in PLAN[2].campaigns[0].problems if one.number == 8)
VERSIONS: dict[str, tuple[Change, set[tuple[str, str]]]] = {
    "deadline moved": (at(8, deadline="2022年12月底前"), {("problem", "due_on"), ("measure", "due_on")}),
    "measure added": (at(8, measures=(*WELL.measures, "建立巡查制度。")), {("measure", "new")}),
    "measure removed": (at(8, measures=WELL.measures[:4]), {("measure", "vanished")}),
    "target changed": (at(8, target="2022年11月底前，完成20眼自备井关停。"), {("problem", "target")}),
    "lead changed": (at(8, lead="市城市管理综合行政执法局"), {("problem", "lead"), ("measure", "lead")}),
    "problem renumbered": (at(8, number=19), {("problem", "number")}),
    "problem added": (added(8), {("problem", "new"), ("measure", "new")}),
    "problem removed": (without(8), {("problem", "vanished"), ("measure", "vanished")}),
    "wording": (at(8, found=WELL.found.replace("仍有20眼", "尚有20眼")), {("problem", "text")}),
    "milestones": (
        at(8, measures=(WELL.measures[0], WELL.measures[1].replace("10月15日前", "10月20日前"), *WELL.measures[2:])),
        {("measure", "text"), ("measure", "milestones")},
    ),
}


NEW = {"measure:8-6", "problem:19", "measure:19-1"}


def found_in(difference: Difference) -> set[tuple[str, str]]:
    kinds: set[tuple[str, str]] = set()
    for change in difference.changes:
        if change.status in ("new", "vanished"):
            kinds.add((change.kind, change.status))
        kinds |= {(change.kind, name) for name in change.fields}
    return kinds


def test_both_forms_give_the_same_ledgers(office: Office) -> None:
    commit(take(office, papers.narrative_docx()))
    plan = Plan.objects.get()
    first = plan_as_draft(plan)

    with pytest.raises(Refused, match="与系统中的方案完全相同，没有可写入的更改。"):
        commit(take(office, papers.table_docx()))
    counts = [model.objects.count() for model in (Aspect, Campaign, Problem, Measure)]
    assert counts == [5, 14, 18, 60]
    assert plan_as_draft(plan) == first
    assert all(row.campaign and row.campaign.aspect == row.aspect for row in Problem.objects.all())


@pytest.mark.parametrize("name", VERSIONS)
def test_an_amended_version_gives_exactly_its_difference(adopted: Office, name: str) -> None:
    before = plan_as_draft(Plan.objects.get())
    change, expected = VERSIONS[name]
    paper = papers.narrative_docx(amended(change))
    understood = understand(paper)
    intake = take(adopted, paper, understood)

    difference = comparing.plan_difference(intake)
    assert difference is not None
    touched = {change.known or change.read for change in difference.changes if change.status != "same"}
    assert found_in(difference) == expected
    assert touched <= {*_codes(8), *(one for one in touched if one in NEW)}

    committed = commit(intake)

    counted = (committed.rows_created, committed.rows_changed)
    assert counted == tuple(difference.count(status) for status in ("new", "changed"))
    again = comparing.plan_difference(take(adopted, paper, understood))
    assert again is not None
    # What a newer paper leaves out is shown as vanished and never removed.
    assert (again.count("new"), again.count("changed")) == (0, 0)
    assert again.count("vanished") == difference.count("vanished")

    actions.withdraw_intake(committed, by=actor_of("zonghe"), at=NOON, note="修订稿未印发")
    assert plan_as_draft(Plan.objects.get()) == before


def _codes(number: int) -> Iterator[str]:
    problem = Problem.objects.get(number=number)
    yield problem.matter.code
    yield from Matter.objects.filter(measure__problem=problem).values_list("code", flat=True)


def test_a_paper_that_only_leaves_something_out_is_taken_in_once(adopted: Office) -> None:
    shorter = papers.narrative_docx(amended(without(8)))
    taken = commit(take(adopted, shorter))
    edition = Plan.objects.get().edition

    for again in (shorter, papers.table_docx(amended(without(8)))):
        with pytest.raises(Refused, match=r"已按此文办过，没有可写入的更改。"):
            commit(take(adopted, again))
    assert Plan.objects.get().edition == edition

    actions.withdraw_intake(taken, by=actor_of("zonghe"), at=NOON, note="修订稿未印发")
    commit(take(adopted, shorter))


def test_a_paper_that_leaves_out_something_else_is_another_paper(adopted: Office) -> None:
    commit(take(adopted, papers.narrative_docx(amended(without(8)))))
    edition = Plan.objects.get().edition

    commit(take(adopted, papers.narrative_docx(amended(at(8, measures=WELL.measures[:4])))))

    assert Plan.objects.get().edition == edition + 1
