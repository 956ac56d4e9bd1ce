"""Going to the provider and coming back, as a browser does."""

import pyotp
from django.test import Client

from bihuan.core import clock
from bihuan.organisation.actions import access as ways
from bihuan.organisation.models import Account
from tests.cast import NOON, ROBOT, prove
from tests.provider import Provider

PHONE = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_phone(account: Account) -> None:
    ways.add_phone(account, "工作手机", PHONE, used=0, by=ROBOT, at=NOON)


def digits() -> str:
    return pyotp.TOTP(PHONE).at(int(clock.now().timestamp()))


def link(account: Account, city: Provider, subject: str = "u-1024") -> str:
    """Link an account as its owner does; the page that he ends on."""
    client = Client()
    client.force_login(account)
    prove(client)
    asked = client.post("/me/provider/link/").headers["Location"]
    return client.get(city.person(asked, subject), follow=True).content.decode()


def goes(client: Client, onward: str = "") -> str:
    """Where the browser is sent to."""
    return client.get(f"/login/provider/{f'?next={onward}' if onward else ''}").headers["Location"]


def comes(client: Client, city: Provider, subject: str = "u-1024", **more: str) -> str:
    """Come in by the provider; where that leads."""
    return client.get(city.person(goes(client), subject, **more)).headers["Location"]


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def said(client: Client) -> str:
    return client.get("/login/").content.decode()
