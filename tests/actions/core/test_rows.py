from enum import StrEnum

import pytest

from bihuan.core import rows
from bihuan.core.audit import Entry
from bihuan.organisation.actions import organising
from bihuan.organisation.models import Person, Region
from tests.cast import CITY, NOON, ROBOT, Cast


class Name(StrEnum):
    NEW = "新名"


def test_a_row_is_written_only_where_it_still_is_what_was_read(cast: Cast) -> None:
    person = Person(pk=cast.zhang.person, name=Name.NEW, version=1)

    assert not rows.update(person, ("name",), id=person.pk, version=7)
    assert Person.objects.get(pk=person.pk).name == "张工"


@pytest.mark.broken
def test_rows_come_in_with_every_kind_of_value(cast: Cast) -> None:
    last = Entry.objects.order_by("number").values().last()
    assert last is not None
    rows.insert(Entry, [{**last, "number": last["number"] + plus, "step": Name.NEW} for plus in (1, 2)])

    found = Entry.objects.order_by("number").values().last()
    assert found == {**last, "number": last["number"] + 2, "step": "新名"}


def test_new_rows_get_keys_in_their_order_and_point_to_one_another(cast: Cast) -> None:
    county = Region(code="130923", name="东光县", level="county", parent=cast.region, city=CITY)
    town = Region(code="130923100", name="东光镇", level="township", parent=county, city=CITY)
    organising.add_regions([county, town], by=ROBOT, at=NOON)

    assert (town.pk, town.parent_id) == (county.pk + 1, county.pk)
    assert Region.objects.get(code="130923100").parent == county
    [later] = organising.add_regions([Region(code="130924", name="海兴县", level="county")], by=ROBOT, at=NOON)
    assert later.pk > town.pk


def test_a_row_does_not_point_to_one_that_was_never_written(cast: Cast) -> None:
    county = Region(code="130923", name="东光县", level="county", parent=Region(code="13", name="河北", level="city"))

    with pytest.raises(ValueError, match="parent"):
        organising.add_regions([county], by=ROBOT, at=NOON)
