"""Files in a bucket: moved there, backed up from there, drilled, put back where they are gone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from tests import bucket
from tests.served import Site


@pytest.fixture
def address() -> Iterator[str]:
    with bucket.served() as where:
        yield where


def emptied(address: str) -> int:
    """Take everything out of the bucket; how many files there were."""
    given = {"aws_access_key_id": bucket.KEY, "aws_secret_access_key": bucket.SECRET, "region_name": "us-east-1"}
    client = boto3.client("s3", endpoint_url=address, **given)
    names = [one["Key"] for one in client.list_objects_v2(Bucket=bucket.NAME).get("Contents", ())]
    for name in names:
        client.delete_object(Bucket=bucket.NAME, Key=name)
    return len(names)


@pytest.mark.release
def test_files_move_to_a_bucket_and_come_back_from_a_backup(small: Site, address: str, tmp_path: Path) -> None:
    small.more = {**bucket.settings_of(address), "BIHUAN_FILES": ""}
    moved = small.bihuan("move", "--files", "s3://evidence/office")
    assert (moved.returncode, moved.stderr) == (0, "")
    assert moved.stdout.startswith("存档文件2份已搬到 s3://evidence/office，逐份读回核对一致。")

    small.more = bucket.settings_of(address)
    shutil.rmtree(small.data / "files")
    small.examine()
    backups = str(tmp_path / "backups")
    made = small.bihuan("backup", "-o", backups)
    assert (made.returncode, made.stderr) == (0, "")
    assert "证据文件2个（新拷贝2个）" in made.stdout

    assert emptied(address) == 2
    lost = small.bihuan("examine", "--quiet")
    assert (lost.returncode, lost.stderr.count("磁盘上没有这个文件")) == (1, 2)

    restored = small.bihuan("restore", backups)
    assert (restored.returncode, restored.stderr) == (0, "")
    small.examine()
    assert not (small.data / "files").exists()
    drilled = small.bihuan("drill", backups)
    assert (drilled.returncode, drilled.stderr) == (0, "")


def test_a_move_of_a_damaged_file_is_refused(small: Site, address: str) -> None:
    small.more = {**bucket.settings_of(address), "BIHUAN_FILES": ""}
    victim = next(path for path in sorted((small.data / "files").glob("*/*")) if not path.name.endswith(".sealed"))
    victim.write_bytes(b"other")

    moved = small.bihuan("move", "--files", "s3://evidence/office")

    assert moved.returncode == 1
    assert moved.stderr.startswith("存档文件没有搬成，原来的没有动：文件 ")


def test_a_move_to_where_the_files_lie_already_is_refused(small: Site, address: str) -> None:
    small.more = bucket.settings_of(address)

    moved = small.bihuan("move", "--files", small.more["BIHUAN_FILES"])

    assert moved.returncode == 1
    assert moved.stderr.startswith("BIHUAN_FILES 已经写着这个地方；")


def test_a_bucket_without_its_keys_says_what_is_missing(small: Site, address: str) -> None:
    small.more = {
        **bucket.settings_of(address),
        "BIHUAN_FILES": "",
        "BIHUAN_S3_KEY": "",
        "BIHUAN_S3_SECRET": "",
        "AWS_EC2_METADATA_DISABLED": "true",
    }

    moved = small.bihuan("move", "--files", "s3://evidence/office")

    assert moved.returncode == 1
    assert "请设 BIHUAN_S3_KEY_FILE 和 BIHUAN_S3_SECRET_FILE" in moved.stderr
