"""Whoever holds a dossier finds out, without this system, whether a byte of it was touched, and in which file."""

import ast
import importlib.util
import io
import json
import random
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bihuan.lib.paper.dossier import BOOK, MANIFEST, VERIFIER, write_dossier
from tests.actions.paper.books import BYTES, book
from tests.house.source import ROOT

SOURCE = ROOT / "docs/verify_dossier.py"
SAMPLES = 300


def loaded() -> Any:
    spec = importlib.util.spec_from_file_location("verify_dossier", SOURCE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier = loaded()


@pytest.fixture(scope="module")
def made() -> tuple[bytes, str]:
    """A dossier and the hash of its manifest."""
    out = io.BytesIO()
    done = write_dossier(book(), BYTES.__getitem__, out, verifier=SOURCE.read_bytes())
    return out.getvalue(), done.manifest


@pytest.fixture
def zipped(made: tuple[bytes, str], tmp_path: Path) -> Path:
    path = tmp_path / "卷.zip"
    path.write_bytes(made[0])
    return path


@pytest.fixture
def folder(zipped: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(tmp_path / "卷")
    return tmp_path / "卷"


def faults(place: Path, expected: str = "") -> list[str]:
    """What is found, or that it could not be read."""
    try:
        return list(verifier.checked(place, expected)[0])
    except Exception as fault:  # noqa: BLE001 -- as the program itself: whatever it is, it is told
        return [f"读不出来：{fault}"]


def run(*words: object) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", "-S", *map(str, words)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_it_is_short_needs_nothing_but_an_old_python_and_comes_with_the_wheel() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    included = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert len(text.splitlines()) <= 100
    imported = {node.names[0].name if isinstance(node, ast.Import) else node.module
                for node in ast.walk(ast.parse(text, feature_version=(3, 9)))
                if isinstance(node, ast.Import | ast.ImportFrom)}  # fmt: skip
    assert {str(one).partition(".")[0] for one in imported} <= set(sys.stdlib_module_names)
    assert included["force-include"]["docs/verify_dossier.py"] == "bihuan/docs/verify_dossier.py"


def test_an_untouched_dossier_is_whole_zipped_or_not(made: tuple[bytes, str], zipped: Path, folder: Path) -> None:
    whole = "7个文件与清单逐一相符，没有发现问题。\n"

    for words in ((SOURCE, zipped), (SOURCE, zipped, made[1]), (folder / VERIFIER, folder), (folder / VERIFIER,)):
        status, said = run(*words)
        assert status == 0
        assert said.startswith(whole + f"清单 {made[1]}（应与登记的一致）\n封面 ")


def test_what_is_wrong_is_said_and_the_status_says_so(zipped: Path, folder: Path, tmp_path: Path) -> None:
    (folder / "佐证/01-清理前.jpg").unlink()

    assert run(SOURCE, folder)[0] == 1
    assert run(SOURCE, folder)[1].startswith("缺少：佐证/01-清理前.jpg\n发现1处问题。\n")
    zipped.write_bytes(b"PK")
    assert run(SOURCE, zipped)[0] == 2
    assert run(SOURCE, tmp_path / "没有.zip")[0] == 2
    assert run(SOURCE, tmp_path / "没有.zip")[1].startswith("压缩包或其中的清单.json读不出来：")


def test_a_byte_that_was_flipped_in_any_file_names_it(made: tuple[bytes, str], folder: Path) -> None:
    dice, files = random.Random(8), [one for one in folder.rglob("*") if one.is_file()]  # noqa: S311 -- no secret
    for file in files:
        whole, name = file.read_bytes(), file.relative_to(folder).as_posix()
        for at in {0, len(whole) - 1, dice.randrange(len(whole))}:
            file.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :])
            said = faults(folder, made[1])
            assert said, (name, at)
            assert name == MANIFEST or said == [f"不符：{name}"]
        file.write_bytes(whole)
    assert faults(folder, made[1]) == []


def test_a_byte_that_was_flipped_anywhere_in_the_zip_is_found(made: tuple[bytes, str], zipped: Path) -> None:
    dice, whole = random.Random(12), made[0]  # noqa: S311 -- no secret
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        heads = [at for one in archive.infolist() for at in range(one.header_offset, one.header_offset + 40)]
        directory = archive.start_dir
    offsets = {*heads, *range(directory, len(whole)), *dice.sample(range(len(whole)), SAMPLES)}
    missed = []
    for at in sorted(offsets):
        zipped.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :])
        if not faults(zipped, made[1]):
            missed.append(at)

    assert missed == []


def test_without_the_look_at_the_zip_itself_flips_would_go_unseen(
    made: tuple[bytes, str], zipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        at = archive.start_dir + 38  # the rights of the first file
    zipped.write_bytes(made[0][:at] + bytes([made[0][at] ^ 1]) + made[0][at + 1 :])

    assert faults(zipped, made[1]) == ["压缩包：文件以外的字节被改动，或重新打包过。"]
    monkeypatch.setattr(verifier, "is_as_made", lambda *_: True)
    assert faults(zipped, made[1]) == []


def test_what_is_missing_or_was_added_is_named(folder: Path) -> None:
    shutil.copy(folder / BOOK, folder / "佐证/99-另加.pdf")
    (folder / "验收/03-水质监测报告.pdf").unlink()
    (folder / "空").mkdir()

    assert faults(folder) == ["缺少：验收/03-水质监测报告.pdf", "多出：佐证/99-另加.pdf"]


def repacked(made: bytes, path: Path, **changed: bytes | None) -> None:
    """The zip as any program packs it, files changed, left out (None) or added."""
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        files = {name: old.read(name) for name in old.namelist()} | changed
        for name, data in files.items():
            if data is not None:
                new.writestr(name, data)


def test_the_same_of_a_zip(made: tuple[bytes, str], zipped: Path) -> None:
    repacked(made[0], zipped, **{BOOK: b"%PDF", "佐证/01-清理前.jpg": None, "多.txt": b"x"})

    assert faults(zipped, made[1]) == [
        "缺少：佐证/01-清理前.jpg", "多出：多.txt", f"不符：{BOOK}", "压缩包：文件以外的字节被改动，或重新打包过。",
    ]  # fmt: skip


def test_what_was_only_packed_anew_is_said_to_be_that(made: tuple[bytes, str], zipped: Path) -> None:
    repacked(made[0], zipped)

    assert faults(zipped, made[1]) == ["压缩包：文件以外的字节被改动，或重新打包过。"]


def test_a_path_that_stands_twice_is_found(made: tuple[bytes, str], zipped: Path) -> None:
    with zipfile.ZipFile(zipped, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(BOOK, zipfile.ZipFile(io.BytesIO(made[0])).read(BOOK))

    assert "压缩包：文件以外的字节被改动，或重新打包过。" in faults(zipped, made[1])


def test_words_before_or_behind_the_zip_are_found(made: tuple[bytes, str], zipped: Path) -> None:
    for data in (b"x" + made[0], made[0] + b"x"):
        zipped.write_bytes(data)
        assert faults(zipped, made[1]) != []


def forged(folder: Path) -> None:
    """Another report, and a manifest that is made to match."""
    (folder / "验收/03-水质监测报告.pdf").write_bytes(b"%PDF forged")
    manifest = json.loads((folder / MANIFEST).read_bytes())
    for one in manifest["files"]:
        one["sha256"], one["size"] = verifier.seen((folder / one["path"]).open("rb").__enter__)
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def test_a_manifest_made_to_match_is_found_by_the_recorded_hash_alone(made: tuple[bytes, str], folder: Path) -> None:
    forged(folder)

    assert faults(folder) == []
    assert faults(folder, made[1]) == [f"不符：{MANIFEST}"]


@pytest.mark.parametrize("listed", [b"", b"[]", b"{", b"null", b'{"files":[{}]}', b"\xff"])
def test_a_manifest_that_is_none_is_told_and_not_believed(folder: Path, listed: bytes) -> None:
    (folder / MANIFEST).write_bytes(listed)

    status, said = run(SOURCE, folder)
    assert status == 2
    assert said.startswith("压缩包或其中的清单.json读不出来：")


def test_blanks_in_the_manifest_are_found(folder: Path) -> None:
    (folder / MANIFEST).write_bytes((folder / MANIFEST).read_bytes().replace(b",", b", ", 1))

    assert faults(folder) == [f"不符：{MANIFEST}"]
