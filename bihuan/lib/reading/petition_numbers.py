"""Reads the number of a petition in every form the rounds have used, and names the part that cannot be right.

Hides the forms: central rounds (D2HE202204120031), 2018 (D410000201806210057), provincial ones, plain serials.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from bihuan.lib import chinese
from bihuan.lib.reading.question import Question
from bihuan.lib.reading.regions import PROVINCE_LETTERS, PROVINCES_SHORT, places

# The first round of central inspections began at the end of 2015.
_FIRST_YEAR, _LAST_YEAR = 2015, 2060
# Letters that provincial rounds gave their cities, as far as seen in print.
_CITY_LETTERS = {"HH": "431200", "BC": "220800"}
# Letters of central rounds that no province bears.
_OTHER_LETTERS = {"BT": "新疆生产建设兵团"}
_NOISE = re.compile(r"[\s\u200b\ufeff]+")
_MARK = r"(?:[*★☆※▲﹡✱]|\((?:[*★]|重点(?:关注)?(?:案?件)?|重点关注案件)\))"
_STAR = re.compile(rf"^{_MARK}+|{_MARK}+$")
# 西藏0007-01. A year and month (北京2021-12) is no serial.
SERIAL_PART = r"(?!20[12]\d-)\d{4}-\d{1,3}(?![\d-])"
# A Roman ten or a Cyrillic letter where an X was meant.
_LOOKALIKES = str.maketrans(dict.fromkeys("ⅩХ×", "X"))
_SEVERAL = re.compile(r"(?:[DX]\d[A-Z]{2}\d{12}|[DX]\d{18})")


@dataclass(frozen=True, slots=True)
class PetitionNumber:
    """A petition's number in parts. `intake` is D (来电) or X (来信); `region` a readable name, if it is known.

    `form` is central, code, provincial, city, document, dated, serial or unknown; a `serial` form is unique only with
    its batch. `number_key` is the number without blanks and marks, in capitals.
    """

    raw: str
    number_key: str
    form: str
    intake: str | None = None
    round: int | None = None
    region: str | None = None
    region_code: str | None = None
    on: date | None = None
    serial: int | None = None
    key_case: bool = False
    question: Question | None = None

    @property
    def is_unique(self) -> bool:
        """Whether the number alone tells the petition, without its batch: it carries a place or year and a date."""
        return self.on is not None

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "intake": self.intake,
            "round": self.round,
            "region": self.region,
            "region_code": self.region_code,
            "date": self.on.isoformat() if self.on else None,
            "serial": self.serial,
            "key_case": self.key_case,
            "number_key": self.number_key,
            "form": self.form,
            "doubt": self.question.plain() if self.question else None,
        }


@lru_cache(maxsize=4096)
def read_petition_number(text: str) -> PetitionNumber:
    """The parts of a petition's number; where no form fits, or a part cannot be right, a question naming it."""
    folded = unbroken(chinese.half_width(text)).upper().translate(_LOOKALIKES)
    folded = re.sub(r"^(?:受理)?编号[:：]?|^NO\.?", "", folded)
    key = _STAR.sub("", folded)
    bare = PetitionNumber(text, key, "unknown", key_case=key != folded)
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(key):
            return read(bare, found)
    return _unknown(bare)


def unbroken(text: str) -> str:
    """The words of a number without blanks; whole numbers that only blanks or lines part are divided by a mark."""
    parts = [part for part in _NOISE.split(text) if part]
    is_several = len(parts) > 1 and all(_SEVERAL.fullmatch(_STAR.sub("", part.upper())) for part in parts)
    return ("、" if is_several else "").join(parts)


def _asked(number: PetitionNumber, text: str) -> PetitionNumber:
    return replace(number, question=number.question or Question("number_form", f"编号“{number.number_key}”{text}"))


def _dated(number: PetitionNumber, digits: str, serial: str) -> PetitionNumber:
    """The number with its date and serial, or with the part of the date that is impossible named."""
    number = replace(number, serial=int(serial))
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return _asked(number, f"中的年份{digits[:4]}不合理。")
    if not 1 <= month <= 12:
        return _asked(number, f"中的月份{digits[4:6]}不存在。")
    try:
        return replace(number, on=date(year, month, day))
    except ValueError:
        return _asked(number, f"中的日期{digits[4:6]}月{digits[6:]}日不存在。")


def _of_letters(number: PetitionNumber, letters: str) -> PetitionNumber:
    code = PROVINCE_LETTERS.get(letters) or _CITY_LETTERS.get(letters)
    region = places().get(code) if code else None
    name = region.name if region else _OTHER_LETTERS.get(letters)
    number = replace(number, region_code=letters, region=name)
    return number if name else _asked(number, f"中的字母{letters}不是已知的省份或城市代码。")


def _of_code(number: PetitionNumber, code: str) -> PetitionNumber:
    region = places().get(code) or (places().get(f"{code[:2]}0000") if len(code) in (2, 5) else None)
    number = replace(number, region_code=code, region=region.name if region else None)
    return number if region else _asked(number, f"中的行政区划代码{code}不存在。")


def _central(number: PetitionNumber, found: re.Match[str]) -> PetitionNumber:
    form = "city" if found["letters"] in _CITY_LETTERS else "central"
    number = replace(number, form=form, intake=found["intake"], round=int(found["round"]))
    number = _of_letters(number, found["letters"])
    rest = found["rest"]
    if strange := re.search(r"\D", rest):
        return _asked(number, f"第{strange.start() + 5}位应为数字，现为“{strange[0]}”。")
    if len(rest) != 12:
        return _asked(number, f"应为16位(日期8位、流水号4位)，现为{len(rest) + 4}位。")
    if not 1 <= int(found["round"]) <= 9:
        return _asked(number, "的轮次不能是0。")
    return _dated(number, rest[:8], rest[8:])


def _coded(number: PetitionNumber, found: re.Match[str]) -> PetitionNumber:
    digits = found["digits"]
    number = replace(number, form="code", intake=found["intake"])
    splits = {18: (6, 4), 17: (6, 3), 16: (5, 3), 13: (2, 3)}
    # A shorter code with a short serial, unless that leaves no year: then digits are missing.
    is_short = len(digits) in (13, 16)
    if len(digits) not in splits or (is_short and not digits[splits[len(digits)][0] :].startswith("20")):
        return _asked(number, f"应为19位(区划代码6位、日期8位、流水号4位)，现为{len(digits) + 1}位。")
    code, serial = splits[len(digits)]
    if len(digits) != 18:
        number = replace(number, form="provincial")
    return _dated(_of_code(number, digits[:code]), digits[code : code + 8], digits[-serial:])


def _of_city(number: PetitionNumber, found: re.Match[str]) -> PetitionNumber:
    name = found["name"]
    number = replace(number, form="city", intake=found["intake"], region_code=name)
    if name.isascii():
        number = _of_letters(number, name)
    else:
        regions = places().named(name)
        number = replace(number, region=regions[0].name if regions else None)
        number = number if regions else _asked(number, f"中的地名“{name}”不是已知的行政区划。")
    return _dated(number, found["date"], found["serial"])


def _of_province(number: PetitionNumber, found: re.Match[str]) -> PetitionNumber:
    """西藏0007-01: the province, a serial, and its part."""
    provinces = (one for one in places().by_code.values() if one.level == "province")
    region = next(one for one in provinces if one.name.startswith(found["name"]))
    serial = int(found["serial"].split("-")[0])
    return replace(number, form="provincial", region=region.name, region_code=region.code, serial=serial)


def _of_document(number: PetitionNumber, found: re.Match[str]) -> PetitionNumber:
    number = replace(number, form="document")
    if not found["date"]:
        return replace(number, serial=int(found["serial"]))
    return _dated(number, found["year"] + found["date"], found["serial"])


def _digits(number: PetitionNumber, found: re.Match[str]) -> PetitionNumber:
    number = replace(number, form="dated", intake=found["intake"] or found["behind"])
    return _dated(number, found["date"], found["serial"])


def _plain(number: PetitionNumber, found: re.Match[str]) -> PetitionNumber:
    intake, serial = found["intake"], found["serial"]
    key = f"{intake or ''}{serial}"
    return replace(number, form="serial", intake=intake, serial=int(serial), number_key=key)


def _unknown(number: PetitionNumber) -> PetitionNumber:
    key = number.number_key
    if not key:
        return replace(number, question=Question("number_form", "没有写编号。"))
    several = _SEVERAL.findall(key)
    if len(several) > 1:
        text = f"一格里写了{len(several)}个编号（{'、'.join(several)}），是并案办理，还是分开登记？"
        return replace(number, question=Question("number_several", text, tuple(several)))
    if re.fullmatch(r"[A-Z]\d[A-Z]{2}\d{12}", key) or re.fullmatch(r"[A-Z]\d{18}", key):
        return _asked(number, f"首位“{key[0]}”既不是D(来电)，也不是X(来信)。")
    return _asked(number, "的写法不认识，请核对原文。")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[PetitionNumber, re.Match[str]], PetitionNumber]], ...] = (
    (re.compile(r"(?P<intake>[DX])(?P<round>\d)(?P<letters>[A-Z]{2})(?P<rest>[0-9A-Z]{8,16})"), _central),
    (re.compile(r"(?P<intake>[DX])?(?P<date>20\d{6})-?(?:(?<=-)(?P<behind>[DX])-)?(?P<serial>\d{2,4})"), _digits),
    (re.compile(r"(?P<intake>[DX])(?P<digits>\d{13,20})"), _coded),
    (re.compile(r"(?P<intake>[DX])(?P<name>[A-Z]{2})(?P<date>20\d{6})(?P<serial>\d{2,4})"), _of_city),
    (re.compile(r"(?P<name>[A-Z]{2})(?P<intake>[DX])?(?P<date>20\d{6})-?(?P<serial>\d{2,4})"), _of_city),
    (re.compile(r"(?P<name>[\u4e00-\u9fff]{1,8})(?P<intake>[DX])?(?P<date>20\d{6})-?(?P<serial>\d{2,4})"), _of_city),
    (re.compile(rf"(?P<name>{PROVINCES_SHORT})第?(?P<serial>{SERIAL_PART})号?"), _of_province),
    (
        re.compile(
            r"[\u4e00-\u9fff]{2,8}[〔\[(](?P<year>\d{4})[〕\])](?:(?P<date>\d{4})(?=\d{3}))?(?P<serial>\d{1,4})号?"
        ),
        _of_document,
    ),
    (re.compile(r"第?(?P<intake>[DX])?[-—]?(?P<serial>\d{1,6})号?"), _plain),
)
