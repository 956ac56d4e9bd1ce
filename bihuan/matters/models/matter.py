"""What every problem, measure and petition has: a code, a place, deadlines, rounds, and who answers for it."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.matters.models.inspection import Inspection


class Matter(Recorded):
    """Matter (事项): `state` and `round_number` show its last round, and change only with it."""

    kind = models.CharField("种类", max_length=10)
    code = models.CharField("编码", max_length=24)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, verbose_name="督察", related_name="matters")
    region = models.ForeignKey(
        "bihuan.Region", on_delete=models.PROTECT, null=True, verbose_name="行政区域", related_name="+"
    )
    place = models.CharField("地点", max_length=200, blank=True)
    first_due_on = models.DateField("首次时限", null=True)
    due_on = models.DateField("现行时限", null=True)
    state = models.CharField("状态", max_length=30)
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    intake = models.ForeignKey(
        "bihuan.Intake", on_delete=models.PROTECT, null=True, verbose_name="导入", related_name="matters"
    )
    is_withdrawn = models.BooleanField("已撤回导入", default=False)

    class Meta:
        verbose_name = "事项"
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="matter_code_once")]
        indexes = [
            models.Index(fields=["inspection", "kind", "state", "due_on"], name="matter_ledger"),
            models.Index(fields=["kind", "is_withdrawn", "state", "due_on"], name="matter_all"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def about(self) -> str:
        return self.code


class Round(Recorded):
    """Round (办理轮次): the lifecycle's state. A closed round never changes; the database refuses it."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="rounds")
    number = models.PositiveSmallIntegerField("轮次", default=1)
    state = models.CharField("状态", max_length=30)
    variant = models.CharField("流程", max_length=20, blank=True)
    opened_because = models.CharField("开启缘由", max_length=200, blank=True)
    handed_over_at = models.DateTimeField("交办时间", null=True)
    received_at = models.DateTimeField("签收时间", null=True)
    claim_digest = models.CharField("申请哈希", max_length=64, blank=True)
    package_digest = models.CharField("卷宗哈希", max_length=64, blank=True)
    closed_on = models.DateField("闭合", null=True)

    class Meta:
        verbose_name = "办理轮次"
        constraints = [models.UniqueConstraint(fields=["city", "matter", "number"], name="round_once")]

    def __str__(self) -> str:
        return f"{self.matter} 第{self.number}轮"

    @property
    def about(self) -> str:
        return self.matter.code


class Duty(Recorded):
    """Duty (责任): a role that a unit, a post or a person has on a matter; `raw` keeps the words of the paper."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="duties")
    role = models.CharField("责任", max_length=20)
    unit = models.ForeignKey(
        "bihuan.Unit", on_delete=models.PROTECT, null=True, verbose_name="单位", related_name="duties"
    )
    post = models.ForeignKey(
        "bihuan.Post", on_delete=models.PROTECT, null=True, verbose_name="岗位", related_name="duties"
    )
    person = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="人员", related_name="duties"
    )
    is_first = models.BooleanField("主牵头", default=False)
    raw = models.CharField("原文", max_length=300, blank=True)
    is_ended = models.BooleanField("已解除", default=False)

    class Meta:
        verbose_name = "责任"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False)
                | models.Q(post__isnull=False)
                | models.Q(person__isnull=False)
                | ~models.Q(raw=""),
                name="duty_has_a_bearer",
            )
        ]
        indexes = [models.Index(fields=["unit", "role", "matter"], name="duty_scope")]

    def __str__(self) -> str:
        return f"{self.matter} {self.role}"

    @property
    def about(self) -> str:
        return self.matter.code


class TakenOver(Recorded):
    """Taken over (接管): where a matter stood in the office's own ledger when it came in, by which file and row.

    Its state then is a fact of that ledger and no step of ours; `standing` is what the ledger's `word` means.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="takings")
    intake = models.ForeignKey(
        "bihuan.Intake", on_delete=models.PROTECT, null=True, verbose_name="导入", related_name="taken_over"
    )
    place = models.CharField("出处", max_length=80, blank=True)
    word = models.CharField("原状态", max_length=60)
    standing = models.CharField("现状", max_length=10)
    progress = models.TextField("最近进展", blank=True)
    handed_over_on = models.DateField("原交办日期", null=True)
    closed_on = models.DateField("原闭合日期", null=True)
    filing_number = models.CharField("原销号备案号", max_length=60, blank=True)
    is_withdrawn = models.BooleanField("已撤回导入", default=False)

    class Meta:
        verbose_name = "接管"
        constraints = [
            models.UniqueConstraint(
                fields=["city", "matter"], condition=models.Q(is_withdrawn=False), name="taken_over_once"
            )
        ]

    def __str__(self) -> str:
        return f"接管：{self.word}"

    @property
    def about(self) -> str:
        return self.matter.code
