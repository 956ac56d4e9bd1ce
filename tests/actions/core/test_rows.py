from enum import StrEnum

import pytest

from bihuan.core import rows
from bihuan.core.audit import Entry
from bihuan.organisation.models import Person
from tests.cast import Cast


class Name(StrEnum):
    NEW = "新名"


def test_a_row_is_written_only_where_it_still_is_what_was_read(cast: Cast) -> None:
    person = Person(pk=cast.zhang.person, name=Name.NEW, version=1)

    assert not rows.update(person, ("name",), version=7)
    assert Person.objects.get(pk=person.pk).name == "张工"


@pytest.mark.broken
def test_rows_come_in_with_every_kind_of_value(cast: Cast) -> None:
    last = Entry.objects.order_by("number").values().last()
    assert last is not None
    rows.insert(Entry, [{**last, "number": last["number"] + plus, "step": Name.NEW} for plus in (1, 2)])

    found = Entry.objects.order_by("number").values().last()
    assert found == {**last, "number": last["number"] + 2, "step": "新名"}
