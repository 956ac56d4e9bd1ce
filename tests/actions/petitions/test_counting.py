"""What figures count of a petition: copied by the deed that changes it, and found where it is not as it stands."""

import pytest
from django.db import connection

from bihuan.core import examine, still
from bihuan.petitions.actions import assign_petition, counting
from bihuan.petitions.models import CountedPetition, Petition, Undertaking
from bihuan.petitions.queries import counted
from tests.cast import NOON, Cast
from tests.makers import change, make_batch, make_inspection, make_petition

COLUMNS = ("state", "truth")


@pytest.fixture
def petition(cast: Cast) -> Petition:
    return make_petition(cast, make_batch(make_inspection(cast)), "D2HE202204120001")


def told(cast: Cast) -> list[tuple[str, str, int]]:
    return [(one["state"], one["truth"], one["count"]) for one in counted.groups(cast.chen, "", COLUMNS)]


def test_a_deed_counts_anew_what_it_changed(petition: Petition, cast: Cast) -> None:
    assert told(cast) == [("in_tray", "", 1)]

    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    assert told(cast) == [("assigned", "", 1)]

    change(petition, by=cast.chen, at=NOON, truth="属实", fined="50000.00")
    assert told(cast) == [("assigned", "属实", 1)]
    [group] = counted.groups(cast.chen, "", COLUMNS, counted.SUMS)
    assert group["sum_fined"] == 50_000

    change(petition.matter, by=cast.chen, at=NOON, is_withdrawn=True)
    assert told(cast) == []


@pytest.mark.broken
def test_another_petition_is_not_written_again(petition: Petition, cast: Cast) -> None:
    other = make_petition(cast, petition.batch, "D2HE202204120002")
    CountedPetition.objects.filter(pk=other.matter_id).update(truth="部分属实")  # past every deed, so that it shows

    change(petition, by=cast.chen, at=NOON, truth="属实")

    assert CountedPetition.objects.get(pk=other.matter_id).truth == "部分属实"


def test_an_answer_from_counted_rows_holds_until_a_petition_or_its_matter_changes(
    petition: Petition, cast: Cast
) -> None:
    before = counted.groups(cast.chen, "", COLUMNS)

    change(cast.water, by=cast.chen, at=NOON, name="市水利局")
    assert counted.groups(cast.chen, "", COLUMNS) is before

    change(petition.matter, by=cast.chen, at=NOON, place="北门外")
    assert counted.groups(cast.chen, "", COLUMNS) is not before


@pytest.mark.broken
def test_what_was_not_counted_yet_is_filled_in_once(petition: Petition, cast: Cast) -> None:
    CountedPetition.objects.all().delete()
    still.forget()
    assert told(cast) == []

    counting.fill()
    still.forget()
    assert told(cast) == [("in_tray", "", 1)]

    CountedPetition.objects.filter(pk=petition.matter_id).update(truth="属实")
    counting.fill()
    assert CountedPetition.objects.get().truth == "属实"


@pytest.mark.broken
@pytest.mark.parametrize("damage", ["state", "fine", "gone"])
def test_what_is_counted_wrongly_is_found(petition: Petition, damage: str) -> None:
    assert [*examine.findings()] == []
    rows = CountedPetition.objects.filter(pk=petition.matter_id)
    if damage == "gone":
        rows.delete()
    else:
        rows.update(**{"state": {"state": "merged"}, "fine": {"fined": 3}}[damage])

    found = [(one.invariant, one.where, "计件" in one.sentence) for one in examine.findings()]
    assert found == [("I14", petition.matter.code, True)]


def test_what_is_seldom_is_marked_for_the_embedded_planner_and_found_like_any_other(
    petition: Petition, cast: Cast
) -> None:
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    rows = Undertaking.objects.filter(state__seldom_in=["waiting", "returned"])

    assert [one.unit for one in rows] == [cast.water]
    assert ("unlikely(" in str(rows.query)) == (connection.vendor == "sqlite")
