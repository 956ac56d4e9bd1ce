"""A sweep for the like of a problem: what is looked for, each place with its unit's answer, and what was found."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.matters.models.inspection import Inspection
from bihuan.matters.models.matter import Matter


class Sweep(Recorded):
    """Sweep (全面排查): what to look for, where, until when; from one problem (举一反三), or free-standing."""

    code = models.CharField("编号", max_length=24)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, verbose_name="督察", related_name="sweeps")
    source = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, verbose_name="由哪一项引出", related_name="sweeps"
    )
    title = models.CharField("标题", max_length=200)
    aspect = models.CharField("排查方面", max_length=120, blank=True)
    looks_for = models.TextField("查什么")
    due_on = models.DateField("时限")
    state = models.CharField("状态", max_length=20)
    drafted_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="起草人", related_name="+"
    )
    issued_at = models.DateTimeField("下达时间", null=True)
    conclusion = models.TextField("汇总结论", blank=True)

    class Meta:
        verbose_name = "全面排查"
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="sweep_code_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        return self.code


class SweepPlace(Recorded):
    """Sweep place (排查点位): one place that one unit looks at, and its answer: who looked, when, what was there."""

    sweep = models.ForeignKey(Sweep, on_delete=models.PROTECT, verbose_name="排查", related_name="places")
    unit = models.ForeignKey("bihuan.Unit", on_delete=models.PROTECT, verbose_name="单位", related_name="sweep_places")
    place = models.CharField("点位", max_length=120)
    answer = models.CharField("答复", max_length=10, blank=True)
    checked_by = models.CharField("排查人", max_length=120, blank=True)
    checked_on = models.DateField("排查日期", null=True)
    words = models.TextField("排查情况", blank=True)
    answered_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="答复人", related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "排查点位"
        constraints = [models.UniqueConstraint(fields=["city", "sweep", "unit", "place"], name="sweep_place_once")]
        indexes = [models.Index(fields=["unit", "answer"], name="sweep_place_owed")]

    def __str__(self) -> str:
        return f"{self.unit}·{self.place}"

    @property
    def about(self) -> str:
        return self.sweep.code


class SweepFinding(Recorded):
    """Sweep finding (排查发现): the like of what was looked for; it became a problem, or was put right at once."""

    place = models.ForeignKey(SweepPlace, on_delete=models.PROTECT, verbose_name="点位", related_name="findings")
    spot = models.CharField("地点或对象", max_length=120)
    text = models.TextField("发现的问题")
    decision = models.CharField("处置", max_length=10, blank=True)
    reason = models.TextField("处置说明", blank=True)
    problem = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, verbose_name="列成的问题", related_name="found_by"
    )
    decided_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="处置人", related_name="+"
    )
    is_withdrawn = models.BooleanField("已退回重报", default=False)

    class Meta:
        verbose_name = "排查发现"

    def __str__(self) -> str:
        return self.spot

    @property
    def about(self) -> str:
        return self.place.sweep.code
