"""I4: a row means a whole file; a damaged one is named and healed, a key is never made twice."""

import errno
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as conf
from django.core.management import CommandError, call_command
from django.db import connection

from bihuan.core import examine, files, store, vault
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.audit import Untraced
from bihuan.core.files import StoredFile
from bihuan.lib import keyfile
from tests.cast import NOON, ROBOT

SECRET = "举报人赵四15912345678".encode()


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.FILES, settings.VAULT_KEY = str(tmp_path / "files"), str(tmp_path / "keys/vault.key")


@action
def keep(data: bytes, *, by: Actor, at: Any, is_sealed: bool = True) -> StoredFile:
    return files.keep("来信.docx", data, city="130900", is_sealed=is_sealed)


def kept(data: bytes = SECRET, *, is_sealed: bool = True) -> tuple[StoredFile, Path]:
    file = keep(data, is_sealed=is_sealed, by=ROBOT, at=NOON)
    return file, Path(conf.FILES) / files.place_of(file)


def found() -> list[str]:
    return [str(finding) for finding in examine.findings()]


def aged(path: Path) -> None:
    os.utime(path, (1, 1))


def test_a_sealed_file_is_nowhere_in_the_clear(db: None) -> None:
    file, path = kept()

    assert files.read(file) == SECRET
    assert SECRET not in path.read_bytes()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.broken
@pytest.mark.parametrize("is_sealed", [True, False])
def test_a_damaged_or_lost_file_is_named(db: None, is_sealed: bool) -> None:  # noqa: FBT001 -- a parameter
    file, path = kept(is_sealed=is_sealed)
    whole = path.read_bytes()
    sentences = []

    for damage in (whole[:-1], whole[:-1] + b"x", b"", whole + b"x"):
        path.write_bytes(damage)
        sentences += found()
    path.unlink()

    assert len(sentences) == 4
    assert {line.split("：")[0] for line in sentences} == {f"I4 文件 {file.pk} 来信.docx"}
    assert found() == [f"I4 文件 {file.pk} 来信.docx：磁盘上没有这个文件，或读不出来。"]


@pytest.mark.parametrize("is_sealed", [True, False])
def test_the_same_bytes_again_heal_what_was_damaged(db: None, is_sealed: bool) -> None:  # noqa: FBT001 -- a parameter
    file, path = kept(is_sealed=is_sealed)
    path.write_bytes(b"half")

    with pytest.raises(Untraced, match="left no trail"):
        keep(SECRET, is_sealed=is_sealed, by=ROBOT, at=NOON)

    assert files.read(file) == SECRET


@pytest.mark.broken
def test_strays_are_named_after_a_day_and_half_written_ones_swept(db: None) -> None:
    _, path = kept()
    stray, part = path.parent / ("0" * 64), path.parent / ".ab.part"
    for one in (stray, part):
        one.write_bytes(b"x")
    assert found() == []
    for one in (stray, part, path):
        aged(one)

    assert found() == [
        "I4 .ab.part：没有写完的文件，放了一天以上。",
        f"I4 {stray.name}：没有登记的文件，放了一天以上。",
    ]
    files.sweep()
    assert (part.exists(), stray.exists(), path.exists()) == (False, True, True)


def test_a_full_disk_leaves_neither_row_nor_half_a_file(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        kept(is_sealed=False)
    assert StoredFile.objects.count() == 0
    assert [path for path in Path(conf.FILES).rglob("*") if path.is_file()] == []


def test_a_lost_key_is_never_replaced_while_files_are_sealed_with_it(db: None) -> None:
    kept()
    vault._key.cache_clear()
    Path(conf.VAULT_KEY).rename(conf.VAULT_KEY + ".away")

    with pytest.raises(vault.Sealed, match="请把密钥放回原处"):
        vault.check_key()
    assert not Path(conf.VAULT_KEY).exists()
    Path(conf.VAULT_KEY + ".away").rename(conf.VAULT_KEY)


def test_a_lost_key_is_never_replaced_while_an_index_was_made_with_it(db: None) -> None:
    vault.index("13900000001", purpose="phone")
    vault._key.cache_clear()
    Path(conf.VAULT_KEY).rename(conf.VAULT_KEY + ".away")

    with pytest.raises(vault.Sealed, match="请把密钥放回原处"):
        vault.check_key()
    Path(conf.VAULT_KEY + ".away").rename(conf.VAULT_KEY)


def test_a_key_cut_short_is_refused() -> None:
    Path(conf.VAULT_KEY).parent.mkdir(parents=True)
    Path(conf.VAULT_KEY).write_bytes(b"")

    with pytest.raises(vault.Sealed, match="已损坏"):
        vault.check_key()


def test_all_who_ask_at_once_get_the_same_key(tmp_path: Path) -> None:
    line, got = threading.Barrier(8), list[bytes]()

    def ask() -> None:
        line.wait()
        got.append(keyfile.kept(tmp_path / "keys/one.key", lambda: os.urandom(32)))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ([len(one) for one in got], len({*got})) == ([32] * 8, 1)
    assert [one.name for one in (tmp_path / "keys").iterdir()] == ["one.key"]
    assert (tmp_path / "keys/one.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("key", ["", "short", "django-insecure-" + "x" * 40])
@pytest.mark.promise("H2")
def test_serving_with_a_weak_key_is_refused(settings: Any, key: str) -> None:
    settings.SECRET_KEY = key or "x"

    with pytest.raises(CommandError, match="BIHUAN_SECRET_KEY"):
        call_command("serve")


@pytest.mark.promise("H2")
def test_serving_with_debug_is_refused(settings: Any) -> None:
    settings.DEBUG = True

    with pytest.raises(CommandError, match="BIHUAN_DEBUG"):
        call_command("serve")


@pytest.mark.broken
def test_a_refusal_taken_out_of_the_database_is_named(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER bihuan_entry_delete"
            if connection.vendor == "sqlite"
            else "ALTER TABLE bihuan_entry DISABLE TRIGGER bihuan_entry_frozen"
        )

    [line] = found()

    assert line.startswith("I14 数据库：防改动的触发器 bihuan_entry_")
