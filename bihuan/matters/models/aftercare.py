"""What follows acceptance: the public notice's days, and the re-checks after sign-off."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.matters.models.matter import Matter
from bihuan.matters.models.verification import FieldCheck


class PublicNotice(Recorded):
    """Public notice (公示) of a matter: from which day to which, both counted. Its text is a release (公开)."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="notices")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    starts_on = models.DateField("公示起")
    ends_on = models.DateField("公示止")
    days = models.PositiveSmallIntegerField("公示天数")
    counted_as = models.CharField("天数按", max_length=10)
    is_ended = models.BooleanField("已撤下", default=False)

    class Meta:
        verbose_name = "公示"

    def __str__(self) -> str:
        return f"{self.starts_on}至{self.ends_on}"

    @property
    def about(self) -> str:
        return self.matter.code


class Recheck(Recorded):
    """Re-check (复查) of a matter after sign-off: planned for a day, or drawn by lot (`seed`), and what it found."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="rechecks")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    kind = models.CharField("种类", max_length=12)
    planned_on = models.DateField("计划日期")
    state = models.CharField("状态", max_length=20)
    check_made = models.ForeignKey(
        FieldCheck, on_delete=models.PROTECT, null=True, verbose_name="现场核查", related_name="rechecks"
    )
    seed = models.CharField("抽取种子", max_length=60, blank=True)
    is_ended = models.BooleanField("已取消", default=False)

    class Meta:
        verbose_name = "复查"
        indexes = [models.Index(fields=["state", "planned_on"], name="recheck_due")]

    def __str__(self) -> str:
        return f"{self.planned_on} {self.kind}"

    @property
    def about(self) -> str:
        return self.matter.code
