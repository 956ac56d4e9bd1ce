"""Where files lie: a directory and a bucket keep the same promises."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from bihuan.core import clock, examine, files, store, vault
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.audit import Untraced
from bihuan.core.files import StoredFile
from bihuan.core.store import Store
from tests import bucket
from tests.cast import NOON, ROBOT

LATER = timedelta(days=1, minutes=1)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with bucket.served() as where:
        yield where


@pytest.fixture(params=["directory", "bucket"])
def place(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Store:
    settings.VAULT_KEY = str(tmp_path / "keys/vault.key")
    settings.FILES = str(tmp_path / "files")
    if request.param == "bucket":
        settings.S3_ENDPOINT = request.getfixturevalue("address")
        settings.S3_KEY, settings.S3_SECRET = bucket.KEY, bucket.SECRET
        settings.FILES = f"s3://{bucket.NAME}/{tmp_path.name}"
    store._client.cache_clear()
    return store.current()


@action
def keep(data: bytes, *, by: Actor, at: Any, is_sealed: bool) -> StoredFile:
    return files.keep("来信.docx", data, city="130900", is_sealed=is_sealed)


def kept(data: bytes, *, is_sealed: bool = False) -> StoredFile:
    return keep(data, is_sealed=is_sealed, by=ROBOT, at=NOON)


def found() -> list[str]:
    return [str(finding) for finding in examine.findings()]


@pytest.mark.parametrize("is_sealed", [True, False])
def test_a_file_comes_back_and_lies_under_its_hash(db: None, place: Store, is_sealed: bool) -> None:  # noqa: FBT001 -- a parameter
    file = kept(b"whole", is_sealed=is_sealed)

    name = files.place_of(file)
    assert files.read(file) == b"whole"
    assert (place.read(name) == b"whole") is not is_sealed
    assert place.has_sealed() is is_sealed
    with pytest.raises(Untraced):  # it is there already, and nothing new
        kept(b"whole", is_sealed=is_sealed)


@pytest.mark.broken
def test_a_damaged_file_is_named_and_healed(db: None, place: Store) -> None:
    file = kept(b"whole")
    place.write(files.name_of(file.sha256, is_sealed=False), b"other")

    assert found() == [f"I4 文件 {file.pk} 来信.docx：内容与登记的字节数和哈希不符。"]
    with pytest.raises(Untraced):
        kept(b"whole")
    assert found() == []


@pytest.mark.broken
def test_a_row_without_its_file_is_named(db: None, place: Store, settings: Any) -> None:
    file = kept(b"whole")
    settings.FILES += "-elsewhere"

    assert found() == [f"I4 文件 {file.pk} 来信.docx：磁盘上没有这个文件，或读不出来。"]


@pytest.mark.broken
def test_a_file_without_a_row_is_named_after_a_day(db: None, place: Store) -> None:
    place.write("ab/" + "ab" * 32, b"whose?")
    assert found() == []

    with time_machine.travel(clock.machine_now() + LATER, tick=False):
        lines = found()

    assert lines == [f"I4 {'ab' * 32}：没有登记的文件，放了一天以上。"]


def test_what_one_store_holds_is_poured_into_another(place: Store, tmp_path: Path) -> None:
    source = store.Directory(tmp_path / "source")
    for number in range(3):
        source.write(f"a{number}/{number}", b"%d" % number)
    place.write("a1/1", b"1")
    place.write("a2/2", b"damaged")

    assert store.pour(tmp_path / "source", place) == 2
    assert [place.read(f"a{number}/{number}") for number in range(3)] == [b"0", b"1", b"2"]
    assert store.pour(tmp_path / "source", place) == 0


@pytest.mark.broken
def test_a_bucket_that_cannot_be_reached_says_so_and_keeps_nothing(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "TRIES", 1)
    settings.FILES, settings.S3_ENDPOINT = "s3://evidence/x", "http://127.0.0.1:9"
    settings.S3_KEY = settings.S3_SECRET = "x"
    store._client.cache_clear()

    with pytest.raises(store.Away, match="连不上"):
        kept(b"whole")
    assert StoredFile.objects.count() == 0
    assert found() == ["I4 文件：没有查完：对象存储连不上(EndpointConnectionError)。"]


def test_a_bucket_that_refuses_us_says_so(settings: Any, address: str) -> None:
    settings.FILES, settings.S3_ENDPOINT = "s3://nobody-made-this/x", address
    settings.S3_KEY, settings.S3_SECRET = bucket.KEY, bucket.SECRET
    store._client.cache_clear()

    with pytest.raises(store.Away, match="NoSuchBucket"):
        store.current().write("aa/a", b"x")


@pytest.mark.broken
def test_the_key_is_not_made_twice_where_sealed_files_lie(db: None, place: Store, settings: Any) -> None:
    kept(b"whole", is_sealed=True)
    for path in Path(settings.VAULT_KEY).parent.iterdir():
        path.unlink()
    vault._key.cache_clear()

    with pytest.raises(vault.Sealed, match="不能另造一把"):
        vault.check_key()
    vault._key.cache_clear()


def test_the_setting_names_a_bucket_or_a_directory() -> None:
    assert isinstance(store.at("/srv/files"), store.Directory)
    found = store.at("s3://evidence/a/b/")
    assert isinstance(found, store.Bucket) and (found.bucket, found.prefix) == ("evidence", "a/b")
