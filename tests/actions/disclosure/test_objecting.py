"""What the public says against a notice: sealed, checked, answered; a notice neither ends nor fails without it."""

from datetime import timedelta

import pytest

from bihuan.core.audit import Entry
from bihuan.core.outbox import messages_of
from bihuan.core.vault import Secret
from bihuan.disclosure.actions import objecting
from bihuan.disclosure.models import Objection
from bihuan.disclosure.queries import sight
from bihuan.lib.flow import Refused
from bihuan.organisation.rules.duties import Role
from tests.actions.intake.test_personal import everything_stored
from tests.cast import ROBOT, Cast, seat_as
from tests.loop import Loop, make_loop

PHONE, NAME = "13987654321", "欧阳建国"


@pytest.fixture
def loop(cast: Cast) -> Loop:
    loop = make_loop(cast)
    loop.to_noticed()
    return loop


def test_it_gets_a_code_and_the_office_is_told(loop: Loop) -> None:
    objection = loop.complain()

    assert (objection.code, objection.state) == ("HE2-Y001", "received")
    assert messages_of(loop.cast.wang.person)[0].text == "公示HE2-G001收到不同意见HE2-Y001"


def test_neither_its_writer_nor_numbers_in_its_words_stand_anywhere_in_the_clear(loop: Loop) -> None:
    loop.complain(f"我叫{NAME}，电话{PHONE}，井口没有封死，夜里还在抽水。", f"{NAME} {PHONE}")

    assert PHONE not in Objection.objects.get().text
    stored = everything_stored()
    assert (PHONE in stored, NAME in stored) == (False, False)


def test_only_the_petition_desk_opens_the_contact_and_says_why(loop: Loop) -> None:
    objection = loop.complain(contact=f"请打{PHONE}")
    desk = seat_as(Role.PETITION_DESK, loop.cast.office, "何访")
    for by in (loop.cast.wang, loop.publicity, loop.cast.chen):
        with pytest.raises(Refused, match="联系方式只有信访专员可以看。"):
            objecting.open_contact(objection, "回电", by=by, at=loop.now)
    with pytest.raises(Refused, match="请写明为什么要看。"):
        objecting.open_contact(objection, " ", by=desk, at=loop.now)

    opened = objecting.open_contact(objection, "回电告知结论", by=desk, at=loop.now)

    assert opened["contact"].plain == f"请打{PHONE}"
    look = Entry.objects.filter(table="objection", kind="look").get()
    assert (look.person, look.note) == (desk.person, "回电告知结论")
    assert "sealed" not in sight.objections_for(desk).get().__dict__


def test_what_cannot_be_taken_is_refused_with_a_sentence(loop: Loop) -> None:
    shown = loop.release()

    def send(text: str, at: object = None) -> None:
        words = (Secret(text), Secret(""))
        objecting.receive_objection(shown.city, shown.code, *words, by=ROBOT, at=at or loop.now)  # type: ignore[arg-type]  # a moment

    with pytest.raises(Refused, match="至少10个字"):
        send("不对")
    with pytest.raises(Refused, match="最多2000字，现在2001字。"):
        send("不" * 2001)
    with pytest.raises(Refused, match="这次公示已经结束"):
        send("井口没有封死，夜里还在抽水。", loop.now + timedelta(days=60))
    assert Objection.objects.count() == 0


def test_a_notice_is_objected_to_only_where_somebody_did(loop: Loop) -> None:
    with pytest.raises(Refused, match="没有待核查的不同意见。"):
        loop.step("object", loop.cast.chen)

    loop.complain()
    loop.step("object", loop.cast.chen)


def test_a_notice_neither_goes_on_nor_fails_before_every_objection_is_decided(loop: Loop) -> None:
    loop.complain()
    loop.step("object", loop.cast.chen)
    with pytest.raises(Refused, match="还有1条不同意见没有认定。"):
        loop.step("dismiss_notice", loop.cast.chen, "不成立")
    with pytest.raises(Refused, match="还没有认定成立的不同意见。"):
        loop.step("uphold", loop.cast.chen, "成立")

    loop.decide("dismiss")
    with pytest.raises(Refused, match="还没有认定成立的不同意见。"):
        loop.step("uphold", loop.cast.chen, "成立")
    loop.step("dismiss_notice", loop.cast.chen, "不成立")
    assert loop.told[-1] == "noticed"


def test_an_upheld_one_ends_in_rectification_alone(loop: Loop) -> None:
    loop.complain()
    loop.step("object", loop.cast.chen)
    loop.decide("uphold")
    with pytest.raises(Refused, match="有1条不同意见已认定成立"):
        loop.step("dismiss_notice", loop.cast.chen, "不成立")

    loop.step("uphold", loop.cast.chen, "成立")

    assert loop.told[-1] == "rectifying"


def test_a_notice_does_not_run_out_over_an_open_objection(loop: Loop) -> None:
    loop.complain()
    loop.over()

    with pytest.raises(Refused, match="还有1条不同意见没有认定。"):
        loop.step("close_notice", loop.cast.chen)


def test_it_is_the_head_who_decides_and_with_a_reason(loop: Loop) -> None:
    objection = loop.complain()
    objecting.decide_objection(objection, "check", by=loop.cast.chen, at=loop.now)
    with pytest.raises(Refused, match="您没有办理“认定不成立”的职责。"):
        objecting.decide_objection(objection, "dismiss", by=loop.cast.chen, at=loop.now, note="看过")
    with pytest.raises(Refused, match="请写明认定不成立的理由。"):
        objecting.decide_objection(objection, "dismiss", by=loop.cast.wang, at=loop.now)

    objecting.decide_objection(objection, "dismiss", by=loop.cast.wang, at=loop.now, note="已到现场看过")

    assert Objection.objects.get().answer == "已到现场看过"
