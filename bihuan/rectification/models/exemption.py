"""What a leader let pass by name though a proof or a condition of acceptance was missing."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.matters.models import Matter


class Exemption(Recorded):
    """Exemption (破例放行): a missing item or a condition not met that a leader let pass, by name and with a reason.

    It stands for ever: nobody changes it or takes it back. `name` and `post` are how he was called then.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="exemptions")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    what = models.CharField("放行什么", max_length=30)
    reason = models.TextField("理由")
    person = models.ForeignKey("bihuan.Person", on_delete=models.PROTECT, verbose_name="放行人", related_name="+")
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("职务", max_length=120, blank=True)
    passed_at = models.DateTimeField("放行时间")

    class Meta:
        verbose_name = "破例放行"
        constraints = [models.UniqueConstraint(fields=["city", "matter", "round_number", "what"], name="exempted_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.what}"

    @property
    def about(self) -> str:
        return self.matter.code
