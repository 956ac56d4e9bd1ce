"""Units and people that search found: the settings row for who may change it, a page to read for everybody else."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.core import clock
from bihuan.organisation.actions import appointing, organising
from bihuan.organisation.models import Person
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions.handing_over import move_problem
from tests.cast import NOON, ROBOT, Cast, account_of
from tests.makers import make_measure, make_problem


def read(client: Client, cast: Cast, who: str, path: str) -> str:
    client.force_login(account_of(getattr(cast, who)))
    return client.get(path).content.decode()


@pytest.mark.parametrize(
    ("who", "kinds"), [("chen", ("settings/units", "settings/people")), ("qian", ("units", "people"))]
)
def test_what_search_finds_opens(client: Client, cast: Cast, who: str, kinds: tuple[str, str]) -> None:
    units, people = kinds

    assert f'href="/{units}/{cast.water.pk}/"' in read(client, cast, who, "/search/?q=沧县水务局")
    assert f'href="/{people}/{cast.zhang.person}/"' in read(client, cast, who, "/search/?q=张工")


def test_a_unit_says_its_names_and_who_holds_its_posts_today(client: Client, cast: Cast) -> None:
    organising.add_unit_name(cast.water, "沧县水利局", by=ROBOT, at=NOON, is_former=True)
    before = appointing.add_person("前任", by=ROBOT, at=NOON)
    appointing.appoint_to(
        before,
        cast.water,
        "局长",
        Role.UNIT_HEAD,
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 1, 1),
        by=ROBOT,
        at=NOON,
    )

    page = read(client, cast, "qian", f"/units/{cast.water.pk}/")

    assert "沧县水利局" in page
    assert f'<a href="/people/{cast.zhang.person}/">张工</a>' in page
    assert "前任" not in page


def test_a_units_matters_are_those_that_the_reader_may_see(client: Client, cast: Cast) -> None:
    problem = make_problem(cast, title="坑塘")
    make_measure(problem)
    move_problem(problem, "issue", by=cast.chen, at=clock.now())
    link = "/ledgers/problems/?lead=%E6%B2%A7%E5%8E%BF%E6%B0%B4%E5%8A%A1%E5%B1%80"

    assert link in read(client, cast, "qian", f"/units/{cast.water.pk}/")
    assert "坑塘" in read(client, cast, "zhang", link)
    assert "坑塘" not in read(client, cast, "qian", link)


def test_a_person_says_the_post_and_nothing_private(client: Client, cast: Cast) -> None:
    appointing.change_person(Person.objects.get(pk=cast.zhang.person), office_phone="0317-5201234", by=ROBOT, at=NOON)

    page = read(client, cast, "qian", f"/people/{cast.zhang.person}/")

    assert f'<a href="/units/{cast.water.pk}/">沧县水务局</a>' in page
    assert "审核人" in page
    assert ("0317-5201234" in page, ">zhang<" in page) == (False, False)


def test_another_city_is_not_there(client: Client, cast: Cast) -> None:
    elsewhere = ROBOT.system("布置", "131000")
    stranger = appointing.add_person("外市人", by=elsewhere, at=NOON)

    client.force_login(account_of(cast.chen))

    assert client.get(f"/people/{stranger.pk}/").status_code == 404


def test_search_asks_as_much_for_many_people_as_for_one(client: Client, cast: Cast) -> None:
    read(client, cast, "qian", "/")

    def asked(words: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            read(client, cast, "qian", f"/search/?q={words}")
        return len(captured)

    asked("张工")  # what is asked once a session is asked here
    appointing.add_person("张工程", by=ROBOT, at=NOON)
    few = asked("张工")
    for number in range(5):
        appointing.add_person(f"张工{number}", by=ROBOT, at=NOON)

    assert asked("张工") == few


def test_the_responsibility_list_is_read_by_person_from_his_page(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))

    shown = client.get(f"/people/{cast.zhang.person}/").content.decode()

    assert 'href="/ledgers/responsibility-list/?group=person"' in shown
    assert client.get("/ledgers/responsibility-list/?group=person").status_code == 200
