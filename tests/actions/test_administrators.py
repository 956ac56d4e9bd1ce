"""The three administrators are apart: from each other and from every other role, by the action and by the database."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from bihuan.core import examine, triggers
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Appointment, Person
from bihuan.organisation.rules.duties import ADMINISTRATORS, Role
from tests.cast import NOON, ROBOT, TODAY, Cast

LATER = TODAY + timedelta(days=30)
FORBIDDEN = [(one, other) for one in sorted(ADMINISTRATORS) for other in Role if other != one]


def somebody(cast: Cast, role: Role, starts_on: date, ends_on: date | None = None) -> Person:
    """A person who holds one role between two days."""
    person = appointing.add_person("某人", by=ROBOT, at=NOON)
    post = appointing.add_post(cast.office, f"岗位{person.pk}", by=ROBOT, at=NOON)
    appointing.appoint(person, post, role, starts_on=starts_on, ends_on=ends_on, by=ROBOT, at=NOON)
    return person


def insert(person: Person, role: Role, starts_on: date, ends_on: date | None = None) -> None:
    """Past the actions: what somebody with the database in hand would write."""
    own = Appointment.objects.filter(person=person)[0]
    row = Appointment(city=own.city, person=person, post=own.post, role=role, starts_on=starts_on, ends_on=ends_on)
    Appointment.objects.bulk_create([row])


@pytest.mark.parametrize(("one", "other"), FORBIDDEN, ids=[f"{one}-{other}" for one, other in FORBIDDEN])
@pytest.mark.promise("P6")
def test_every_forbidden_pair_is_refused_by_the_action_and_by_the_database(cast: Cast, one: Role, other: Role) -> None:
    for held, asked in ((one, other), (other, one)):
        person = somebody(cast, held, TODAY)
        own = Appointment.objects.get(person=person)

        with pytest.raises(Refused, match="三个管理员互斥"):
            appointing.appoint(person, own.post, asked, starts_on=LATER, by=ROBOT, at=NOON)
        with pytest.raises(IntegrityError, match="三个管理员互斥"), transaction.atomic():
            insert(person, asked, LATER)

        assert [row.role for row in Appointment.objects.filter(person=person)] == [held]


@pytest.mark.parametrize("other", [role for role in Role if role not in ADMINISTRATORS | {Role.MACHINE}])
@pytest.mark.promise("P6")
def test_an_interface_is_nothing_else_by_the_action_and_by_the_database(cast: Cast, other: Role) -> None:
    for held, asked in ((Role.MACHINE, other), (other, Role.MACHINE)):
        person = somebody(cast, held, TODAY)
        own = Appointment.objects.get(person=person)

        with pytest.raises(Refused, match="接口账号只作接口用"):
            appointing.appoint(person, own.post, asked, starts_on=LATER, by=ROBOT, at=NOON)
        with pytest.raises(IntegrityError, match="接口账号只作接口用"), transaction.atomic():
            insert(person, asked, LATER)
        insert(person, held, LATER + timedelta(days=1))
        second = Appointment.objects.filter(person=person).exclude(pk=own.pk)
        with pytest.raises(IntegrityError, match="接口账号只作接口用"), transaction.atomic():
            second.update(role=asked)
        second.delete()


def test_one_after_the_other_is_no_conflict_until_the_days_are_moved(cast: Cast) -> None:
    person = somebody(cast, Role.COORDINATION, TODAY, LATER)
    own = Appointment.objects.get(person=person)
    after = appointing.appoint(
        person, own.post, Role.AUDIT_ADMIN, starts_on=LATER + timedelta(days=1), by=ROBOT, at=NOON
    )

    for row, change in (
        (after, {"starts_on": LATER}),
        (own, {"ends_on": None}),
        (own, {"role": "A1", "ends_on": None}),
    ):
        with pytest.raises(IntegrityError, match="三个管理员互斥"), transaction.atomic():
            Appointment.objects.filter(pk=row.pk).update(**change)


def test_a_business_role_beside_another_is_allowed(cast: Cast) -> None:
    person = somebody(cast, Role.COORDINATION, TODAY)

    own = Appointment.objects.get(person=person)

    appointing.appoint(person, own.post, Role.SUPERVISION, starts_on=TODAY, by=ROBOT, at=NOON)

    assert {row.role for row in Appointment.objects.filter(person=person)} == {"O2", "O3"}


@pytest.mark.broken
@pytest.mark.teeth("P6")
@pytest.mark.parametrize("refusal", ["apart", "alone"])
def test_examine_misses_the_refusal_once_somebody_has_taken_it_out(cast: Cast, refusal: str) -> None:
    is_sqlite = connection.vendor == "sqlite"
    name = f"bihuan_appointment_{refusal}{'_insert' if is_sqlite else ''}"
    assert triggers.missing(connection) == []

    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP TRIGGER {name} ON bihuan_appointment")

    assert triggers.missing(connection) == [name]
    assert [finding.invariant for finding in examine.findings()] == ["I14"]
