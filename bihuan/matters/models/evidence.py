"""What proves that a matter was put right: files with what they show, and what is not applicable."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.matters.models.matter import Matter
from bihuan.matters.models.progress import ProgressReport


class Evidence(Recorded):
    """Evidence (佐证): a stored file and what it is said to show. When and where a picture was taken stands in the
    picture (`taken_at`, `latitude`, `longitude`), apart from when it was brought. `words` are read off the file for the
    search, and can be read off it again.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="evidence")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    file = models.ForeignKey("bihuan.StoredFile", on_delete=models.PROTECT, verbose_name="文件", related_name="+")
    preview = models.ForeignKey(
        "bihuan.StoredFile", on_delete=models.PROTECT, null=True, verbose_name="预览", related_name="+"
    )
    kind = models.CharField("种类", max_length=20)
    caption = models.CharField("说明", max_length=200, blank=True)
    proves = models.CharField("证明什么", max_length=30, blank=True)
    taken_at = models.DateTimeField("拍摄时间", null=True)
    latitude = models.DecimalField("纬度", max_digits=12, decimal_places=6, null=True)
    longitude = models.DecimalField("经度", max_digits=12, decimal_places=6, null=True)
    datum = models.CharField("坐标系", max_length=10, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    before = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, verbose_name="对比的整改前照片", related_name="afters"
    )
    report = models.ForeignKey(
        ProgressReport, on_delete=models.PROTECT, null=True, verbose_name="随哪次填报", related_name="evidence"
    )
    words = models.TextField("文字", blank=True, default="")
    is_ended = models.BooleanField("已作废", default=False)

    untrailed = frozenset({"words"})

    class Meta:
        verbose_name = "佐证"
        constraints = [
            models.UniqueConstraint(
                fields=["city", "matter", "file"], condition=models.Q(is_ended=False), name="evidence_once_on_a_matter"
            )
        ]

    def __str__(self) -> str:
        return self.caption or str(self.file)

    @property
    def about(self) -> str:
        return self.matter.code


class Waiver(Recorded):
    """Waiver (不适用): why an item of the check-list does not apply to this matter; the accepting unit confirms it."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="waivers")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    item = models.CharField("材料", max_length=30)
    reason = models.CharField("不适用的理由", max_length=300)
    is_confirmed = models.BooleanField("验收单位已确认", default=False)
    is_ended = models.BooleanField("已取消", default=False)

    class Meta:
        verbose_name = "材料不适用"
        constraints = [
            models.UniqueConstraint(
                fields=["city", "matter", "round_number", "item"],
                condition=models.Q(is_ended=False),
                name="waiver_once",
            )
        ]

    def __str__(self) -> str:
        return self.item

    @property
    def about(self) -> str:
        return self.matter.code
