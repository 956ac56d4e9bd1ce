"""What is stored of safekeeping: that a backup was put back, as a drill or in earnest, and how it went."""

from django.db import models

from bihuan.core import audit


class Drill(audit.Recorded):
    """A backup put back: beside the live system to see whether it would do (a drill), or in its place."""

    done_at = models.DateTimeField("时间")
    is_in_earnest = models.BooleanField("真恢复", default=False)
    backup = models.CharField("备份", max_length=100)
    made_at = models.DateTimeField("备份时间", null=True)
    newest_at = models.DateTimeField("最新一条轨迹", null=True)
    entries = models.BigIntegerField("轨迹条数", default=0)
    seconds = models.PositiveIntegerField("用时秒数", default=0)
    is_good = models.BooleanField("成功")
    fault = models.CharField("原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "演练"
        indexes = [models.Index(fields=["city", "is_good", "-done_at"], name="drill_last")]

    def __str__(self) -> str:
        return f"{self.backup} {'成功' if self.is_good else '失败'}"
