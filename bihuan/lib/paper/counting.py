"""How Word writes the n-th label of a list: 一, 壹, 甲, ①, IV, c, 01.

Hides the names of the number formats of WordprocessingML.
"""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def label(number: int, form: str) -> str:
    """The number `number` in the number format `form` of Word; a form not known here is written in digits."""
    if form in {"none", "bullet"}:
        return ""
    return _FORMS.get(form, str)(number)


def _chinese(number: int, digits: str, units: tuple[str, ...]) -> str:
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    text = ""
    for place, figure in enumerate(reversed(str(number))):
        if figure != "0":
            text = digits[int(figure)] + units[place] + text
        elif text and not text.startswith(digits[0]):
            text = digits[0] + text
    return text


def _counting(number: int) -> str:
    text = _chinese(number, "零" + _DIGITS[1:], ("", "十", "百", "千"))
    return text[1:] if 10 <= number < 20 else text


def _legal(number: int) -> str:
    return _chinese(number, _LEGAL, ("", "拾", "佰", "仟"))


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(figure)] if figure.isdigit() else figure for figure in str(number))


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


def _letter(number: int) -> str:
    if not 0 < number <= 780:  # Word repeats the letter: aa, bb, … up to thirty times
        return str(number)
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)


def _from(first: str, count: int) -> Callable[[int], str]:
    def write(number: int) -> str:
        return chr(ord(first) + number - 1) if 0 < number <= count else str(number)

    return write


def _circled(number: int) -> str:
    if 20 < number <= 35:
        return chr(0x3251 + number - 21)
    return _from("①", 20)(number)


def _one_of(row: str) -> Callable[[int], str]:
    def write(number: int) -> str:
        return row[number - 1] if 0 < number <= len(row) else str(number)

    return write


def _full_width(number: int) -> str:
    return "".join(chr(ord(figure) + 0xFEE0) if figure.isdigit() else figure for figure in str(number))


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographEnclosedCircle": _from("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
}
