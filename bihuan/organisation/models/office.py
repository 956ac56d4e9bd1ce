"""How an office has settled its own security: is it small, who needs a second factor, how long a session lasts."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.organisation.rules.keeping import SECOND_FACTORS


class OfficeRules(Recorded):
    """Office rules (安全规则) of one city; without a row the defaults below hold."""

    small_office = models.BooleanField("小整改办", default=False)
    second_factor = models.CharField("第二验证", max_length=10, default=next(iter(SECOND_FACTORS)))
    idle_minutes = models.PositiveSmallIntegerField("不操作几分钟后退出", default=30)
    admin_idle_minutes = models.PositiveSmallIntegerField("管理员不操作几分钟后退出", default=15)
    session_hours = models.PositiveSmallIntegerField("最长登录几小时", default=12)

    class Meta:
        verbose_name = "安全规则"
        constraints = [models.UniqueConstraint(fields=["city"], name="office_rules_once")]

    def __str__(self) -> str:
        return "安全规则"
