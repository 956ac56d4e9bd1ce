import pytest

from bihuan.core import outbox
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Unit
from bihuan.organisation.rules.duties import Role
from bihuan.petitions.actions import assign_petition, move_petition, move_undertaking, reassign_undertaking
from bihuan.petitions.models import Petition, Undertaking
from bihuan.petitions.queries import findings, petitions_for, returned_to, undertakings_of
from bihuan.petitions.queries.steps import undertaking_offers
from tests.cast import NOON, ROBOT, TODAY, Cast
from tests.makers import make_batch, make_inspection, make_petition


def test_a_return_is_told_to_the_petition_desk(cast: Cast) -> None:
    officer = appointing.add_person("信访专员", by=ROBOT, at=NOON)
    post = appointing.add_post(cast.office, "信访专员", by=ROBOT, at=NOON)
    appointing.appoint(officer, post, Role.PETITION_DESK, starts_on=TODAY, by=ROBOT, at=NOON)
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    [part] = undertakings_of(petition)

    move_undertaking(part, "return", by=cast.zhang, at=NOON, note="不在本辖区")

    texts = [message.text for message in outbox.messages_of(officer.pk)]
    assert texts == [f"沧县水务局退办：{petition.number}"]


def test_what_was_transferred_is_neither_signed_for_nor_returned(cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    move_petition(petition, "transfer", by=cast.chen, at=NOON, note="属法院管辖")
    [part] = undertakings_of(petition)

    for step in ("receive", "return"):
        with pytest.raises(Refused, match="已移送"):
            move_undertaking(part, step, by=cast.zhang, at=NOON, note="理由")

    assert {offer.refusal for offer in undertaking_offers(part, findings.parts_of(petition), cast.zhang, TODAY)} == {
        "这件信访已移送或已回到收件，不再由承办单位办理。"
    }


def test_when_all_have_returned_it_is_handed_over_anew_and_no_return_is_refused(cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    [part] = undertakings_of(petition)
    move_undertaking(part, "return", by=cast.zhang, at=NOON, note="不在本辖区")

    with pytest.raises(Refused, match="已回到收件"):
        move_undertaking(part, "refuse_return", by=cast.chen, at=NOON, note="在辖区")


def returned_by_one_of(cast: Cast, *units: Unit) -> tuple[Petition, Undertaking]:
    """A petition with these units, the first of which has returned it."""
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    assign_petition(petition, [*units], by=cast.chen, at=NOON)
    [part, *_] = undertakings_of(petition)
    return petition, move_undertaking(part, "return", by=cast.zhang, at=NOON, note="不在本辖区")


def parts_of(petition: Petition) -> list[tuple[str, str]]:
    return [(str(part.unit), part.state) for part in undertakings_of(petition)]


def test_what_one_of_two_units_returned_is_handed_to_another(cast: Cast) -> None:
    petition, part = returned_by_one_of(cast, cast.water, cast.farm)
    due_on = petition.reply_due_on
    assert [*returned_to(cast.chen)] == [petition]

    reassign_undertaking(part, [cast.neighbour], by=cast.chen, at=NOON)

    petition.refresh_from_db()
    assert parts_of(petition) == [
        ("沧县水务局", "reassigned"),
        ("沧县农业农村局", "waiting"),
        ("青县水务局", "waiting"),
    ]
    assert (petition.matter.state, petition.is_joint, petition.reply_due_on) == ("assigned", True, due_on)
    assert not returned_to(cast.chen).exists()
    assert not petitions_for(cast.zhang).exists()


def test_a_returned_part_goes_only_to_units_that_hold_none(cast: Cast) -> None:
    petition, part = returned_by_one_of(cast, cast.water, cast.farm)
    before = parts_of(petition)

    for units, refusal in (
        ([], "请至少选一个承办单位。"),
        ([cast.water], "沧县水务局刚退办；仍由它承办的，请点“不同意退办”。"),
        ([cast.neighbour, cast.farm], "沧县农业农村局已在承办这一件，请选别的单位。"),
    ):
        with pytest.raises(Refused, match=refusal):
            reassign_undertaking(part, units, by=cast.chen, at=NOON)
    with pytest.raises(Refused, match="请选承办单位后改交。"):
        move_undertaking(part, "reassign", by=cast.chen, at=NOON)
    with pytest.raises(Refused, match="没有办理“改交”的职责"):
        reassign_undertaking(part, [cast.neighbour], by=cast.li, at=NOON)

    assert parts_of(petition) == before


def test_a_part_that_was_handed_on_can_be_neither_refused_nor_handed_on_again(cast: Cast) -> None:
    petition, part = returned_by_one_of(cast, cast.water, cast.farm)
    reassign_undertaking(part, [cast.neighbour], by=cast.chen, at=NOON)
    before = parts_of(petition)

    with pytest.raises(Refused, match="现在是“已改交”"):
        move_undertaking(part, "refuse_return", by=cast.chen, at=NOON, note="在辖区")
    with pytest.raises(Refused, match="现在是“已改交”"):
        reassign_undertaking(part, [cast.county], by=cast.chen, at=NOON)

    assert parts_of(petition) == before


def test_a_petition_handed_over_anew_answers_those_who_returned_it(cast: Cast) -> None:
    petition, _ = returned_by_one_of(cast, cast.water)
    petition.matter.refresh_from_db()

    assign_petition(petition, [cast.farm], by=cast.chen, at=NOON)

    assert parts_of(petition) == [("沧县水务局", "reassigned"), ("沧县农业农村局", "waiting")]
    assert [*returned_to(cast.chen)] == []


def test_when_the_next_unit_returns_it_too_it_is_back_in_the_tray(cast: Cast) -> None:
    petition, part = returned_by_one_of(cast, cast.water, cast.farm)
    reassign_undertaking(part, [cast.neighbour], by=cast.chen, at=NOON)

    for other in undertakings_of(petition).filter(state="waiting"):
        by = cast.li if other.unit == cast.farm else cast.qian
        move_undertaking(other, "return", by=by, at=NOON, note="不属于本单位")

    petition.matter.refresh_from_db()
    assert petition.matter.state == "in_tray"
