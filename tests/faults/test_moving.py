"""R4: the sample city moves to PostgreSQL whole; a row or a moment that changed on the way is named."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from tests import postgres
from tests.served import Site

DIFFERING = """
from pathlib import Path
from bihuan.management.commands import move
from bihuan.core import transfer
move._know({address!r})
print("".join(transfer.differing(move.TARGET)))
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of an empty database on a server of its own."""
    with postgres.served() as address:
        execute(address.replace("/bihuan?", "/postgres?"), "CREATE DATABASE bihuan")
        yield address


def execute(address: str, statement: str) -> list[tuple[object, ...]]:
    parts = urlsplit(address)
    to = psycopg.connect(
        host=parse_qs(parts.query)["host"][0], user=parts.username, dbname=parts.path[1:], autocommit=True
    )
    with to as connection:
        answer = connection.execute(statement)
        return answer.fetchall() if answer.description else []


def differing(site: Site, address: str) -> str:
    return site.run(DIFFERING.format(address=address))


@pytest.mark.release
@pytest.mark.promise("R4")
def test_everything_moves_and_the_other_database_goes_on(site: Site, address: str, tmp_path: Path) -> None:
    done = site.bihuan("move", "--to", address)

    assert (done.returncode, done.stderr) == (0, "")
    *tables, total = done.stdout.splitlines()
    entries = site.number("SELECT count(*) FROM bihuan_entry")
    assert f"  轨迹 {entries}行" in tables
    assert total.startswith("搬家完成：")
    assert differing(site, address) == ""

    again = site.bihuan("move", "--to", address)
    assert (again.returncode, again.stderr) == (
        1, "目标数据库里已有数据；搬家只进空的数据库，请新建一个。两边的数据都没有动。\n",
    )  # fmt: skip

    shutil.copytree(site.data, tmp_path / "moved")
    moved = {**site.env, "BIHUAN_DATA": str(tmp_path / "moved"), "BIHUAN_DATABASE": address}
    for words in (["-c", f"import django; django.setup()\n{ADD}"], ["-m", "bihuan.cli", "examine", "--quiet"]):
        done = subprocess.run([sys.executable, *words], env=moved, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


ADD = """
from datetime import UTC, datetime
from bihuan.core.actor import Actor
from bihuan.organisation.actions import appointing
appointing.add_person("王某", by=Actor.system("布置", "130900"), at=datetime(2026, 1, 1, tzinfo=UTC))
"""


@pytest.mark.release
@pytest.mark.teeth("R4")
def test_a_moment_and_a_row_that_changed_are_named(site: Site, address: str) -> None:
    execute(address.replace("/bihuan?", "/postgres?"), "CREATE DATABASE harmed")
    harmed = address.replace("/bihuan?", "/harmed?")
    assert site.bihuan("move", "--to", harmed).returncode == 0

    execute(
        harmed, "UPDATE bihuan_message SET sent_at = sent_at + interval '8 hours'"
    )  # as a naive moment would be read
    execute(harmed, "UPDATE bihuan_region SET name = name || '改' WHERE id = (SELECT min(id) FROM bihuan_region)")

    assert differing(site, harmed) == "“消息”“行政区划”"


def test_an_address_that_is_none_is_refused(small: Site, tmp_path: Path) -> None:
    assert small.bihuan("move", "--to", "mysql://here").stderr == "BIHUAN_DATABASE 只认 postgresql:// 开头的地址。\n"
    away = small.bihuan("move", "--to", f"postgresql://nobody@/none?host={tmp_path}")
    assert away.returncode == 1
    assert away.stderr.startswith("没有搬成，原来的数据没有动：")
