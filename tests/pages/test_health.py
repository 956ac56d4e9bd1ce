"""Whether the process lives and whether it can work, told to strangers in two words; the log says what is wrong."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from bihuan.core import readiness

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _key(settings: LazySettings, tmp_path: Path) -> None:
    settings.VAULT_KEY = str(tmp_path / "vault.key")
    Path(settings.VAULT_KEY).write_bytes(b"x" * 32)


def asked(client: Client, path: str) -> tuple[int, str]:
    answer = client.get(path)
    return answer.status_code, answer.content.decode()


def test_a_system_that_can_work_says_so(client: Client) -> None:
    assert (asked(client, "/healthz"), asked(client, "/readyz")) == ((200, "ok\n"), (200, "ok\n"))


def test_strangers_learn_only_that_it_cannot_work(
    client: Client, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    Path(settings.VAULT_KEY).unlink()

    assert (asked(client, "/healthz"), asked(client, "/readyz")) == ((200, "ok\n"), (503, "not ok\n"))
    assert [record.getMessage() for record in caplog.records if record.name == "bihuan.web.health"] == [
        "not ready: 密钥文件不在。"
    ]


@pytest.mark.parametrize(
    "act",
    [
        "DELETE FROM django_migrations WHERE name = '0001_initial' AND app = 'bihuan'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('bihuan', '9999_x', '2030-01-01')",
    ],
)
def test_another_schema_is_not_ready(act: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(act)

    assert readiness.faults() == ["数据库的结构与程序不是一个版本。"]


def test_heads_whose_folder_cannot_be_made_are_not_ready(settings: LazySettings, tmp_path: Path) -> None:
    (tmp_path / "closed").touch()
    settings.HEADS = str(tmp_path / "closed" / "trail.heads")

    assert [one[:8] for one in readiness.faults()] == ["链头文件写不进去"]


def test_heads_that_this_process_may_not_write_are_not_ready(
    settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HEADS = str(tmp_path / "trail.heads")
    assert readiness.faults() == []
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != tmp_path)  # who runs as root may write everywhere

    assert [one[:8] for one in readiness.faults()] == ["链头文件写不进去"]


def test_a_full_disk_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    full = type("Usage", (), {"free": 10 * 1024**2, "total": 1024**4})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)

    assert readiness.faults() == ["数据目录所在的磁盘只剩 10 MB。"]


def test_a_background_that_lags_behind_is_said_and_is_no_reason_to_take_a_server_out(client: Client) -> None:
    from bihuan.core import clock, timetable
    from bihuan.core.jobs import Job

    now = clock.machine_now()
    Job.objects.create(name="tidy", key="x", asked_at=now, due_at=now - timedelta(minutes=10))
    assert asked(client, "/readyz") == (200, "worker late\n")

    timetable.note_alive(now)

    assert asked(client, "/readyz") == (200, "ok\n")
