"""What is stored of a check-up: that somebody explained a finding."""

from django.db import models

from bihuan.core.audit import Recorded


class Explanation(Recorded):
    """Explanation (体检说明): why a finding stands as it is. It holds while the finding says the same (`digest`)."""

    check_name = models.CharField("检查项", max_length=40)
    subject = models.CharField("对象", max_length=60)
    digest = models.CharField("所说明的内容", max_length=64)
    reason = models.CharField("理由", max_length=300)
    person = models.ForeignKey("bihuan.Person", on_delete=models.PROTECT, verbose_name="说明人", related_name="+")
    explained_at = models.DateTimeField("说明时间")

    class Meta:
        verbose_name = "体检说明"
        constraints = [
            models.UniqueConstraint(fields=["city", "check_name", "subject", "digest"], name="explanation_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.reason}"

    @property
    def about(self) -> str:
        return self.subject
