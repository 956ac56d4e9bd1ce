"""Who keeps what in order: which roles change which kind of setting, who grants a role and who confirms the grant."""

from datetime import timedelta
from enum import StrEnum

from bihuan.organisation.rules.duties import ADMINISTRATORS, Role


class GrantStanding(StrEnum):
    """How a grant stands: only a confirmed one gives anything."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


GRANT_STANDINGS = {GrantStanding.WAITING: "待确认", GrantStanding.CONFIRMED: "有效", GrantStanding.REFUSED: "未予确认"}

OFFICE = frozenset({Role.OFFICE_HEAD, Role.COORDINATION, Role.PETITION_DESK})
_KEPT = OFFICE | {Role.SYSTEM_ADMIN}

KEEPERS: dict[str, frozenset[Role]] = {
    "inspections": OFFICE,
    "rules": _KEPT,
    "units": _KEPT,
    "people": _KEPT,
    "posts": _KEPT,
    "appointments": OFFICE | {Role.SECURITY_ADMIN},
    "groups": _KEPT,
    "calendar": _KEPT,
}
"""Who opens and changes each kind of setting. Appointments: see `GRANTERS` and `DELEGATORS`."""

GRANTERS = frozenset({Role.SECURITY_ADMIN})
"""Who grants a role to somebody else, and withdraws it."""

DELEGATORS = OFFICE | GRANTERS
"""Who lets somebody stand in for an appointment (代理); that waits for its confirmation like any other grant."""

OWN_DELEGATORS: dict[Role, frozenset[Role]] = {
    Role.UNIT_HEAD: frozenset({Role.REPORTER, Role.UNIT_APPROVER, Role.UNIT_HEAD}),
    Role.COUNTY_APPROVER: frozenset({Role.COUNTY_CLERK, Role.COUNTY_APPROVER}),
}
"""Who does so beside them in his own unit and those below it, and for which roles there."""

NEVER_DELEGATED = {
    Role.MACHINE: "接口账号不能设代理。",
    Role.ACCEPTANCE_EXPERT: "验收专家是本人的意见，不能由别人代理；请另请专家。",
}
DELEGATED_FOR = timedelta(days=92)
"""How long one stands in at most; who is away for longer has a successor, or a delegation that is set anew."""

LEADING = ADMINISTRATORS | {Role.OFFICE_HEAD, Role.FIRST_RESPONSIBLE, Role.CASE_LEADER}
_OF_LEADING = frozenset({Role.OFFICE_HEAD, Role.FIRST_RESPONSIBLE, Role.SYSTEM_ADMIN})
_OF_OTHERS = frozenset({Role.OFFICE_HEAD})
CONFIRMERS = _OF_LEADING | _OF_OTHERS


def confirmers_of(role: Role) -> frozenset[Role]:
    """Who confirms a grant of this role; never the one who granted it, never the one who would hold it."""
    return _OF_LEADING if role in LEADING else _OF_OTHERS


def way_out(role: Role) -> str:
    """What is done where nobody but the granter and the holder could confirm a grant of this role."""
    if role in LEADING:
        return "除授予人和本人外，现在没有整改办主任、第一责任人或系统管理员，没有人能确认；请先补任其中一位。"
    return (
        "除授予人和本人外，现在没有整改办主任，没有人能确认。请安全管理员先授予另一个人整改办主任，"
        "或给主任设代理，由第一责任人或系统管理员确认；再由他确认这一项，之后可以收回。"
    )


SECOND_FACTORS = {"all": "所有人", "weighty": "除填报员、县经办、核查员以外的人"}
"""Who needs a second factor to log in: everybody, or all but those whose every act somebody else checks."""
