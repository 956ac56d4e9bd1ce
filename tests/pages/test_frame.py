from datetime import timedelta

from django.test import Client

from bihuan.core import clock
from bihuan.organisation import actions
from bihuan.organisation.models import Appointment, Unit
from tests.cast import NOON, Cast, account_of


def test_every_page_says_whose_office_it_is(client: Client, cast: Cast) -> None:
    before = client.get("/login/").content.decode()
    actions.change_unit(Unit.objects.get(name="沧州市整改办"), name="沧州市督察整改办公室", by=cast.chen, at=NOON)

    client.force_login(account_of(cast.chen))

    assert "<small>沧州市整改办</small>" in before
    assert "<small>沧州市督察整改办公室</small>" in client.get("/").content.decode()


def test_pages_travel_compressed(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))

    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2


def test_whose_post_ended_yesterday_finds_the_door_shut_at_the_next_click(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))
    before = client.get("/").status_code
    held = Appointment.objects.get(person_id=cast.chen.person)
    actions.end_appointment(held, on=clock.today() - timedelta(days=1), by=cast.wang, at=NOON)

    assert (before, client.get("/").status_code) == (200, 404)
