"""A backup of PostgreSQL: dumped at one moment, drilled in a database of its own, put back only into an empty one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.faults.test_moving import execute
from tests.served import Site

NAMES = "SELECT name FROM bihuan_person ORDER BY name"
DRILLS = "SELECT is_in_earnest, is_good, fault FROM bihuan_drill"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server with two empty databases, `bihuan` and `other`; its programs are on the path."""
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{postgres.binaries()}{os.pathsep}{path}"
    with postgres.served() as address:
        for name in ("bihuan", "other"):
            execute(address.replace("/bihuan?", "/postgres?"), f"CREATE DATABASE {name}")
        yield address
    os.environ["PATH"] = path


def run(data: Path, address: str, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**Site(data).env, "BIHUAN_DATABASE": address}
    command = [sys.executable, "-m", "bihuan.cli", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.mark.release
def test_a_dump_is_drilled_and_put_back_into_an_empty_database(small: Site, server: str, tmp_path: Path) -> None:
    assert small.bihuan("move", "--to", server).returncode == 0
    people = execute(server, NAMES)

    made = run(small.data, server, "backup", "-o", str(tmp_path / "backups"))
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith("备份完成：")

    drilled = run(small.data, server, "drill", str(tmp_path / "backups"))
    assert (drilled.returncode, drilled.stderr) == (0, "")
    assert execute(server, DRILLS) == [(False, True, "")]
    databases = execute(server, "SELECT datname FROM pg_database WHERE datname LIKE 'bihuan_drill%'")
    assert databases == []

    refused = run(small.data, server, "restore", str(tmp_path / "backups"))
    assert (refused.returncode, refused.stderr) == (
        1,
        "目标数据库里已有数据；恢复只进空的数据库，请新建一个并让 BIHUAN_DATABASE 指向它。数据没有动。\n",
    )

    other = server.replace("/bihuan?", "/other?")
    shutil.copytree(small.data / "keys", tmp_path / "new/keys")
    restored = run(tmp_path / "new", other, "restore", str(tmp_path / "backups"))
    assert (restored.returncode, restored.stderr) == (0, "")
    assert execute(other, NAMES) == people
    assert execute(other, DRILLS) == [(True, True, "")]
    assert run(tmp_path / "new", other, "examine", "--quiet").stderr == ""


def test_a_backup_of_the_other_kind_is_refused(small: Site, server: str, tmp_path: Path) -> None:
    assert small.bihuan("backup", "-o", str(tmp_path / "backups")).returncode == 0

    done = run(small.data, server, "restore", str(tmp_path / "backups"))

    assert (done.returncode, done.stderr) == (
        1, "备份和现在设的数据库不是一种；请按备份的种类设好 BIHUAN_DATABASE 再恢复，数据没有动。\n",
    )  # fmt: skip


def test_a_machine_without_the_tools_is_told_which(small: Site, server: str, tmp_path: Path) -> None:
    env = {**small.env, "BIHUAN_DATABASE": server, "PATH": str(tmp_path)}
    command = [sys.executable, "-m", "bihuan.cli", "backup", "-o", str(tmp_path / "backups")]

    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (
        1, "这台机器没有 pg_dump，PostgreSQL 的备份和恢复要用它；请装与数据库同版本的 postgresql-client。\n",
    )  # fmt: skip
    assert [*(tmp_path / "backups").glob("*Z")] == []


def test_an_empty_database_is_no_backup(small: Site, server: str, tmp_path: Path) -> None:
    execute(server.replace("/bihuan?", "/postgres?"), "CREATE DATABASE nothing_yet")
    nothing = server.replace("/bihuan?", "/nothing_yet?")

    done = run(small.data, nothing, "backup", "-o", str(tmp_path / "backups"))

    assert (done.returncode, done.stderr) == (1, "设的数据库里还没有闭环的数据，没有可备份的。\n")
    assert [*(tmp_path / "backups").glob("*Z")] == []


def test_a_restore_that_finds_something_wrong_leaves_the_database_empty(
    small: Site, server: str, tmp_path: Path
) -> None:
    altered, target = (server.replace("/bihuan?", f"/{name}?") for name in ("altered", "target"))
    for name in ("altered", "target"):
        execute(server.replace("/bihuan?", "/postgres?"), f"CREATE DATABASE {name}")
    assert small.bihuan("move", "--to", altered).returncode == 0
    execute(altered, "UPDATE bihuan_person SET name = '改过' WHERE id = (SELECT min(id) FROM bihuan_person)")
    assert run(small.data, altered, "backup", "-o", str(tmp_path / "backups")).returncode == 0
    shutil.copytree(small.data / "keys", tmp_path / "new/keys")

    restored = run(tmp_path / "new", target, "restore", str(tmp_path / "backups"))

    assert restored.returncode == 1
    assert "“name”与轨迹不符" in restored.stderr
    left = "SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public'"
    assert execute(target, left) == [(0,)]
    assert execute(target, "SELECT count(*) FROM pg_proc WHERE starts_with(proname, 'bihuan_')") == [(0,)]
