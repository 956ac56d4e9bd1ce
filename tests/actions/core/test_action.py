from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bihuan.core import audit
from bihuan.core.action import Repeated, action
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry, Overtaken, Untraced
from bihuan.core.calendar import CalendarDay
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import appointing, organising
from bihuan.organisation.models import Group, Person
from tests.cast import NOON, ROBOT, TODAY, Cast


@action
def do_nothing(*, by: Actor, at: object) -> None:
    pass


@action
def fail_at_the_end(*, by: Actor, at: object) -> None:
    audit.create(CalendarDay(day=TODAY, is_working=True))
    raise RuntimeError


@pytest.mark.teeth("A3")
def test_a_deed_without_trail_is_refused(db: None) -> None:
    with pytest.raises(Untraced):
        do_nothing(by=ROBOT, at=NOON)


def test_a_write_outside_an_action_is_refused(db: None) -> None:
    with pytest.raises(Untraced):
        audit.create(CalendarDay(day=TODAY, is_working=True))


def test_a_deed_that_fails_at_its_end_leaves_nothing(db: None) -> None:
    with pytest.raises(RuntimeError):
        fail_at_the_end(by=ROBOT, at=NOON)

    assert (CalendarDay.objects.count(), Entry.objects.count()) == (0, 0)


def test_the_entry_says_who_what_when_and_every_value(cast: Cast) -> None:
    day = organising.settle_day(TODAY, is_working=False, by=cast.chen, at=NOON, note="国务院办公厅通知")

    entry = Entry.objects.latest("number")

    assert (entry.name, entry.action, entry.at, entry.table, entry.row) == (
        "陈科",
        "organisation.settle_day",
        NOON,
        "calendarday",
        day.pk,
    )
    assert entry.deltas["is_working"] == [None, False]
    assert entry.deltas["day"] == [None, "2022-07-04"]


def test_the_same_persons_same_key_is_done_once(cast: Cast) -> None:
    person = appointing.add_person("周某", by=cast.chen, at=NOON, key="k1")

    with pytest.raises(Repeated) as repeated:
        appointing.add_person("周某", by=cast.chen, at=NOON, key="k1")

    assert repeated.value.result == str(person.pk)
    assert Person.objects.filter(name="周某").count() == 1


def test_the_same_key_with_other_content_is_refused_and_says_so(cast: Cast) -> None:
    appointing.add_person("周某", by=cast.chen, at=NOON, key="k1")

    for again in (
        lambda: appointing.add_person("吴某", by=cast.chen, at=NOON, key="k1"),
        lambda: appointing.add_person("周某", by=cast.chen, at=NOON, key="k1", office_phone="1"),
        lambda: organising.add_group("周某", by=cast.chen, at=NOON, key="k1"),
    ):
        with pytest.raises(Refused, match="这次填的与上次不同，没有办"):
            again()
    assert (Person.objects.filter(name="吴某").count(), Group.objects.count()) == (0, 0)


@dataclass(frozen=True)
class Day:
    """A form as a page hands it over: values in a record of its own."""

    day: date
    words: tuple[str, ...] = ()


def test_what_a_form_says_in_a_record_is_content_too(cast: Cast) -> None:
    @action
    def settle(form: Day, *, by: Actor, at: object) -> CalendarDay:
        return audit.create(CalendarDay(day=form.day, is_working=True))

    settle(Day(TODAY, ("补班",)), by=cast.chen, at=NOON, key="k1")

    with pytest.raises(Repeated):
        settle(Day(TODAY, ("补班",)), by=cast.chen, at=NOON, key="k1")
    for other in (Day(TODAY + timedelta(days=1), ("补班",)), Day(TODAY, ("调休",))):
        with pytest.raises(Refused, match="这次填的与上次不同，没有办"):
            settle(other, by=cast.chen, at=NOON, key="k1")


def test_a_key_of_any_length_is_a_key(cast: Cast) -> None:
    key = "k" * 5000
    appointing.add_person("周某", by=cast.chen, at=NOON, key=key)

    with pytest.raises(Repeated):
        appointing.add_person("周某", by=cast.chen, at=NOON, key=key)


def test_what_the_database_refuses_as_a_double_is_a_sentence(cast: Cast) -> None:
    @action
    def twice(*, by: Actor, at: object) -> None:
        audit.create(Group(name="甲组"))
        audit.create(Group(name="甲组"))

    with pytest.raises(Overtaken, match="已有同样的一条；请刷新后再办。"):
        twice(by=cast.chen, at=NOON)
    assert Group.objects.count() == 0


def test_another_persons_same_key_is_another_deed(cast: Cast) -> None:
    appointing.add_person("周某", by=cast.chen, at=NOON, key="k1")

    appointing.add_person("周某", by=cast.wang, at=NOON, key="k1")

    assert Person.objects.filter(name="周某").count() == 2


def test_a_stale_row_is_overtaken_and_keeps_the_first_writers_words(cast: Cast) -> None:
    mine = organising.settle_day(TODAY, is_working=True, by=cast.chen, at=NOON)
    theirs = CalendarDay.objects.get(pk=mine.pk)
    organising.settle_day(TODAY, is_working=False, by=cast.wang, at=NOON)

    @action
    def touch(*, by: Actor, at: object) -> None:
        audit.change(theirs, note="晚到")

    with pytest.raises(Overtaken, match="他人已先行办理，请刷新后再办。"):
        touch(by=cast.chen, at=NOON)
    assert CalendarDay.objects.get(pk=mine.pk).note == ""


def test_numbers_of_the_trail_have_no_gap(cast: Cast) -> None:
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))

    assert numbers == list(range(1, len(numbers) + 1))


@action
def read_a_day(day: CalendarDay, *, by: Actor, at: object) -> None:
    audit.look(day, "note", because="核对放假通知")


@pytest.mark.promise("A3")
def test_a_look_leaves_an_entry_and_changes_nothing(cast: Cast) -> None:
    day = organising.settle_day(TODAY, is_working=False, by=cast.chen, at=NOON)

    read_a_day(day, by=cast.wang, at=NOON)

    entry = Entry.objects.latest("number")
    assert (entry.kind, entry.name, entry.table, entry.row, entry.note) == (
        "look",
        "王主任",
        "calendarday",
        day.pk,
        "核对放假通知",
    )
    assert entry.deltas == {"note": [None, None]}
    day.refresh_from_db()
    assert day.version == 1
