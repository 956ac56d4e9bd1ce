"""Pasted text: what encoding its bytes are in, and its lines as paragraphs.

Hides the encodings of Chinese offices (UTF-8, GB18030, UTF-16, with or without a byte order mark). Spans count in the
whole text.
"""

import codecs
import re

from bihuan.lib.paper.document import Paragraph, Span, Unreadable, Wordless

TEXT_LIMIT = 20_000_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE = re.compile(r"[^\r\n]+")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def decode(data: bytes) -> str:
    """The text of `data`, without its byte order mark. Refuses bytes that are no text in any of the encodings."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, ValueError):
            continue
        text = text.removeprefix("\ufeff")
        if _is_text(text):
            return text
    raise Unreadable("认不出文件的内容或文字编码，请用记事本另存为 UTF-8 编码的文本，或导入 Word、Excel 原件。")


def read_text(text: str) -> tuple[Paragraph, ...]:
    """A paragraph for each line that holds anything, without the blanks around it. Refuses an empty text."""
    if len(text) > TEXT_LIMIT:
        raise Unreadable("文本超过 2000 万字，请拆成几份后再导入。")
    paragraphs: list[Paragraph] = []
    for line in _LINE.finditer(text):
        words = line[0].strip()
        if words:
            start = line.start() + line[0].index(words)
            paragraphs.append(Paragraph(words, Span(start, start + len(words))))
    if not paragraphs:
        raise Wordless("文件里没有文字，请检查是否选错了文件。")
    return tuple(paragraphs)


def _encodings(data: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [encoding]
    head = data[:4096]
    if head.count(0) * 8 > len(head):  # ASCII marks in UTF-16 show as zero bytes
        return ["utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"]
    return ["utf-8", "gb18030"]


def _is_text(text: str) -> bool:
    if _NOT_TEXT.search(text):
        return False
    return len(_PRIVATE.findall(text)) * 20 <= len(text)
