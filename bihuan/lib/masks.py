"""How a petitioner's data are written where they may not be read: the office's mask forms, one function each.

Hides how a form keeps its secret: the length of a name, an address or an account is never told.
"""

import re
from collections.abc import Callable

COMPOUND = (
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|皇甫|宗政|濮阳|公冶|慕容|长孙|宇文|司徒"
    "|司空|令狐|呼延"
)
USUAL_LENGTH, MOST_SHOWN = 3, 4
NOBODY, NOWHERE, HIDDEN = "某某", "××", "已登记，不显示"
_COMPOUND = re.compile(COMPOUND)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_TOWN = re.compile(r"^.*?(?:镇|乡|街道办?|苏木)")
_DOOR = re.compile(r"[0-9０-９]")
_COUNTY = re.compile(r"^.*(?:[县旗]|(?<![小社园景厂片])区)(?!.*(?:[县旗]|(?<![小社园景厂片])区))|^[^市]*市")


def name(words: str) -> str:
    """张小凡 → 张某某. The surname stays only where the full name is of the commonest shape; else 某某."""
    known = words.strip()
    is_usual = len(known) == USUAL_LENGTH and _CHINESE.fullmatch(known) and not _COMPOUND.match(known)
    return f"{known[0]}{NOBODY}" if is_usual else NOBODY


def phone(number: str) -> str:
    """13900005678 → 139****5678; of any other number the last two digits."""
    digits = _digits(number)
    if _MOBILE.fullmatch(digits):
        return f"{digits[-11:-8]}****{digits[-4:]}"
    return f"****{digits[-2:]}" if len(digits) > USUAL_LENGTH else "****"


def identity_number(number: str) -> str:
    """The first two and the last two places of an identity number."""
    hidden_places = len(number) - 4
    return f"{number[:2]}{'*' * hidden_places}{number[-2:]}" if hidden_places > MOST_SHOWN else "****"


def address(words: str) -> str:
    """沧县杜林镇某某村12号 → 沧县杜林镇××: as far as the town, or the county where no town is named."""
    known = _TOWN.match(words) or _COUNTY.match(words)
    return f"{known[0]}{NOWHERE}" if known and not _DOOR.search(known[0]) else NOWHERE


def email(words: str) -> str:
    """anna@qq.com → a***@qq.com."""
    start, _, host = words.rpartition("@")
    return f"{start[:1]}***@{host}" if start else account(words)


def account(words: str) -> str:
    """fan_12345 → f***."""
    return f"{words[:1]}***"


def card(number: str) -> str:
    """The last four digits of a bank card."""
    return f"****{_digits(number)[-4:]}"


def plate(words: str) -> str:
    """冀J·A1234 → 冀J*****."""
    return f"{words[:2]}*****"


def hidden(words: str) -> str:  # noqa: ARG001 -- whatever it says, only that it is there
    """What has no form that tells nothing: only that it is there."""
    return HIDDEN


def _digits(number: str) -> str:
    return re.sub(r"[^0-9]", "", number)


MASKS: dict[str, Callable[[str], str]] = {
    "name": name,
    "phone": phone,
    "id": identity_number,
    "card": card,
    "plate": plate,
    "wechat": account,
    "account": account,
    "qq": account,
    "email": email,
    "address": address,
}
"""By the kinds that `redact` finds."""
