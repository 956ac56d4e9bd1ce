"""Who petitioned stands in the vault alone, sealed; who may see him sees him masked, the others see nothing at all."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from bihuan.core import examine
from bihuan.core.audit import Entry, KeyedDeed, Overtaken
from bihuan.core.vault import Secret
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Person
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.actions import keeping
from bihuan.petitioners.models import Petitioner
from bihuan.petitioners.queries import sight
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.models import Petition
from tests.actions.intake.test_personal import everything_stored
from tests.cast import NOON, ROBOT, TODAY, Cast, account_of
from tests.desk import ID, IDENTITY, PHONE, desk, known_petition, secrets
from tests.makers import make_batch, make_inspection, make_petition

MASKED = {
    "name": "赵某某",
    "phone": "139****0001",
    "id_number": f"13{'*' * 14}{ID[-2:]}",
    "address": "沧县杜林镇××",
    "email": "x***@qq.com",
    "wechat": "x***",
    "note": "已登记，不显示",
    "original": "",
}


def shown(by: Any, petition: Petition) -> dict[str, str]:
    seen = sight.view_for(by, petition, NOON)
    return {one.name: one.words for one in seen.fields} if seen else {}


def test_what_the_desk_records_is_sealed_and_shown_masked_to_the_desk_alone(cast: Cast) -> None:
    by = desk(cast)

    petition = known_petition(cast, by)

    stored = everything_stored()
    assert [words for words in IDENTITY.values() if words in stored or words.encode().hex() in stored] == []
    assert shown(by, petition) == MASKED
    assert [sight.view_for(getattr(cast, who), petition, NOON) for who in ("wang", "chen", "zhang", "sun", "zhao")] == [
        None
    ] * 5


def test_row_and_trail_hold_the_same_ciphertext_and_the_key_stands_in_no_trail(cast: Cast) -> None:
    known_petition(cast, desk(cast))

    row = Petitioner.objects.get()
    [entry] = Entry.objects.filter(table="petitioner")
    assert entry.deltas["phone"] == [None, bytes(row.phone).hex()]
    assert not {"wrapped_key", "phone_index", "id_number_index"} & entry.deltas.keys()
    assert (entry.about, entry.note) == ("", "")


def test_a_ciphertext_opens_in_no_other_field_and_tells_no_length(cast: Cast) -> None:
    by = desk(cast)
    known_petition(cast, by, name="王五", note="诸葛亮")
    row = Petitioner.objects.get()

    assert len({len(bytes(getattr(row, name))) for name in IDENTITY}) == 1
    row.phone = row.name
    with pytest.raises(Exception, match="无法解开"):
        sight.plain_words(row, "phone")


def test_a_field_that_is_not_given_stays_and_an_empty_one_is_cleared(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)

    keeping.record_identity(petition, secrets(phone="13912340002", wechat=""), by=by, at=NOON)

    assert shown(by, petition) == MASKED | {"phone": "139****0002", "wechat": ""}
    [_, entry] = Entry.objects.filter(table="petitioner").order_by("number")
    assert entry.deltas.keys() == {"phone", "wechat", "version"}


def test_the_same_again_is_no_change_and_a_stale_form_overwrites_nobody(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)

    with pytest.raises(Refused, match="没有改动"):
        keeping.record_identity(petition, secrets(phone=PHONE), by=by, at=NOON)
    with pytest.raises(Overtaken):
        keeping.record_identity(petition, secrets(phone="1"), by=by, at=NOON, seen=7)


def test_nobody_else_records(cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))

    for by in (cast.wang, cast.chen, cast.zhang, ROBOT):
        with pytest.raises(Refused, match="您不能办理这件信访的举报人信息"):
            keeping.record_identity(petition, secrets(name="某"), by=by, at=NOON)


def test_a_deed_remembers_a_value_by_its_keyed_digest_and_never_prints_it(cast: Cast) -> None:
    by = desk(cast)
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    given: Any = {"key": "once"}

    keeping.record_identity(petition, secrets(phone=PHONE), by=by, at=NOON, **given)
    with pytest.raises(Refused, match="这次填的与上次不同"):
        keeping.record_identity(petition, secrets(phone="13912340002"), by=by, at=NOON, **given)

    assert PHONE not in str([*KeyedDeed.objects.values_list("content", "result")])
    assert (repr(Secret(PHONE)), f"{Secret(PHONE)}") == ("Secret(…)", "Secret(…)")


@pytest.mark.parametrize("how", ["handles", "is_named", "is_below"])
def test_a_unit_that_is_complained_of_sees_nothing_whatever_post_its_people_hold(cast: Cast, how: str) -> None:
    unit = {"handles": cast.water, "is_named": cast.water, "is_below": cast.neighbour}[how]
    own, other = desk(cast, "own", unit), desk(cast, "other")
    petition = known_petition(cast, other)
    if how == "is_named":
        Petition.objects.filter(pk=petition.pk).update(complained_of="沧县水务局及某某厂")
        petition.refresh_from_db()
    else:
        parent = cast.neighbour.parent
        assert parent is not None
        assign_petition(petition, [cast.water if how == "handles" else parent], by=cast.chen, at=NOON)

    assert (sight.view_for(own, petition, NOON), shown(other, petition)) == (None, MASKED)
    if how == "is_named":
        Petition.objects.filter(pk=petition.pk).update(complained_of="")  # as the trail has it


def test_a_second_post_in_the_unit_complained_of_closes_the_vault_to_the_desk(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    post = appointing.add_post(cast.water, "兼职", by=ROBOT, at=NOON)
    person = Person.objects.get(pk=by.person)

    before = shown(by, petition)
    appointing.appoint(person, post, Role.REPORTER, starts_on=TODAY, by=ROBOT, at=NOON)

    assert (before, shown(scope.actor_for(account_of(by), TODAY), petition)) == (MASKED, {})


def test_the_desk_of_yesterday_sees_nothing(cast: Cast) -> None:
    by = desk(cast)

    assert sight.view_for(replace(by, held=()), known_petition(cast, by), NOON) is None


@pytest.mark.broken
def test_a_vault_that_was_tampered_with_is_named(cast: Cast) -> None:
    known_petition(cast, desk(cast))
    row = Petitioner.objects.get()
    turned = bytes(row.wrapped_key[:-1]) + bytes([row.wrapped_key[-1] ^ 1])
    found = []
    for column, value in (("phone_index", ""), ("wrapped_key", turned), ("wrapped_key", b"")):
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE bihuan_petitioner SET {column} = %s", [value])  # noqa: S608 -- named above
        found += [str(one) for one in examine.findings()]

    assert found == [
        f"I3 举报人 {row.code}：电话与索引不符，按号码找不到。",
        f"I3 举报人 {row.code}：无法解开密封内容：密钥不符或内容已被改动。",
        f"I3 举报人 {row.code}：这份密封内容的密钥已经销毁，不能再打开。",
    ]
