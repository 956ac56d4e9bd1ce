"""The plan (整改方案) of a city, county or department: what considered it, its editions, aspects and campaigns."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.rectification.rules.plan import PlanState


class Plan(Recorded):
    """Plan (整改方案). A lower plan names its parent; what was imported names its file.

    What came in as an issued paper is issued (印发) by that fact. `opened_at` is when it was last opened to be written:
    what meetings said before that is no word on it.
    """

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
    state = models.CharField("状态", max_length=20, default=PlanState.ISSUED.value)
    opened_at = models.DateTimeField("开始起草或修订", null=True)
    revised_because = models.TextField("修订理由", blank=True, default="")
    intake = models.ForeignKey(
        "bihuan.Intake", on_delete=models.PROTECT, null=True, verbose_name="导入", related_name="plans"
    )
    is_withdrawn = models.BooleanField("已撤回导入", default=False)

    class Meta:
        verbose_name = "整改方案"

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """How its page and its trail are found: HE2-F3."""
        return f"{self.inspection.code}-F{self.pk}"

    @property
    def is_lower(self) -> bool:
        """Whether it is a county's or a department's, which the office checks against the city's."""
        return self.parent_id is not None or self.unit.parent_id is not None


class Deliberation(Recorded):
    """Deliberation (审议): which body considered the plan, at which meeting, when, with what outcome, by what paper."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, verbose_name="方案", related_name="deliberations")
    body = models.CharField("会议", max_length=60)
    held_on = models.DateField("日期")
    outcome = models.CharField("结果", max_length=200)
    meeting = models.CharField("会次", max_length=60, blank=True, default="")
    paper = models.CharField("纪要文号", max_length=60, blank=True, default="")
    recorded_at = models.DateTimeField("记下时间", null=True)
    is_withdrawn = models.BooleanField("已撤去", default=False)

    class Meta:
        verbose_name = "方案审议"

    def __str__(self) -> str:
        return f"{self.held_on} {self.body}"

    @property
    def about(self) -> str:
        return self.plan.code


class Consultation(Recorded):
    """Consultation (征求意见): one unit that was asked for its opinion on a draft plan, when, and what it answered."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, verbose_name="方案", related_name="consultations")
    unit = models.ForeignKey("bihuan.Unit", on_delete=models.PROTECT, verbose_name="征求的单位", related_name="+")
    asked_on = models.DateField("发出日期")
    answer = models.CharField("答复", max_length=10, blank=True, default="")
    words = models.TextField("意见", blank=True, default="")
    answered_on = models.DateField("答复日期", null=True)
    paper = models.CharField("复函文号", max_length=60, blank=True, default="")
    recorded_at = models.DateTimeField("记下时间")
    is_withdrawn = models.BooleanField("已撤去", default=False)

    class Meta:
        verbose_name = "征求意见"

    def __str__(self) -> str:
        return f"{self.asked_on} {self.unit}"

    @property
    def about(self) -> str:
        return self.plan.code


class PlanEdition(Recorded):
    """Edition (版次) of a plan: what its paper said, record by record, why it came about, who approved it, which paper.

    `content` is frozen (`rules/editions.py`); one that stood before there were editions says nothing but its content.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, verbose_name="方案", related_name="editions")
    number = models.PositiveSmallIntegerField("版次")
    reason = models.TextField("理由", blank=True)
    approver = models.CharField("批准", max_length=200, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    dated_on = models.DateField("文件日期", null=True)
    content = models.JSONField("内容", default=list)
    written_at = models.DateTimeField("写入时间")
    is_withdrawn = models.BooleanField("已撤回", default=False)

    class Meta:
        verbose_name = "方案版次"
        constraints = [
            models.UniqueConstraint(
                fields=["city", "plan", "number"], condition=models.Q(is_withdrawn=False), name="edition_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} 第{self.number}版"

    @property
    def about(self) -> str:
        return self.plan.code


class PlanRemark(Recorded):
    """Remark (差异说明): why a lower plan differs from the city's; it explains exactly the words of `digest`."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, verbose_name="方案", related_name="remarks")
    subject = models.CharField("差异", max_length=60)
    digest = models.CharField("所说明的内容", max_length=64)
    reason = models.CharField("说明", max_length=300)
    person = models.ForeignKey("bihuan.Person", on_delete=models.PROTECT, verbose_name="说明人", related_name="+")
    explained_at = models.DateTimeField("说明时间")
    is_withdrawn = models.BooleanField("已改写", default=False)

    class Meta:
        verbose_name = "差异说明"
        constraints = [
            models.UniqueConstraint(
                fields=["city", "plan", "subject", "digest"],
                condition=models.Q(is_withdrawn=False),
                name="plan_remark_once",
            )
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def about(self) -> str:
        return self.plan.code


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
