"""The permanent cast: always the same people, so that a test's first line says who may and who may not.

张工 leads (county bureau), 李副 supports, 王主任 heads the city office, 陈科 coordinates there, 钱某 is from the next
county, 孙员 only reads the trail, 赵处 inspects from above, and nobody is the public.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.organisation.actions import appointing, organising
from bihuan.organisation.models import Account, Person, Region, Unit
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role

CITY = "130900"
NOON = datetime(2022, 7, 4, 4, 0, tzinfo=UTC)  # Monday noon in Shanghai
TODAY = date(2022, 7, 4)
PASSWORD = "correct horse battery"
ROBOT = Actor.system("布置", CITY)


@dataclass
class Cast:
    """The people, each as the actor of the day, and their units."""

    zhang: Actor
    li: Actor
    wang: Actor
    chen: Actor
    qian: Actor
    sun: Actor
    zhao: Actor
    party: Unit
    office: Unit
    water: Unit
    farm: Unit
    county: Unit
    neighbour: Unit
    region: Region


def _seat(name: str, unit: Unit, title: str, role: Role, login: str) -> Actor:
    person = appointing.add_person(name, by=ROBOT, at=NOON)
    post = appointing.add_post(unit, title, by=ROBOT, at=NOON)
    appointing.appoint(person, post, role, starts_on=date(2022, 1, 1), by=ROBOT, at=NOON)
    account = appointing.open_account(person, login, PASSWORD, by=ROBOT, at=NOON)
    return scope.actor_for(account, TODAY)


def assemble() -> Cast:
    """Seat everybody: a small city with two counties."""
    city = Region(code="130900", name="沧州市", level="city")
    county = Region(code="130921", name="沧县", level="county", parent=city)
    neighbour = Region(code="130922", name="青县", level="county", parent=city)
    organising.add_regions([city, county, neighbour], by=ROBOT, at=NOON)

    def unit(name: str, kind: str, region: Region, parent: Unit | None = None) -> Unit:
        return organising.add_unit(name, kind, region, by=ROBOT, at=NOON, parent=parent)

    party = unit("沧州市委和市政府", "党委政府", city)
    office = unit("沧州市整改办", "整改办", city, party)
    water = unit("沧县水务局", "部门", county)
    farm = unit("沧县农业农村局", "部门", county)
    county_party = unit("沧县党委和政府", "党委政府", county, party)
    next_party = unit("青县党委和政府", "党委政府", neighbour, party)
    next_water = unit("青县水务局", "部门", neighbour, next_party)
    return Cast(
        zhang=_seat("张工", water, "审核人", Role.UNIT_APPROVER, "zhang"),
        li=_seat("李副", farm, "审核人", Role.UNIT_APPROVER, "li"),
        wang=_seat("王主任", office, "主任", Role.OFFICE_HEAD, "wang"),
        chen=_seat("陈科", office, "综合协调组经办", Role.COORDINATION, "chen"),
        qian=_seat("钱某", next_water, "审核人", Role.UNIT_APPROVER, "qian"),
        sun=_seat("孙员", office, "审计员", Role.AUDIT_ADMIN, "sun"),
        zhao=_seat("赵处", party, "督察专员", Role.INSPECTOR, "zhao"),
        party=party,
        office=office,
        water=water,
        farm=farm,
        county=county_party,
        neighbour=next_water,
        region=county,
    )


def seat_as(role: Role, unit: Unit, name: str = "某人") -> Actor:
    """Somebody more, who holds one role in that unit and has a login of his own."""
    number = Person.objects.count()
    return _seat(name, unit, f"岗位{number}", role, f"login{number}")


def prove(client: Client) -> Client:
    """Let whoever is signed in there have shown just now who he is, as weighty acts want it."""
    session = client.session
    session["proven_at"] = clock.now().isoformat()
    session.save()
    return client


def account_of(by: Actor) -> Account:
    """The login of a member of the cast."""
    return Account.objects.get(person=Person.objects.get(pk=by.person))
