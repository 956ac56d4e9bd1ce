"""What the security administrator settles for the whole office."""

from datetime import datetime
from typing import Any

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.organisation.models import OfficeRules
from bihuan.organisation.queries import scope, small, structure
from bihuan.organisation.rules.keeping import GRANTERS, SECOND_FACTORS


@action
def set_office_rules(*, by: Actor, at: datetime, note: str = "", seen: int | None = None, **rules: Any) -> OfficeRules:
    """Settle the office's security rules: `small_office`, `second_factor`, `idle_minutes`, `admin_idle_minutes`,
    `session_hours`. Refuses who is not the security administrator, minutes or hours that lock everybody out, and an end
    of the small office while somebody serves by leave of it.
    """
    if not by.is_system and not scope.has_role(by, GRANTERS):
        raise Refused("安全规则由安全管理员设定，您不能改。")
    if rules.get("second_factor", "all") not in SECOND_FACTORS:
        raise Refused(f"第二验证只能是{'或'.join(f'“{label}”' for label in SECOND_FACTORS.values())}。")
    lengths = (rules.get("idle_minutes", 30), rules.get("admin_idle_minutes", 15), rules.get("session_hours", 12))
    if min(lengths) < 1:
        raise Refused("时间至少是1。")
    served = small.serving_by_leave(by.city, day_of(at)) if rules.get("small_office") is False else []
    if served and structure.office_rules(by.city).small_office:
        raise Refused(f"还有人按小整改办任职：{'；'.join(served)[:200]}。先收回其中的角色，再取消小整改办。")
    known = OfficeRules.objects.filter(city=by.city).first()
    if known is None:
        return audit.create(OfficeRules(**rules))
    return audit.amend(known, seen=seen, because=note, **rules)
