"""I10: identity in the clear is found wherever it stands, and what is nobody's gives no alarm."""

from typing import Any

import pytest

from bihuan.core import audit, outbox
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.files import StoredFile
from bihuan.intake.plainness import nothing_in_the_clear
from bihuan.organisation.models import Person
from tests.cast import CITY, NOON, ROBOT, TODAY, Cast
from tests.desk import ID, PHONE, desk, known_petition
from tests.makers import make_batch, make_inspection, make_petition, make_plan, make_problem
from tests.makers import write as insert

CARD, PLATE = "6222020000000000000", "冀JD12345"


def found() -> list[str]:
    return [str(one) for one in nothing_in_the_clear()]


@pytest.mark.broken
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (f"来电{PHONE}", "电话"),
        (f"证件{ID}", "身份证号"),
        (f"卡号{CARD}", "银行卡号"),
        (f"车牌{PLATE}的货车", "车牌"),
        ("我叫赵小禾，反映", "姓名"),
        ("住址：沧县杜林镇某某村12号", "住址"),
    ],
)
def test_what_names_a_petitioner_in_a_petition_is_found_in_the_row_and_in_the_trail(
    cast: Cast, words: str, kind: str
) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)), content=words)
    entry = audit.Entry.objects.get(table="petition")

    assert found() == [
        f"I10 信访举报件 {petition.pk}：有明写的{kind}，应当在保险库里。",
        f"I10 轨迹#{entry.number}：有明写的{kind}，应当在保险库里。",
    ]


@action
def tell(text: str, person: int, *, by: Actor, at: Any, note: str = "") -> None:
    outbox.tell([person], text, at=at)


@pytest.mark.broken
def test_a_message_and_a_note_are_searched_too(cast: Cast) -> None:
    tell(f"请回电{PHONE}", cast.wang.person or 0, by=ROBOT, at=NOON)
    tell("请回电", cast.wang.person or 0, by=ROBOT, at=NOON, note=f"手机{PHONE}")

    assert [line.split(" ")[1].split("#")[0] for line in found()] == ["消息", "轨迹", "轨迹"]


def test_a_seal_that_looks_like_a_card_gives_no_alarm(cast: Cast) -> None:
    facts = {"sha256": "0" * 64, "size": 1, "is_sealed": True, "city": CITY, "destroyed_on": TODAY}
    insert([StoredFile(name="来信.txt", seal="4111111111111111", **facts)], by=ROBOT, at=NOON)

    assert found() == []


@pytest.mark.broken
def test_a_card_in_a_files_name_is_found_in_the_row_and_in_the_trail(cast: Cast) -> None:
    facts = {"sha256": "0" * 64, "size": 1, "is_sealed": True, "city": CITY, "destroyed_on": TODAY}
    insert([StoredFile(name="卡4111111111111111.txt", seal="4" * 16, **facts)], by=ROBOT, at=NOON)

    assert [line.split(" ")[1].split("#")[0] for line in found()] == ["文件", "轨迹"]


@pytest.mark.broken
def test_an_identity_number_stands_nowhere_and_a_telephone_of_the_vault_neither(cast: Cast) -> None:
    petition = known_petition(cast, desk(cast))
    plan = make_plan(petition.matter.inspection, cast.party)

    make_problem(cast, 2, plan=plan, text="联系人王某，电话13912349999")
    nothing = found()
    make_problem(cast, 3, plan=plan, text=f"联系人王某，电话{PHONE}")
    make_problem(cast, 4, plan=plan, text=f"证件{ID}")

    assert nothing == []
    assert [line.split("：")[1] for line in found()] == [
        "有明写的电话，应当在保险库里。",
        "有明写的身份证号，应当在保险库里。",
    ] * 2


def test_the_telephones_of_offices_and_officials_and_public_lines_give_no_alarm(cast: Cast) -> None:
    content = "监督电话:0317-2000000。举报热线13912345678。编号D2HE202204120031，罚款13800000000元。"
    make_petition(cast, make_batch(make_inspection(cast)), content=content)

    Person.objects.filter(pk=cast.wang.person).update(office_phone=PHONE)
    assert (found(), TODAY.year) == ([], 2022)
    Person.objects.filter(pk=cast.wang.person).update(office_phone="")
