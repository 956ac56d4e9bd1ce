"""The dossier as it leaves the house: one zip with the book, every original, and what checks them without this system.

Hides paths, the manifest and the zip's own bytes. Every file of the zip stands in the manifest by its hash, the
manifest is known by its own, and the zip is made so that not one byte of it is free: `docs/verify_dossier.py` says
which file was touched.
"""

import hashlib
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import IO, Any

from bihuan.lib import pictures
from bihuan.lib.paper.book import Book, File, Shown, book_pdf
from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.typeset import cleaned

BOOK, MANIFEST, VERIFIER, READ_ME = "一案一档.pdf", "清单.json", "核验.py", "说明.txt"
LAST = (VERIFIER, READ_ME, BOOK)  # after the originals, in this order
VIEW = 800  # pixels: half a page's width in print
MOST = 3_900_000_000  # bytes: beyond, a zip needs an extension that not everything opens
LONGEST = 60  # characters of a name: a path must fit into what Windows takes

_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_TOLD = """一案一档：{number} {title}
数据截至：{day}

{book}：全卷一册，可直接打开，不需要网络。
其余文件夹：卷中提到的每个文件的原件，未作任何改动。
{manifest}：每个文件的路径、大小和 SHA-256。
{verifier}：核验程序，只用 Python 3 自带的功能。

核对是否原样：
  python3 {verifier} 本压缩包.zip 登记的SHA-256
或解压以后，在解压的文件夹里：
  python3 {verifier} . 登记的SHA-256
“登记的SHA-256”是整改办成卷时登记的 {manifest} 的 SHA-256；不给出也能核对，但只能说明文件与清单相符。
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the hash of the manifest, which whoever asked for it records; the book's; files and bytes."""

    manifest: str
    book: str
    files: int
    size: int


def write_dossier(
    book: Book, fetch: Callable[[str], bytes], out: IO[bytes], *, verifier: bytes, fonts: str = ""
) -> Written:
    """Write the zip of `book` into `out`, a file that can be gone back in; `fetch` gives the bytes of each hash, once.

    The same bytes for the same values. A picture that cannot be shown stands in the zip all the same, and the book says
    why it is not seen. Refuses by `Unreadable` a file whose bytes are not those of its hash, and what is too large.
    """
    book = replace(book, files=tuple({file.sha256: file for file in book.files}.values()))
    if sum(file.size for file in book.files) > MOST:
        raise Unreadable("卷内文件合计超过 3.9 GB，请分成几卷。")
    paths = paths_of(book.files)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        zipped = _Zipped(archive, book.as_of, book.number)
        shown = {file.sha256: _stored(file, path, fetch, zipped) for path, file in paths.items()}
        zipped.add(VERIFIER, verifier)
        zipped.add(READ_ME, _told(book).encode())
        pdf = book_pdf(book, shown, digest_of(zipped.manifest()), fonts=fonts)
        zipped.add(BOOK, pdf)
        manifest = zipped.manifest()
        zipped.add(MANIFEST, manifest)
    return Written(digest_of(manifest), digest_of(pdf), len(zipped.entries), out.tell())


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a dossier is nowhere else: its manifest, and what was made for it, each with its name."""

    manifest: bytes
    made: tuple[tuple[str, bytes], ...]


def kept_of(zipped: IO[bytes]) -> Kept:
    """What must be kept of a written dossier, so that `write_again` can make the same of it and the originals."""
    with zipfile.ZipFile(zipped) as archive:
        return Kept(archive.read(MANIFEST), tuple((name, archive.read(name)) for name in LAST))


def write_again(manifest: bytes, fetch: Callable[[str], bytes], out: IO[bytes]) -> None:
    """Write the zip of which this is the manifest once more, byte for byte; `fetch` gives the bytes of each hash.

    Refuses by `Unreadable` a file whose bytes are not those of its hash.
    """
    told = json.loads(manifest)
    hashes = {entry["path"]: entry["sha256"] for entry in told["files"]}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        zipped = _Zipped(archive, date.fromisoformat(told["as_of"]), told["number"])
        for path in (*sorted(hashes.keys() - {*LAST}), *LAST):
            data = fetch(hashes[path])
            if digest_of(data) != hashes[path]:
                raise Unreadable(f"“{path}”的内容与清单的 SHA-256 不符，没有取出，请先核对这个文件。")
            zipped.add(path, data, hashes[path])
        zipped.add(MANIFEST, manifest)


def book_in(manifest: bytes) -> str:
    """The hash of the book that this manifest names."""
    files: list[dict[str, str]] = json.loads(manifest)["files"]
    return next(entry["sha256"] for entry in files if entry["path"] == BOOK)


def paths_of(files: Iterable[File]) -> dict[str, File]:
    """A readable path for each file, none twice and none that any system would refuse: 佐证/01-清理前.jpg."""
    paths: dict[str, File] = {}
    for place, file in enumerate(files, 1):
        paths[f"{_plain(file.chapter) or '其他'}/{place:02}-{_plain(file.name) or '无名'}"] = file
    return dict(sorted(paths.items()))


def _plain(name: str) -> str:
    """A name as a file system takes it: one form of each character, nothing forbidden, not too long, its end kept."""
    words = unicodedata.normalize("NFC", _FORBIDDEN.sub("_", cleaned(name).replace("\n", " ")))
    words = words.strip(" .")
    stem, dot, end = words.rpartition(".")
    if not dot or len(end) > 8:
        stem, end = words, ""
    stem = stem[: LONGEST - len(end) - len(dot)].rstrip(" .")
    return f"{stem}.{end}" if end else stem


class _Zipped:
    """The zip while it is written. Fixed times and rights, nothing packed: its bytes follow from the files alone."""

    def __init__(self, archive: zipfile.ZipFile, day: date, number: str) -> None:
        self._archive, self._day, self._number = archive, day, number
        self.entries: list[dict[str, Any]] = []

    def add(self, path: str, data: bytes, sha256: str = "") -> None:
        day = self._day
        info = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
        info.create_system, info.external_attr = 3, 0o644 << 16
        self._archive.writestr(info, data)
        self.entries.append({"path": path, "size": len(data), "sha256": sha256 or digest_of(data)})

    def manifest(self) -> bytes:
        """What was added so far, as canonical JSON: sorted, without blanks, closed by a line's end."""
        files = sorted(self.entries, key=lambda entry: entry["path"])
        whole = {"as_of": self._day.isoformat(), "files": files, "number": self._number}
        return (json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def _stored(file: File, path: str, fetch: Callable[[str], bytes], zipped: _Zipped) -> Shown:
    """The original into the zip, and how it is seen in the book."""
    data = fetch(file.sha256)
    if digest_of(data) != file.sha256:
        raise Unreadable(f"“{file.name}”的内容与登记的 SHA-256 不符，没有成卷，请先核对这个文件。")
    zipped.add(path, data, file.sha256)
    if not pictures.is_picture(data):
        return Shown(path)
    try:
        return Shown(path, pictures.preview(data, most=VIEW))
    except Unreadable as refusal:
        return Shown(path, refused=str(refusal).partition("，")[0] + "，原件在压缩包内。")


def _told(book: Book) -> str:
    return _TOLD.format(
        number=cleaned(book.number), title=cleaned(book.title), day=book.as_of.isoformat(),
        book=BOOK, manifest=MANIFEST, verifier=VERIFIER,
    )  # fmt: skip


def digest_of(data: bytes) -> str:
    """The SHA-256 of bytes, as the manifest writes it."""
    return hashlib.sha256(data).hexdigest()
