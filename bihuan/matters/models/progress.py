"""What units say of a matter as it goes on: progress entries, and the wish for a later deadline."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.matters.models.matter import Matter


class ProgressReport(Recorded):
    """Progress report (进展填报) of one matter, as of one day. An approved one never changes; a later one that names it
    (`corrects`) says what is right.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="reports")
    on = models.DateField("截至")
    is_unchanged = models.BooleanField("无变化", default=False)
    reason = models.CharField("无变化的原因", max_length=200, blank=True)
    done = models.TextField("本期进展", blank=True)
    difficulties = models.TextField("存在问题", blank=True)
    next_steps = models.TextField("下步打算", blank=True)
    percent = models.DecimalField("完成比例(%)", max_digits=8, decimal_places=2, null=True)
    expected_on = models.DateField("预计完成", null=True)
    answers = models.JSONField("对提问的说明", default=dict)
    state = models.CharField("状态", max_length=20)
    filled_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="填报人", related_name="+"
    )
    filled_at = models.DateTimeField("填报时间")
    approved_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="审核人", related_name="+"
    )
    approved_at = models.DateTimeField("审定时间", null=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, verbose_name="更正哪一条", related_name="corrected_by"
    )

    class Meta:
        verbose_name = "进展填报"
        indexes = [models.Index(fields=["matter", "state", "on"], name="progress_of_matter")]

    def __str__(self) -> str:
        return f"{self.on} {'无变化' if self.is_unchanged else self.done[:20]}"

    @property
    def about(self) -> str:
        return self.matter.code


class Extension(Recorded):
    """Extension (延期): the wish for a later deadline, with its reason and what is done until then. The first deadline
    of the matter stays for ever; `old_due_on` is the one that held when it was asked for.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="extensions")
    reason = models.TextField("延期理由")
    steps = models.TextField("延期期间的措施")
    old_due_on = models.DateField("原时限")
    new_due_on = models.DateField("延期至")
    state = models.CharField("状态", max_length=20)
    applied_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="申请人", related_name="+"
    )
    applied_at = models.DateTimeField("申请时间")
    approved_on = models.DateField("批准日期", null=True)

    class Meta:
        verbose_name = "延期"
        constraints = [
            models.UniqueConstraint(
                fields=["city", "matter"],
                condition=models.Q(state__in=("applied", "lead_agreed", "office_agreed", "group_agreed")),
                name="one_extension_pending",
            )
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on}延至{self.new_due_on}"

    @property
    def about(self) -> str:
        return self.matter.code
