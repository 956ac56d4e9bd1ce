"""What a progress entry says of a measure's milestones and indicators."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.matters.models import ProgressReport
from bihuan.rectification.models.problem import Indicator, Milestone


class IndicatorReading(Recorded):
    """Indicator reading (指标读数): how much of an indicator had been done altogether, by one progress entry."""

    report = models.ForeignKey(
        ProgressReport, on_delete=models.PROTECT, verbose_name="进展填报", related_name="readings"
    )
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, verbose_name="指标", related_name="readings")
    cumulative = models.DecimalField("累计", max_digits=16, decimal_places=3)
    is_ended = models.BooleanField("已收回", default=False)

    class Meta:
        verbose_name = "指标读数"

    def __str__(self) -> str:
        return f"{self.indicator} {self.cumulative}"

    @property
    def about(self) -> str:
        return self.report.matter.code


class MilestoneReached(Recorded):
    """Milestone reached (节点到达): that a milestone was reached, and when, by one progress entry."""

    report = models.ForeignKey(
        ProgressReport, on_delete=models.PROTECT, verbose_name="进展填报", related_name="reached"
    )
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, verbose_name="节点", related_name="reached")
    reached_on = models.DateField("到达日期")
    is_ended = models.BooleanField("已收回", default=False)

    class Meta:
        verbose_name = "节点到达"

    def __str__(self) -> str:
        return f"{self.milestone} {self.reached_on}"

    @property
    def about(self) -> str:
        return self.report.matter.code
