"""Intakes: a paper that came in, what was understood of it, its doubts and their answers."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.core.files import StoredFile


class Intake(Recorded):
    """Intake (导入): one paper, from reading to commit or withdrawal. `understood` is a sealed file: the preview."""

    inspection = models.ForeignKey(
        "bihuan.Inspection", on_delete=models.PROTECT, verbose_name="督察", related_name="intakes"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="文件", related_name="intakes")
    kind = models.CharField("种类", max_length=16)
    title = models.CharField("标题", max_length=200, blank=True)
    state = models.CharField("状态", max_length=20)
    unit = models.ForeignKey(
        "bihuan.Unit", on_delete=models.PROTECT, null=True, verbose_name="来文单位", related_name="intakes"
    )
    understood = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="理解结果", related_name="+")
    deed = models.UUIDField("写入的办理", null=True)
    rows_read = models.PositiveIntegerField("读到", default=0)
    rows_created = models.PositiveIntegerField("新增", default=0)
    rows_changed = models.PositiveIntegerField("更改", default=0)
    rows_same = models.PositiveIntegerField("相同", default=0)
    rows_refused = models.PositiveIntegerField("未收", default=0)
    rows_joined = models.PositiveIntegerField("并入", default=0)

    class Meta:
        verbose_name = "导入"

    def __str__(self) -> str:
        return self.title


class IntakeDoubt(Recorded):
    """A question of an intake (存疑): who settled it, and how. An open one keeps its record a draft."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, verbose_name="导入", related_name="doubts")
    number = models.PositiveSmallIntegerField("序号")
    record_key = models.CharField("记录", max_length=40, blank=True)
    field = models.CharField("字段", max_length=30, blank=True)
    kind = models.CharField("种类", max_length=40, blank=True)
    question = models.TextField("问题")
    choices = models.JSONField("选项", default=list)
    answer = models.JSONField("答复", null=True)
    answered_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="答复人", related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "存疑"
        constraints = [models.UniqueConstraint(fields=["city", "intake", "number"], name="intake_doubt_once")]

    def __str__(self) -> str:
        return self.question[:60]
