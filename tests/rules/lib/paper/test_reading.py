"""Every file that an office may be sent is read or refused in one sentence, whatever it is called."""

import io
import random
import re
import struct
import time
import zipfile

import pytest

from bihuan.lib.paper import reading
from bihuan.lib.paper.container import PARTS_LIMIT
from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.legacy import MAGIC
from bihuan.lib.paper.reading import read_paper
from tests.rules.lib.paper.papers import CONTENT_TYPES, added, packed, paragraph, table_document, word, workbook

ROWS = [["序号", "受理编号", "内容"], ["1", "D2HE202204120031", "河沟污水"], ["2", "X2HE202204120032", "夜间噪声"]]
WORD = table_document("一览表(第3批 2024年6月18日)", ROWS)
BOOK = workbook(ROWS, [[1, 2.0, "甲"]])
CSV = "\n".join(", ".join(row) for row in ROWS)

EMPTY = "文件是空的，请检查是否选错了文件。"
DAMAGED = "文件已损坏或没有传完，请重新取得原件后再导入。"
BOMB = "文件的压缩比例不正常（可能是压缩炸弹），请用 Word 或 Excel 重新另存后再导入。"
UNPACKED = "文件展开后超过 200 MB，请删去无关内容或拆成几份后再导入。"
PATH = "文件内部的路径不正常，请用 Word 或 Excel 重新另存后再导入。"
MACRO = "文件带有宏，请另存为不带宏的 .docx 或 .xlsx 后再导入。"
DTD = "文件内部带有外部实体定义（DTD），请用 Word 或 Excel 重新另存后再导入。"
OBJECT = "文件里嵌有对象（OLE）或其他文档，请删去嵌入对象后再导入。"
LINK = "文件引用了外部工作簿或远程模板，请断开链接后另存再导入。"
LOCKED = "文件加了密码，请去掉密码后再导入。"
COMPLEX = "文件内部结构已损坏或过于复杂，请用 Word 或 Excel 打开后重新另存再导入。"
ARCHIVE = "这是压缩包，请解压后逐个导入里面的文件。"
IMAGE = "这是图片，没有可读的文字，请先做文字识别（OCR），或导入 Word、Excel 原件。"
WEB = "这是网页（可能是从网站下载的“假 Excel”），请用 Excel 或 Word 打开，另存为 .xlsx 或 .docx 后再导入。"
PROGRAM = "这是程序文件，不能导入，请检查是否选错了文件。"
STRANGE = "认不出文件的内容或文字编码，请用记事本另存为 UTF-8 编码的文本，或导入 Word、Excel 原件。"

_ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><w/>'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(kind: str, target: str) -> str:
    mode = 'TargetMode="External"' if ":" in target or target.startswith("\\") else ""
    return f'<Relationships><Relationship Id="r1" Type="{_RELATION}/{kind}" Target="{target}" {mode}/></Relationships>'


def linked(kind: str, target: str) -> bytes:
    return added(WORD, {"word/_rels/settings.xml.rels": relations(kind, target)})


def with_link() -> bytes:
    out = io.BytesIO(WORD)
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("word/media/image1.png")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def twice() -> bytes:
    out = io.BytesIO(WORD)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


def with_lock() -> bytes:
    data = bytearray(packed({"[Content_Types].xml": CONTENT_TYPES}))
    place = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, place + 8, 1)
    return bytes(data)


def compound(stream: str) -> bytes:
    return MAGIC + bytes(504) + (stream + "\0").encode("utf-16-le")


HOSTILE = {
    "nothing": (b"", EMPTY),
    "too much": (b"x" * (50 * 1024 * 1024 + 1), "文件超过 50 MB，请删去图片等无关内容或拆成几份后再导入。"),
    "a truncated document": (WORD[: len(WORD) // 2], DAMAGED),
    "a truncated workbook": (BOOK[:-10], DAMAGED),
    "a bomb": (added(WORD, {"word/media/a.xml": b" " * 40_000_000}), BOMB),
    "a bomb of many parts": (packed({f"word/{n}.bin": bytes(1_048_576) for n in range(201)}), UNPACKED),
    "too many parts": (
        packed({f"word/{n}": b"" for n in range(PARTS_LIMIT + 1)}),
        "文件内部有 2001 个部件，超过 2000 个，请重新另存后再导入。",
    ),
    "a name that climbs": (added(WORD, {"word/../../etc/passwd": b"x"}), PATH),
    "a name that climbs backwards": (added(WORD, {"word\\..\\..\\a": b"x"}), PATH),
    "an absolute name": (added(WORD, {"/etc/passwd": b"x"}), PATH),
    "a symbolic link": (with_link(), PATH),
    "a locked part": (with_lock(), LOCKED),
    "a DTD": (added(WORD, {"word/document.xml": _ENTITIES}), DTD),
    "a DTD in UTF-16": (added(WORD, {"word/document.xml": _ENTITIES.encode("utf-16")}), DTD),
    "a DTD in a workbook": (added(BOOK, {"xl/sharedStrings.xml": _ENTITIES}), DTD),
    "a macro part": (added(WORD, {"word/vbaProject.bin": b"x"}), MACRO),
    "a macro part in a workbook": (added(BOOK, {"xl/vbaProject.bin": b"x"}), MACRO),
    "a macro under another name": (linked("vbaProject", "innocent.bin"), MACRO),
    "a macro type": (added(WORD, {"[Content_Types].xml": "<Types>macroEnabled.main+xml</Types>"}), MACRO),
    "an embedded object": (added(WORD, {"word/embeddings/oleObject1.bin": b"x"}), OBJECT),
    "a linked object": (linked("oleObject", "file:///c:/a.exe"), OBJECT),
    "a chunk of HTML": (linked("aFChunk", "chunk.html"), OBJECT),
    "a remote template": (linked("attachedTemplate", "https://example.org/a.dotm"), LINK),
    "a template on a share": (linked("attachedTemplate", "file:///\\\\example.org\\a.dotm"), LINK),
    "two parts of one name": (twice(), PATH),
    "a link under another name": (linked("externalLinkPath", "other.xlsx"), LINK),
    "a link to another workbook": (added(BOOK, {"xl/externalLinks/externalLink1.xml": "<a/>"}), LINK),
    "ten thousand levels": (word("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000), COMPLEX),
    "a text of eleven megabytes": (word(paragraph("".join(map(str, range(1_800_000))))), COMPLEX),
    "no body": (packed({"word/document.xml": "<w/>"}), "Word 文件里没有正文，请用 Word 打开后重新另存再导入。"),
    "no main part": (packed({"word/a.xml": "<w/>"}), "Word 文件里没有正文，请用 Word 打开后重新另存再导入。"),
    "an empty document": (word("<w:p/>"), "文件里没有文字，请检查是否选错了文件。"),
    "a document of blanks": (workbook([[]]), "文件里没有文字，请检查是否选错了文件。"),
    "a zip file": (packed({"a.docx": WORD}), "这是压缩包，不是 Word 或 Excel 文件，请解压后逐个导入里面的文件。"),
    "slides": (packed({"ppt/presentation.xml": "<p/>"}), "这是演示文稿，请把内容复制到 Word 里再导入。"),
    "an OpenDocument text": (
        packed({"mimetype": "application/vnd.oasis.opendocument.text"}),
        "这是 OpenDocument 文件，请用 WPS 或 LibreOffice 打开，另存为 .docx 后再导入。",
    ),
    "a locked workbook": (compound("EncryptedPackage"), LOCKED),
    "an old workbook with macros": (compound("_VBA_PROJECT") + compound("Workbook"), MACRO),
    "an old workbook, broken": (compound("Workbook"), "Excel 文件已损坏，请用 Excel 打开后重新另存再导入。"),
    "an old file of another kind": (
        compound("PowerPoint Document"),
        "这是旧格式的办公文件，认不出内容，请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后再导入。",
    ),
    "HTML called .xls": (b"\xef\xbb\xbf <html><table><tr><td>1</td></tr></table></html>", WEB),
    "HTML behind a comment": (b"<!-- a --><TABLE><tr>", WEB),
    "rich text": (b"{\\rtf1 a}", "这是 RTF 文件，请用 Word 或 WPS 打开，另存为 .docx 后再导入。"),
    "an archive": (b"Rar!\x1a\x07", ARCHIVE),
    "a web archive": (b"MIME-Version: 1.0\r\n", "这是网页存档，请用 Word 打开，另存为 .docx 后再导入。"),
    "bare XML": (
        b"<?xml version='1.0'?><a/>",
        "这是 XML 文件，请用 Word 或 Excel 打开，另存为 .docx 或 .xlsx 后再导入。",
    ),
    "a program": (b"MZ\x90\0", PROGRAM),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), IMAGE),
    "a photograph of a telephone": (b"\0\0\0\x18ftypheic" + bytes(50), IMAGE),
    "NUL bytes": ("甲\0乙".encode(), STRANGE),
}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.promise("B2")
def test_a_hostile_file_is_refused_in_one_sentence(case: str) -> None:
    data, sentence = HOSTILE[case]

    with pytest.raises(Unreadable, match=f"^{re.escape(sentence)}$"):
        read_paper("上报.xls", data)


def test_the_name_does_not_decide() -> None:
    assert read_paper("其实是表格.docx", BOOK).blocks == read_paper("台账.xlsx", BOOK).blocks


def test_an_ordinary_template_and_ordinary_links_are_no_danger() -> None:
    local = linked("attachedTemplate", "file:///C:\\Users\\office\\Normal.dotm")
    link = linked("hyperlink", "https://example.org/")

    assert (
        read_paper("甲.docx", local).blocks == read_paper("乙.docx", link).blocks == read_paper("丙.docx", WORD).blocks
    )


def test_the_fingerprint_is_that_of_the_file() -> None:
    digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

    assert read_paper("a.txt", b"hello").sha256 == digest


def mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 3, 20])):
        place = chance.randrange(len(changed))
        act = chance.randrange(4)
        if act == 0:
            changed[place] = chance.randrange(256)
        elif act == 1:
            del changed[place : place + chance.randrange(1, 200)]
        elif act == 2:
            changed[place:place] = chance.randbytes(chance.randrange(1, 50))
        else:
            changed = changed[: place + 1]
        changed = changed or bytearray(b"x")
    return bytes(changed)


def mutated_inside(data: bytes, chance: random.Random) -> bytes:
    """One part changed and the package closed again, so that the change gets past the checksums."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {info.filename: archive.read(info) for info in archive.infolist()}
    name = chance.choice(sorted(parts))
    content = parts[name]
    assert isinstance(content, bytes)
    return packed({**parts, name: mutated(content, chance)})


@pytest.mark.parametrize("name", ["一览表.docx", "台账.xlsx", "台账.csv", "粘贴.txt"])
@pytest.mark.promise("B1")
def test_whatever_becomes_of_a_file_it_is_read_or_refused_in_a_sentence(name: str) -> None:
    chance = random.Random(f"{name} mutated")  # noqa: S311 -- a seeded test, no secret
    sample = {"docx": WORD, "xlsx": BOOK}.get(name.rsplit(".", 1)[1], CSV.encode("gb18030"))
    answers = set()
    begun = time.monotonic()

    for turn in range(100):
        inside = sample.startswith(b"PK") and turn % 2
        data = mutated_inside(sample, chance) if inside else mutated(sample, chance)
        try:
            answers.add(read_paper(name, data).name)
        except Unreadable as refusal:
            answers.add(str(refusal))

    assert name in answers
    assert len(answers) > 1
    assert all(answer == name or (answer.endswith("。") and answer.count("。") == 1) for answer in answers)
    assert time.monotonic() - begun < 20


@pytest.mark.teeth("B1")
def test_a_fault_that_a_reader_lets_through_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes, package: object) -> None:
        raise KeyError(len(data))

    monkeypatch.setattr("bihuan.lib.paper.xlsx.read_workbook", broken)

    with pytest.raises(KeyError):
        reading._read("台账.xlsx", BOOK)
    with pytest.raises(Unreadable, match=r"。$"):
        read_paper("台账.xlsx", BOOK)
