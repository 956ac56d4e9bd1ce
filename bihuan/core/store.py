"""Where the bytes of files lie: a directory of this machine, or a bucket that speaks S3. One name, one whole file.

Hides folders, fsync and HTTP. A file is there whole under its name, or it is not there at all.
"""

import base64
import hashlib
import os
import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings

from bihuan.core import clock, disk

PART, SEALED = ".part", ".sealed"
DAY_SECONDS = 24 * 3600
BUCKET = "s3://"
TRIES, CONNECT_SECONDS, READ_SECONDS = 3, 5, 30


class Away(OSError):  # noqa: N818 -- reads as a sentence
    """The place cannot be reached, or refuses us."""


class Store(Protocol):
    """Names are `ab/<hash>`, `ab/<hash>.sealed` or `ab/<hash>.<seal>.sealed`."""

    def read(self, name: str) -> bytes:
        """The bytes under a name; `FileNotFoundError` where there are none, `OSError` where they cannot be had."""

    def write(self, name: str, data: bytes) -> None:
        """Put bytes under a name, whole and for good before this ends, or not at all (`OSError`)."""

    def remove(self, name: str) -> None:
        """Take a file away for good; there may be none."""

    def old(self) -> Iterator[str]:
        """Every name that has been there for a day, of half written files too (`.part`)."""

    def sweep(self) -> None:
        """Take away what a kill or a power cut left half written a day ago and more."""

    def has_sealed(self) -> bool:
        """Whether any sealed file lies there."""


class Directory:
    """A directory: written beside, synced, renamed, its folder synced."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path_of(self, name: str) -> Path:
        """Where a file lies."""
        return self.root / name

    def read(self, name: str) -> bytes:
        """As `Store` says."""
        return self.path_of(name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        """As `Store` says."""
        disk.write_whole(self.path_of(name), data, begun=f".{secrets.token_hex(8)}{PART}")

    def remove(self, name: str) -> None:
        """As `Store` says."""
        self.path_of(name).unlink(missing_ok=True)

    def old(self) -> Iterator[str]:
        """As `Store` says."""
        for path in sorted(self.root.glob("*/*")):
            if path.is_file() and clock.seconds_since(path.stat().st_mtime) > DAY_SECONDS:
                yield f"{path.parent.name}/{path.name}"

    def sweep(self) -> None:
        """As `Store` says."""
        for name in self.old():
            if name.endswith(PART):
                self.path_of(name).unlink(missing_ok=True)

    def has_sealed(self) -> bool:
        """As `Store` says."""
        return any(self.root.glob(f"*/*{SEALED}"))


class Bucket:
    """A bucket that speaks S3: each file put in one request with its checksum, which is done whole or refused."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.bucket, self.prefix = parts.netloc, parts.path.strip("/")

    def _key(self, name: str) -> str:
        return f"{self.prefix}/{name}" if self.prefix else name

    def read(self, name: str) -> bytes:
        """As `Store` says."""
        return bytes(self._ask("get_object", Key=self._key(name))["Body"].read())

    def write(self, name: str, data: bytes) -> None:
        """As `Store` says."""
        check = base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()
        self._ask("put_object", Key=self._key(name), Body=data, ContentMD5=check)

    def remove(self, name: str) -> None:
        """As `Store` says; a bucket that keeps versions keeps what it had, which the key's end has shut."""
        self._ask("delete_object", Key=self._key(name))

    def old(self) -> Iterator[str]:
        """As `Store` says; nothing is ever half written there."""
        head = self._key("")
        for one in self._listed(head):
            if clock.seconds_since(one["LastModified"].timestamp()) > DAY_SECONDS:
                yield str(one["Key"]).removeprefix(head)

    def sweep(self) -> None:
        """As `Store` says: there is nothing to take away."""

    def has_sealed(self) -> bool:
        """As `Store` says."""
        return any(str(one["Key"]).endswith(SEALED) for one in self._listed(self._key("")))

    def _listed(self, head: str) -> Iterator[dict[str, Any]]:
        more: dict[str, str] = {}
        while True:
            found = self._ask("list_objects_v2", Prefix=head, **more)
            yield from found.get("Contents", ())
            if not found.get("IsTruncated"):
                return
            more = {"ContinuationToken": found["NextContinuationToken"]}

    def _ask(self, what: str, **words: Any) -> dict[str, Any]:
        from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError  # noqa: PLC0415 -- installed where it is used

        try:
            answer: dict[str, Any] = getattr(_client(os.getpid()), what)(Bucket=self.bucket, **words)
        except ClientError as refusal:
            code = str(refusal.response.get("Error", {}).get("Code", ""))
            if code in {"NoSuchKey", "404"}:
                raise FileNotFoundError(words.get("Key", "")) from None
            raise Away(f"对象存储拒绝了请求({code})。") from None
        except NoCredentialsError:
            raise Away("没有对象存储的钥匙；请设 BIHUAN_S3_KEY_FILE 和 BIHUAN_S3_SECRET_FILE。") from None
        except BotoCoreError as fault:
            raise Away(f"对象存储连不上({type(fault).__name__})。") from None
        return answer


@cache
def _client(process: int) -> Any:  # noqa: ARG001 -- connections are not shared over a fork
    import boto3  # noqa: PLC0415 -- as above
    from botocore.config import Config  # noqa: PLC0415 -- as above

    return boto3.client(
        "s3",
        endpoint_url=settings.S3_ENDPOINT or None,
        region_name=settings.S3_REGION,
        aws_access_key_id=settings.S3_KEY or None,
        aws_secret_access_key=settings.S3_SECRET or None,
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"max_attempts": TRIES, "mode": "standard"},
            request_checksum_calculation="when_required",  # what many a private cloud does not know yet
            response_checksum_validation="when_required",
        ),
    )


def at(address: str) -> Store:
    """The store that an address means: `s3://bucket/prefix`, or a directory."""
    return Bucket(address) if address.startswith(BUCKET) else Directory(Path(address))


def current() -> Store:
    """The store of the settings."""
    return at(settings.FILES)


def save_as(data: bytes, to: Path) -> None:
    """Write bytes to a file of a directory that one process alone writes to; a kill leaves one `.part`."""
    disk.write_whole(to, data, begun=f".{to.name}{PART}")


def pour(folder: Path, into: Store) -> int:
    """Put every file of a directory into a store where it is not there alike already; how many."""
    count = 0
    for path in sorted(folder.glob("*/*")):
        name, data = f"{path.parent.name}/{path.name}", path.read_bytes()
        try:
            is_there = into.read(name) == data
        except FileNotFoundError:
            is_there = False
        if not is_there:
            into.write(name, data)
            count += 1
    return count
