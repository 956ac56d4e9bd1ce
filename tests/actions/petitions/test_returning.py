from bihuan.core import outbox
from bihuan.organisation.actions import appointing
from bihuan.organisation.rules.duties import Role
from bihuan.petitions.actions import assign_petition, move_undertaking
from bihuan.petitions.queries import undertakings_of
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
