"""From the bytes of a file to a `Document`, whatever it is: the one door of this package.

Hides which reader is asked. The kind is found in the content, not in the name; only between pasted text and CSV,
which look alike, the name decides.
"""

import hashlib
import importlib
import re
from collections.abc import Callable

from bihuan.lib.paper import legacy
from bihuan.lib.paper.container import PACKED_LIMIT, Package, open_package
from bihuan.lib.paper.document import Block, Document, Paragraph, Unreadable, Wordless
from bihuan.lib.paper.text import decode, read_text

_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF", b"8BPS")
_IMAGE = "这是图片，没有可读的文字，请先做文字识别（OCR），或导入 Word、Excel 原件。"
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|table|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "这是 RTF 文件，请用 Word 或 WPS 打开，另存为 .docx 后再导入。"),
    (b"Rar!", "这是压缩包，请解压后逐个导入里面的文件。"),
    (b"7z\xbc\xaf", "这是压缩包，请解压后逐个导入里面的文件。"),
    (b"\x1f\x8b", "这是压缩包，请解压后逐个导入里面的文件。"),
    (b"MIME-Version:", "这是网页存档，请用 Word 打开，另存为 .docx 后再导入。"),
    (b"<?xml", "这是 XML 文件，请用 Word 或 Excel 打开，另存为 .docx 或 .xlsx 后再导入。"),
    (b"MZ", "这是程序文件，不能导入，请检查是否选错了文件。"),
    (b"\x7fELF", "这是程序文件，不能导入，请检查是否选错了文件。"),
)
_Blocks = tuple[Block, ...]
_Found = tuple[_Blocks, tuple[str, ...]]


def read_paper(name: str, data: bytes) -> Document:
    """The paper in the file called `name`.

    Refuses by `Unreadable`, in one sentence, everything that it cannot or will not take in; raises nothing else.
    """
    try:
        blocks, text, remarks = _read(name, data)
        _refuse_empty(blocks)
        return Document(name, hashlib.sha256(data).hexdigest(), blocks, text, remarks)
    except Unreadable:
        raise
    except (MemoryError, RecursionError) as fault:
        raise Unreadable("文件过于庞大或复杂，请拆成几份后再导入。") from fault
    except Exception as fault:  # the promise of this door: a sentence, whatever the bytes
        raise Unreadable("文件内容不正常，读不出来，请用 Word 或 Excel 打开后重新另存再导入。") from fault


def _refuse_empty(blocks: _Blocks) -> None:
    if not any(isinstance(block, Paragraph) or block.cells for block in blocks):
        raise Wordless("文件里没有文字，请检查是否选错了文件。")


def _read(name: str, data: bytes) -> tuple[_Blocks, str, tuple[str, ...]]:
    """The blocks, the text (of pasted text only), and what the reading itself may have missed."""
    if not data:
        raise Unreadable("文件是空的，请检查是否选错了文件。")
    if len(data) > PACKED_LIMIT:
        raise Unreadable("文件超过 50 MB，请删去图片等无关内容或拆成几份后再导入。")
    if data.startswith(b"PK"):
        blocks, remarks = _from_package(open_package(data), data)
        return blocks, "", remarks
    if data.startswith(legacy.MAGIC):
        blocks, remarks = _from_legacy(data)
        return blocks, "", remarks
    if b"%PDF-" in data[:1024]:
        blocks, remarks = importlib.import_module("bihuan.lib.paper.pdf").read_pdf(data)
        return blocks, "", remarks
    _refuse_others(data)
    text = decode(data)
    if name.lower().endswith((".csv", ".tsv")):
        return _reader("separated", "read_separated")(text), "", ()
    return read_text(text), text, ()


def _from_package(package: Package, data: bytes) -> _Found:
    names = package.names()
    if any(name.startswith("word/") for name in names):
        return _reader("docx", "read_docx")(package), ()
    kind = (package.part("mimetype") or b"").strip()
    if any(name.startswith("xl/") for name in names) or kind.endswith(b"opendocument.spreadsheet"):
        return _workbook(data, package)
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        raise Unreadable("这是 OpenDocument 文件，请用 WPS 或 LibreOffice 打开，另存为 .docx 后再导入。")
    if any(name.startswith("ppt/") for name in names):
        raise Unreadable("这是演示文稿，请把内容复制到 Word 里再导入。")
    raise Unreadable("这是压缩包，不是 Word 或 Excel 文件，请解压后逐个导入里面的文件。")


def _workbook(data: bytes, package: Package | None = None) -> _Found:
    found: _Found = importlib.import_module("bihuan.lib.paper.xlsx").read_workbook(data, package)
    return found


def _from_legacy(data: bytes) -> _Found:
    if legacy.kind_of(data) == "workbook":
        return _workbook(data)
    return _reader("docx", "read_docx")(open_package(legacy.converted(data))), ()


def _refuse_others(data: bytes) -> None:
    if data.startswith(_IMAGES) or data[4:12] in {b"ftypheic", b"ftypmif1", b"ftypavif"}:
        raise Unreadable(_IMAGE)
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(head):
        raise Unreadable(
            "这是网页（可能是从网站下载的“假 Excel”），请用 Excel 或 Word 打开，另存为 .xlsx 或 .docx 后再导入。"
        )
    for mark, sentence in _REFUSED:
        if head.startswith(mark):
            raise Unreadable(sentence)


def _reader(module: str, function: str) -> Callable[..., _Blocks]:
    """A reader, loaded only when needed: the PDF library alone takes longer to load than most papers to read."""
    reader: Callable[..., _Blocks] = getattr(importlib.import_module(f"bihuan.lib.paper.{module}"), function)
    return reader
