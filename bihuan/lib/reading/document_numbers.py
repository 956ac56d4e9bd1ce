"""Reads the number of an official document (黑环督呈[2018]53号) and finds such numbers in running text.

Hides the many brackets and the words that stand before the organ's letters without belonging to them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bihuan.lib import chinese
from bihuan.lib.reading.question import Question

_OPEN, _CLOSE = r"[〔\[(【「﹝<]", r"[〕\])】」﹞>]"
_SERIAL = r"(?P<serial>\d+(?:\s*[-—–－]+\s*\d+)?)"
_WHOLE = re.compile(
    rf"(?P<organ>.*?){_OPEN}(?P<year>[\d〇零○一二三四五六七八九]+)年?{_CLOSE}第?{_SERIAL}(?P<end>号?)[.。]?"
)
_LETTERS = r"[\u4e00-\u9fffA-Za-z]"
_IN_TEXT = re.compile(
    rf"(?P<organ>{_LETTERS}{{2,16}}\)?)\s*{_OPEN}\s*(?P<year>\d{{4}})\s*年?{_CLOSE}\s*第?\s*{_SERIAL}\s*号"
)
_LEAD = re.compile(
    r".*(?:按照|根据|依据|依照|参照|关于|印发了?|下发了?|文件|通知|以及|和|及|与|以|见|由|的|为|是|文号|字号|编号|转发|出具|下达|依)(?=.{2})"
)
_EARLIEST, _LATEST = 1949, 2060


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document's number. `serial` is kept as printed ("034", "4—38"); `start` and `end` are where it stands."""

    organ: str
    year: int | None
    serial: str
    question: Question | None = None
    start: int = 0
    end: int = 0

    @property
    def key(self) -> str:
        """The number in the standard's form, without leading zeros; empty where it was not read."""
        return f"{self.organ}〔{self.year}〕{self.serial.lstrip('0')}号" if self.year else ""

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "organ": self.organ or None,
            "year": self.year,
            "serial": self.serial or None,
            "doubt": self.question.plain() if self.question else None,
        }


def read_document_number(text: str) -> DocumentNumber:
    """What a document number says; a form that is not known, and a stray bracket, are asked about."""
    folded = re.sub(r"\s+", "", chinese.half_width(text))
    found = _WHOLE.fullmatch(folded)
    if not found:
        question = Question("document_number_unknown", f"“{text.strip()}”不像文号，应写作机关代字〔年份〕序号号。")
        return DocumentNumber("", None, "", question, 0, len(text))
    organ = re.sub(rf"{_OPEN}|{_CLOSE}", "", found["organ"])
    year = chinese.number(found["year"]) or 0
    return DocumentNumber(organ, year, found["serial"], _doubt(found, organ, year), 0, len(text))


def _doubt(found: re.Match[str], organ: str, year: int) -> Question | None:
    if not organ:
        return Question("document_number_unknown", "文号缺少机关代字。")
    if not _EARLIEST <= year <= _LATEST:
        return Question("document_number_unknown", f"文号的年份“{found['year']}”不合理，请核对原文。")
    if organ != found["organ"]:
        return Question(
            "document_number_bracket", f"机关代字“{found['organ']}”里多了一个括号，是否为“{organ}”？", (organ,)
        )
    return None if found["end"] else Question("document_number_unknown", "文号末尾缺少“号”字，请核对原文是否完整。")


def find_document_numbers(text: str) -> Iterator[DocumentNumber]:
    """Every document number in a running text, in order, with where it stands."""
    folded = chinese.half_width(text)
    for found in _IN_TEXT.finditer(folded):
        organ = found["organ"]
        lead = _LEAD.match(organ)
        cut = lead.end() if lead else 0
        name = organ[cut:].rstrip(")")
        serial = re.sub(r"\s+", "", found["serial"])
        yield DocumentNumber(name, int(found["year"]), serial, None, found.start() + cut, found.end())
