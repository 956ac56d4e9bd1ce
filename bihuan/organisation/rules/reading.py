"""Which rows a role may read: by duty, by ground, by case, by inspection; what is said of it in docs/permissions.md.

A role that stands in none of these tables and does not see the whole city reads no matter at all.
"""

from bihuan.organisation.rules.duties import CITY_WIDE, DutyRole, Role

SEES_ALL = frozenset({*CITY_WIDE, Role.ACCOUNTABILITY})
"""Every problem, measure and (de-identified) petition of the city, drafts among them."""

_OF_UNITS = frozenset(DutyRole) - {DutyRole.ACCEPTING}
BY_UNIT: dict[Role, frozenset[DutyRole]] = {
    Role.REPORTER: _OF_UNITS,
    Role.UNIT_APPROVER: _OF_UNITS,
    Role.UNIT_HEAD: _OF_UNITS,
    Role.COUNTY_CLERK: _OF_UNITS,
    Role.COUNTY_APPROVER: _OF_UNITS,
    Role.FIRST_RESPONSIBLE: _OF_UNITS,
    Role.ACCEPTANCE_CLERK: frozenset({DutyRole.SUPERVISING}),
    Role.FIELD_SUPERVISOR: frozenset({DutyRole.SUPERVISING}),
    Role.MACHINE: _OF_UNITS,
}
"""The duties by which a unit, or one below it, shows a matter to whoever holds the role there."""

ON_APPLICATION = frozenset({Role.ACCEPTANCE_CLERK})
"""Who sees what his unit is to accept, from the moment of the application on."""

BY_GROUND = frozenset({Role.COUNTY_CLERK, Role.COUNTY_APPROVER, Role.FIRST_RESPONSIBLE})
"""Who sees all that lies on the ground of his county (属地); for L1 of the city's leading group that is the city."""

BY_CASE = frozenset({Role.CASE_LEADER})
CASE_DUTIES = frozenset({DutyRole.CASE_LEADER, DutyRole.DEPUTY})
"""Who sees the cases that he was named for (包案), as a person, by his post, or as his unit where nobody was named."""

BY_INSPECTION = frozenset({Role.INSPECTOR})
"""Who sees the rows of the inspection that his appointment names, from the submission on."""

WHOLE = frozenset({DutyRole.LEAD, DutyRole.SUPERVISING})
"""The duties on a problem that show all of its measures."""

READS = {
    **dict.fromkeys(sorted(SEES_ALL), "all of the city, drafts too; petitions de-identified"),
    Role.FIRST_RESPONSIBLE: "city: all but drafts; county: its ground and what its units answer for",
    Role.CASE_LEADER: "the cases named for him (包案)",
    Role.REPORTER: "what his unit or one below it answers for",
    Role.UNIT_APPROVER: "as U1",
    Role.UNIT_HEAD: "as U1",
    Role.COUNTY_CLERK: "the ground of his county, and what its units answer for",
    Role.COUNTY_APPROVER: "as C1",
    Role.ACCEPTANCE_CLERK: "what his unit supervises; what it accepts, from the application on",
    Role.INSPECTOR: "the inspection that his appointment names, from the submission on",
    Role.MACHINE: "by its token alone: as U1, and only by the operations that its contract lists",
    Role.ACCEPTANCE_EXPERT: "no matter, but the packages of acceptance that he was invited to, until his last day",
    Role.FIELD_SUPERVISOR: "what his unit supervises",
    Role.DISCIPLINE_LIAISON: "nothing: there are no clues yet",
    **dict.fromkeys((Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN), "no business at all"),
}
