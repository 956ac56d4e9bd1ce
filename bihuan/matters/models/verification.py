"""How somebody else convinced himself: checks on the ground, answers, signatures, what was signed, papers named."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.matters.models.matter import Matter


class FieldCheck(Recorded):
    """Field check (现场核查): who went, when, what stood there. Never changed after it was handed in, only added to.

    `client_id` is made where it was written, so that what is sent twice is one; `level` is county or city.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="checks")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    client_id = models.UUIDField("客户端编号")
    kind = models.CharField("种类", max_length=12)
    level = models.CharField("层级", max_length=10)
    unit = models.ForeignKey(
        "bihuan.Unit", on_delete=models.PROTECT, null=True, verbose_name="核查单位", related_name="+"
    )
    checked_at = models.DateTimeField("核查时间")
    place = models.CharField("地点", max_length=120, blank=True)
    latitude = models.DecimalField("纬度", max_digits=12, decimal_places=6, null=True)
    longitude = models.DecimalField("经度", max_digits=12, decimal_places=6, null=True)
    datum = models.CharField("坐标系", max_length=10, blank=True)
    team = models.JSONField("核查组", default=list)
    received_by = models.CharField("被核查方接待人", max_length=60, blank=True)
    findings = models.TextField("核查情况")
    opinion = models.TextField("核查意见", blank=True)
    disagreement = models.TextField("被核查方不同意见", blank=True)
    demand = models.TextField("整改要求", blank=True)
    demand_due_on = models.DateField("整改要求时限", null=True)
    signature = models.ForeignKey(
        "bihuan.StoredFile", on_delete=models.PROTECT, null=True, verbose_name="签名", related_name="+"
    )
    adds_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, verbose_name="补充哪次核查", related_name="additions"
    )
    is_ended = models.BooleanField("已作废", default=False)

    class Meta:
        verbose_name = "现场核查"
        constraints = [models.UniqueConstraint(fields=["city", "client_id"], name="check_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.checked_at:%Y-%m-%d}"

    @property
    def about(self) -> str:
        return self.matter.code


class CheckedMatter(Recorded):
    """Checked matter (逐项核查): what a check found of one measure: reached, nearly, not."""

    check_made = models.ForeignKey(
        FieldCheck, on_delete=models.PROTECT, verbose_name="现场核查", related_name="checked"
    )
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="措施", related_name="checked")
    verdict = models.CharField("结论", max_length=10)
    words = models.CharField("说明", max_length=300, blank=True)
    is_ended = models.BooleanField("已作废", default=False)

    class Meta:
        verbose_name = "逐项核查"

    def __str__(self) -> str:
        return f"{self.matter} {self.verdict}"

    @property
    def about(self) -> str:
        return self.check_made.matter.code


class ConditionAnswer(Recorded):
    """Condition answer (验收条件答复): whether one of the conditions of acceptance is met, and by what."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="answers")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    condition = models.CharField("条件", max_length=20)
    is_met = models.BooleanField("符合")
    words = models.TextField("依据")
    answered_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="答复人", related_name="+"
    )
    is_ended = models.BooleanField("已改答", default=False)

    class Meta:
        verbose_name = "验收条件答复"
        constraints = [
            models.UniqueConstraint(
                fields=["city", "matter", "round_number", "condition"],
                condition=models.Q(is_ended=False),
                name="condition_answered_once",
            )
        ]

    def __str__(self) -> str:
        return self.condition

    @property
    def about(self) -> str:
        return self.matter.code


class Manifest(Recorded):
    """Manifest (卷宗清单): every record and file of a matter as it stood when somebody put his name to it, by hash."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="manifests")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    step = models.CharField("步骤", max_length=30)
    digest = models.CharField("哈希", max_length=64)
    file = models.ForeignKey("bihuan.StoredFile", on_delete=models.PROTECT, verbose_name="清单", related_name="+")
    is_ended = models.BooleanField("已收回", default=False)

    class Meta:
        verbose_name = "卷宗清单"

    def __str__(self) -> str:
        return f"{self.step} {self.digest[:8]}"

    @property
    def about(self) -> str:
        return self.matter.code


class Signature(Recorded):
    """Signature (签字): who answers for a step for good, as he was called then, and the exact state that he signed."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="signatures")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    step = models.CharField("步骤", max_length=30)
    person = models.ForeignKey("bihuan.Person", on_delete=models.PROTECT, verbose_name="签字人", related_name="+")
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("职务", max_length=120, blank=True)
    opinion = models.TextField("意见", blank=True)
    digest = models.CharField("所签哈希", max_length=64)
    signed_at = models.DateTimeField("签字时间")
    is_ended = models.BooleanField("已收回", default=False)

    class Meta:
        verbose_name = "签字"

    def __str__(self) -> str:
        return f"{self.name} {self.step}"

    @property
    def about(self) -> str:
        return self.matter.code


class CitedPaper(Recorded):
    """Cited paper (文号记录): the number and day of the paper by which a step was taken outside this system."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="papers")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    step = models.CharField("步骤", max_length=30)
    number = models.CharField("文号", max_length=60)
    dated_on = models.DateField("日期")
    is_ended = models.BooleanField("已收回", default=False)

    class Meta:
        verbose_name = "文号记录"

    def __str__(self) -> str:
        return f"{self.number} {self.dated_on}"

    @property
    def about(self) -> str:
        return self.matter.code
