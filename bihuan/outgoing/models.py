"""Who outside is told of steps: the list that the security administrator keeps and somebody else confirms."""

from django.db import models

from bihuan.core import audit
from bihuan.outgoing.rules import OFF, ON, STATES, WAITING


class Receiver(audit.Recorded):
    """A receiver of notices (接收方): its address, its secret (sealed), who listed it and who confirmed it."""

    name = models.CharField("名称", max_length=60)
    url = models.CharField("地址", max_length=300)
    secret = models.TextField("签名密钥(密封)")
    state = models.CharField("状态", max_length=10, default=WAITING)
    added_by = models.ForeignKey("bihuan.Person", on_delete=models.PROTECT, verbose_name="登记人", related_name="+")
    added_at = models.DateTimeField("登记时间")
    confirmed_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, verbose_name="确认人", related_name="+", null=True
    )
    confirmed_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        verbose_name = "接收方"
        constraints = [
            models.UniqueConstraint(fields=["city", "url"], condition=~models.Q(state=OFF), name="receiver_once"),
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("added_by")), name="receiver_confirmed_by_another"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ON) | models.Q(confirmed_by__isnull=False), name="receiver_on_confirmed"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def says(self) -> str:
        """Its state in Chinese."""
        return STATES.get(self.state, self.state)

    @property
    def lane(self) -> str:
        """The lane of its notices, in which they keep their order."""
        return f"receiver:{self.pk}"
