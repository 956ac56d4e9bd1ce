"""Inspections that run side by side for years, and the parameters each goes by."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.matters.rules import parameters


class RuleSet(Recorded):
    """The parameters of an inspection: days, thresholds, the order of steps. Steps themselves are code."""

    name = models.CharField("名称", max_length=60)
    is_publish_first = models.BooleanField("先公示后验收", default=False)
    decline_days = models.PositiveSmallIntegerField("退回交办期限(工作日)", default=parameters.DECLINE_DAYS)
    reply_days = models.PositiveSmallIntegerField("信访反馈期限(自然日)", default=parameters.REPLY_DAYS)
    notice_days = models.PositiveSmallIntegerField("公示期(工作日)", default=parameters.NOTICE_DAYS)
    due_soon_days = models.PositiveSmallIntegerField("临期提示(自然日)", default=parameters.DUE_SOON_DAYS)
    petitioner_years = models.PositiveSmallIntegerField("举报人信息保存(销号后年)", default=parameters.PETITIONER_YEARS)
    notice_counted_as = models.CharField("公示期按", max_length=10, default=parameters.NOTICE_COUNTED_AS)
    is_unchanged_approved = models.BooleanField("无变化也须审核", default=False)
    report_every = models.CharField("填报周期", max_length=12, default=parameters.REPORT_EVERY)
    recheck_months = models.CharField("销号后复查(月)", max_length=40, default="3,6,12")
    due_close_days = models.PositiveSmallIntegerField("将到期(自然日)", default=parameters.DUE_CLOSE_DAYS)
    due_close_points = models.PositiveSmallIntegerField("将到期应完成(%)", default=parameters.DUE_CLOSE_POINTS)
    milestone_missed_days = models.PositiveSmallIntegerField(
        "节点超期转红(自然日)", default=parameters.MILESTONE_MISSED_DAYS
    )
    tolerance_points = models.PositiveSmallIntegerField("序时容差(百分点)", default=parameters.TOLERANCE_POINTS)

    class Meta:
        verbose_name = "规则"
        constraints = [models.UniqueConstraint(fields=["city", "name"], name="rule_set_once")]

    def __str__(self) -> str:
        return self.name


class Inspection(Recorded):
    """Inspection (督察): every matter belongs to one."""

    code = models.CharField("代号", max_length=12)
    name = models.CharField("名称", max_length=80)
    level = models.CharField("级别", max_length=20)
    kind = models.CharField("类型", max_length=20)
    round_number = models.PositiveSmallIntegerField("轮次", null=True)
    batch = models.CharField("批次", max_length=20, blank=True)
    team = models.CharField("督察组", max_length=60, blank=True, default="")
    region = models.ForeignKey(
        "bihuan.Region", on_delete=models.PROTECT, verbose_name="地区", related_name="inspections"
    )
    on_site_from = models.DateField("进驻", null=True)
    on_site_until = models.DateField("离驻", null=True)
    feedback_on = models.DateField("反馈", null=True)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, verbose_name="规则", related_name="inspections")

    class Meta:
        verbose_name = "督察"
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="inspection_code_once")]

    def __str__(self) -> str:
        return self.name
