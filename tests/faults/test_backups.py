"""R1: a backup while others write is whole; what is not whole, or not ours, is never taken for one."""

import json
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.sizes import SIZES
from tests.faults.test_kills import WRITERS, wait_for_writes, write_until
from tests.served import Site

CLEAN = "轨迹完整，件件有着落，没有发现问题。\n"


def backups(folder: Path) -> list[Path]:
    return sorted(folder.glob("*Z"))


def test_a_backup_says_what_it_holds_and_where_the_keys_are(small: Site, tmp_path: Path) -> None:
    done = small.bihuan("backup", "-o", str(tmp_path / "backups"))

    first, second = done.stdout.splitlines()
    [path] = backups(tmp_path / "backups")
    number = small.number("SELECT number FROM bihuan_trailhead")
    assert first.startswith(f"备份完成：{path}，数据库 ")
    assert first.endswith(f"证据文件2个（新拷贝2个），轨迹到第{number}条；已在副本上检查，没有发现问题。")
    assert second == f"密钥不在备份里：{small.data / 'keys'} 请另外存放，不要和备份放在一起。"
    assert sorted(one.name for one in path.iterdir()) == [
        "database.sqlite3", "files.list", "manifest.json", "trail.heads",
    ]  # fmt: skip
    assert json.loads((path / "manifest.json").read_text())["number"] == number
    assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_no_key_is_in_a_backup(small: Site, backup: Path) -> None:
    keys = [key.read_bytes() for key in (small.data / "keys").iterdir()]
    kept = b"".join(path.read_bytes() for path in backup.parent.rglob("*") if path.is_file())

    assert keys
    assert not any(key.strip() in kept for key in keys)


def test_the_evidence_is_copied_once_for_all_generations(small: Site, backup: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (backup.parent / "files").rglob("*") if path.is_file()}

    done = small.bihuan("backup", "-o", str(backup.parent))

    assert "证据文件2个（新拷贝0个）" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert len(backups(backup.parent)) == 1, "two of one hour are one generation"


def test_a_copy_is_examined_without_touching_it(small: Site, backup: Path) -> None:
    before = (backup / "database.sqlite3").read_bytes()

    done = small.bihuan("examine", "--copy", str(backup))

    assert (done.returncode, done.stdout) == (0, CLEAN)
    assert (backup / "database.sqlite3").read_bytes() == before
    assert len([*backup.iterdir()]) == 4


def test_a_bare_file_is_examined_as_well(small: Site, backup: Path, tmp_path: Path) -> None:
    bare = tmp_path / "某日.sqlite3"
    shutil.copyfile(backup / "database.sqlite3", bare)

    assert small.bihuan("examine", "--copy", str(bare)).stdout == CLEAN

    bare.write_bytes(b"not a database")
    refused = small.bihuan("examine", "--copy", str(bare))
    assert (refused.returncode, refused.stderr) == (1, f"{bare} 不是闭环的数据库，或已损坏。\n")


@pytest.mark.teeth("R1")
def test_a_copy_without_its_wal_is_caught(small: Site, backup: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(small.data / "bihuan.sqlite3")) as held:  # keeps the log from being folded in
        held.execute("SELECT count(*) FROM bihuan_entry").fetchone()
        small.run(
            "from bihuan.core import clock\nfrom bihuan.core.actor import Actor\n"
            "from bihuan.organisation.actions import appointing\n"
            "appointing.add_person('王某', by=Actor.system('布置', '130900'), at=clock.now())"
        )
        bare = tmp_path / "只拷了主文件.sqlite3"
        shutil.copyfile(small.data / "bihuan.sqlite3", bare)
        shutil.copyfile(small.data / "heads/trail.heads", tmp_path / "trail.heads")

        done = small.bihuan("examine", "--copy", str(bare))

    assert done.returncode == 1
    assert "末尾被截去" in done.stderr


def test_a_database_in_which_something_is_wrong_makes_no_backup(small: Site, backup: Path) -> None:
    with closing(sqlite3.connect(small.data / "bihuan.sqlite3")) as database:
        database.execute("UPDATE bihuan_person SET name = '改过'")
        database.commit()

    done = small.bihuan("backup", "-o", str(backup.parent))

    assert done.returncode == 1
    assert "“name”与轨迹不符" in done.stderr
    assert "不算备份；以前的备份没有动。" in done.stdout
    assert backups(backup.parent) == [backup]
    assert len([*backup.parent.glob("*.faulty")]) == 1


def test_evidence_that_is_damaged_is_named_and_not_copied(small: Site, tmp_path: Path) -> None:
    [plain] = (path for path in (small.data / "files").rglob("*") if path.is_file() and not path.suffix)
    plain.write_bytes(b"x")

    done = small.bihuan("backup", "-o", str(tmp_path / "backups"))

    assert done.returncode == 1
    assert done.stderr == (
        f"I4 文件 {plain.parent.name}/{plain.name}：内容与登记的字节数和哈希不符。备份里也没有它。\n"
    )
    assert backups(tmp_path / "backups") == []


def test_a_backup_that_cannot_be_written_leaves_nothing(small: Site, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "files").write_text("in the way")

    done = small.bihuan("backup", "-o", str(folder))

    assert done.returncode == 1
    assert done.stderr.startswith("备份没有做成：")
    assert sorted(path.name for path in folder.iterdir()) == [".lock", "files"]


def test_what_a_kill_left_is_cleared_and_never_counts(small: Site, backup: Path) -> None:
    (backup.parent / ".20260101T000000Z.part").mkdir()

    small.bihuan("backup", "-o", str(backup.parent))

    assert [*backup.parent.glob(".*.part")] == []


@pytest.mark.promise("R1")
def test_a_backup_while_others_write_loses_nothing_that_was_acknowledged(site: Site, tmp_path: Path) -> None:
    acknowledged, stop = set[str](), threading.Event()
    site.start()
    writers = [threading.Thread(target=write_until, args=(stop, site, n, 0, acknowledged)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    wait_for_writes(acknowledged, 0)
    made = []
    for turn in range(SIZES.backups):
        before = set(acknowledged)
        done = site.bihuan("backup", "-o", str(tmp_path / f"backups{turn}"))
        made.append((before, done.returncode, done.stderr, len(acknowledged) - len(before)))
    stop.set()
    for writer in writers:
        writer.join(30)
    site.stop()

    for turn, (before, returncode, stderr, meanwhile) in enumerate(made):
        restored = Site(tmp_path / f"restored{turn}")
        shutil.copytree(site.data / "keys", restored.data / "keys")
        done = restored.bihuan("restore", str(tmp_path / f"backups{turn}"))
        assert (returncode, stderr, done.returncode, done.stderr) == (0, "", 0, "")
        assert before - {*restored.names()} == set()
        assert meanwhile > WRITERS, "nobody wrote while the backup was made"
        restored.examine()
