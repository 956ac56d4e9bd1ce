from collections.abc import Callable

import pytest
from django.db.models import QuerySet

from bihuan.core import still
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.listing import counted
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Appointment, Person, Unit
from bihuan.organisation.models.access import Session
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


def asked_again(ask: Callable[[], object]) -> bool:
    """Whether an answer is asked for anew after a deed that adds a person and nothing else."""
    times: list[object] = []
    name = object()  # no other answer has it
    for _ in range(2):
        still.known(name, lambda: times.append(ask()))
        appointing.add_person("新来的", by=ROBOT, at=NOON)
    return len(times) == 2


def test_a_deed_on_other_rows_leaves_an_answer_as_it_is(cast: Cast) -> None:
    assert not asked_again(Unit.objects.count)
    assert not asked_again(lambda: [*Unit.objects.filter(region__isnull=False).select_related("region")])


def test_an_answer_that_joins_what_was_changed_is_asked_for_again(cast: Cast) -> None:
    assert asked_again(lambda: [*Appointment.objects.select_related("person")])
    assert asked_again(lambda: (Unit.objects.count(), Person.objects.count()))


def test_an_answer_of_rows_that_no_trail_follows_is_asked_for_again(cast: Cast) -> None:
    assert asked_again(Session.objects.count)
    assert asked_again(lambda: (Unit.objects.count(), Entry.objects.count()))


def test_an_answer_that_reads_nothing_itself_is_asked_for_again(cast: Cast) -> None:
    assert asked_again(Unit.objects.all)


def test_an_answer_of_other_answers_holds_as_long_as_they_do(cast: Cast) -> None:
    def within(ask: Callable[[], object]) -> Callable[[], object]:
        still.known(ask, ask)  # so that it is not read while the outer one is asked for
        return lambda: (Unit.objects.count(), still.known(ask, ask))

    assert not asked_again(within(Unit.objects.count))
    assert asked_again(within(Person.objects.count))


def test_after_many_deeds_everything_is_asked_for_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not asked_again(Unit.objects.count)
    monkeypatch.setattr(still, "FAR", 0)

    assert asked_again(Unit.objects.count)


def test_where_another_trail_was_laid_everything_is_asked_for_again(cast: Cast) -> None:
    asked: list[object] = []
    still.known("another", lambda: asked.append(Unit.objects.count()))
    still._kept["another"].end = still._kept["another"].end._replace(digest="0" * 64)
    appointing.add_person("新来的", by=ROBOT, at=NOON)
    still.known("another", lambda: asked.append(Unit.objects.count()))

    assert len(asked) == 2
