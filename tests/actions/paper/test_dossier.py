"""The zip holds the book, every original untouched, and a manifest that names every byte of it by its hash."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest

from bihuan.lib.paper import dossier
from bihuan.lib.paper.book import File
from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.dossier import BOOK, MANIFEST, READ_ME, VERIFIER, paths_of, write_dossier
from tests.actions.paper.books import BROKEN, BYTES, FILES, book, sha
from tests.actions.paper.test_book import pages


def written(**facts: object) -> tuple[dossier.Written, bytes]:
    out = io.BytesIO()
    done = write_dossier(book(**facts), BYTES.__getitem__, out, verifier=b"print()\n")
    return done, out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_originals_are_in_it_as_they_came() -> None:
    done, data = written()
    files = unpacked(data)

    assert [*files] == [
        "佐证/01-清理前.jpg", "佐证/02-清理后.png", "佐证/04-坏.jpg", "验收/03-水质监测报告.pdf",
        VERIFIER, READ_ME, BOOK, MANIFEST,
    ]  # fmt: skip
    assert {sha(files[path]) for path in [*files][:4]} == {file.sha256 for file in FILES}
    assert (done.files, done.size) == (len(files), len(data))


def test_every_file_stands_in_the_manifest_by_its_hash() -> None:
    done, data = written()
    files = unpacked(data)
    manifest = json.loads(files[MANIFEST])

    assert {one["path"]: (one["sha256"], one["size"]) for one in manifest["files"]} == {
        path: (sha(content), len(content)) for path, content in files.items() if path != MANIFEST
    }
    assert (done.manifest, done.book) == (sha(files[MANIFEST]), sha(files[BOOK]))
    assert (manifest["number"], manifest["as_of"]) == ("HE2-P014", "2026-11-28")


def test_the_cover_shows_the_hash_of_all_but_itself() -> None:
    files = unpacked(written()[1])
    manifest = json.loads(files[MANIFEST])
    manifest["files"] = [one for one in manifest["files"] if one["path"] != BOOK]
    rest = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"

    assert hashlib.sha256(rest.encode()).hexdigest() in pages(files[BOOK])[0]


def test_the_same_values_give_the_same_bytes() -> None:
    assert written() == written()


def test_nothing_is_packed_and_no_time_but_that_of_truth_is_told() -> None:
    with zipfile.ZipFile(io.BytesIO(written()[1])) as archive:
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {one.date_time for one in archive.infolist()} == {(2026, 11, 28, 0, 0, 0)}


def test_a_picture_that_cannot_be_shown_is_in_it_and_the_book_says_why() -> None:
    files = unpacked(written()[1])

    assert files["佐证/04-坏.jpg"] == BROKEN
    assert "图片已损坏或没有传完，原件在压缩包内。" in "".join(pages(files[BOOK]))


def test_a_file_that_stands_twice_is_in_it_once() -> None:
    assert written(files=FILES + FILES) == written()


def test_what_are_not_the_bytes_of_their_hash_is_refused_by_name() -> None:
    with pytest.raises(Unreadable, match=r"^“清理前\.jpg”的内容与登记的 SHA-256 不符，没有成卷，请先核对这个文件。$"):
        write_dossier(book(), lambda _: b"other", io.BytesIO(), verifier=b"")


def test_what_no_plain_zip_can_hold_is_refused() -> None:
    large = tuple(replace(file, size=1_000_000_000) for file in FILES)

    with pytest.raises(Unreadable, match=r"^卷内文件合计超过 3\.9 GB，请分成几卷。$"):
        written(files=large)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd", "佐证/01-_.._etc_passwd"),
        ('a/b\\c:d*e?f"g<h>i|j.jpg', "佐证/01-a_b_c_d_e_f_g_h_i_j.jpg"),
        ("CON.txt", "佐证/01-CON.txt"),
        ("照片\u202egpj.exe", "佐证/01-照片gpj.exe"),
        ("行\n一.jpg ", "佐证/01-行 一.jpg"),
        (" . ", "佐证/01-无名"),
        ("", "佐证/01-无名"),
        ("长" * 300 + ".jpeg", "佐证/01-" + "长" * 55 + ".jpeg"),
        ("没有点的很长的名字" * 20, "佐证/01-" + ("没有点的很长的名字" * 20)[:60]),
        ("e\u0301.jpg", "佐证/01-\u00e9.jpg"),
        ("版本.第二次修改稿的说明文字", "佐证/01-版本.第二次修改稿的说明文字"),
    ],
)
def test_a_path_is_one_that_every_system_takes(name: str, path: str) -> None:
    assert [*paths_of([File("a" * 64, name, 1)])] == [path]


def test_no_two_files_share_a_path() -> None:
    files = [File(f"{place:064}", "同名.jpg", 1, "佐证" if place % 2 else "") for place in range(120)]
    paths = [*paths_of(files)]

    assert len(paths) == 120
    assert len({path.lower() for path in paths}) == 120
    assert paths == sorted(paths)
    assert paths[0] == "佐证/02-同名.jpg" if paths[0].startswith("佐证") else paths[0].startswith("其他/")
