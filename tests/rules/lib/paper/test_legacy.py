"""Old Word files go through LibreOffice where it is installed; elsewhere the sentence names the way out."""

import re
from pathlib import Path

import pytest

from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.legacy import MAGIC
from bihuan.lib.paper.reading import read_paper
from tests.rules.lib.paper.papers import paragraph, word

OLD = MAGIC + bytes(504) + "WordDocument\0".encode("utf-16-le")


def install(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for LibreOffice, alone on the path."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_without_libreoffice_the_way_out_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    sentence = (
        "这是旧版 Word 文件（.doc 或 .wps），本机没有安装 LibreOffice，无法直接读取，"
        "请用 Word 或 WPS 打开，另存为 .docx 后再导入。"
    )

    with pytest.raises(Unreadable, match=f"^{re.escape(sentence)}$"):
        read_paper("旧.doc", OLD)


def test_with_libreoffice_the_converted_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(word(paragraph("旧文件里的话")))
    install(tmp_path, f'/bin/cp {made} "$7/paper.docx"', monkeypatch)

    document = read_paper("旧.wps", OLD)

    assert [block.text for block in document.paragraphs()] == ["旧文件里的话"]


def test_a_program_that_does_not_start_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "", monkeypatch)
    (tmp_path / "soffice").write_bytes(b"no program")

    with pytest.raises(
        Unreadable, match=r"^旧版 Word 文件转换失败或超时，请用 Word 或 WPS 打开，另存为 .docx 后再导入。$"
    ):
        read_paper("旧.doc", OLD)


def test_a_conversion_that_makes_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "exit 1", monkeypatch)

    with pytest.raises(Unreadable, match=r"^旧版 Word 文件转换失败，请用 Word 或 WPS 打开，另存为 .docx 后再导入。$"):
        read_paper("旧.doc", OLD)
