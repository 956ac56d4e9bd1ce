"""Exporting petitioners' data: two persons, one file, one password, an entry for each petitioner, nothing kept."""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msoffcrypto
import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from bihuan.core import outbox
from bihuan.core.action import Repeated
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry, Overtaken
from bihuan.core.work import Task
from bihuan.lib.flow import Refused
from bihuan.lib.paper.xlsx import read_workbook
from bihuan.organisation.actions import appointing, emergency
from bihuan.organisation.models import Person
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners import background
from bihuan.petitioners.actions import exporting
from bihuan.petitioners.actions.keeping import record_identity
from bihuan.petitioners.models import Export
from bihuan.petitioners.queries import exports
from bihuan.petitioners.rules import export as rules
from bihuan.petitioners.rules.export import Purpose
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.models import Petition
from tests.actions.petitioners.test_destruction import destroy, signed_off
from tests.cast import NOON, ROBOT, TODAY, Cast, account_of, seat_as
from tests.desk import NAME, PHONE, desk, known_petition, secrets
from tests.makers import make_petition

WHY = Purpose("police", "夜间偷排线索移交", "沧县公安局", "沧公环调证字〔2022〕12号")
LATER = NOON + timedelta(hours=1)


def ask(petitions: Sequence[Petition], by: Actor, *fields: str, at: datetime = NOON, why: Purpose = WHY) -> Export:
    return exporting.ask_export(petitions, fields or ("name", "phone"), why, by=by, at=at)


def agree(export: Export, by: Actor, at: datetime = NOON, name: str = "agree") -> Export:
    return exporting.decide_export(export, name, by=by, at=at, note="同意，限公安机关办案用")


def agreed(cast: Cast, by: Actor, *fields: str) -> Export:
    return agree(ask([known_petition(cast, by)], by, *fields), cast.wang)


def lines(file: bytes, password: str) -> list[list[str]]:
    """The cells of a file, row by row, as whoever has the password reads them."""
    book, out = msoffcrypto.OfficeFile(io.BytesIO(file)), io.BytesIO()
    book.load_key(password=password, verify_password=True)
    book.decrypt(out, verify_integrity=True)
    [table], _ = read_workbook(out.getvalue())
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return [*rows.values()]


def told(by: Actor) -> list[str]:
    return [message.text for message in outbox.messages_of(by.person)]


def test_one_asks_another_agrees_and_the_file_opens_with_the_password_that_the_other_sees(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    export = agree(ask([petition], by), cast.wang)

    made = exporting.make_export(export, by=by, at=LATER)
    password = exporting.show_password(export, by=cast.wang, at=LATER)

    title, note, heads, row = lines(made.file, password.plain)
    assert (title, heads) == (["举报人信息"], ["信访件编码", "受理编号", "姓名", "电话", "说明"])
    who = "DC2022-001 desk某 2022-07-04 13:00 导出，王主任 批准"
    assert note == [f"{who}；交：{WHY.recipient}；依据：{WHY.paper}；仅供公安机关依法调取，不得转发，用后销毁"]
    assert row == [petition.matter.code, petition.number, NAME, PHONE]
    assert (made.code, export.state, export.count) == ("DC2022-001", "shown", 1)


def test_each_hears_of_his_part_and_nobody_of_a_value(cast: Cast) -> None:
    by, other = desk(cast), seat_as(Role.OFFICE_HEAD, cast.office, "副主任")
    export = agreed(cast, by)
    exporting.make_export(export, by=by, at=LATER)
    exporting.show_password(export, by=cast.wang, at=LATER)

    asked = "待批准导出举报人信息：DC2022-001，1件，交沧县公安局；在“信访—导出举报人信息”里办"
    made = "举报人信息已导出：DC2022-001，1人，交沧县公安局"
    assert told(other) == [made, asked]
    assert told(cast.wang) == ["DC2022-001的文件已生成，请在24小时内看一次密码，另路告知接收单位。", made, asked]
    assert told(by) == [
        "DC2022-001的密码已由批准人取走，由他另路告知沧县公安局。",
        "导出举报人信息DC2022-001已批准，24小时内由您生成一次文件。",
    ]
    assert told(cast.sun) == []


def test_nobody_agrees_to_his_own_request_even_as_head_nor_does_the_database(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    post = appointing.add_post(cast.office, "副主任", by=ROBOT, at=NOON)
    person = Person.objects.get(pk=by.person)
    appointing.appoint(person, post, Role.OFFICE_HEAD, starts_on=TODAY, by=ROBOT, at=NOON)
    both = scope.actor_for(account_of(by), TODAY)
    export = ask([petition], both)

    with pytest.raises(Refused, match="自己提出的，不能由自己批准"):
        agree(export, both)
    with pytest.raises(Refused, match="您没有办理“批准导出”的职责"):
        agree(export, desk(cast, "other"))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE bihuan_export SET decided_by_id = asked_by_id")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE bihuan_export SET made_at = asked_at")


def test_an_emergencys_head_neither_agrees_nor_refuses(cast: Cast) -> None:
    by = desk(cast)
    export = ask([known_petition(cast, by)], by)
    guards = {"A1": seat_as(Role.SYSTEM_ADMIN, cast.office, "薛某"), "A3": cast.sun}
    one, other = (emergency.seal_code(f"CODE-{name}", by=guard, at=NOON) for name, guard in guards.items())
    with time_machine.travel(NOON, tick=False):
        emergency.unseal(one, other, reason="主任住院", purpose="批导出", by=cast.chen, at=NOON)
        lent = scope.actor_for(account_of(cast.chen), TODAY)

    for name in ("agree", "refuse"):
        with pytest.raises(Refused, match="应急启封期间不批"):
            agree(export, lent, name=name)
    assert Export.objects.get().state == "asked"


def test_who_agrees_belongs_to_no_unit_that_a_petition_concerns(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    export = ask([petition], by)
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)

    with pytest.raises(Refused, match="其中有1件与您所在的单位有关，不能由您批准"):
        agree(export, seat_as(Role.OFFICE_HEAD, cast.water, "兼主任"))
    agree(export, cast.wang)


def test_refused_with_words_or_taken_back_it_is_over(cast: Cast) -> None:
    by = desk(cast)
    export, other = ask([known_petition(cast, by)], by), ask([*Petition.objects.all()], by)
    with pytest.raises(Refused, match="请写明批准导出的理由"):
        exporting.decide_export(export, "agree", by=cast.wang, at=NOON, note=" ")

    agree(export, cast.wang, name="refuse")
    agree(other, cast.wang)
    with pytest.raises(Refused, match="只有提出的人可以办"):
        exporting.withdraw_export(other, by=desk(cast, "other"), at=NOON)
    exporting.withdraw_export(other, by=by, at=NOON)

    assert told(by)[-1] == "导出举报人信息DC2022-001没有批准。"
    for one, state in ((export, "未批准"), (other, "已撤回")):
        with pytest.raises(Refused, match=f"现在是“{state}”，不能生成并下载文件"):
            exporting.make_export(one, by=by, at=NOON)


def test_an_approval_is_the_askers_for_a_day(cast: Cast) -> None:
    by = desk(cast)
    export = agreed(cast, by)

    with pytest.raises(Refused, match="只有提出的人可以办"):
        exporting.make_export(export, by=desk(cast, "other"), at=LATER)
    with pytest.raises(Refused, match="批准已过24小时"):
        exporting.make_export(export, by=by, at=NOON + rules.AGREED_FOR + timedelta(seconds=1))
    assert exports.standing_of(export, by, NOON + timedelta(hours=25)) == "批准过期，没有生成"


def test_one_approval_makes_one_file_also_at_once(cast: Cast) -> None:
    by = desk(cast)
    agreed(cast, by)
    one, other = Export.objects.get(), Export.objects.get()
    exporting.make_export(one, by=by, at=LATER, key="click")

    with pytest.raises(Refused, match="现在是“已生成，密码未取”"):
        exporting.make_export(one, by=by, at=LATER)
    with pytest.raises(Overtaken):
        exporting.make_export(other, by=by, at=LATER)
    with pytest.raises(Repeated):
        exporting.make_export(Export.objects.get(), by=by, at=LATER, key="click")
    assert Entry.objects.filter(kind="look").count() == 1


def test_the_password_is_whose_who_agreed_once_and_for_a_day(cast: Cast) -> None:
    by, other = desk(cast), seat_as(Role.OFFICE_HEAD, cast.office, "副主任")
    export = agreed(cast, by)
    exporting.make_export(export, by=by, at=LATER)
    over = LATER + rules.PASSWORD_FOR + timedelta(seconds=1)

    for who, sentence in ((by, "您没有办理“看密码”的职责"), (other, "密码只给批准的人看")):
        with pytest.raises(Refused, match=sentence):
            exporting.show_password(export, by=who, at=LATER)
    with pytest.raises(Refused, match="密码已过24小时"):
        exporting.show_password(export, by=cast.wang, at=over)
    assert exports.standing_of(export, by, over) == "已生成，密码过期抹去"
    exporting.show_password(export, by=cast.wang, at=LATER)
    assert bytes(Export.objects.get().sealed_password) == b""
    with pytest.raises(Refused, match="现在是“已生成，密码已取”"):
        exporting.show_password(Export.objects.get(), by=cast.wang, at=LATER)


def test_a_password_that_nobody_came_for_is_erased_after_its_day(cast: Cast) -> None:
    by = desk(cast)
    exporting.make_export(agreed(cast, by), by=by, at=LATER)

    def forgotten(at: datetime) -> str:
        return background.forget(Task(args={}, by=ROBOT, at=at, key="k"))

    early = forgotten(LATER + rules.PASSWORD_FOR - timedelta(minutes=1)), bool(Export.objects.get().sealed_password)
    late = forgotten(LATER + rules.PASSWORD_FOR + timedelta(minutes=1)), bool(Export.objects.get().sealed_password)
    assert (early, late) == (("过期密码0个。", True), ("过期密码1个。", False))
    with pytest.raises(Refused, match="已经抹去"):
        exporting.show_password(Export.objects.get(), by=cast.wang, at=LATER)


def test_what_the_asker_may_not_see_is_left_out_and_remarked_where_it_came_later(cast: Cast) -> None:
    by = desk(cast, "own", cast.water)
    first = known_petition(cast, desk(cast))
    second = make_petition(cast, first.batch, "D2HE202204120199")
    record_identity(second, secrets(phone="13912340002"), by=desk(cast, "third"), at=NOON)
    assign_petition(first, [cast.water], by=cast.chen, at=NOON)

    with pytest.raises(Refused, match="这些信访件与您的单位有关"):
        ask([first], by)
    export = agree(ask([first, second], by), cast.wang)
    assert export.codes == [second.matter.code]
    assign_petition(second, [cast.water], by=cast.chen, at=NOON)
    with pytest.raises(Refused, match="没有一件能导出"):
        exporting.make_export(export, by=by, at=LATER)
    taken = exports.taken_for(by, [second], ["phone"], TODAY)
    assert [(one.row, dict(one.words), one.remark) for one in taken] == [(None, {}, exports.CLOSED)]
    assert Entry.objects.filter(kind="look").count() == 0


def test_whose_key_is_destroyed_is_listed_as_such(cast: Cast) -> None:
    by = desk(cast)
    gone = signed_off(cast, by)
    living = make_petition(cast, gone.batch, "D2HE202204120199")
    row = destroy(cast, by, gone)
    at = datetime.combine(row.destroyed_on, NOON.timetz()) if row.destroyed_on else NOON
    record_identity(living, secrets(name="=1+1", phone=PHONE), by=by, at=at)
    export = agree(ask([gone, living], by, at=at), cast.wang, at)

    made = exporting.make_export(export, by=by, at=at)

    *_, first, second = lines(made.file, exporting.show_password(export, by=cast.wang, at=at).plain)
    assert first == [gone.matter.code, gone.number, "密钥已于2024-07-04销毁，不能再读"]
    assert second == [living.matter.code, living.number, "=1+1", PHONE]  # a text, and never a formula
    with pytest.raises(Refused, match="都没有登记"):
        ask([gone], by, at=at)


@pytest.mark.parametrize(
    ("fields", "changed", "sentence"),
    [
        (("original",), {}, "请选要导出的项目"),
        (("name",), {"reason": "curious"}, "请选要导出的项目和理由"),
        (("name",), {"words": " "}, "写明要办什么"),
        (("name",), {"recipient": ""}, "交给谁"),
        (("name",), {"paper": ""}, "依据的文号"),
    ],
)
def test_nothing_is_asked_without_a_purpose(cast: Cast, fields: Any, changed: Any, sentence: str) -> None:
    by = desk(cast)

    with pytest.raises(Refused, match=sentence):
        ask([known_petition(cast, by)], by, *fields, why=WHY._replace(**changed))


def test_nobody_else_asks_and_only_so_many(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    other = make_petition(cast, petition.batch, "D2HE202204120199")

    for who in (cast.wang, cast.chen, cast.zhang, cast.sun):
        with pytest.raises(Refused, match="只有信访专员"):
            ask([petition], who)
    with pytest.raises(Refused, match="请选要导出的信访件"):
        ask([], by)
    with pytest.raises(Refused, match="都没有登记"):
        ask([other], by)
    monkeypatch.setattr(rules, "MOST", 1)
    with pytest.raises(Refused, match="一次最多导出1件，这次有2件"):
        ask([petition, other], by)
    assert len(ask([petition, petition], by).codes) == 1
