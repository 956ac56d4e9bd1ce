"""An attached file at a glance: its words, bounded, and small copies of what is seen; damage is said in a sentence."""

import io
import re
import time
from datetime import datetime

import docx
import pytest
from PIL import Image

from bihuan.lib.paper import guarded
from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.glimpse import glimpse_of, pages_of, text_of
from bihuan.lib.paper.guarded import glimpse_guarded
from bihuan.lib.paper.seen import Glimpse, Picture, glimpse_from
from bihuan.lib.pictures import CHINA
from bihuan.lib.position import Position
from tests.rules.lib.paper.papers import saved, table_document, workbook
from tests.rules.lib.paper.test_pdf import line, pdf
from tests.rules.lib.shots import opened, shot

LOCKED = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (b"11" * 32, b"22" * 32)
DAMAGED = "PDF 文件已损坏，请重新取得原件后再上传。"


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        (
            "报告.docx",
            table_document("监测报告", [["点位", "结果"], ["甲河", "达标"]]),
            "监测报告\n点位\t结果\n甲河\t达标",
        ),
        ("台账.xlsx", workbook([["序号", "内容"], [1, "扬尘"]]), "序号\t内容\n1\t扬尘"),
        ("台账.csv", "序号,内容\n1,扬尘\n".encode("gb18030"), "序号\t内容\n1\t扬尘"),
        ("说明.txt", "标题\n\n正文".encode(), "标题\n正文"),
        ("公示.pdf", pdf(line("扬尘治理", 50, 700), pages=2), "扬尘治理\n扬尘治理"),
    ],
)
def test_the_words_of_a_file_are_read(name: str, data: bytes, text: str) -> None:
    assert text_of(name, data) == text
    assert glimpse_of(name, data).text == text


@pytest.mark.parametrize("name", ["长.txt", "长.csv", "长.xlsx", "长.pdf"])
def test_no_more_is_read_than_was_asked_for(name: str) -> None:
    kinds = {
        "长.txt": "扬尘\n".encode() * 50,
        "长.csv": "扬尘\n".encode() * 50,
        "长.xlsx": workbook([["扬尘"]] * 50),
        "长.pdf": pdf(line("扬尘", 50, 700), pages=50),
    }

    assert text_of(name, kinds[name], most=5) == "扬尘\n扬尘"


def scan() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (120, 60), "white").save(out, "PDF")
    return out.getvalue()


def word_of_photos() -> bytes:
    document = docx.Document()
    document.add_picture(io.BytesIO(shot("PNG")))
    return saved(document)


@pytest.mark.parametrize(
    ("name", "data"), [("扫描.pdf", scan()), ("照片.docx", word_of_photos()), ("空.txt", b"\n \n")]
)
def test_what_holds_no_words_is_no_fault(name: str, data: bytes) -> None:
    assert text_of(name, data) == ""


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("坏.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 9 0 R>>endobj trailer<</Root 1 0 R>>", DAMAGED),
        ("坏.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 9, DAMAGED),
        ("锁.pdf", pdf(line("正文", 50, 700), trailer=LOCKED), "PDF 文件加了密码，请去掉密码后再上传。"),
        ("坏.docx", b"PK\x03\x04" + b"x" * 99, "文件已损坏或没有传完，请重新取得原件后再上传。"),
        ("空.docx", b"", "文件是空的，请检查是否选错了文件。"),
        ("包.zip", b"Rar!", "这是压缩包，请解压后逐个上传里面的文件。"),
    ],
)
def test_what_cannot_be_read_is_refused_in_the_words_of_an_upload(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=f"^{re.escape(sentence)}$"):
        text_of(name, data)
    with pytest.raises(Unreadable, match=f"^{re.escape(sentence)}$"):
        glimpse_of(name, data)


def test_a_refusal_of_the_child_comes_back_in_the_words_of_an_upload() -> None:
    with pytest.raises(Unreadable, match=r"^这是压缩包，请解压后逐个上传里面的文件。$"):
        glimpse_guarded("包.zip", b"Rar!")


def test_the_first_pages_of_a_pdf_are_drawn() -> None:
    views = pages_of(pdf(line("扬尘", 50, 700), pages=9), pages=2, side=300)

    assert [opened(view).size for view in views] == [(212, 300), (212, 300)]
    assert opened(views[0]).convert("L").getextrema()[0] < 100  # something stands there


@pytest.mark.parametrize("box", [b"0 0 14400 14400", b"0 0 9999999 9999999", b"0 0 1 14400", b"0 0 0 0", b"0 0 nan 9"])
def test_a_page_without_measure_takes_no_room(box: bytes) -> None:
    for view in pages_of(pdf(b"", box=box), side=200):
        assert max(opened(view).size) <= 200


def test_a_pdf_without_pages_and_one_with_a_lost_page_are_damaged() -> None:
    lost = pdf(b"", pages=2).replace(b"6 0 obj<<", b"6 0 obj[<<")
    for data in (pdf(b"", pages=0), lost):
        for look in (pages_of, lambda data: text_of("坏.pdf", data)):
            with pytest.raises(Unreadable, match=f"^{DAMAGED}$"):
                look(data)


def test_a_picture_shows_itself_and_says_when() -> None:
    found = glimpse_of("现场.jpg", shot(size=(400, 300), DateTimeOriginal="2026:03:12 09:30:00"), side=100)

    assert found.picture == Picture(400, 300, datetime(2026, 3, 12, 9, 30, tzinfo=CHINA))
    assert [opened(view).size for view in found.views] == [(100, 75)]
    assert found.text == ""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("现场.heic", shot("HEIF", Model="P60", DateTimeOriginal="2026:03:12 09:30:00")),
        ("公示.pdf", pdf(line("扬尘", 50, 700))),
        ("说明.txt", "正文".encode()),
    ],
)
def test_the_child_sees_what_its_parent_would(name: str, data: bytes) -> None:
    assert glimpse_guarded(name, data) == glimpse_of(name, data)


@pytest.mark.parametrize(
    "picture",
    [None, Picture(4, 3), Picture(4, 3, datetime(2026, 3, 12, 9, 30, tzinfo=CHINA), True, Position(38.5, 116.5), "甲")],
)
def test_what_was_seen_survives_its_way_back(picture: Picture | None) -> None:
    seen = Glimpse("正文", (b"\xff\xd8", b""), picture)

    assert glimpse_from(seen.plain()) == seen


def test_a_child_that_takes_too_long_is_refused_in_the_words_of_an_upload() -> None:
    with pytest.raises(Unreadable, match=r"^读取文件用去的时间或内存过多，.*再上传。$"):
        glimpse_guarded("慢.txt", b"x", wall_seconds=0.001)


def test_a_child_that_died_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "sys", type("Sys", (), {"executable": "/bin/false"}))

    with pytest.raises(Unreadable, match=r"。$"):
        glimpse_guarded("死.txt", b"x")


def test_searching_a_long_scan_stops_where_it_has_enough() -> None:
    begun = time.perf_counter()
    found = text_of("长.pdf", pdf(line("扬尘" * 20, 50, 700), pages=400), most=100)

    assert len(found) == 100
    assert time.perf_counter() - begun < 1
