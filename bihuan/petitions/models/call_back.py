"""How petitioners take what came of their petitions."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.petitions.models.petition import Petition


class CallBack(Recorded):
    """Call-back (回访): that a petitioner was asked how he takes the result, and what he said of it, without who he is.

    `reason` is masked; who was called, at which number, is in the vault alone.
    """

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, verbose_name="信访件", related_name="call_backs")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    called_on = models.DateField("回访日期")
    way = models.CharField("方式", max_length=10)
    outcome = models.CharField("结果", max_length=10)
    reason = models.CharField("原因", max_length=500, blank=True)
    called_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="回访人", related_name="+"
    )
    recorded_at = models.DateTimeField("记录时间")
    is_ended = models.BooleanField("已收回", default=False)

    class Meta:
        verbose_name = "回访"
        indexes = [models.Index(fields=["petition", "round_number", "called_on"], name="call_back_of_petition")]

    def __str__(self) -> str:
        return f"{self.called_on} {self.way} {self.outcome}"

    @property
    def about(self) -> str:
        return self.petition.matter.code
