"""When a leader may set a light by hand (手工设灯): who, for how long; what the rules compute stays beside it."""

from datetime import date

from bihuan.matters.rules.lateness import Light
from bihuan.organisation.rules.duties import Capacity

SETTERS = frozenset({Capacity.LEADING_GROUP, Capacity.OFFICE_HEAD})
NOT_YOURS = "只有领导小组成员和整改办主任可以手工设灯。"
SETTABLE = (Light.OVER, Light.LATE, Light.DUE, Light.OK)
MOST_DAYS = 92


def refusal(light: str, until: date, reason: str, today: date) -> str:
    """Why a light cannot be set by hand, or ""."""
    if light not in SETTABLE:
        return "手工只能设为超期、滞后、临期或正常。"
    if not reason.strip():
        return "手工设灯应写明理由。"
    if until < today:
        return "手工设灯的截止日期不能早于今天。"
    if (until - today).days > MOST_DAYS:
        return f"手工设灯最长{MOST_DAYS}天，到期再看。"
    return ""
