"""Opening a petitioner's data: a reason, a quarter of an hour, an entry, a line to the head, consent where due."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bihuan.core import outbox
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Person
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.actions import keeping, reading
from bihuan.petitioners.models import Lookup, Opening, Petitioner
from bihuan.petitioners.queries import sight
from bihuan.petitioners.rules import opening as rules
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.models import Petition
from tests.actions.intake.test_personal import everything_stored
from tests.cast import NOON, ROBOT, TODAY, Cast, account_of
from tests.desk import IDENTITY, NAME, PHONE, desk, known_petition, secrets
from tests.makers import make_batch, make_petition

NIGHT = NOON + timedelta(hours=12)
SUNDAY = NOON - timedelta(days=1)


def ask(petition: Petition, by: Actor, at: datetime = NOON, *fields: str, **more: Any) -> Opening:
    return reading.ask_opening(petition, fields or ("name", "phone"), "call_back", "核实夜间施工", by=by, at=at, **more)


def plain(by: Actor, petition: Petition, at: datetime = NOON) -> dict[str, str]:
    seen = sight.view_for(by, petition, at)
    return {one.name: one.words for one in seen.fields if one.is_plain} if seen else {}


def told(by: Actor) -> list[str]:
    return [message.text for message in outbox.messages_of(by.person)]


def test_what_is_opened_is_plain_to_the_asker_for_a_quarter_of_an_hour_under_his_name(cast: Cast) -> None:
    by, other = desk(cast), desk(cast, "other")
    petition = known_petition(cast, by)

    ask(petition, by)

    last = NOON + timedelta(minutes=14, seconds=59)
    assert plain(by, petition, last) == {"name": NAME, "phone": PHONE}
    assert (plain(by, petition, NOON + timedelta(minutes=15)), plain(other, petition)) == ({}, {})
    seen = sight.view_for(by, petition, NOON)
    assert seen is not None
    assert (seen.watermark, seen.until) == ("desk某 2022-07-04 12:00 查看", NOON + rules.OPEN_FOR)


def test_it_leaves_a_reading_in_the_trail_with_fields_and_reason_and_no_value(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)

    ask(petition, by)

    [entry] = Entry.objects.filter(kind="look")
    assert (entry.table, entry.person, entry.note, entry.step) == (
        "petitioner",
        by.person,
        "回访：核实夜间施工",
        "open",
    )
    assert entry.deltas == {"name": [None, None], "phone": [None, None]}
    assert told(cast.wang) == [f"举报人信息被查看：{petition.number}（姓名、电话），理由：回访"]
    assert told(cast.sun) == []
    stored = everything_stored()
    assert [words for words in IDENTITY.values() if words in stored] == []


def test_what_is_typed_as_a_reason_is_masked(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)

    reading.ask_opening(petition, ["name"], "call_back", f"请回电{PHONE}", by=by, at=NOON)

    assert Opening.objects.get().words == "请回电139****0001"


@pytest.mark.parametrize(
    ("fields", "reason", "words", "sentence"),
    [
        ([], "call_back", "核实", "请至少选一项"),
        (["original"], "call_back", "核实", "请至少选一项"),
        (["password"], "call_back", "核实", "请至少选一项"),
        (["name"], "curious", "核实", "请选理由"),
        (["name"], "call_back", " ", "请选理由，并写明"),
    ],
)
def test_nothing_is_opened_without_a_field_and_a_reason(
    cast: Cast, fields: list[str], reason: str, words: str, sentence: str
) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)

    with pytest.raises(Refused, match=sentence):
        reading.ask_opening(petition, fields, reason, words, by=by, at=NOON)


def test_nobody_else_opens_anything_neither_the_head_nor_who_is_complained_of(cast: Cast) -> None:
    petition = known_petition(cast, desk(cast))
    accused = desk(cast, "own", cast.water)
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)

    for by in (cast.wang, cast.chen, cast.zhang, cast.sun, accused, ROBOT):
        with pytest.raises(Refused, match="您不能办理"):
            ask(petition, by)


@pytest.mark.parametrize(
    ("at", "line"),
    [
        (NIGHT, "请核查：desk某在非办公时间查看举报人信息，事项HE2-X0001，07月05日00:00"),
        (SUNDAY, "请核查：desk某在非办公时间查看举报人信息，事项HE2-X0001，07月03日12:00"),
    ],
)
def test_the_auditor_is_told_of_what_is_read_at_night_or_on_a_free_day(cast: Cast, at: datetime, line: str) -> None:
    by = desk(cast)

    ask(known_petition(cast, by), by, at)

    assert told(cast.sun) == [line]


def test_the_auditor_is_told_of_the_twenty_first_of_a_day(cast: Cast) -> None:
    by = desk(cast)
    first = known_petition(cast, by)
    others = [make_petition(cast, first.batch, f"D2HE2022041200{place:02}") for place in range(1, 21)]
    for place, petition in enumerate(others):
        keeping.record_identity(petition, secrets(phone=f"139123411{place:02}"), by=by, at=NOON)
        ask(petition, by)

    before = told(cast.sun)
    ask(first, by)

    assert (before, told(cast.sun)) == ([], ["请核查：desk某一天内第21次查看举报人信息，事项HE2-X0001，07月04日12:00"])


def opened_three_times(cast: Cast, by: Actor) -> Petition:
    """The third petition of one telephone; each was opened once within the month."""
    first = known_petition(cast, by)
    for place in range(2):
        petition = make_petition(cast, first.batch, f"D2HE20220412000{place}")
        keeping.record_identity(petition, secrets(phone="139 1234 0001"), by=by, at=NOON)
        ask(petition, by, NOON - timedelta(days=28))
    ask(first, by)
    return first


def test_the_same_petitioner_a_fourth_time_within_a_month_asks_for_anothers_consent(cast: Cast) -> None:
    by = desk(cast)
    petition = opened_three_times(cast, by)
    later = NOON + timedelta(hours=1)

    opening = ask(petition, by, later)
    waiting = plain(by, petition, later)
    reading.decide_opening(opening, "agree", by=cast.wang, at=later)
    agreed = plain(by, petition, later)
    reading.use_opening(opening, by=by, at=later)

    assert (waiting, agreed, plain(by, petition, later)) == ({}, {}, {"name": NAME, "phone": PHONE})
    assert f"待批准查看举报人信息：{petition.number}（姓名、电话），理由：回访" in told(cast.wang)
    assert told(by) == [f"查看举报人信息已批准，24小时内可打开：{petition.number}"]
    assert Opening.objects.get(pk=opening.pk).decided_by_id == cast.wang.person


def test_after_a_month_none_is_asked_for(cast: Cast) -> None:
    by = desk(cast)
    petition = opened_three_times(cast, by)

    assert ask(petition, by, NOON + timedelta(days=3)).state == "opened"


def test_kin_of_the_petitioner_always_asks_and_a_refusal_opens_nothing(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    opening = ask(petition, by, is_kin=True)

    with pytest.raises(Refused, match="请写明不同意查看的理由"):
        reading.decide_opening(opening, "refuse", by=cast.wang, at=NOON)
    reading.decide_opening(opening, "refuse", by=cast.wang, at=NOON, note="应当回避")

    with pytest.raises(Refused, match="现在是“未批准”"):
        reading.use_opening(opening, by=by, at=NOON)
    assert plain(by, petition) == {}


def test_nobody_agrees_to_his_own_request_even_as_head(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    post = appointing.add_post(cast.office, "副主任", by=ROBOT, at=NOON)
    person = Person.objects.get(pk=by.person)
    appointing.appoint(person, post, Role.OFFICE_HEAD, starts_on=TODAY, by=ROBOT, at=NOON)
    both = scope.actor_for(account_of(by), TODAY)
    opening = ask(petition, both, is_kin=True)

    with pytest.raises(Refused, match="自己提出的，不能由自己批准"):
        reading.decide_opening(opening, "agree", by=both, at=NOON)
    with pytest.raises(Refused, match="您没有办理“同意查看”的职责"):
        reading.decide_opening(opening, "agree", by=desk(cast, "other"), at=NOON)


def test_a_consent_lasts_a_day_and_is_the_askers_alone(cast: Cast) -> None:
    by, other = desk(cast), desk(cast, "other")
    opening = ask(known_petition(cast, by), by, is_kin=True)
    reading.decide_opening(opening, "agree", by=cast.wang, at=NOON)

    with pytest.raises(Refused, match="只有提出的人可以打开"):
        reading.use_opening(opening, by=other, at=NOON)
    with pytest.raises(Refused, match="批准已过24小时"):
        reading.use_opening(opening, by=by, at=NOON + timedelta(hours=25))


def test_a_whole_number_finds_every_petition_of_its_holder_however_it_is_written(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    other = make_petition(cast, make_batch(petition.batch.inspection, 2), "D2HE202204120099")
    keeping.record_identity(other, secrets(phone="13912340002"), by=by, at=NOON)

    found = reading.look_up("phone", secrets(it="+86 139-1234-0001")["it"], by=by, at=NOON)

    assert found == (petition,)
    assert reading.look_up("phone", secrets(it="1391234000")["it"], by=by, at=NOON) == ()
    assert [*Lookup.objects.order_by("pk").values_list("field", "found")] == [("phone", 1), ("phone", 0)]
    [entry] = Entry.objects.filter(kind="look")
    assert (entry.row, entry.note, entry.deltas) == (
        Petitioner.objects.get(petition=petition).pk,
        "按号码查找",
        {"phone": [None, None]},
    )


def test_thirty_lookups_a_day_and_no_more_and_none_by_anybody_else(cast: Cast) -> None:
    by = desk(cast)
    number = secrets(it=PHONE)["it"]
    for _ in range(rules.LOOKUPS_A_DAY):
        reading.look_up("phone", number, by=by, at=NOON)

    with pytest.raises(Refused, match="今天已查找30次"):
        reading.look_up("phone", number, by=by, at=NOON)
    with pytest.raises(Refused, match="只有信访专员"):
        reading.look_up("phone", number, by=cast.wang, at=NOON)
    with pytest.raises(Refused, match="请填完整"):
        reading.look_up("phone", secrets(it="139123")["it"], by=by, at=NOON)
    assert reading.look_up("phone", number, by=by, at=NOON + timedelta(days=1)) == ()
