"""A prepared question answers as the same question does that is written anew."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from bihuan.core import prepared as module
from bihuan.core.audit import Entry
from bihuan.core.prepared import ROOM, prepared
from bihuan.organisation.models import Appointment, Person
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.queries import called, sight
from tests.cast import NOON, TODAY, Cast
from tests.makers import make_inspection, make_plan, make_problem


def named(name: str, ids: Collection[int], *, is_known: bool = True) -> QuerySet[Person, Person]:
    found = Person.objects.filter(name=name, pk__in=ids).order_by("pk")
    return found if is_known else Person.objects.none()


def held(role: str, day: date) -> QuerySet[Appointment, tuple[int, str]]:
    found = Appointment.objects.filter(role=role, starts_on__lte=day, post__unit__version__gt=0)
    return found.order_by("pk").values_list("pk", "person__name")


def seated(people: Collection[int], roles: Collection[str]) -> QuerySet[Appointment, int]:
    found = Appointment.objects.filter(person__in=people, role__in=roles).exclude(post__unit__in=[])
    return found.order_by("pk").values_list("pk", flat=True)


def since(moment: Any) -> QuerySet[Entry, Entry]:
    return Entry.objects.filter(at__gte=moment).exclude(table__in=["person"]).order_by("number")


def test_what_is_given_is_what_is_asked_for(cast: Cast) -> None:
    ask = prepared(named)
    people = [*Person.objects.order_by("pk")]
    ids = [one.pk for one in people]

    for one in people:
        assert [*ask(one.name, ids)] == [*named(one.name, ids)] != []
        assert ask(one.name, ids[:3]).first() == named(one.name, ids[:3]).first()
    assert [len([*ask(people[1].name, ids[:count])]) for count in range(5)] == [0, 0, 1, 1, 1]
    assert [*ask(people[0].name, frozenset())] == []
    assert [*ask(people[0].name, ids, is_known=False)] == []


def test_of_many_keys_each_is_asked_for(cast: Cast) -> None:
    ask, people, roles = prepared(seated), [one.pk for one in Person.objects.order_by("pk")], [*Role]

    for count in range(len(people) + 1):
        assert [*ask(people[:count], roles)] == [*seated(people[:count], roles)]
    assert len([*ask(people, roles)]) == Appointment.objects.count() > 4
    assert [*ask([*people, *range(-ROOM, 0)], roles)] == [*ask(people, roles)]
    assert [*ask(people, ["nobody"])] == []


def test_days_moments_and_choices_are_given_as_they_are_stored(cast: Cast) -> None:
    ask, later = prepared(held), prepared(since)

    for role in (Role.UNIT_APPROVER, Role.FIRST_RESPONSIBLE, "nobody"):
        for day in (TODAY, TODAY - timedelta(days=9_999)):
            assert [*ask(role, day)] == [*held(role, day)]
    assert [*ask(Role.UNIT_APPROVER, TODAY)] != []
    for moment in (NOON, NOON + timedelta(days=1), NOON - timedelta(microseconds=1)):
        assert [*later(moment)] == [*since(moment)] == [*later(moment=moment)]


def test_each_actor_asks_a_question_of_his_own(cast: Cast) -> None:
    plan = make_plan(make_inspection(cast), cast.party)
    matter = make_problem(cast, 1, plan=plan).matter
    make_problem(cast, 2, plan=plan, lead=cast.neighbour)
    codes = (matter.code, matter.code.replace("001", "002"), "HE9-P001")

    for by in (cast.chen, cast.zhang, cast.qian, replace(cast.chen, held=()), replace(cast.zhang, held=cast.chen.held)):
        seen = [getattr(called.problem(by, code), "pk", None) for code in codes]
        assert seen == [getattr(sight.problems_for(by).filter(matter__code=code).first(), "pk", None) for code in codes]
    assert called.problem(cast.chen, matter.code) is not None
    assert called.problem(replace(cast.chen, held=()), matter.code) is None


def test_questions_of_more_kinds_than_are_kept_are_asked_all_the_same(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    ask, ids = prepared(named), [cast.zhang.person or 0, cast.wang.person or 0, -1]

    for count in (1, 2, 3, 1, 3):
        assert [*ask("张工", ids[:count])] == [*named("张工", ids[:count])] != []


def test_what_was_made_once_is_narrowed_by_each_asker_for_himself(cast: Cast) -> None:
    plan = make_plan(make_inspection(cast), cast.party)
    for number in (1, 2):
        make_problem(cast, number, plan=plan)

    one = sight.problems_for(cast.chen).filter(number=1)

    assert [row.number for row in one] == [1]
    assert [row.number for row in sight.problems_for(cast.chen)] == [1, 2]
    make_problem(cast, 3, plan=plan)
    assert [row.number for row in sight.problems_for(cast.chen)] == [1, 2, 3]
    assert [*sight.problems_for(replace(cast.chen, held=()))] == []


def test_what_is_planted_is_asked_and_not_remembered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_problem(cast, 1, lead=cast.neighbour).matter
    assert called.problem(cast.zhang, other.code) is None

    with monkeypatch.context() as patch:
        patch.setattr(scope, "sees_all", lambda _: True)
        assert called.problem(cast.zhang, other.code) is not None

    assert called.problem(cast.zhang, other.code) is None


def test_the_words_are_written_once(cast: Cast) -> None:
    written = []

    def every(pk: int) -> QuerySet[Person, Person]:
        written.append(pk)
        return Person.objects.filter(pk=pk)

    ask = prepared(every)
    with CaptureQueriesContext(connection) as asked:
        assert [ask(one).first() for one in (0, -1, cast.zhang.person)] == [
            None,
            None,
            Person.objects.get(pk=cast.zhang.person),
        ]

    assert (len(written), len(asked)) == (1, 4)


def test_related_rows_come_with_it(cast: Cast) -> None:
    ask = prepared(lambda pk: Appointment.objects.filter(pk=pk).select_related("post__unit").prefetch_related("person"))
    own = Appointment.objects.filter(person_id=cast.zhang.person).get()
    found = ask(own.pk).first()

    with CaptureQueriesContext(connection) as asked:
        assert (found and found.post.unit, found and found.person.name) == (cast.water, "张工")

    assert len(asked) == 0


@pytest.mark.parametrize("odd", [Decimal(1), 1.5, object(), [1, None], [Decimal(1)]])
def test_what_has_no_one_form_is_refused(cast: Cast, odd: Any) -> None:
    with pytest.raises(TypeError):
        prepared(lambda pk: Person.objects.filter(pk=pk))(odd)


def test_a_question_that_looks_at_what_it_is_given_is_refused(cast: Cast) -> None:
    ask = prepared(lambda name: Person.objects.filter(name=name) if name != "王主任" else Person.objects.all())

    with pytest.raises(TypeError, match="does not look"):
        ask("张工")


def test_words_that_were_set_aside_are_back_and_no_others(cast: Cast) -> None:
    written = []

    def every(pk: int) -> QuerySet[Person, Person]:
        written.append(pk)
        return Person.objects.filter(pk=pk)

    ask = prepared(every)
    assert ask(-1).first() is None

    put_back = module.set_aside()
    later = prepared(every)
    assert (ask(-1).first(), later(-1).first(), len(written)) == (None, None, 3)
    put_back()

    assert (ask(-1).first(), len(written)) == (None, 3)
    assert (later(-1).first(), len(written)) == (None, 4)


def test_a_long_answer_comes_in_pages(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    every = [*Entry.objects.order_by("table", "row", "number").values_list("row", "number")]
    monkeypatch.setattr(module, "PAGE", 7)

    def told(table: str, row: int, start: int) -> QuerySet[Entry, tuple[int, int]]:
        found = Entry.objects.filter(table=table, row__gte=row).exclude(row=row, number__lt=start)
        return found.order_by("row", "number").values_list("row", "number")[: module.PAGE]

    found, first = [], (module.FIRST, module.FIRST)
    for table in Entry.objects.order_by("table").values_list("table", flat=True).distinct():
        found += module.in_pages(partial(prepared(told), table), lambda one: (one[0], one[1] + 1), first)

    assert found == every
    people = prepared(lambda start: Person.objects.filter(pk__gte=start).order_by("pk")[: module.PAGE])
    with CaptureQueriesContext(connection) as asked:
        assert [*module.in_pages(people)] == [*Person.objects.order_by("pk")]
    assert len(asked) == 1 + Person.objects.count() // 7 + 1
