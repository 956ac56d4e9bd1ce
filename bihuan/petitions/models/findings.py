"""What units report of their parts of petitions: findings, handling, penalties, and each sub-item's truth."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.petitions.models.penalties import Penalties
from bihuan.petitions.models.petition import SubItem, Undertaking


class FindingsReport(Penalties):
    """Findings report (核实情况): what one unit found of its part and did about it, filled in by one and reported by
    another. One that is filled in again, or was sent back, is superseded (`is_ended`); what was approved stays.
    """

    undertaking = models.ForeignKey(
        Undertaking, on_delete=models.PROTECT, verbose_name="承办", related_name="findings_reports"
    )
    findings = models.TextField("调查核实情况")
    handling = models.TextField("处理和整改情况", blank=True)
    truth = models.CharField("是否属实", max_length=10)
    closing = models.CharField("是否办结", max_length=10)
    goal = models.TextField("办结目标", blank=True)
    due_on = models.DateField("整改时限", null=True)
    accountability = models.TextField("责任人被处理情况", blank=True)
    answers = models.JSONField("对提问的说明", default=dict)
    filled_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="填报人", related_name="+"
    )
    filled_at = models.DateTimeField("填报时间")
    settled_at = models.DateTimeField("进入结果", null=True)
    is_ended = models.BooleanField("已收回", default=False)

    class Meta:
        verbose_name = "核实情况"
        constraints = [
            models.UniqueConstraint(
                fields=["city", "undertaking"], condition=models.Q(is_ended=False), name="findings_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.undertaking} {self.truth}"

    @property
    def about(self) -> str:
        return self.undertaking.petition.matter.code


class ItemFinding(Recorded):
    """Item finding (分项核实): what one report says of one sub-item."""

    report = models.ForeignKey(FindingsReport, on_delete=models.PROTECT, verbose_name="核实情况", related_name="items")
    sub_item = models.ForeignKey(SubItem, on_delete=models.PROTECT, verbose_name="分项", related_name="found")
    finding = models.TextField("核实情况")
    truth = models.CharField("是否属实", max_length=10)
    is_ended = models.BooleanField("已收回", default=False)

    class Meta:
        verbose_name = "分项核实"
        constraints = [models.UniqueConstraint(fields=["city", "report", "sub_item"], name="item_finding_once")]

    def __str__(self) -> str:
        return f"{self.sub_item} {self.truth}"

    @property
    def about(self) -> str:
        return self.report.about
