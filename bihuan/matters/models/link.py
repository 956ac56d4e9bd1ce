"""What people say belongs together: two matters of different kinds, and why."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.matters.models.matter import Matter


class MatterLink(Recorded):
    """Link (关联事项): that two matters have to do with each other, in a word, with a reason. It moves neither.

    It belongs to two matters, and not everybody who reads the one may read the other: so it is shown, and told in their
    trails, only to whoever may read both.
    """

    first = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="信访件", related_name="links_out")
    second = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="问题或措施", related_name="links_in")
    kind = models.CharField("怎样关联", max_length=20)
    reason = models.CharField("理由", max_length=300)
    linked_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="关联人", related_name="+"
    )
    linked_at = models.DateTimeField("关联时间")
    is_ended = models.BooleanField("已解除", default=False)

    class Meta:
        verbose_name = "关联事项"
        constraints = [
            models.UniqueConstraint(
                fields=["city", "first", "second"], condition=models.Q(is_ended=False), name="matters_linked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first} {self.second}"
