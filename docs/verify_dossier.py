"""核对一案一档是否原样：python3 核验.py [压缩包或解压后的文件夹] [登记的清单SHA-256]

Standard library only. Wanted: every file of the manifest, byte for byte, and no other; the manifest itself where its
hash is given; and in a zip not one byte beside its files that does not follow from them. Each fault names the file.
Exit status: 0 nothing wrong, 1 something wrong, 2 not readable.
"""

import hashlib
import json
import struct
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

MANIFEST, BOOK = "清单.json", "一案一档.pdf"
Files = list[tuple[str, Callable[[], Any]]]


def digest(manifest: dict[str, Any], *, without: str = "") -> str:
    """The SHA-256 of a manifest as it is written, or as it would be without one of its files."""
    shown = manifest | {"files": [one for one in manifest["files"] if one["path"] != without]}
    written = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{written}\n".encode()).hexdigest()


def seen(opened: Callable[[], Any]) -> tuple[str, int]:
    """SHA-256 and size of a file; none of one that cannot be read."""
    try:
        with opened() as file:
            data = file.read()
            return hashlib.sha256(data).hexdigest(), len(data)
    except Exception:  # noqa: BLE001 -- zipfile raises whatever a harmed zip makes it trip over
        return "", 0


def is_as_made(file: IO[bytes], entries: list[zipfile.ZipInfo]) -> bool:
    """Whether what a zip holds beside its files follows from their names, sizes and sums and from one day."""
    (year, month, day), at, directory = entries[0].date_time[:3], 0, b""
    for one in entries:
        name, size, flags = one.filename.encode(), one.file_size, 0 if one.filename.isascii() else 0x800
        told = struct.pack(
            "<3H4I2H", 20, flags, 0, (year - 1980) << 25 | month << 21 | day << 16, one.CRC, size, size, len(name), 0
        )
        directory += b"PK\1\2\x14\3" + told + struct.pack("<3H2I", 0, 0, 0, 0o644 << 16, at) + name
        file.seek(at)
        if file.read(30 + len(name)) != b"PK\3\4" + told + name:
            return False
        at += 30 + len(name) + size
    file.seek(at)
    end = struct.pack("<4H2IH", 0, 0, len(entries), len(entries), len(directory), at, 0)
    return file.read() == directory + b"PK\5\6" + end


def faults_of(files: Files, manifest: dict[str, Any], expected: str) -> Iterator[str]:
    """What is wrong, file by file."""
    there, wanted = dict(files), {one["path"]: (one["sha256"], one["size"]) for one in manifest["files"]}
    is_listed = seen(there.pop(MANIFEST))[0] == digest(manifest)
    if not is_listed or (expected and digest(manifest) != expected.lower()):
        yield f"不符：{MANIFEST}"
    yield from (f"缺少：{path}" for path in sorted(set(wanted) - set(there)))
    yield from (f"多出：{path}" for path in sorted(set(there) - set(wanted)))
    yield from (f"不符：{path}" for path in sorted(set(wanted) & set(there)) if seen(there[path]) != wanted[path])


def checked(place: Path, expected: str = "") -> tuple[list[str], dict[str, Any]]:
    """What is wrong with a folder or a zip, and its manifest."""
    if place.is_dir():
        found = {one.relative_to(place).as_posix(): one for one in place.rglob("*") if not one.is_dir()}
        files: Files = [(unicodedata.normalize("NFC", name), partial(one.open, "rb")) for name, one in found.items()]
        manifest = json.loads((place / MANIFEST).read_bytes())
        return [*faults_of(files, manifest, expected)], manifest
    with zipfile.ZipFile(place) as archive, place.open("rb") as file:
        entries = archive.infolist()
        manifest = json.loads(archive.read(MANIFEST))
        faults = [*faults_of([(one.filename, partial(archive.open, one)) for one in entries], manifest, expected)]
        is_ours = len({one.filename for one in entries}) == len(entries) and is_as_made(file, entries)
    return faults + ([] if is_ours else ["压缩包：文件以外的字节被改动，或重新打包过。"]), manifest


def main(words: list[str]) -> int:
    """Check what is named, else the folder of this file; the exit status."""
    try:
        faults, manifest = checked(Path(words[0]) if words else Path(__file__).parent, "".join(words[1:2]).strip())
        own, printed = digest(manifest), digest(manifest, without=BOOK)
    except Exception as fault:  # noqa: BLE001 -- as above, and whatever stands in a harmed manifest
        sys.stderr.write(f"压缩包或其中的{MANIFEST}读不出来：{fault}\n")
        return 2
    result = f"发现{len(faults)}处问题。" if faults else f"{len(manifest['files'])}个文件与清单逐一相符，没有发现问题。"
    marks = f"清单 {own}（应与登记的一致）", f"封面 {printed}（应与封面所印的一致）"
    sys.stdout.write("\n".join([*faults, result, *marks, ""]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
