"""A4: the sample city's trail holds no petitioner's name, telephone, identity card or address in plain words."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bihuan.lib import redact


def told(changes: str, note: str) -> Iterator[tuple[str, str]]:
    """(field, kind of personal data) of what an entry's values and its note hold in plain words."""
    values = [("note", note)]
    values += [
        (field, value) for field, pair in json.loads(changes).items() for value in pair if isinstance(value, str)
    ]
    for field, value in values:
        yield from ((field, hit.kind) for hit in redact.scan(value))


@pytest.mark.promise("A4")
def test_no_entry_holds_personal_data_in_plain_words(city: Path) -> None:
    with closing(sqlite3.connect(city / "bihuan.sqlite3")) as database:
        entries = database.execute("SELECT number, changes, note FROM bihuan_entry").fetchall()

    assert len(entries) > 1000
    assert [(number, *hit) for number, changes, note in entries for hit in told(changes, note)] == []


@pytest.mark.teeth("A4")
def test_personal_data_in_an_entry_are_caught() -> None:
    changes = json.dumps({"content": [None, "举报人李建国，电话13812345678，反映坑塘垃圾。"]}, ensure_ascii=False)

    assert {kind for _, kind in told(changes, "请回访13912345678")} >= {"phone", "name"}
    assert [field for field, _ in told("{}", "请回访13912345678")] == ["note"]
