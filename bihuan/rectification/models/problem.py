"""Problems and measures: what the paper says, with the place of each field's words in it (`spans`)."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.rectification.models.plan import Aspect, Campaign, Plan


class Problem(Recorded):
    """Problem (整改问题). Its state, deadlines and duties stand on its matter."""

    matter = models.OneToOneField(
        "bihuan.Matter", on_delete=models.PROTECT, verbose_name="事项", related_name="problem"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, verbose_name="方案", related_name="problems")
    aspect = models.ForeignKey(
        Aspect, on_delete=models.PROTECT, null=True, verbose_name="方面", related_name="problems"
    )
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, verbose_name="举措", related_name="problems"
    )
    number = models.PositiveSmallIntegerField("序号")
    upper_number = models.CharField("上级序号", max_length=60, blank=True)
    county_number = models.CharField("县级序号", max_length=60, blank=True)
    title = models.CharField("问题", max_length=300)
    text = models.TextField("反馈问题原文")
    pollution_type = models.CharField("污染类型", max_length=20, blank=True)
    nature = models.CharField("整改类别", max_length=10, blank=True)
    target = models.TextField("整改目标", blank=True)
    deadline_raw = models.CharField("时限原文", max_length=200, blank=True)
    deadline_kind = models.CharField("时限种类", max_length=16, default="unknown")
    is_prominent = models.BooleanField("重点难点", default=False)
    acceptance_level = models.CharField("验收级别", max_length=10, default="市级验收")
    is_engineering = models.BooleanField("工程类", null=True)
    remark = models.TextField("备注", blank=True)
    record_key = models.CharField("导入记录", max_length=40, blank=True)
    spans = models.JSONField("出处", default=dict)

    measure_count: int  # brought by `problem_words`, as is what follows
    proven_count: int
    inspection_name: str
    region_name: str | None
    aspect_name: str | None
    document_number: str
    due_soon_days: int
    taken_over: str | None

    class Meta:
        verbose_name = "整改问题"
        indexes = [models.Index(fields=["plan", "number"], name="problem_in_plan")]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        return self.matter.code


class Measure(Recorded):
    """Measure (整改措施) of a problem or of a campaign; a lower plan's measure may carry out a city measure."""

    matter = models.OneToOneField(
        "bihuan.Matter", on_delete=models.PROTECT, verbose_name="事项", related_name="measure"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, verbose_name="方案", related_name="measures")
    problem = models.ForeignKey(
        Problem, on_delete=models.PROTECT, null=True, verbose_name="问题", related_name="measures"
    )
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, verbose_name="举措", related_name="measures"
    )
    number = models.PositiveSmallIntegerField("序号")
    text = models.TextField("措施内容")
    completion_sign = models.TextField("完成标志", blank=True)
    deadline_raw = models.CharField("时限原文", max_length=200, blank=True)
    deadline_kind = models.CharField("时限种类", max_length=16, default="unknown")
    carries_out = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, verbose_name="落实上级措施", related_name="carried_out_by"
    )
    record_key = models.CharField("导入记录", max_length=40, blank=True)
    spans = models.JSONField("出处", default=dict)

    inspection_name: str  # brought by `measure_words`, as is what follows
    due_soon_days: int
    problem_number: int | None
    problem_title: str | None
    problem_target: str | None
    problem_state: str | None
    campaign_number: int | None
    campaign_name: str | None
    taken_over: str | None

    class Meta:
        verbose_name = "整改措施"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(problem__isnull=False) | models.Q(campaign__isnull=False), name="measure_has_a_place"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def about(self) -> str:
        return self.matter.code


class Milestone(Recorded):
    """Milestone (节点) of a measure: by when, what, how much."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, verbose_name="措施", related_name="milestones")
    due_on = models.DateField("日期")
    text = models.CharField("内容", max_length=300)
    quantity = models.DecimalField("数量", max_digits=14, decimal_places=3, null=True)
    weight = models.DecimalField("权重", max_digits=6, decimal_places=2, default=1)
    is_withdrawn = models.BooleanField("已取消", default=False)

    class Meta:
        verbose_name = "节点"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.due_on} {self.text}"

    @property
    def about(self) -> str:
        return self.measure.matter.code


class Indicator(Recorded):
    """Indicator (指标) of a measure: what is counted, in which unit, from where to where."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, verbose_name="措施", related_name="indicators")
    name = models.CharField("指标", max_length=120)
    measured_in = models.CharField("单位", max_length=20, blank=True)
    baseline = models.DecimalField("基数", max_digits=16, decimal_places=3, null=True)
    target = models.DecimalField("目标", max_digits=16, decimal_places=3)
    is_withdrawn = models.BooleanField("已取消", default=False)

    class Meta:
        verbose_name = "指标"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def about(self) -> str:
        return self.measure.matter.code


class Assignment(Recorded):
    """Assignment (任务分解): a part of a measure, on a project, in a post, by a person, with its quantity."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, verbose_name="措施", related_name="assignments")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, verbose_name="指标", related_name="assignments"
    )
    project = models.CharField("项目", max_length=120)
    stage = models.CharField("阶段", max_length=20, blank=True)
    investment_wan = models.DecimalField("投资(万元)", max_digits=14, decimal_places=2, null=True)
    post = models.ForeignKey("bihuan.Post", on_delete=models.PROTECT, verbose_name="岗位", related_name="+")
    person = models.ForeignKey("bihuan.Person", on_delete=models.PROTECT, verbose_name="具体责任人", related_name="+")
    quantity = models.DecimalField("数量", max_digits=16, decimal_places=3, null=True)
    due_on = models.DateField("时限", null=True)
    done = models.DecimalField("已完成", max_digits=16, decimal_places=3, null=True)
    is_ended = models.BooleanField("已取消", default=False)

    class Meta:
        verbose_name = "任务分解"

    def __str__(self) -> str:
        return f"{self.project} {self.person}"

    @property
    def about(self) -> str:
        return self.measure.matter.code
