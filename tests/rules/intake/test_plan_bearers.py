"""Who bears a measure: the units that it names itself, and for what it leaves open those of its problem."""

import pytest

from bihuan.intake.rules.plans import plan_draft
from bihuan.intake.rules.records import Row
from bihuan.organisation.rules.duties import DutyRole

UNITS = {"市水务局": 1, "沧县水务局": 2, "沧县农业农村局": 3}
OF_PROBLEM = {"lead": ["市水务局"], "responsible": ["沧县水务局"]}


def row(kind: str, key: str, parent: str = "", **fields: object) -> Row:
    return Row({"type": kind, "key": key, "parent": parent, "fields": {n: {"value": v} for n, v in fields.items()}})


def bearers(of_problem: dict[str, list[str]], of_measure: dict[str, list[str]]) -> set[tuple[DutyRole, int | None]]:
    rows = [
        row("problem", "problem:1", text="处理能力不足。", **of_problem),
        row("measure", "measure:1-1", "problem:1", text="扩建处理站。", **of_measure),
    ]
    [problem] = plan_draft(row("plan", "plan", title="整改方案"), rows, UNITS, lambda _: None).problems
    return {(duty.role, duty.unit) for duty in problem.measures[0].duties}


@pytest.mark.parametrize(
    ("of_problem", "of_measure", "borne_by"),
    [
        (OF_PROBLEM, {}, {(DutyRole.RESPONSIBLE, 2)}),
        ({"lead": ["市水务局"]}, {}, {(DutyRole.RESPONSIBLE, 1)}),
        (OF_PROBLEM, {"responsible": ["沧县农业农村局"]}, {(DutyRole.RESPONSIBLE, 3)}),
        (OF_PROBLEM, {"lead": ["沧县农业农村局"]}, {(DutyRole.LEAD, 3), (DutyRole.RESPONSIBLE, 2)}),
        (OF_PROBLEM, {"supporting": ["沧县农业农村局"]}, {(DutyRole.SUPPORTING, 3), (DutyRole.RESPONSIBLE, 2)}),
    ],
)
def test_every_measure_has_a_responsible_unit(
    of_problem: dict[str, list[str]], of_measure: dict[str, list[str]], borne_by: set[tuple[DutyRole, int]]
) -> None:
    assert bearers(of_problem, of_measure) == borne_by
