"""The petition desk beside the permanent cast, and invented petitioners for its vault."""

from datetime import date, datetime

from bihuan.core.actor import Actor
from bihuan.core.vault import Secret
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Account, Unit
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.actions.keeping import record_identity
from bihuan.petitions.models import Petition
from tests.cast import NOON, PASSWORD, ROBOT, TODAY, Cast
from tests.makers import make_batch, make_inspection, make_petition

NAME, PHONE, ID, ADDRESS = "赵小禾", "13912340001", "130921198001019990", "沧县杜林镇某某村12号"
EMAIL, WECHAT, NOTE = "xiaohe@qq.com", "xiaohe_1980", "晚上八点以后方便接电话"
IDENTITY = {
    "name": NAME,
    "phone": PHONE,
    "id_number": ID,
    "address": ADDRESS,
    "email": EMAIL,
    "wechat": WECHAT,
    "note": NOTE,
}


def seated(cast: Cast, role: Role, login: str, unit: Unit | None = None) -> Actor:
    """Somebody in that role, as the actor of the day; the office's unless another unit is named."""
    person = appointing.add_person(f"{login}某", by=ROBOT, at=NOON)
    post = appointing.add_post(unit or cast.office, f"{login}岗", by=ROBOT, at=NOON)
    appointing.appoint(person, post, role, starts_on=date(2022, 1, 1), by=ROBOT, at=NOON)
    account: Account = appointing.open_account(person, login, PASSWORD, by=ROBOT, at=NOON)
    return scope.actor_for(account, TODAY)


def desk(cast: Cast, login: str = "desk", unit: Unit | None = None) -> Actor:
    """The petition desk (信访专员)."""
    return seated(cast, Role.PETITION_DESK, login, unit)


def secrets(**words: str) -> dict[str, Secret]:
    """Words as the vault takes them."""
    return {name: Secret(one) for name, one in words.items()}


def known_petition(cast: Cast, by: Actor, at: datetime = NOON, **words: str) -> Petition:
    """A petition whose petitioner the desk has recorded whole, but for what is given otherwise."""
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    record_identity(petition, secrets(**{**IDENTITY, **words}), by=by, at=at)
    return petition
