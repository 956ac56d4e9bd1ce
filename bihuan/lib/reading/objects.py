"""Reads the name of an enterprise or object into what tells it from others, and says how two names are one.

Hides what may be dropped or changed without another object being meant: region, legal form, branch, letters masked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bihuan.lib import chinese
from bihuan.lib.pinyin import spelled
from bihuan.lib.reading.addresses import without_names

_HAN = "\u3400-\u9fff"
_MASK = re.compile(r"(?:某|×|\*|○|●|□|[Xx]{2,})+")
_ORDINAL = r"(?:第?[一二三四五六七八九十0-9]{1,2})?"
_FORM = re.compile(
    rf"(?:(?:股份)?有限(?:责任)?公?司?|股份|控股|{_ORDINAL}分公司|[总子]公司|公司|集团|{_ORDINAL}分厂|{_ORDINAL}总?厂区?"
    rf"|加工[厂点场]|作坊|企业|经营部|(?:专业)?合作社|门市部|个体户?|商户|{_ORDINAL}车间|等|内|院内)$"
)
_FORMER = re.compile(r"\((?:原名?|曾用名|又名|别名|现名|现为)[:为]?(?P<name>[^()]+)\)")
_BRACKETS = re.compile(r"\([^()]*\)")
# Words of a trade that nearly every trade uses: they tell nothing.
_HOLLOW = re.compile(
    "环保|新?材料|科技|实业|制品|设备|产品|工贸|商贸|贸易|加工|制造|有限|责任|生产|发展|产业|工业|技术|工程|业"
)
_SHORTEST = 2
# A name in running text: what ends one, and what stands before one.
_IN_TEXT = re.compile(
    rf"[{_HAN}某×*]{{2,30}}?(?:有限(?:责任)?公司|公司|集团|厂(?![房区界长家子])|养殖场|合作社|搅拌站|加工点|经营部)"
)
_BEFORE = re.compile(
    r".*(?:[村镇乡号处侧米旁口内]|路[东西南北]|街道|附近|[东西南北]侧?边|位于|反映|举报|称|的|有(?!限)|由|家|被)(?=.{3})"
)
_NO_NAME = re.compile("[该本此多几各两小一黑工家]{0,4}")


class Sameness(StrEnum):
    """In what two names are one, the surest first; the words are those of a reason."""

    SAME = "名称相同"
    SHORT = "简称"
    TRADE = "字号相同，行业相近"
    CORE = "字号相同"
    OTHER_TRADE = "字号相同，行业写法不同"
    LOST = "差一个字"
    SOUND = "读音相同"
    MASKED = "部分隐去"


@dataclass(frozen=True, slots=True)
class ObjectName:
    """A name as said, and its stem: without region, form and branch; `*` stands for what is masked."""

    said: str
    stem: str

    @property
    def is_masked(self) -> bool:
        """Whether letters of it are hidden."""
        return "*" in self.stem

    @property
    def tells(self) -> bool:
        """Whether anything of it tells it from others."""
        return len(self.stem.replace("*", "")) >= _SHORTEST

    @property
    def sounds(self) -> tuple[str, ...]:
        """How it is read, by the first two letters, and by what is left where one of the first three is lost."""
        head = self.stem[:3]
        if self.is_masked or not self.tells:
            return ()
        return tuple(dict.fromkeys("".join(map(sound, pair)) for pair in (head[:2], head[::2], head[1:]) if pair[1:]))


@cache
def sound(char: str) -> str:
    """How one letter is read; what is not Chinese reads as it is."""
    return spelled(char) or char


def read_object(said: str, regions: tuple[str, ...]) -> tuple[ObjectName, ...]:
    """The name, and the former or other one in its brackets (原××厂). `regions`: the codes of where it stands."""
    plain = re.sub(r"\s+", "", chinese.half_width(chinese.clean(said).text))
    names = (plain, *(found["name"] for found in _FORMER.finditer(plain)))
    return tuple(ObjectName(name, _stem(name, regions)) for name in (_BRACKETS.sub("", one) for one in names) if name)


def _stem(name: str, regions: tuple[str, ...]) -> str:
    stem = without_names(_MASK.sub("*", name), regions)
    while (found := _FORM.search(stem)) and found.start() > 0:
        stem = stem[: found.start()]
    return stem


def objects_in(text: str, regions: tuple[str, ...]) -> Iterator[ObjectName]:
    """The enterprises that running text names, as far as a legal form or a kind of works ends their names."""
    plain = re.sub(r"\s+", "", chinese.half_width(chinese.clean(text).text))
    for found in _IN_TEXT.finditer(plain):
        name = _BEFORE.sub("", found[0])
        one = ObjectName(name, _stem(name, regions))
        if one.tells and not _NO_NAME.fullmatch(one.stem):
            yield one


def sameness(one: ObjectName, other: ObjectName) -> Sameness | None:
    """In what two names are one; `None` where they are not, or where one of them tells nothing."""
    a, b = sorted((one.stem, other.stem), key=lambda stem: (len(stem), stem))
    if one.is_masked or other.is_masked:
        return Sameness.MASKED if _fits(a, b) or _fits(b, a) else None
    if not (one.tells and other.tells):
        return None
    if b.startswith(a):
        return Sameness.SAME if a == b else Sameness.SHORT
    return _misspelt(a, b) or _by_core(a, b)


def _misspelt(a: str, b: str) -> Sameness | None:
    if len(b) > 3 and len(b) - len(a) == 1 and any(b[:at] + b[at + 1 :] == a for at in range(len(b))):
        return Sameness.LOST
    return Sameness.SOUND if len(a) == len(b) and all(map(_reads_alike, a, b)) else None


def _reads_alike(one: str, other: str) -> bool:
    return one == other or sound(one) == sound(other)


def _fits(masked: str, whole: str) -> bool:
    """Whether a masked stem may be the other; what is left of it must tell something."""
    if "*" not in masked or "*" in whole or len(masked) < 3:
        return False
    return bool(re.fullmatch(re.escape(masked).replace(r"\*", ".{1,3}"), whole))


def _by_core(a: str, b: str) -> Sameness | None:
    shared = next((at for at, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), len(a))
    if shared < _SHORTEST:
        return None
    rest, other = (set(_HOLLOW.sub("", stem[shared:])) for stem in (a, b))
    if not (rest and other):
        return Sameness.CORE
    return Sameness.TRADE if rest & other else Sameness.OTHER_TRADE
