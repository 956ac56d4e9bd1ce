"""The first seats of an office at the command line: who sits where, and the slips that are said once."""

from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.management.base import CommandError

from bihuan.lib import one_time
from bihuan.lib.quantity import span
from bihuan.organisation.actions.founding import Seat
from bihuan.organisation.rules.duties import ROLE_LABELS, Role
from bihuan.organisation.rules.emergency import HOLDERS
from bihuan.organisation.rules.entering import SLIP_FOR, SLIP_GROUPS

ADMINISTRATORS = {
    "system": Role.SYSTEM_ADMIN,
    "security": Role.SECURITY_ADMIN,
    "audit": Role.AUDIT_ADMIN,
}
OFFICE = {**ADMINISTRATORS, "head": Role.OFFICE_HEAD, "desk": Role.COORDINATION}


def add_seats(parser: ArgumentParser, seats: Mapping[str, Role]) -> None:
    """Let somebody say who sits where."""
    for seat, role in seats.items():
        parser.add_argument(f"--{seat}", metavar="姓名", required=True, help=f"{ROLE_LABELS[role]}的姓名")


def seats_of(options: Mapping[str, Any], seats: Mapping[str, Role]) -> list[Seat]:
    """Each person named, with the roles and a slip of his own. Refuses an empty name."""
    named: dict[str, list[Role]] = {}
    for seat, role in seats.items():
        named.setdefault(options[seat].strip(), []).append(role)
    if not all(named):
        raise CommandError("每个姓名都要写。")
    return [
        Seat(name, tuple(roles), _new_code(), _new_code() if HOLDERS & {*roles} else "")
        for name, roles in named.items()
    ]


def _new_code() -> str:
    return one_time.new_code(SLIP_GROUPS)


def said(seats: Sequence[Seat], accounts: Iterable[Any]) -> list[str]:
    """The lines that tell each slip and each sealed code, once."""
    lines = [f"下面的凭条各交本人，只显示这一次；{span(SLIP_FOR)}内打开 /enter/ 凭它自己设密码："]
    for seat, account in zip(seats, accounts, strict=True):
        roles = "、".join(ROLE_LABELS[role] for role in seat.roles)
        lines.append(f"  {seat.name}  {roles}  登录名 {account.username}  凭条号 {seat.code}")
    lines.append("三个管理员的应急封存码，各自装进信封封好，不要放在一处；主任联系不上时凭任意两个启封：")
    lines += [f"  {seat.name}  封存码 {seat.sealed}" for seat in seats if seat.sealed]
    lines.append("上面几个码装机的人都看见了：三人登录后请在“应急启封”里各自重新生成，旧的就作废。")
    return lines
