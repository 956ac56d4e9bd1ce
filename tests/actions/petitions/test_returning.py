import pytest

from bihuan.core import outbox
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import appointing
from bihuan.organisation.rules.duties import Role
from bihuan.petitions.actions import assign_petition, move_petition, move_undertaking
from bihuan.petitions.queries import undertaking_offers, undertakings_of
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

    assert {offer.refusal for offer in undertaking_offers(part, cast.zhang, TODAY)} == {
        "这件信访已移送或已回到收件，不再由承办单位办理。"
    }


def test_when_all_have_returned_it_is_handed_over_anew_and_no_return_is_refused(cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    [part] = undertakings_of(petition)
    move_undertaking(part, "return", by=cast.zhang, at=NOON, note="不在本辖区")

    with pytest.raises(Refused, match="已回到收件"):
        move_undertaking(part, "refuse_return", by=cast.chen, at=NOON, note="在辖区")
