"""In which capacity somebody acts: by his role, by a duty of a unit of his, as the leading group, as the county."""

import pytest

from bihuan.organisation.rules.duties import Answering, Capacity, DutyRole, Held, Role, capacities, possible

UNIT, OTHER, GROUP = 7, 8, 9


@pytest.mark.parametrize(
    ("role", "duty", "unit", "granted"),
    [
        (Role.UNIT_APPROVER, DutyRole.LEAD, UNIT, {Capacity.LEAD}),
        (Role.UNIT_APPROVER, DutyRole.RESPONSIBLE, UNIT, {Capacity.RESPONSIBLE}),
        (Role.UNIT_HEAD, DutyRole.LEAD, UNIT, {Capacity.LEAD_HEAD}),
        (Role.ACCEPTANCE_CLERK, DutyRole.ACCEPTING, UNIT, {Capacity.ACCEPTING}),
        (Role.COUNTY_APPROVER, DutyRole.SUPPORTING, UNIT, {Capacity.COUNTY}),
        (Role.UNIT_APPROVER, DutyRole.LEAD, OTHER, set()),
        (Role.REPORTER, DutyRole.LEAD, UNIT, {Capacity.REPORTING}),
        (Role.REPORTER, DutyRole.RESPONSIBLE, UNIT, {Capacity.REPORTING}),
        (Role.REPORTER, DutyRole.SUPPORTING, UNIT, set()),
        (Role.COUNTY_CLERK, DutyRole.LEAD, UNIT, {Capacity.COUNTY_CLERK}),
        (Role.FIELD_SUPERVISOR, DutyRole.SUPERVISING, UNIT, {Capacity.FIELD}),
        (Role.COORDINATION, DutyRole.LEAD, OTHER, {Capacity.OFFICE}),
    ],
)
def test_a_capacity_is_granted_by_role_and_duty(role: Role, duty: DutyRole, unit: int, granted: set[Capacity]) -> None:
    assert capacities([Held(role, frozenset({UNIT}))], [Answering(duty, unit)], GROUP) == granted


@pytest.mark.parametrize(("group", "granted"), [(UNIT, {Capacity.LEADING_GROUP}), (GROUP, set()), (None, set())])
def test_the_first_responsible_of_the_leading_group_acts_for_it(group: int | None, granted: set[Capacity]) -> None:
    assert capacities([Held(Role.FIRST_RESPONSIBLE, frozenset({UNIT}))], [], group) == granted


def test_what_is_possible_does_not_ask_which_matter() -> None:
    held = [Held(role, frozenset({UNIT})) for role in (Role.UNIT_APPROVER, Role.PUBLICITY)]

    assert possible(held) == {Capacity.LEAD, Capacity.RESPONSIBLE, Capacity.PUBLICITY}
