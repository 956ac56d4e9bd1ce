"""Which roles exclude each other in one person on the same day, and what a small office (小整改办) allows of it.

Pure. What is said here of the three administrators and of interfaces the database holds as well (core/triggers.py).
"""

from collections.abc import Collection

from bihuan.lib.reading.unit_names import OFFICE
from bihuan.organisation.rules.duties import ADMINISTRATORS, ROLE_LABELS, Role

TOGETHER_IN_SMALL = (
    frozenset({Role.COORDINATION, Role.SUPERVISION}),
    frozenset({Role.ACCOUNTABILITY, Role.PETITION_DESK}),
)
"""Groups of the office that are two persons, and may be one in a small office."""

FALLS_TO = Role.SUPERVISION
"""To whom the step of a county that has no approver falls in a small office."""

FALLEN = "代县整改办审核(小整改办)"
"""How the trail calls it."""

SMALL_SAYS = "安全管理员先在“安全规则”里设为小整改办"
ADMINISTRATORS_APART = "系统、安全、审计三个管理员互斥，也不能兼任业务角色。"
INTERFACES_APART = "接口账号只作接口用，不能兼任别的角色，别的人员也不能任接口账号。"


def excluded(role: Role, held: Collection[str]) -> str:
    """Why somebody may not take this role beside those that he holds on one of its days, or ""; in any office."""
    others = set(held) - {role}
    if others and (role in ADMINISTRATORS or others & ADMINISTRATORS):
        return ADMINISTRATORS_APART
    if others and (role == Role.MACHINE or Role.MACHINE in others):
        return INTERFACES_APART
    return ""


def pairs_of(held: Collection[str]) -> list[frozenset[Role]]:
    """The pairs among these roles that only a small office leaves in one person."""
    return [pair for pair in TOGETHER_IN_SMALL if pair <= set(held)]


def too_large(role: Role, held: Collection[str]) -> str:
    """Why the role is another person's in an office that is not small, or ""."""
    pair = next((one for one in pairs_of({role, *held}) if role in one), None)
    if pair is None:
        return ""
    labels = "和".join(ROLE_LABELS[one] for one in sorted(pair))
    return f"{labels}由两个人担任；确实只有一个人的，请{SMALL_SAYS}。"


def sits_elsewhere(role: Role, kind: str) -> str:
    """Why an administrator is not appointed in a unit of that kind by an office that is not small, or ""."""
    if role not in ADMINISTRATORS or kind == OFFICE:
        return ""
    return f"管理员由整改办的人担任；要由别的单位(如信息中心、审计)的人担任，请{SMALL_SAYS}。"
