"""Which parameters of a rule set make sense together."""

from collections.abc import Mapping
from typing import Any

from bihuan.lib.flow import Refused
from bihuan.lib.periods import KIND_LABELS
from bihuan.matters.rules.notice import CountedAs
from bihuan.matters.rules.rechecks import months_of

BOUNDS = {
    "due_soon_days": ("临期提示", 0, 365),
    "due_close_days": ("将到期", 0, 365),
    "due_close_points": ("将到期应完成", 0, 100),
    "milestone_missed_days": ("节点超期转红", 0, 365),
    "tolerance_points": ("序时容差", 0, 100),
}


def settled(values: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """These parameters as they are stored, beside those that stand (`before`).

    Refuses what nobody can count with: a kind of days or a period that does not exist, months that are none, figures
    out of bounds, and a last warning that would come before the first.
    """
    found = {**before, **values}
    for name, (label, least, most) in BOUNDS.items():
        if not least <= found[name] <= most:
            raise Refused(f"{label}请填{least}到{most}之间的整数。")
    if found["due_close_days"] > found["due_soon_days"]:
        raise Refused("“将到期”的天数不能多于“临期提示”的天数：先提示，后转黄。")
    if found["notice_counted_as"] not in [*CountedAs]:
        raise Refused(f"公示期按{'或'.join(CountedAs)}计算。")
    if found["report_every"] not in [*KIND_LABELS]:
        raise Refused(f"填报周期可选{'、'.join(KIND_LABELS.values())}。")
    if "recheck_months" in values:
        return {**values, "recheck_months": ",".join(map(str, months_of(values["recheck_months"])))}
    return dict(values)
