"""Pasted text becomes paragraphs whose spans count in the whole."""

import pytest

from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.reading import read_paper
from bihuan.lib.paper.text import TEXT_LIMIT, decode, read_text


def test_each_line_with_words_is_a_paragraph() -> None:
    document = read_paper("粘贴.txt", "标题\r\n\r\n  正文一段 \n末".encode())

    assert [(p.text, p.at.plain()) for p in document.paragraphs()] == [
        ("标题", [0, 2]),
        ("正文一段", [8, 12]),
        ("末", [14, 15]),
    ]
    assert document.text[8:12] == "正文一段"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
def test_every_encoding_of_an_office_is_read(encoding: str) -> None:
    assert decode("第3批 2024年6月18日".encode(encoding)) == "第3批 2024年6月18日"


def test_utf_16_without_a_mark_is_found_by_its_zeros() -> None:
    assert decode("No 3 ok".encode("utf-16-be")) == "No 3 ok"


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\xfe\xff", b"\x81\x20", bytes(range(256))])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    sentence = "认不出文件的内容或文字编码，请用记事本另存为 UTF-8 编码的文本，或导入 Word、Excel 原件。"

    with pytest.raises(Unreadable, match=sentence):
        decode(data)


def test_a_text_of_blanks_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"^文件里没有文字，请检查是否选错了文件。$"):
        read_text(" \n\t\n")


def test_a_text_without_measure_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"^文本超过 2000 万字，请拆成几份后再导入。$"):
        read_text("长" * (TEXT_LIMIT + 1))
