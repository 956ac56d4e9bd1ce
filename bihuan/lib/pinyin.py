"""How Chinese is read aloud: initials for finding a name by typing, a login name, the readings of one character.

Hides that the dictionary of readings takes a quarter of a second to load: it is loaded when the first word is asked
for, so that a command that asks for none starts without it.
"""

from functools import cache
from types import ModuleType


@cache
def _dictionary() -> ModuleType:
    import pypinyin  # noqa: PLC0415 -- see above

    return pypinyin


def initials(name: str) -> str:
    """The first letters, small: 市水利局 → sslj. What is not Chinese stays as it is."""
    words = _dictionary()
    return "".join(words.lazy_pinyin(name, style=words.Style.FIRST_LETTER, errors="default")).lower()


def spelled(name: str) -> str:
    """The whole syllables without tones: 张三 → zhangsan. What is not Chinese is left out."""
    return "".join(_dictionary().lazy_pinyin(name, errors="ignore"))


@cache
def readings(char: str) -> frozenset[str]:
    """Every reading of one character, without tones: 行 → hang, xing, …"""
    words = _dictionary()
    return frozenset(words.pinyin(char, style=words.Style.NORMAL, heteronym=True)[0])
