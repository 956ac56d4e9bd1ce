"""The plan (整改方案) of a city, county or department: aspects and campaigns."""

from django.db import models

from bihuan.core.audit import Recorded


class Plan(Recorded):
    """Plan (整改方案). A lower plan names its parent; what was imported names its file."""

    inspection = models.ForeignKey(
        "bihuan.Inspection", on_delete=models.PROTECT, verbose_name="督察", related_name="plans"
    )
    unit = models.ForeignKey("bihuan.Unit", on_delete=models.PROTECT, verbose_name="制定单位", related_name="plans")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, verbose_name="上级方案", related_name="children"
    )
    title = models.CharField("标题", max_length=200)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("印发", null=True)
    edition = models.PositiveSmallIntegerField("版次", default=1)
    intake = models.ForeignKey(
        "bihuan.Intake", on_delete=models.PROTECT, null=True, verbose_name="导入", related_name="plans"
    )
    is_withdrawn = models.BooleanField("已撤回导入", default=False)

    class Meta:
        verbose_name = "整改方案"

    def __str__(self) -> str:
        return self.title


class Deliberation(Recorded):
    """Deliberation (审议): which body considered the plan, when, with what outcome."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, verbose_name="方案", related_name="deliberations")
    body = models.CharField("会议", max_length=60)
    held_on = models.DateField("日期")
    outcome = models.CharField("结果", max_length=200)

    class Meta:
        verbose_name = "方案审议"

    def __str__(self) -> str:
        return f"{self.held_on} {self.body}"


class Aspect(Recorded):
    """Aspect (方面) of a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, verbose_name="方案", related_name="aspects")
    number = models.PositiveSmallIntegerField("序号")
    name = models.CharField("名称", max_length=120)
    spans = models.JSONField("出处", default=dict)

    class Meta:
        verbose_name = "方面"

    def __str__(self) -> str:
        return self.name


class Campaign(Recorded):
    """Campaign (整改举措) of an aspect."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, verbose_name="方案", related_name="campaigns")
    aspect = models.ForeignKey(
        Aspect, on_delete=models.PROTECT, null=True, verbose_name="方面", related_name="campaigns"
    )
    number = models.PositiveSmallIntegerField("序号")
    name = models.CharField("名称", max_length=200)
    spans = models.JSONField("出处", default=dict)

    class Meta:
        verbose_name = "整改举措"

    def __str__(self) -> str:
        return self.name
