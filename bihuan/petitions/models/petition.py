"""Petitions passed on by the inspectors: batches, petitions, their sub-items and the units that undertake them."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.petitions.models.penalties import Penalties

LEDGER_ORDER = ("-batch", "row", "id", "matter")  # with `matter`, an index answers a page of the ledger alone


class Batch(Recorded):
    """Batch (批次) of petitions, as printed: label, date, totals."""

    inspection = models.ForeignKey(
        "bihuan.Inspection", on_delete=models.PROTECT, verbose_name="督察", related_name="batches"
    )
    label = models.CharField("批次", max_length=40)
    number = models.PositiveSmallIntegerField("序号", null=True)
    handed_over_on = models.DateField("日期", null=True)
    printed_total = models.PositiveIntegerField("印刷总数", null=True)
    total_note = models.CharField("总数不符的说明", max_length=300, blank=True)
    intake = models.ForeignKey(
        "bihuan.Intake", on_delete=models.PROTECT, null=True, verbose_name="导入", related_name="batches"
    )
    is_withdrawn = models.BooleanField("已撤回导入", default=False)

    class Meta:
        verbose_name = "信访批次"

    def __str__(self) -> str:
        return self.label


class Petition(Penalties):
    """Petition (群众信访举报件). `content` is the de-identified text; who petitioned is stored nowhere here."""

    matter = models.OneToOneField(
        "bihuan.Matter", on_delete=models.PROTECT, verbose_name="事项", related_name="petition"
    )
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, verbose_name="批次", related_name="petitions")
    row = models.PositiveIntegerField("序号", null=True)
    number = models.CharField("受理编号", max_length=60)
    number_key = models.CharField("编号键", max_length=60)
    channel = models.CharField("受理方式", max_length=10, blank=True)
    received_on = models.DateField("受理日期", null=True)
    reply_due_on = models.DateField("反馈期限", null=True)
    answered_on = models.DateField("反馈日期", null=True)
    is_key_case = models.BooleanField("重点关注件", default=False)
    is_supervised = models.BooleanField("督办件", default=False)
    is_joint = models.BooleanField("联合办理", default=False)
    region_raw = models.CharField("行政区域原文", max_length=120, blank=True)
    complained_of = models.CharField("被反映对象", max_length=200, blank=True)
    content = models.TextField("交办问题基本情况")
    main_type = models.CharField("主要污染类型", max_length=20, blank=True)
    types = models.JSONField("污染类型", default=list)
    findings = models.TextField("调查核实情况", blank=True)
    truth = models.CharField("是否属实", max_length=10, blank=True)
    handling = models.TextField("处理和整改情况", blank=True)
    goal = models.TextField("办结目标", blank=True)
    closing = models.CharField("是否办结", max_length=10, blank=True)
    accountability = models.TextField("责任人被处理情况", blank=True)
    document_numbers = models.JSONField("文号", default=list)
    repeats = models.JSONField("重复件编号", default=list)
    deadline_raw = models.CharField("时限原文", max_length=200, blank=True)
    record_key = models.CharField("导入记录", max_length=40, blank=True)
    spans = models.JSONField("出处", default=dict)

    taken_over: str | None
    live: list["Undertaking"]  # brought by `petition_words`, as is what follows
    inspection_name: str
    region_name: str | None
    batch_label: str
    due_soon_days: int

    class Meta:
        verbose_name = "信访举报件"
        indexes = [
            models.Index(fields=["number_key"], name="petition_number"),
            models.Index(fields=LEDGER_ORDER, name="petition_ledger"),
            models.Index(fields=["main_type", *LEDGER_ORDER], name="petition_type"),
            models.Index(fields=["truth", *LEDGER_ORDER], name="petition_truth"),
            models.Index(fields=["closing", *LEDGER_ORDER], name="petition_closing"),
        ]
        constraints = [models.UniqueConstraint(fields=["city", "batch", "number_key"], name="petition_once")]

    def __str__(self) -> str:
        return self.number

    @property
    def about(self) -> str:
        return self.matter.code


class SubItem(Recorded):
    """Sub-item (分项) of a petition: what was claimed, what was found, whether it is true. `number` is given once, to
    one that was taken back (`is_ended`) too; what is shown is the place among those that stand.
    """

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, verbose_name="信访件", related_name="sub_items")
    number = models.PositiveSmallIntegerField("序号")
    text = models.TextField("反映内容")
    finding = models.TextField("核实情况", blank=True)
    truth = models.CharField("是否属实", max_length=10, blank=True)
    is_ended = models.BooleanField("已收回", default=False)

    place: int  # brought by `queries.sub_items`

    class Meta:
        verbose_name = "分项"
        constraints = [models.UniqueConstraint(fields=["city", "petition", "number"], name="sub_item_once")]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def about(self) -> str:
        return self.petition.matter.code


class Undertaking(Recorded):
    """Undertaking (承办): one unit's part of a petition; it signs for it, or returns it with a reason.

    `is_taken_over` where the ledger that was taken over says so; only then the day of its hand-over may be unknown.
    """

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, verbose_name="信访件", related_name="undertakings")
    unit = models.ForeignKey(
        "bihuan.Unit", on_delete=models.PROTECT, verbose_name="承办单位", related_name="undertakings"
    )
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    state = models.CharField("状态", max_length=30)
    handed_over_at = models.DateTimeField("交办时间", null=True)
    received_at = models.DateTimeField("签收时间", null=True)
    is_taken_over = models.BooleanField("接管", default=False)
    is_withdrawn = models.BooleanField("已更正收回", default=False)

    class Meta:
        verbose_name = "承办"
        indexes = [models.Index(fields=["state", "is_withdrawn", "handed_over_at"], name="undertaking_state")]

    def __str__(self) -> str:
        return f"{self.petition} {self.unit}"

    @property
    def about(self) -> str:
        return self.petition.matter.code
