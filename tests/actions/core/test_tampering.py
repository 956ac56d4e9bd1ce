"""A1: every column of every business table, changed by raw SQL, is named; so is every row put in or taken out."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from bihuan.checkup.models import Explanation
from bihuan.core import audit, examine, outbox, prepared, vault
from bihuan.core import examination as core_checks
from bihuan.core.audit import Entry, Recorded
from bihuan.core.errands import Errand
from bihuan.core.examination import refusals_in_place
from bihuan.core.shapes import misshapen
from bihuan.intake import plainness
from bihuan.intake.actions import papers as intake
from bihuan.matters.models import Comparison, Extension, Manifest, MatterLink, SweepFinding, TakenOver, Waiver, WatchHit
from bihuan.organisation.actions import access as ways
from bihuan.organisation.actions import appointing, organising, own, settling
from bihuan.organisation.models import Appointment, InterfaceToken, Person, Post, SealedCode, Unsealing
from bihuan.outgoing.models import Receiver
from bihuan.petitioners.models import Destruction, Export, Lookup, Opening, Petitioner
from bihuan.petitions import examination as of_petitions
from bihuan.petitions.models import (
    BulletinWording,
    CallBack,
    FindingsReport,
    ItemFinding,
    Merger,
    Petition,
    PetitionPair,
    SubItem,
)
from bihuan.rectification import examination as of_rectification
from bihuan.rectification.actions.handing_over import Paper
from bihuan.rectification.models import (
    Assignment,
    Campaign,
    Consultation,
    Deliberation,
    Exemption,
    ExpertInvitation,
    ExpertOpinion,
    HandLight,
    Indicator,
    Milestone,
    PlanEdition,
    PlanRemark,
)
from bihuan.rectification.rules.checklist import SIGN_OFF
from bihuan.safekeeping.models import Drill
from tests.actions.intake.test_intake import commit
from tests.cast import NOON, ROBOT, TODAY, Cast, account_of, assemble
from tests.house.put import put_sweep
from tests.kept import Kept
from tests.loop import make_loop
from tests.makers import make_batch, make_measure, make_petition, write

pytestmark = pytest.mark.broken
DAYS = {"starts_on": TODAY, "ends_on": TODAY}
RAW = ["abc", -1, 7654.5, "", "2020-13-45", "[", b"\x00\xff"]


def fill() -> Cast:
    cast = assemble()
    paper = commit(cast)
    plan = paper.plans.get()
    measure = make_measure(plan.problems.order_by("pk")[0], 9)
    petition = make_petition(cast, make_batch(paper.inspection))
    group = organising.add_group("综合协调组", by=ROBOT, at=NOON)
    person = appointing.add_person("周某", by=ROBOT, at=NOON)
    organising.join_group(group, person, starts_on=TODAY, by=ROBOT, at=NOON)
    organising.settle_day(TODAY, is_working=True, by=cast.chen, at=NOON)
    settling.set_office_rules(small_office=True, by=ROBOT, at=NOON)
    own.keep_view("problems", "我的", "state=draft", by=cast.chen, at=NOON)
    organising.add_unit_name(cast.water, "沧县水利局", by=ROBOT, at=NOON)
    write(
        [
            Campaign(plan=plan, number=1, name="节水"),
            Deliberation(plan=plan, body="市政府常务会", held_on=TODAY, outcome="通过"),
            Consultation(plan=plan, unit=cast.farm, asked_on=TODAY, recorded_at=NOON),
            PlanEdition(plan=plan, number=9, reason="提速", written_at=NOON),
            Assignment(measure=measure, project="封填", post=Post.objects.all()[0], person=person),
            PlanRemark(plan=plan, subject="later:x", digest="d", reason="冻土", person=person, explained_at=NOON),
            Milestone(measure=measure, due_on=TODAY, text="先期", quantity=Decimal(5)),
            Indicator(measure=measure, name="关停", measured_in="眼", target=Decimal(20)),
            SubItem(petition=petition, number=1, text="坑塘"),
            BulletinWording(kind="handled", wording={}),
            TakenOver(matter=measure.matter, word="整改中", standing="正在整改", intake=paper),
            InterfaceToken(account=account_of(cast.chen), label="省厅", digest="0" * 64, rate=9, **DAYS),
            Drill(backup="20260101T000000Z", done_at=NOON, is_good=True),
            Explanation(check_name="year", subject="甲", digest="d", reason="无误", person=person, explained_at=NOON),
            Receiver(name="市大数据局", url="https://oa.example/x", secret="00", added_by_id=person.pk, added_at=NOON),
            Errand(name="drill", key="job-1", asked_by="系统:备份", asked_at=NOON),
            outbox.Message(person=person, text="已交办", sent_at=NOON),
            *unsealed(cast),
        ],
        by=ROBOT,
        at=NOON,
    )
    ways.add_phone(account_of(cast.chen), "手机", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", used=0, by=ROBOT, at=NOON)
    ways.renew_recovery_codes(account_of(cast.chen), ["ABCD-EFGH"], by=ROBOT, at=NOON)
    ways.print_slip(account_of(cast.chen), "ABCD-EFGH", reason="忘了密码", by=cast.wang, at=NOON)
    ways.sign_in(account_of(cast.chen), proof="密码", device="d", browser="Chrome 126", by=cast.chen, at=NOON)
    from bihuan.petitions.actions import assign_petition

    assign_petition(petition, [cast.county], by=cast.chen, at=NOON)
    report = FindingsReport(undertaking=petition.undertakings.get(), findings="经查", truth="属实", filled_at=NOON)
    item = ItemFinding(report=report, sub_item=petition.sub_items.get(), finding="有垃圾", truth="属实")
    call = CallBack(petition=petition, called_on=TODAY, way="电话", outcome="满意", recorded_at=NOON)
    write([report, item, call], by=ROBOT, at=NOON)
    read_and_doomed(petition, cast)
    proven(cast)
    intake.answer_doubt(paper.doubts.order_by("pk")[0], "2024-07-31", by=cast.chen, at=NOON)
    return cast


FILLED = Kept(fill)


@pytest.fixture
def city(db: None) -> Cast:
    """At least one row in every business table."""
    return FILLED.lay()


def proven(cast: Cast) -> None:
    """A problem that was objected to and signed off, with something said not to apply, and a paper named."""
    loop = make_loop(cast, "HE9")
    loop.to_noticed()
    loop.complain(contact="13800000000")
    loop.step("object", cast.chen)
    loop.decide("dismiss")
    loop.over()
    loop.step("dismiss", cast.chen, "不成立")
    loop.prove(SIGN_OFF, by=loop.publicity)
    loop.step("ask_consent", cast.chen)
    loop.step("consent", loop.group, "同意销号")
    loop.step("sign_off", cast.wang, "销号")
    write([Waiver(matter=loop.problem.matter, item="payment", reason="无处罚")], by=ROBOT, at=NOON)
    dates = {"old_due_on": TODAY, "new_due_on": date(2023, 3, 31), "applied_at": NOON}
    asked = Extension(matter=loop.problem.matter, reason="冻土", steps="开春封填", state="refused", **dates)
    near = {"newcomer": loop.measure.matter, "strength": 85, "reasons": ["同一村。"], "state": "raised"}
    hit = WatchHit(matter=loop.problem.matter, raised_at=NOON, **near)
    hand = HandLight(matter=loop.problem.matter, light="late", since=TODAY, until=TODAY, reason="停工")
    place = put_sweep(cast, loop.problem.matter.inspection, cast.water)
    finding = SweepFinding(place=place, spot="某厂", text="未封填")
    compared = Comparison(matter=loop.measure.matter, compared_at=NOON)
    invited = ExpertInvitation(
        matter=loop.problem.matter, expert_id=cast.li.person, name="李专", starts_on=TODAY, until=TODAY
    )
    passed = {"person_id": cast.wang.person, "name": "王主任", "passed_at": NOON}
    let_by = Exemption(matter=loop.problem.matter, what="payment", reason="台账遗失", **passed)
    one, other = (make_petition(cast, make_batch(place.sweep.inspection, at), f"D2HE20220412000{at}") for at in (7, 8))
    alike = {"kind": "重复举报", "strength": 95, "reasons": ["同一村。"], "state": "proposed", "proposed_at": NOON}
    pair, went = PetitionPair(earlier=one, later=other, **alike), Merger(petition=other, target=one, is_withdrawn=True)
    tied = {"first": one.matter, "second": loop.problem.matter, "kind": "同一地点", "reason": "同一村。"}
    link = MatterLink(linked_at=NOON, **tied)
    write([finding, asked, hit, hand, compared, invited, let_by, pair, went, link], by=ROBOT, at=NOON)
    read = Manifest.objects.filter(matter=loop.problem.matter).order_by("pk")[0]
    write(
        [ExpertOpinion(invitation=invited, verdict="同意", words="看过。", manifest=read, given_at=NOON)],
        by=ROBOT,
        at=NOON,
    )
    loop.step("file", cast.chen, paper=Paper("冀环督〔2022〕8号", TODAY))


def unsealed(cast: Cast) -> list[Recorded]:
    """Two codes, and the emergency that they opened."""
    post = Appointment.objects.get(person_id=cast.zhang.person)
    one, other = (
        SealedCode(holder_id=who.person, role=role, digest=role, made_at=NOON)
        for who, role in ((cast.sun, "A3"), (cast.li, "A1"))
    )
    times = {"opened_at": NOON, "valid_until": NOON + timedelta(hours=2)}
    opened = Unsealing(appointment=post, first_code=one, second_code=other, reason="甲", purpose="乙", **times)
    return [one, other, opened]


def read_and_doomed(petition: Petition, cast: Cast) -> None:
    """A petitioner who was looked for, read and asked for, and whose end was proposed."""
    desk = cast.wang.person
    who = Petitioner(
        petition=petition, code="one", phone=b"sealed", wrapped_key=vault.new_key(purpose="petitioner:one")
    )
    opening = Opening(petitioner=who, asked_by_id=desk, asked_at=NOON, reason="verify", state="asked", fields=["phone"])
    lookup = Lookup(person_id=desk, looked_at=NOON, field="phone")
    doom = Destruction(petitioner=who, proposed_by_id=desk, proposed_at=NOON, reason="期满", state="proposed")
    export = Export(code="DC2022-001", asked_by_id=desk, asked_at=NOON, reason="police", state="asked", words="移交")
    write([who, opening, lookup, doom, export], by=ROBOT, at=NOON)


def other(column: Any, value: Any) -> Any:
    """Another value of the same kind."""
    target = column
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    made: dict[type, Callable[[], Any]] = {
        models.BooleanField: lambda: not value,
        models.DecimalField: lambda: (value or Decimal(0)) + 1,
        models.IntegerField: lambda: (value or 0) + 1000,
        models.DateTimeField: lambda: (value or NOON) + timedelta(seconds=1),
        models.DateField: lambda: (value or date(2030, 1, 1)) + timedelta(days=1),
        models.UUIDField: uuid.uuid4,
        models.JSONField: lambda: {"改": 1},
        models.BinaryField: lambda: b"other",
    }
    words = f"{value or ''}改"[-(getattr(target, "max_length", None) or 0) :]  # as long as its column at most
    return next((make() for kind, make in made.items() if isinstance(target, kind)), words)


def findings_after(model: type[Recorded], statement: str, *values: Any) -> list[str] | None:
    """What is found in a table after a statement, which is then taken back; None where the database refused it."""
    found: list[str] = []
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
            misfits = examine.Misfits()
            found += [str(finding) for check in (examine.shape, examine.fold) for finding in check(model, misfits)]
            transaction.set_rollback(True)
    except DatabaseError:
        return None
    return found


def columns() -> Iterator[tuple[type[Recorded], Recorded, Any]]:
    for model in audit.recorded_models():
        row = model._default_manager.order_by("-pk").first()
        assert row is not None, f"no row of {model.__name__}"
        for column in model._meta.concrete_fields:
            if not column.primary_key and column.attname not in model.untrailed:
                yield model, row, column


def update(model: type[Recorded], column: Any) -> str:
    return f'UPDATE {model._meta.db_table} SET "{column.column}" = %s WHERE id = %s'  # noqa: S608 -- our own names


GUARDED = {  # what a constraint of the database itself refuses: a value that is unique, or bound to another
    "Appointment.granted_by_id",
    "Appointment.stands_in_for_id",
    "Appointment.until",
    "ExpertInvitation.starts_on",
    "Export.made_at",
    "InterfaceToken.digest",
    "InterfaceToken.starts_on",
    "RecoveryCode.digest",
    "Slip.digest",
    "StoredFile.sha256",
}


def test_every_column_changed_by_raw_sql_names_its_row(city: Cast) -> None:
    refused, missed = set(), []
    for model, row, column in columns():
        value = column.get_db_prep_save(other(column, getattr(row, column.attname)), connection)
        found = findings_after(model, update(model, column), value, row.pk)
        if found is None:
            refused.add(f"{model.__name__}.{column.attname}")
        elif not any(f"{model._meta.verbose_name} {row.pk}" in line for line in found):
            missed.append(f"{model.__name__}.{column.attname}")

    assert missed == []
    assert refused <= GUARDED, "、".join(sorted(refused - GUARDED))


def is_same(stored: Any, value: Any) -> bool:
    """Whether a raw value is what is stored; to PostgreSQL "" is a binary column's own empty value."""
    is_empty = isinstance(stored, bytes | memoryview) and not len(stored) and connection.vendor != "sqlite"
    return bool(stored == value or (is_empty and value == ""))


def test_values_of_another_kind_are_named_and_stop_nothing(city: Cast) -> None:
    missed = []
    for model, row, column in columns():
        for value in RAW:
            found = findings_after(model, update(model, column), value, row.pk)
            if found is None or is_same(getattr(row, column.attname), value):
                continue
            if not any(f"{model._meta.verbose_name} {row.pk}" in line for line in found):
                missed.append(f"{model.__name__}.{column.attname} = {value!r}")

    assert missed == []


def test_what_the_program_writes_has_the_shape_of_its_column(city: Cast) -> None:
    assert [(model.__name__, *misshapen(model)) for model in audit.recorded_models() if [*misshapen(model)]] == []


def test_every_row_taken_out_or_put_in_is_named(city: Cast) -> None:
    missed = []
    for model in audit.recorded_models():
        row, table = model._default_manager.latest("pk"), model._meta.db_table
        gone = findings_after(model, f"DELETE FROM {table} WHERE id = %s", row.pk)  # noqa: S608 -- our own name
        moved = findings_after(model, f"UPDATE {table} SET id = id + 100000 WHERE id = %s", row.pk)  # noqa: S608 -- as above
        name = model._meta.verbose_name
        if gone is not None and f"I3 {name} {row.pk}：轨迹中有这一行，表中没有。" not in gone:
            missed.append(f"{model.__name__} gone")
        if moved is not None and f"I3 {name} {row.pk + 100000}：表中有这一行，轨迹中没有。" not in moved:
            missed.append(f"{model.__name__} moved")

    assert missed == []


@pytest.mark.parametrize("changes", ["", "[", "[]", "1", '{"name": 1}', '{"name": [1]}', "null"])
def test_an_entry_that_cannot_be_read_is_named_and_stops_nothing(cast: Cast, changes: str) -> None:
    entry = Entry.objects.filter(table="person").order_by("number")[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER bihuan_entry_update"
            if connection.vendor == "sqlite"
            else "DROP TRIGGER bihuan_entry_frozen ON bihuan_entry"
        )
        cursor.execute("UPDATE bihuan_entry SET changes = %s WHERE number = %s", [changes, entry.number])

    found = [str(finding) for finding in examine.findings()]

    assert f"I2 轨迹#{entry.number}：内容与哈希不符。" in found
    assert f"I3 人员 {entry.row}：第1次记录读不出来。" in found


def test_what_lies_behind_the_first_page_is_examined_as_well(city: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = [*examine.findings(skipping=[examine.pages])]
    for module in (prepared, examine, core_checks, plainness, of_petitions, of_rectification):
        monkeypatch.setattr(module, "PAGE", 3)

    assert [*examine.findings(skipping=[examine.pages])] == at_once != []
    last = Entry.objects.filter(table="person").order_by("-row")[0]
    assert Entry.objects.filter(table="person").count() > 3

    named = findings_after(Person, "UPDATE bihuan_person SET name = %s WHERE id = %s", "改", last.row)

    assert named is not None
    assert [one.partition("：")[2] for one in named] == ["“name”与轨迹不符。"]
    assert findings_after(Person, "UPDATE bihuan_person SET version = 9 WHERE id = %s", last.row) != []


def test_a_check_that_breaks_is_itself_a_finding(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> Iterator[examine.Finding]:
        yield examine.Finding("I6", "甲", "少了一件。")
        raise ValueError(datetime)

    monkeypatch.setattr(examine, "CHECKS", [breaks])

    found = [str(finding) for finding in examine.findings()]

    assert found[0] == "I6 甲：少了一件。"
    assert found[1].endswith("breaks：没有查完，数据已损坏：ValueError <class 'datetime.datetime'>")


# How each database empties a table, what it says of a matter (whose rounds hang on it), and the refusal that stops it.
EMPTYING = {"sqlite": "DELETE FROM {}", "postgresql": "TRUNCATE {} CASCADE"}
HELD = {"sqlite": "invalid foreign key", "postgresql": "不能更改或删除"}
KEPT = {"sqlite": "bihuan_entry_delete", "postgresql": "bihuan_entry_kept"}
DROPPING = {"sqlite": "DROP TRIGGER {}", "postgresql": "DROP TRIGGER {} ON bihuan_entry"}


def empty(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        connection.check_constraints()  # as the commit would


@pytest.mark.parametrize("table", ["bihuan_entry", "bihuan_round", "bihuan_matter"])
def test_emptying_what_may_not_change_is_refused(city: Cast, table: str) -> None:
    count, vendor = Entry.objects.count(), connection.vendor
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bihuan_round SET closed_on = '2022-07-04' WHERE closed_on IS NULL")
        if vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the commit would refuse it as well
    sentence = HELD[vendor] if table == "bihuan_matter" else "不能更改或删除"

    with pytest.raises(DatabaseError, match=sentence):
        empty(EMPTYING[vendor].format(table))

    assert Entry.objects.count() == count


def test_a_refusal_of_emptying_that_was_taken_out_is_named(city: Cast) -> None:
    name = KEPT[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(DROPPING[connection.vendor].format(name))

    assert [str(one) for one in refusals_in_place()] == [f"I14 数据库：防改动的触发器 {name} 不在了。"]
