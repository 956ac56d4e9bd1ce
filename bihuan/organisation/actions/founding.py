"""The founding: the office and its people in one deed, each with a slip, administrators with a sealed code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.lib.pinyin import spelled
from bihuan.lib.reading.unit_names import OFFICE
from bihuan.organisation.actions import access, appointing, emergency, organising
from bihuan.organisation.models import Account, Unit
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import ADMINISTRATORS, ROLE_LABELS, Role
from bihuan.organisation.rules.emergency import HOLDERS


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody of the first hour: name, roles, the code of the slip by which he sets his password, and an
    administrator's sealed code ("" for everybody else).
    """

    name: str
    roles: tuple[Role, ...]
    code: str
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class Founded:
    """The office that was founded, how many units there are, and the account of each seat, in their order."""

    office: Unit
    units: int
    accounts: tuple[Account, ...]


@action
def found_office(city: str, seats: Sequence[Seat], *, by: Actor, at: datetime) -> Founded:
    """Open a city's office and seat its first people.

    Refuses as `open_office` does, and as `appoint` does: the three administrators are three people.
    """
    units = organising.open_office(city, by=by, at=at)
    office = next(unit for unit in units.values() if unit.kind == OFFICE)
    return Founded(office, len(units), tuple(_seat(seat, office, by, at) for seat in seats))


@action
def seat_administrators(office: Unit, seats: Sequence[Seat], *, by: Actor, at: datetime) -> tuple[Account, ...]:
    """Seat the three administrators of an office that has none, as one founded by an earlier version.

    Refuses where one of them is in office: then only they change who is.
    """
    if scope.persons_holding(ADMINISTRATORS, office.city, day_of(at)):
        raise Refused("已经有管理员在任；换人请由安全管理员授予、另一个人确认。")
    return tuple(_seat(seat, office, by, at) for seat in seats)


def _seat(seat: Seat, office: Unit, by: Actor, at: datetime) -> Account:
    person = appointing.add_person(seat.name, by=by, at=at)
    for role in seat.roles:
        appointing.appoint_to(person, office, ROLE_LABELS[role], role, starts_on=day_of(at), by=by, at=at)
    for role in HOLDERS.intersection(seat.roles) if seat.sealed else ():
        emergency.keep_code(seat.sealed, person.pk, role, office.city, at)
    account = appointing.open_account(person, _login(seat.name), None, by=by, at=at)
    access.print_slip(account, seat.code, reason="第一次登录", by=by, at=at)
    return account


def _login(name: str) -> str:
    """The name in pinyin, with a number where somebody else is called so."""
    login = spelled(name) or "user"
    taken = {*Account.objects.filter(username__startswith=login).values_list("username", flat=True)}
    return next(
        one for place in range(1, len(taken) + 2) if (one := f"{login}{place if place > 1 else ''}") not in taken
    )
