"""The teeth of `examine`: each fault is planted by raw SQL, and the right row is named."""

import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from bihuan.core import chain, examine
from bihuan.core.audit import Entry
from bihuan.organisation.models import Person
from tests.cast import Cast
from tests.makers import make_measure, make_problem


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def unfreeze() -> None:
    """Take the database's own refusal away, as somebody with its file could."""
    sql(
        "DROP TRIGGER bihuan_entry_update"
        if connection.vendor == "sqlite"
        else "DROP TRIGGER bihuan_entry_frozen ON bihuan_entry"
    )
    if connection.vendor == "sqlite":
        sql("DROP TRIGGER bihuan_entry_delete")


def found() -> list[str]:
    return [str(finding) for finding in examine.findings()]


@pytest.mark.broken
def test_a_row_changed_by_raw_sql_is_named(cast: Cast) -> None:
    problem = make_problem(cast)

    sql("UPDATE bihuan_problem SET target = '悄悄放宽' WHERE id = %s", problem.pk)

    assert found() == [
        f"I3 整改问题 {problem.pk} HE2-P001：“target”与轨迹不符。",
        "I14 HE2-P001：查找索引里的词与台账不符。",
    ]


@pytest.mark.broken
def test_a_state_changed_by_raw_sql_is_named(cast: Cast) -> None:
    problem = make_problem(cast)

    sql("UPDATE bihuan_matter SET state = 'signed_off' WHERE id = %s", problem.matter_id)

    assert f"I3 事项 {problem.matter_id} HE2-P001：“state”与轨迹不符。" in found()


@pytest.mark.broken
def test_a_row_deleted_by_raw_sql_is_named(cast: Cast) -> None:
    measure = make_measure(make_problem(cast))

    sql("DELETE FROM bihuan_measure WHERE id = %s", measure.pk)

    assert f"I3 整改措施 {measure.pk}：轨迹中有这一行，表中没有。" in found()
    assert "I6 HE2-M001-01：事项在，台账里的记录不在。" in found()


@pytest.mark.broken
def test_a_row_inserted_by_raw_sql_is_named(cast: Cast) -> None:
    sql("INSERT INTO bihuan_person (city, version, name, initials, office_phone) VALUES ('130900', 1, '凭空', '', '')")
    person = Person.objects.get(name="凭空")

    assert found() == [f"I3 人员 {person.pk}：表中有这一行，轨迹中没有。"]


def test_the_database_refuses_to_change_an_entry(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="轨迹不能更改或删除"), transaction.atomic():
        sql("UPDATE bihuan_entry SET name = '别人' WHERE number = 1")


def test_the_database_refuses_to_delete_an_entry(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="轨迹不能更改或删除"), transaction.atomic():
        sql("DELETE FROM bihuan_entry WHERE number = 1")


@pytest.mark.broken
def test_a_changed_entry_is_named(cast: Cast) -> None:
    unfreeze()

    sql("UPDATE bihuan_entry SET name = '别人' WHERE number = 2")

    assert "I2 轨迹#2：内容与哈希不符。" in found()


@pytest.mark.broken
def test_a_removed_entry_is_named(cast: Cast) -> None:
    unfreeze()

    sql("DELETE FROM bihuan_entry WHERE number = 2")

    assert "I2 轨迹#2：缺少第2至2条。" in found()


@pytest.mark.broken
def test_a_cut_tail_is_named(cast: Cast) -> None:
    unfreeze()
    last = Entry.objects.count()

    sql("DELETE FROM bihuan_entry WHERE number = %s", last)

    assert f"I2 轨迹末端：链到第{last - 1}条，末端记载为第{last}条。" in found()


@pytest.mark.broken
def test_an_entry_hashed_anew_breaks_the_next(cast: Cast) -> None:
    unfreeze()
    entry = Entry.objects.get(number=2)
    entry.name = "别人"

    sql("UPDATE bihuan_entry SET name = '别人', digest = %s WHERE number = 2", chain.digest_of(entry))

    assert "I2 轨迹#3：前一哈希与上一条不符。" in found()


@pytest.mark.broken
def test_a_problem_without_its_lead_is_named(cast: Cast) -> None:
    problem = make_problem(cast)
    sql("UPDATE bihuan_matter SET state = 'rectifying' WHERE id = %s", problem.matter_id)

    sql("UPDATE bihuan_duty SET is_ended = %s WHERE matter_id = %s", True, problem.matter_id)

    assert "I9 HE2-P001：已交办，却没有牵头或承办单位。" in found()


@pytest.mark.broken
def test_an_unknown_state_is_named(cast: Cast) -> None:
    problem = make_problem(cast)

    sql("UPDATE bihuan_matter SET state = 'nearly_done' WHERE id = %s", problem.matter_id)

    assert "I3 HE2-P001：状态“nearly_done”不在流程表里。" in found()


def test_the_databases_own_pages_are_whole(cast: Cast) -> None:
    assert [*examine.pages()] == []


@pytest.mark.parametrize(("pragma", "shipped"), [("synchronous", 2), ("foreign_keys", 1)])
def test_a_database_that_is_not_set_as_shipped_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pragma: str, shipped: int
) -> None:
    database = sqlite3.connect(tmp_path / "a.sqlite3")
    for name, value in (("synchronous", 2), ("foreign_keys", 1)):
        database.execute(f"PRAGMA {name} = {value}")
    as_django = SimpleNamespace(vendor="sqlite", cursor=lambda: closing(database.cursor()))
    monkeypatch.setattr(examine, "connection", as_django)
    assert [*examine.pages()] == []

    database.execute(f"PRAGMA {pragma} = 0")

    assert [str(finding) for finding in examine.pages()] == [f"I14 数据库：{pragma} 为 0，应为 {shipped}。"]


def test_in_an_empty_database_the_checks_that_speak_of_no_rows_are_made(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    @examine.about(Person)
    def of_people() -> list[examine.Finding]:
        asked.append("people")
        return []

    def of_nothing() -> list[examine.Finding]:
        asked.append("nothing")
        return []

    monkeypatch.setattr(examine, "CHECKS", [of_people, of_nothing])
    assert [*examine.findings()] == []
    assert asked == ["nothing"]
