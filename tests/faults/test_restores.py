"""R2: a restore never replaces a good database by a bad one; what it replaces it keeps; a drill touches nothing."""

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bihuan.safekeeping import manifest
from tests.faults.sizes import SIZES
from tests.served import Site

ADD = """
from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.organisation.actions import appointing
appointing.add_person("{}", by=Actor.system("布置", "130900"), at=clock.now())
"""


def add(site: Site, name: str) -> None:
    site.run(ADD.format(name))


def drills(site: Site) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(site.data / "bihuan.sqlite3")) as database:
        return database.execute("SELECT is_in_earnest, is_good, fault FROM bihuan_drill ORDER BY id").fetchall()


def content(site: Site) -> dict[str, bytes]:
    """Every file of the data folder that somebody could lose."""
    kept = [*(site.data / "files").rglob("*"), site.data / "bihuan.sqlite3", site.data / "heads/trail.heads"]
    return {str(path.relative_to(site.data)): path.read_bytes() for path in kept if path.is_file()}


@pytest.fixture(scope="session")
def later(office: Path, first_backup: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office after its backup was made: 王某 has come; made once."""
    assert first_backup.exists()
    site = Site(tmp_path_factory.mktemp("later") / "data")
    shutil.copytree(office, site.data)
    add(site, "王某")
    return site.data


@pytest.fixture
def small(later: Path, tmp_path: Path) -> Site:
    """A copy of it."""
    site = Site(tmp_path / "small")
    shutil.copytree(later, site.data)
    return site


def test_a_restore_puts_back_what_was_and_keeps_what_it_replaces(small: Site, backup: Path) -> None:
    before = content(small)

    done = small.bihuan("restore", str(backup))

    [aside] = small.data.glob("replaced-*")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"恢复完成：{backup.name}，轨迹到第")
    assert done.stdout.endswith(f"；原来的数据留在 {aside}。\n")
    assert "王某" not in small.names()
    assert content(Site(aside)) == before
    assert drills(small) == [(1, 1, "")]
    small.examine()


def test_the_folder_of_backups_means_the_newest_and_a_second_restore_is_as_good(small: Site, backup: Path) -> None:
    assert small.bihuan("restore", str(backup.parent)).returncode == 0
    assert small.bihuan("restore", str(backup.parent)).returncode == 0

    small.examine()


def test_an_empty_folder_gets_the_data_once_its_key_is_there(small: Site, backup: Path, tmp_path: Path) -> None:
    new = Site(tmp_path / "new")

    without = small.bihuan("restore", str(backup), "--to", str(new.data))
    assert without.returncode == 1
    assert without.stderr.endswith("备份恢复出来检查没有通过，没有换上；原来的数据没有动。\n")
    assert "密钥却不在" in without.stderr
    assert not (new.data / "bihuan.sqlite3").exists()

    shutil.copytree(small.data / "keys", new.data / "keys", dirs_exist_ok=True)
    done = small.bihuan("restore", str(backup), "--to", str(new.data))
    assert done.returncode == 0
    assert done.stdout.endswith("；这里原来没有数据。\n")
    new.examine()


def test_a_running_system_is_not_replaced(small: Site, backup: Path) -> None:
    small.start()
    try:
        done = small.bihuan("restore", str(backup))
    finally:
        small.stop()

    assert (done.returncode, done.stderr) == (
        1, "闭环正在这个数据目录上运行；请先停掉服务再恢复，数据没有动。\n",
    )  # fmt: skip
    assert "王某" in small.names()


def test_nothing_is_served_beside_a_restore_that_was_broken_off(small: Site, backup: Path) -> None:
    (small.data / "restoring-20260101T000000Z").mkdir()

    refused = small.bihuan("serve", "--port", str(small.port))
    assert refused.returncode == 1
    assert refused.stderr.startswith("上一次恢复没有做完（")

    assert small.bihuan("restore", str(backup)).returncode == 0
    assert [*small.data.glob("restoring-*")] == []


def test_a_backup_of_another_installation_is_refused(site: Site, backup: Path) -> None:
    done = site.bihuan("restore", str(backup))

    assert (done.returncode, done.stderr) == (
        1, "这份备份属于另一套系统（轨迹第1条不同）；没有恢复，数据没有动。要看它，请用 --to 恢复到空目录。\n",
    )  # fmt: skip


def test_a_backup_of_another_branch_of_the_trail_is_refused(small: Site, backup: Path, tmp_path: Path) -> None:
    branch = Site(tmp_path / "branch")
    assert small.bihuan("restore", str(backup)).returncode == 0
    shutil.copytree(small.data, branch.data)
    add(branch, "甲")
    add(small, "乙")
    assert branch.bihuan("backup", "-o", str(tmp_path / "other")).returncode == 0

    done = small.bihuan("restore", str(tmp_path / "other"))

    assert done.returncode == 1
    assert "不是现在这条轨迹上的；没有恢复，数据没有动。" in done.stderr
    assert "乙" in small.names()


def reseal(backup: Path, **changed: object) -> None:
    """Change what a manifest says, with its hash made right again."""
    body = json.loads((backup / manifest.NAME).read_text()) | changed
    parts = [manifest.Kept(**one) for one in body.pop("parts")]
    body.pop("seal")
    (backup / manifest.NAME).write_text(manifest.Manifest(**body, parts=parts).text())


def test_a_backup_of_a_newer_schema_is_refused(small: Site, backup: Path) -> None:
    schema = json.loads((backup / manifest.NAME).read_text())["schema"]
    reseal(backup, schema=[*schema, "9999_future"])

    done = small.bihuan("restore", str(backup))

    assert (done.returncode, done.stderr) == (
        1,
        "数据库已由更新版本的闭环升级过（9999_future），这个版本不能用它；数据没有动，请装回新版本再启动。\n",
    )


def cut(path: Path, dice: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: dice.randrange(len(data))])


def flip(path: Path, dice: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    path.write_bytes(data)


def lose(path: Path, dice: random.Random) -> None:
    path.unlink()


def swell(path: Path, dice: random.Random) -> None:
    path.write_bytes(path.read_bytes() + b"\0" * dice.randrange(1, 5000))


HARMS: list[Callable[[Path, random.Random], None]] = [cut, flip, lose, swell]


@pytest.mark.release
@pytest.mark.promise("R2")
def test_no_damaged_backup_replaces_a_good_database(small: Site, backup: Path, tmp_path: Path) -> None:
    dice, before, taken = random.Random(5), content(small), []  # noqa: S311 -- damages, not secrets
    for turn in range(SIZES.damages):
        harmed = tmp_path / f"harmed{turn}"
        shutil.copytree(backup.parent, harmed)
        files = sorted(path for path in harmed.rglob("*") if path.is_file() and path.stat().st_size)
        harm, path = HARMS[turn % len(HARMS)], dice.choice(files)
        harm(path, dice)
        done = small.bihuan("restore", str(harmed / backup.name))
        if done.returncode != 1 or not done.stderr.endswith("。\n") or content(small) != before:
            taken.append((harm.__name__, path.name, done.stderr))
        shutil.rmtree(harmed)

    assert taken == []
    assert [*small.data.glob("replaced-*")] == []


def test_a_restore_that_is_killed_leaves_the_old_data_or_is_done_again(small: Site, backup: Path) -> None:
    dice = random.Random(4)  # noqa: S311 -- moments, not secrets
    begun = time.monotonic()
    assert small.bihuan("drill", str(backup)).returncode == 0
    lasts = time.monotonic() - begun
    before = content(small)
    for _ in range(SIZES.kills):
        command = [sys.executable, "-m", "bihuan.cli", "restore", str(backup)]
        with subprocess.Popen(command, env=small.env, start_new_session=True, stdout=subprocess.DEVNULL) as process:
            time.sleep(dice.random() * lasts)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        unfinished, aside = [*small.data.glob("restoring-*")], [*small.data.glob("replaced-*")]
        assert content(small) == before or unfinished or aside
        if aside:
            break

    assert small.bihuan("restore", str(backup)).returncode == 0
    assert "王某" in Site(min(small.data.glob("replaced-*"))).names()
    small.examine()


@pytest.mark.teeth("R2")
def test_a_wrong_database_under_a_right_hash_is_found_beside(small: Site, backup: Path) -> None:
    with closing(sqlite3.connect(backup / manifest.SQLITE)) as database:
        database.execute("UPDATE bihuan_person SET name = '改过'")
        database.commit()
    parts = [manifest.of(backup / name, name) for name in (manifest.SQLITE, manifest.HEADS, manifest.EVIDENCE)]
    reseal(backup, parts=[{"name": one.name, "size": one.size, "sha256": one.sha256} for one in parts])
    before = content(small)

    done = small.bihuan("restore", str(backup))

    assert done.returncode == 1
    assert done.stderr.endswith("备份恢复出来检查没有通过，没有换上；原来的数据没有动。\n")
    assert "“name”与轨迹不符" in done.stderr
    assert content(small) == before


def test_a_drill_says_how_long_it_took_and_leaves_only_its_entry(small: Site, backup: Path) -> None:
    people = small.names()

    done = small.bihuan("drill", str(backup.parent))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"演练成功：{backup.name} 在旁边恢复并检查通过，用时")
    assert done.stdout.endswith("分钟前，已记入轨迹。\n")
    assert (drills(small), small.names()) == ([(0, 1, "")], people)
    assert [*small.data.glob("drill-*")] == []
    small.examine()


def test_a_drill_that_fails_is_in_the_trail_as_well(small: Site, backup: Path) -> None:
    cut(backup / manifest.SQLITE, random.Random(1))  # noqa: S311 -- as above

    done = small.bihuan("drill", str(backup.parent))

    assert done.returncode == 1
    assert done.stdout.startswith(f"演练没有成功：{backup.name} 恢复不出来，已记入轨迹；")
    assert drills(small) == [(0, 0, "备份里的 database.sqlite3 与登记的大小和哈希不符，这份备份不能用。")]


def test_a_drill_without_a_backup_is_refused(small: Site) -> None:
    done = small.bihuan("drill")

    assert (done.returncode, done.stderr) == (
        1, f"{small.data / 'backups'} 里没有备份；请先运行 bihuan backup，或写明备份在哪个目录。\n",
    )  # fmt: skip


@pytest.mark.parametrize("words", [("serve",), ("backup",), ("drill",), ("examine",), ("demo", "--no-serve")])
@pytest.mark.promise("R5")
def test_an_old_program_refuses_a_newer_database(small: Site, words: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(small.data / "bihuan.sqlite3")) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('bihuan', '9999_future', '2030-01-01')"
        )
        database.commit()
    before = content(small)

    done = small.bihuan(*words)

    assert (done.returncode, done.stderr) == (
        1,
        "数据库已由更新版本的闭环升级过（9999_future），这个版本不能用它；数据没有动，请装回新版本再启动。\n",
    )
    assert content(small) == before
