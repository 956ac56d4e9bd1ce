from django.db.models import QuerySet

from bihuan.core import still
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.listing import counted
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Person
from tests.cast import NOON, ROBOT, Cast


def people() -> int:
    return still.known("people", Person.objects.count)


@action
def add_and_count(*, by: Actor, at: object) -> tuple[int, int]:
    """What is known before and after a write of the same deed."""
    before = people()
    appointing.add_person("新来的", by=by, at=NOON)
    return before, people()


def test_what_is_known_is_asked_once_while_the_trail_stands(cast: Cast, django_assert_num_queries: object) -> None:
    people()

    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture's own type is the plugin's
        people()


def test_any_deed_makes_it_ask_again(cast: Cast) -> None:
    before = people()
    appointing.add_person("新来的", by=ROBOT, at=NOON)

    assert people() == before + 1


def test_inside_a_deed_it_sees_what_the_deed_wrote_and_keeps_none_of_it(cast: Cast) -> None:
    now = people()

    assert add_and_count(by=ROBOT, at=NOON) == (now, now + 1)
    assert people() == now + 1


def test_nothing_is_kept_before_the_first_deed(db: None) -> None:
    assert still.known("first", lambda: 1) == 1
    assert still.known("first", lambda: 2) == 2


def test_the_memory_is_bounded(cast: Cast) -> None:
    for number in range(still.MOST + 1):
        still.known(("bound", number), lambda: 0)

    assert len(still._kept) <= still.MOST


def test_counts_of_different_questions_are_kept_apart(cast: Cast) -> None:
    def count(rows: QuerySet[Person]) -> int:
        return counted(rows, {})["count"]

    everybody = count(Person.objects.all())

    assert count(Person.objects.filter(name="张工")) == 1
    assert count(Person.objects.filter(name="李副")) == 1
    assert count(Person.objects.all()) == everybody > 1


def test_one_request_looks_once_and_again_after_its_own_deed(cast: Cast, django_assert_num_queries: object) -> None:
    with still.one_moment():
        before = people()
        with django_assert_num_queries(0):  # type: ignore[operator]  # as above
            people()
        appointing.add_person("新来的", by=ROBOT, at=NOON)

        assert people() == before + 1
