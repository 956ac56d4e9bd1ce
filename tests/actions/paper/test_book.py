"""The book is one PDF in its order, with contents, bookmarks and links; nothing that people wrote becomes markup."""

import re
from contextlib import closing
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest

from bihuan.lib import pictures
from bihuan.lib.paper import typeset as typesetting
from bihuan.lib.paper.book import (
    CHAPTERS,
    Book,
    File,
    Heading,
    Listing,
    Question,
    Shown,
    Statement,
    Words,
    book_pdf,
)
from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.typeset import typeset
from tests.actions.paper.books import AFTER, AS_OF, BEFORE, BROKEN, BYTES, FILES, book, sha

REST = "0123456789abcdef" * 4
HOSTILE = (
    "#panic()",
    '#import "@preview/x:1.0.0"',
    "$x^2$",
    "*粗*",
    "_斜_",
    "`代码`",
    "<标>",
    "@引",
    "\\u{41}",
    "//注",
    "/*注*/",
    "#{",
    "]",
    "[",
    ")",
    '"',
    "= 标题",
    "- 项",
    "+ 项",
    "~",
    "--",
    "https://example.com",
    "{{ 7*7 }}",
    "<script>",
    "\0\x07\x1b[31m",
    "\u202e倒",
    "",
    "\ud800",
)


def seen(of: Book) -> dict[str, Shown]:
    shown = {}
    for file in of.files:
        data = BYTES.get(file.sha256, b"")
        is_whole = pictures.is_picture(data) and data != BROKEN
        view = pictures.preview(data) if is_whole else b""
        shown[file.sha256] = Shown(f"佐证/{file.name}", view, "读不出来" if data == BROKEN else "")
    return shown


def made(of: Book) -> bytes:
    return book_pdf(of, seen(of), REST)


def pages(pdf: bytes) -> list[str]:
    """The words of each page, without blanks and line ends."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        texts = []
        for page in document:
            with closing(page), closing(page.get_textpage()) as words:
                texts.append(re.sub(r"\s|\ufffe", "", words.get_text_bounded()))
        return texts


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [(one.get_title(), one.get_dest().get_index() + 1) for one in document.get_toc()]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return made(book())


def test_the_chapters_stand_in_their_order_and_the_contents_say_where(pdf: bytes) -> None:
    marks, texts = bookmarks(pdf), pages(pdf)

    assert [title for title, _ in marks if title not in ("2026年第1期", "没有附佐证的说法（1项）")] == [
        *CHAPTERS, "可能被问到的", "清单",
    ]  # fmt: skip
    assert all(one <= other for (_, one), (_, other) in pairwise(marks))
    for title, page in marks:
        assert re.search(rf"{re.escape(title)}\.*{page}", texts[1])
        assert title in texts[page - 1]


def test_the_cover_says_what_it_is_and_of_when(pdf: bytes) -> None:
    cover = pages(pdf)[0]

    for words in ("甲市整改办", "第三轮第二批中央生态环境保护督察", "HE2-P014", "甲县部分乡镇垃圾倾倒坑塘", REST):
        assert words in cover
    for words in ("甲县党委和政府", "销号2026-04-20", "数据截至2026年11月28日", "本件经市委书记批准缺监测报告销号。"):
        assert words in cover


def test_every_page_says_of_when_it_is_and_which_of_how_many(pdf: bytes) -> None:
    texts = pages(pdf)

    for place, text in enumerate(texts, 1):
        assert "数据截至2026年11月28日" in text
        assert f"第{place}页，共{len(texts)}页" in text


def test_a_statement_names_its_proofs_or_stands_on_the_gap_page(pdf: bytes) -> None:
    whole = "".join(pages(pdf))
    gaps = whole[whole.rindex("可能被问到的") :]

    assert "已清运垃圾1245吨。证1证3" in whole
    assert "处理站已稳定运行。［无佐证］" in whole
    assert "没有附佐证的说法（1项）章说法出处进展处理站已稳定运行。甲县城管局王某" in gaps
    assert "已清运垃圾1245吨" not in gaps
    assert "1.处理站为什么停运12天？设备检修。见：进展2.西坑塘整改前的照片在哪里？（还没有准备答复）" in gaps


def test_a_proof_that_is_not_in_the_dossier_proves_nothing() -> None:
    of = book(chapters={"进展": (Statement("已完成。", "李某", ("f" * 64,)),)}, asked=())
    whole = "".join(pages(made(of)))

    assert "已完成。（ffffffff…不在卷内）" in whole
    assert "没有附佐证的说法（1项）" in whole


def test_where_nothing_is_missing_the_gap_page_says_so() -> None:
    of = book(chapters={"进展": (Statement("已完成。", "李某", (sha(BEFORE),)),)}, asked=())

    assert "没有发现缺口：卷中每一项说法都附有佐证。" in "".join(pages(made(of)))


def test_a_picture_has_its_time_place_and_hash_beside_it_and_tells_no_more(pdf: bytes) -> None:
    whole = "".join(pages(pdf))

    assert f"证1整改前东坑塘北侧2026-01-0209:30·甲县乙镇{sha(BEFORE)}" in whole
    assert f"证2整改后清理后.png拍摄时间、地点：原图没有记录{sha(AFTER)}" in whole
    assert "读不出来" in whole  # the broken one, where its picture would be
    assert "整改前整改后缺" in whole  # what was before is not there
    assert b"HUAWEI" in BEFORE
    assert b"HUAWEI" not in pdf


def test_the_list_names_every_file_with_its_whole_hash(pdf: bytes) -> None:
    listed = pages(pdf)[-1]

    for place, file in enumerate(FILES, 1):
        assert f"证{place}佐证/{file.name}{file.size}{file.sha256}" in listed


def test_contents_and_proofs_can_be_clicked(pdf: bytes) -> None:
    assert len(re.findall(rb"/Subtype\s*/Link", pdf)) >= len(CHAPTERS) + 2


def test_a_chapter_without_anything_says_so(pdf: bytes) -> None:
    assert "".join(pages(pdf)).count("本章没有记载。") == 5


def test_the_same_values_give_the_same_bytes_and_an_archive_takes_them(pdf: bytes) -> None:
    assert made(book()) == pdf
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf


def everywhere(words: str) -> Book:
    """A dossier that holds these words wherever words may stand."""
    file = replace(FILES[0], name=words, caption=words, stage=words, taken=words, place=words, chapter=words)
    blocks = (Heading(words), Words(words), Words(words, is_quoted=True), Statement(words, words, (words, file.sha256)))
    return book(
        **dict.fromkeys(("city", "inspection", "number", "title"), words), units=(words,), states=((words, words),),
        notes=(words,), asked=(Question(words, words, words),), files=(file,), chapters=dict.fromkeys(CHAPTERS, blocks),
    )  # fmt: skip


def test_no_words_become_markup() -> None:
    words = "　".join(HOSTILE)
    whole = "".join(pages(made(everywhere(words))))
    shown = re.sub(r"\s", "", "　".join(typesetting.cleaned(one) for one in HOSTILE))

    assert whole.count(shown) >= 3 * len(CHAPTERS)


@pytest.mark.parametrize("words", HOSTILE)
def test_each_of_them_alone_is_set(words: str) -> None:
    pdf = made(book(title=words, chapters={"反馈原文": (Words(words),)}))

    assert re.sub(r"\s", "", typesetting.cleaned(words)) in pages(pdf)[2]


def test_words_that_were_evaluated_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    template = typesetting._source("book.typ").decode()
    careless = template.replace(
        "par(first-line-indent: (amount: 2em, all: true), one) }", 'eval(one, mode: "markup") }'
    )
    monkeypatch.setattr(typesetting, "_source", {"book.typ": careless.encode()}.__getitem__)
    whole = "".join(pages(made(book(chapters={"反馈原文": (Words("*粗* #(7*7)"),)}))))

    assert careless != template
    assert "粗49" in whole


def test_a_character_without_a_shape_stands_as_its_code() -> None:
    text = "".join(pages(made(book(title="张😀𠮷乐"))))

    assert "张☐U+1F600☐U+20BB7乐" in text


def test_many_characters_without_a_shape_take_no_longer() -> None:
    text = "".join(chr(0x1F300 + step) for step in range(500))

    assert "☐U+1F300☐U+1F301" in "".join(pages(made(book(chapters={"反馈原文": (Words(text),)}))))


@pytest.mark.parametrize("face", ["title", "body", "head", "mono"])
def test_what_is_taken_for_sure_has_a_shape_in_every_face(face: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sure = "".join(one for one in map(chr, range(0x20, 0x10000)) if typesetting._SURE.fullmatch(one))

    head = f'#set document(date: datetime(year: 2026, month: 1, day: 1))\n#set text(font: json("faces.json").{face})\n'
    monkeypatch.setattr(typesetting, "_source", {"any": f'{head}#json("data.json")'.encode()}.__getitem__)

    assert len(sure) > 28_000
    assert typeset("any", sure, {}, on=AS_OF).startswith(b"%PDF")


def test_the_offices_own_fonts_come_first(tmp_path: object) -> None:
    assert {"Noto Serif SC", "Noto Sans SC", "DejaVu Sans Mono"} <= set(typesetting._fonts(str(tmp_path)).families())


def test_a_chapter_that_no_dossier_has_is_refused() -> None:
    with pytest.raises(ValueError, match="花絮"):
        book(chapters={"花絮": ()})


def test_a_file_is_named_by_where_it_lies() -> None:
    assert File("a" * 64, "x.jpg", 1).chapter == "佐证"


def test_a_row_that_does_not_fit_its_table_is_refused() -> None:
    with pytest.raises(ValueError, match="longer or shorter"):
        Listing((("序号", 1), ("措施", 6)), (("1",),))


def test_what_no_archive_takes_is_set_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_lacking", lambda *_: frozenset())
    pdf = made(book(title="张😀"))

    assert pages(pdf)[0]
    assert b"pdfaid" not in pdf


def test_what_cannot_be_set_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_source", {"book.typ": b"#panic()"}.__getitem__)

    with pytest.raises(Unreadable, match=r"^排版没有成功，请把卷中最近改动的文字或图片检查一遍后再试。$"):
        made(book())


def test_where_it_is_not_told_which_character_fails_every_doubtful_one_stands_as_its_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(typesetting, "_LACKING", re.compile("(never)(told)"))

    assert "☐U+1F600☐U+2103" in pages(made(book(title="😀℃")))[0]
