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
from bihuan.lib.reading import petition_number_slips as slips
from bihuan.lib.reading.question import Question
from bihuan.lib.reading.regions import LEVELS, PROVINCE_LETTERS, PROVINCES_SHORT, places

# The first round of central inspections began at the end of 2015.
_FIRST_YEAR, _LAST_YEAR = 2015, 2060
# Before which year a round of central inspections cannot come, of those to come: each takes four years and more.
_ROUNDS_SINCE = {4: 2027, 5: 2031, 6: 2035, 7: 2039, 8: 2043, 9: 2047}
# Letters that provincial rounds gave their cities, as far as seen in print.
_CITY_LETTERS = {"HH": "431200", "BC": "220800"}
# Letters of central rounds that no province bears.
_OTHER_LETTERS = {"BT": "新疆生产建设兵团"}
_CALLED = re.compile(r"^(?:(?:信访|举报|案)件)?(?:受理)?编?号(?:码|为)?[:：]?(?=[^号])|^NO[.:：]?|[、,，。;；]$")
# A whole number with its parts set apart: D2HE-20220412-0031.
_PARTED = re.compile(r"[-./·_]")
_NOISE = re.compile(r"[\s\u200b\ufeff]+")
_MARK = r"(?:[*★☆※▲﹡✱]|\((?:[*★]|重点(?:关注)?(?:案?件)?|重点关注案件)\))"
_STAR = re.compile(rf"^{_MARK}+|{_MARK}+$")
# 西藏0007-01. A year and month (北京2021-12) is no serial.
SERIAL_PART = r"(?!20[12]\d-)\d{4}-\d{1,3}(?![\d-])"
# A Roman ten or a Cyrillic letter where an X was meant.
_LOOKALIKES = str.maketrans(dict.fromkeys("ⅩХ×", "X") | dict.fromkeys("—–―‐‑‒−﹣－", "-"))
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
    folded = _CALLED.sub("", folded)
    key = _STAR.sub("", folded)
    bare = PetitionNumber(text, key, "unknown", key_case=key != folded)
    joined = _PARTED.sub("", key)
    return (
        _fitting(bare, key)
        or (joined != key and _SEVERAL.fullmatch(joined) and _fitting(bare, joined))
        or _unknown(bare)
    )


def _is_number(key: str) -> bool:
    read = _fitting(PetitionNumber(key, key, "unknown"), key)
    return read is not None and read.question is None


def _fitting(bare: PetitionNumber, key: str) -> PetitionNumber | None:
    """The number as the first form reads that fits."""
    matches = ((read, pattern.fullmatch(key)) for pattern, read in _FORMS)
    return next((read(replace(bare, number_key=key), found) for read, found in matches if found), None)


def unbroken(text: str) -> str:
    """The words of a number without blanks; whole numbers that only blanks or lines part are divided by a mark."""
    parts = [part for part in _NOISE.split(text) if part]
    is_several = len(parts) > 1 and all(_SEVERAL.fullmatch(_STAR.sub("", part.upper())) for part in parts)
    return ("、" if is_several else "").join(parts)


def _asked(number: PetitionNumber, text: str, right: str = "") -> PetitionNumber:
    asked = Question("number_form", f"编号“{number.number_key}”{text}", (right,) if right else ())
    return replace(number, question=number.question or asked)


def _dated(number: PetitionNumber, digits: str, serial: str) -> PetitionNumber:
    """The number with its date and serial, or with the place of the date that is impossible named."""
    number = replace(number, serial=int(serial))
    year, month, day = digits[:4], digits[4:6], digits[6:]
    if not _is_year(year):
        return _impossible(number, year, 0, f"年份{year}不合理", _is_year)
    if not 1 <= int(month) <= 12:
        return _impossible(number, year + month, 4, f"月份{month}不存在", lambda one: 1 <= int(one) <= 12)
    try:
        return replace(number, on=date(int(year), int(month), int(day)))
    except ValueError:
        told = f"日期{month}月{day}日不存在"
        return _impossible(number, digits, 4, told, lambda one: _is_day(year + one))


def _is_year(digits: str) -> bool:
    return _FIRST_YEAR <= int(digits) <= _LAST_YEAR


def _is_day(digits: str) -> bool:
    try:
        return bool(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))
    except ValueError:
        return False


def _impossible(
    number: PetitionNumber, digits: str, at: int, told: str, is_right: Callable[[str], bool]
) -> PetitionNumber:
    """The number with the place named that alone can be wrong in a part of its date, else with all of the part.

    `digits` is the date up to the end of that part, `at` where it begins in them.
    """
    key, part = number.number_key, digits[at:]
    first = key.find(digits) + at if digits in key else key.index(part, key.index(digits[:4]) + (4 if at else 0))
    wrong = slips.culprit(part, is_right)
    if wrong is not None:
        return _asked(number, f"第{first + wrong + 1}位“{part[wrong]}”有误：{told}。")
    to = "、" if len(part) == 2 else "至"
    return _asked(number, f"第{first + 1}{to}{first + len(part)}位的{told}。")


def _of_letters(number: PetitionNumber, letters: str) -> PetitionNumber:
    code = PROVINCE_LETTERS.get(letters) or _CITY_LETTERS.get(letters)
    region = places().get(code) if code else None
    name = region.name if region else _OTHER_LETTERS.get(letters)
    number = replace(number, region_code=letters, region=name)
    first = number.number_key.index(letters) + 1
    return number if name else _asked(number, f"第{first}、{first + 1}位的字母{letters}不是已知的省份或城市代码。")


def _of_code(number: PetitionNumber, code: str) -> PetitionNumber:
    region = places().get(code) or (places().get(f"{code[:2]}0000") if len(code) in (2, 5) else None)
    number = replace(number, region_code=code, region=region.name if region else None)
    return number if region else _asked(number, _of_no_place(code, 2, is_short=len(number.number_key) < 19))


def _is_whole(code: str) -> bool:
    """Whether this is the code of a province or a city."""
    region = places().get(code)
    return region is not None and region.level in ("province", "city")


def _of_no_place(code: str, first: int, *, is_short: bool) -> str:
    """That no place has this code; and which of its digits is wrong, where only one may be and none is missing."""
    wrong = {at for at in range(len(code)) for digit in "0123456789" if _is_whole(code[:at] + digit + code[at + 1 :])}
    if len(wrong) == 1 and not is_short:
        at = min(wrong)
        return f"第{first + at}位“{code[at]}”有误：行政区划代码{code}不存在。"
    to = "、" if len(code) == 2 else "至"
    return f"第{first}{to}{first + len(code) - 1}位的行政区划代码{code}不存在。"


def _central(number: PetitionNumber, found: re.Match[str]) -> PetitionNumber:
    form = "city" if found["letters"] in _CITY_LETTERS else "central"
    number = replace(number, form=form, intake=found["intake"], round=int(found["round"]))
    number = _of_letters(number, found["letters"])
    rest, key = found["rest"], number.number_key
    if strange := re.search(r"\D", rest):
        told = slips.slip(key, _is_number) if len(rest) != 12 else None
        if told and any(map(_is_number, told.tries)):
            return _asked(number, told.text, told.right)
        right = key[:4] + slips.like(rest)
        right = right if right[4:].isdecimal() and len(right) == 16 else ""
        return _asked(number, f"第{strange.start() + 5}位应为数字，现为“{strange[0]}”。", right)
    if len(rest) != 12:
        return _asked(number, f"应为16位(日期8位、流水号4位)，现为{len(rest) + 4}位。")
    if found["round"] == "0":
        return _asked(number, "第2位的轮次不能是0。")
    number = _dated(number, rest[:8], rest[8:])
    round_, on = int(found["round"]), number.on
    if form == "central" and on and on.year < _ROUNDS_SINCE.get(round_, 0):
        return _asked(number, f"第2位的轮次{round_}有误：{on.year}年还没有第{chinese.numeral(round_)}轮中央督察。")
    return number


def _coded(number: PetitionNumber, found: re.Match[str]) -> PetitionNumber:
    digits = found["digits"]
    number = replace(number, form="code", intake=found["intake"])
    splits = {18: (6, 4), 17: (6, 3), 16: (5, 3), 13: (2, 3)}
    # A shorter code with a short serial, unless that leaves no year: then digits are missing.
    is_short = len(digits) in (13, 16)
    if len(digits) not in splits or (is_short and not digits[splits[len(digits)][0] :].startswith("20")):
        told = slips.slip(number.number_key, _is_number) if is_short else None
        is_placed = told and any(map(_is_number, told.tries))
        counted = f"应为19位(区划代码6位、日期8位、流水号4位)，现为{len(digits) + 1}位。"
        return _asked(number, told.text, told.right) if told and is_placed else _asked(number, counted)
    code, serial = splits[len(digits)]
    if len(digits) == 17 and _is_short_of_one(digits):
        return _asked(replace(number, form="code"), "应为19位(区划代码6位、日期8位、流水号4位)，现为18位。")
    if len(digits) != 18:
        number = replace(number, form="provincial")
    return _dated(_of_code(number, digits[:code]), digits[code : code + 8], digits[-serial:])


def _is_short_of_one(digits: str) -> bool:
    """Whether one of the digits of a province's own number is missing: in its code, or behind it."""
    code = digits[:5]
    own = {f"{one[:2]}0000" for one in PROVINCE_LETTERS.values()}
    return digits[:6] in own or (code[2:] == "000" and f"{code}0" in own and digits[5:7] == "20")


def _of_city(number: PetitionNumber, found: re.Match[str]) -> PetitionNumber:
    name = found["name"]
    number = replace(number, form="city", intake=found["intake"], region_code=name)
    if name.isascii():
        number = _of_letters(number, name)
        if name in PROVINCE_LETTERS and len(found["serial"]) == 4 and number.number_key[1:3] == name:
            number = _asked(number, "缺少第2位的轮次。")
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


def _of_year(number: PetitionNumber, found: re.Match[str]) -> PetitionNumber:
    """河北-2018-0057: a place, a year and a serial."""
    regions = sorted(places().named(found["name"]), key=lambda one: LEVELS.index(one.level))
    region = regions[0].name if regions else None
    form = "provincial" if regions and regions[0].level == "province" else "city"
    number = replace(number, form=form, intake=found["intake"], region=region, region_code=found["name"])
    number = replace(number, serial=int(found["serial"]))
    if not regions:
        return _asked(number, f"中的地名“{found['name']}”不是已知的行政区划。")
    if not _is_year(found["year"]):
        return _impossible(number, found["year"], 0, f"年份{found['year']}不合理", _is_year)
    return number


def _of_batch(number: PetitionNumber, found: re.Match[str]) -> PetitionNumber:
    """第22批D008号: a serial with its batch, which the key keeps in front of it."""
    own = found["own"] or f"{found['intake'] or ''}{found['serial']}"
    serial = own.lstrip("DX")
    key = f"第{chinese.number(found['batch'] or found['of'])}批{own}"
    return replace(number, form="serial", intake=own[0] if own != serial else None, serial=int(serial), number_key=key)


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
    told = slips.slip(key, _is_number)
    return _asked(number, told.text, told.right) if told else _asked(number, "的写法不认识，请核对原文。")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[PetitionNumber, re.Match[str]], PetitionNumber]], ...] = (
    (re.compile(r"(?P<intake>[DX])(?P<round>\d)(?P<letters>[A-Z]{2})(?P<rest>[0-9A-Z〇○]{8,16})"), _central),
    (re.compile(r"(?P<intake>[DX])?(?P<date>20\d{6})-?(?:(?<=-)(?P<behind>[DX])-)?(?P<serial>\d{2,4})"), _digits),
    (re.compile(r"(?P<intake>[DX])(?P<digits>\d{13,20})"), _coded),
    (re.compile(r"(?P<intake>[DX])(?P<name>[A-Z]{2})(?P<date>20\d{6})(?P<serial>\d{2,4})"), _of_city),
    (re.compile(r"(?P<name>[A-Z]{2})(?P<intake>[DX])?(?P<date>20\d{6})-?(?P<serial>\d{2,4})"), _of_city),
    (re.compile(r"(?P<name>[\u4e00-\u9fff]{1,8})(?P<intake>[DX])?(?P<date>20\d{6})-?(?P<serial>\d{2,4})"), _of_city),
    (re.compile(rf"(?P<name>{PROVINCES_SHORT})第?(?P<serial>{SERIAL_PART})号?"), _of_province),
    (
        re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8})-(?P<year>20\d\d)-(?:(?P<intake>[DX])-?)?(?P<serial>\d{1,5})号?"),
        _of_year,
    ),
    (
        re.compile(
            rf"第?(?P<batch>{chinese.NUMERAL})批(?:次)?[-:第]?(?P<intake>[DX])?-?(?P<serial>\d{{1,6}})(?:号|件)?"
            rf"|(?P<own>[DX]?\d{{1,6}})号?\(第?(?P<of>{chinese.NUMERAL})批\)"
        ),
        _of_batch,
    ),
    (
        re.compile(
            r"[\u4e00-\u9fff]{2,8}[〔\[(](?P<year>\d{4})[〕\])](?:(?P<date>\d{4})(?=\d{3}))?(?P<serial>\d{1,4})号?"
        ),
        _of_document,
    ),
    (re.compile(r"第?(?P<intake>[DX])?[-—]?(?P<serial>\d{1,6})号?"), _plain),
)
