"""Chinese text as offices write it: numerals, heading numbers, full-width forms, and the noise of copied web pages.

Hides how a cleaned text leads back to the raw one: a `Clean` says for every stretch of its text where the raw words
stand, whatever was removed (pinyin glosses, invisible characters) or turned (Traditional to Simplified) on the way.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import opencc

from bihuan.lib.pinyin import readings

_DIGIT_CHARS = ("〇零○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {char: value for value, chars in enumerate(_DIGIT_CHARS) for char in chars}
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_SHORT_TENS = {"廿": "二十", "卅": "三十"}
NUMERAL = r"(?:\d+|[〇零○一二两三四五六七八九十百千廿卅]+)"

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0000-\u0008\u000e-\u001f]")
# A gap says no more for being longer, and at every one of its blanks a search begins anew.
_KEPT_BLANKS = 20
_GAP = re.compile(rf"\s{{{2 * _KEPT_BLANKS + 1},}}")
# Cells as short as this are the same in row after row.
_SHORT = 40
# What is left of a web page's markup.
_MARKUP = re.compile(r"<br\s*/?>|&nbsp;|&emsp;|&ensp;", re.IGNORECASE)
_GLOSS = re.compile(r"([\u3400-\u9fff])[(（]([a-zA-Zà-üā-ǜńňǹḿ\u0300-\u030c]{1,7})[)）]")
# A reading behind its whole word: 問題(wèn tí).
_GLOSSES = re.compile(
    r"(?<=[\u3400-\u9fff])[(（][a-zà-üā-ǜńňǹḿ\u0300-\u030c]+(?:[\s'’·][a-zà-üā-ǜńňǹḿ\u0300-\u030c]+)*[)）]"
)
_TONED = re.compile("[\u0304\u0301\u030c\u0300]")


# What PDF files print for characters that are radicals as well: those that Unicode folds itself, and those it does not.
_UNFOLDED = (
    "⺁厂⺄乙⺋卩⺌小⺍小⺒巳⺓幺⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歹⺠民⺡氵⺣灬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糸⺰纟⺱罒"
    "⺲罒⺶羊⺷羊⺸羊⺹老⺺聿⺼月⺽臼⺾艹⺿艹⻁虎⻂衤⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑长⻒长⻓长⻔门⻖阝"
    "⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟食⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟"
)
_RADICALS = dict(zip(map(ord, _UNFOLDED[::2]), _UNFOLDED[1::2], strict=True)) | {
    code: folded
    for code in (0x2E9F, 0x2EF3, *range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA))
    if len(folded := unicodedata.normalize("NFKC", chr(code))) == 1
}
# 乾 of a place or a reign is no 干.
_KEPT = re.compile("乾(?=[安县縣陵州隆坤元清])")

_HALF = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20, 0xA0: 0x20}


def half_width(text: str) -> str:
    """The text with full-width letters, digits, punctuation and blanks made half-width; never changes the length."""
    return text.translate(_HALF)


def number(text: str) -> int | None:
    """The whole number that digits or Chinese numerals say (12, １２, 十二, 二〇二二, 一百零八, ⑫), else `None`."""
    folded = half_width(text).strip()
    if re.fullmatch(r"[0-9]+", folded):
        return int(folded)
    if len(folded) == 1 and unicodedata.category(folded) == "No":
        return int(unicodedata.numeric(folded))
    for short, full in _SHORT_TENS.items():
        folded = folded.replace(short, full)
    if len(folded) > 1 and all(char in _DIGITS or char in "0123456789" for char in folded):
        return int("".join(str(_DIGITS.get(char, char)) for char in folded))
    return _positional(folded)


def _positional(text: str) -> int | None:
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SCALES:
            section += (digit or 1) * _SCALES[char]
            digit = 0
        elif char in _MYRIADS:
            total = (total + section + digit) * _MYRIADS[char]
            section = digit = 0
        else:
            return None
    return total + section + digit if text else None


def numeral(value: int) -> str:
    """The whole number from 1 to 999 as ordinals are written: 十二, 二十三, 一百零八. Others are refused."""
    if not 0 < value < 1000:
        raise ValueError(value)
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    written = "零一二三四五六七八九"
    words = f"{written[hundreds]}百" if hundreds else ""
    if tens:
        words += f"{'' if tens == 1 and not hundreds else written[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (written[ones] if ones else "")


@dataclass(frozen=True, slots=True)
class Enumerator:
    """The number a paragraph opens with. `style` says how it is written, `length` how many characters it takes."""

    style: str
    number: int
    length: int


_STYLES = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        ("chapter", r"第(?P<n>{n})[章部]分?[、.:\s]*"),
        ("ordinal", r"第(?P<n>{n})[项条个][、.:\s]*"),
        ("ordinal", r"(?:序号|问题|任务|编号|整改任务|整改问题)\s*(?P<n>{n})(?:[、.:\s]+|$|(?=\())"),
        ("ordinal", r"[【\[](?:第|序号|问题|任务|编号|整改任务|整改问题)(?P<n>{n})项?[】\]][、.:\s]*"),
        ("section", r"\(\s*(?P<n>[一二三四五六七八九十百]+)\s*\)[、.:\s]*"),
        ("subitem", r"\(\s*(?P<n>\d{{1,3}})\s*\)[、.:\s]*"),
        ("circled", r"(?P<n>[①-⑳])[、.\s]*"),
        ("word", r"(?P<n>[一二三四五六七八九十]{{1,3}})(?:是(?!否)|、?是指)"),
        ("heading", r"(?P<n>[一二三四五六七八九十]{{1,3}})[、.:](?!\d)\s*"),
        ("item", r"(?P<n>\d{{1,3}})\s*(?:[、:)]|\.(?!\d)|\.(?=2\s*0\s*\d\s*\d\s*年|\d{{1,2}}\s*月))\s*"),
    )
    for pattern in (pattern.format(n=NUMERAL),)
)


def enumerator(text: str) -> Enumerator | None:
    """The heading number a text opens with (一、 （一） 1. （1） ① 一是 第十一项 序号21), or `None`.

    A figure is not a number: "1.5公里" and "3个" open nothing.
    """
    folded = half_width(text)
    lead = len(folded) - len(folded.lstrip())
    for style, pattern in _STYLES:
        found = pattern.match(folded, lead)
        value = number(found["n"]) if found else None
        if found and value is not None:
            return Enumerator(style, value, found.end())
    return None


@dataclass(frozen=True, slots=True)
class Clean:
    """A cleaned text; `starts` holds for each of its characters where that stood in the text it was made from."""

    text: str
    starts: tuple[int, ...]


def clean(raw: str) -> Clean:
    """The text in Simplified characters, without pinyin glosses, markup and invisible characters.

    A gap of very many blanks becomes a shorter one, its line end kept; nothing else changes.

    A character that Simplified writing knows as well (乾安县, 於潜镇) is turned only in a text that is Traditional.
    """
    return _cleaned_short(raw) if len(raw) <= _SHORT else _cleaned(raw)


@lru_cache(maxsize=4096)
def _cleaned_short(raw: str) -> Clean:
    return _cleaned(raw)


def _cleaned(raw: str) -> Clean:
    kept = _kept(raw)
    shown = raw if len(kept) == len(raw) else "".join(raw[at] for at in kept)
    text = _simplified(shown.translate(_RADICALS))
    return Clean(text, tuple(kept))


def _kept(raw: str) -> Sequence[int]:
    dropped: set[int] = set()
    for pattern in (_INVISIBLE, _MARKUP):
        for found in pattern.finditer(raw):
            dropped.update(range(*found.span()))
    for found in _GAP.finditer(raw):
        start, end = found.start() + _KEPT_BLANKS, found.end() - _KEPT_BLANKS
        line = -1 if "\n" in raw[found.start() : start] + raw[end : found.end()] else raw.find("\n", start, end)
        dropped.update(at for at in range(start, end) if at != line)
    for found in _GLOSS.finditer(raw):
        if _is_reading(found[1], found[2]):
            dropped.update(range(found.start() + 1, found.end()))
    for found in _GLOSSES.finditer(raw):
        if _TONED.search(unicodedata.normalize("NFD", found[0])):
            dropped.update(range(*found.span()))
    return [at for at in range(len(raw)) if at not in dropped] if dropped else range(len(raw))


def _is_reading(char: str, gloss: str) -> bool:
    # A tone mark alone shows a gloss: rare readings are missing from every dictionary. Without one ("公里(km)") the
    # letters must be a reading of this very character ("們(men)").
    if _TONED.search(unicodedata.normalize("NFD", gloss)):
        return True
    return gloss in readings(char)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _simplified(text: str) -> str:
    converted: str = _converter().convert(text)
    if converted == text:
        return text
    if len(converted) != len(text):
        # A phrase rule that changes the length would shift every later character: then each character for itself.
        single = (_converter().convert(char) for char in text)
        converted = "".join(new if len(new) == 1 else old for old, new in zip(text, single, strict=True))
    if not any(old != new and not _is_simplified(old) for old, new in zip(text, converted, strict=True)):
        return text
    for found in _KEPT.finditer(text):
        converted = f"{converted[: found.start()]}{found[0]}{converted[found.end() :]}"
    return converted


@cache
def _is_simplified(char: str) -> bool:
    """Whether the character set of Simplified writing has it."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
