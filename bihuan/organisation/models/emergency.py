"""What the office keeps for the hour in which its head cannot be reached: sealed codes, and what they opened."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.organisation.models.people import Appointment, Person


class SealedCode(Recorded):
    """Sealed code (应急封存码): one administrator's half of an emergency. Only its hash is kept (class F5)."""

    holder = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="保管人", related_name="sealed_codes")
    role = models.CharField("角色", max_length=4)
    digest = models.CharField("哈希", max_length=64)
    made_at = models.DateTimeField("生成时间")
    spent_at = models.DateTimeField("用于", null=True)
    voided_at = models.DateTimeField("作废于", null=True)

    class Meta:
        verbose_name = "应急封存码"
        constraints = [models.UniqueConstraint(fields=["city", "holder", "digest"], name="sealed_code_once")]

    def __str__(self) -> str:
        return f"{self.holder} 封存码"


class Unsealing(Recorded):
    """Emergency (应急启封): two holders' codes gave somebody the head's duties until a moment of the day."""

    appointment = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, verbose_name="应急任职", related_name="unsealing"
    )
    first_code = models.OneToOneField(SealedCode, on_delete=models.PROTECT, verbose_name="第一个码", related_name="+")
    second_code = models.OneToOneField(SealedCode, on_delete=models.PROTECT, verbose_name="第二个码", related_name="+")
    reason = models.CharField("缘由", max_length=200)
    purpose = models.CharField("要办的事", max_length=200)
    opened_at = models.DateTimeField("启封时间")
    valid_until = models.DateTimeField("有效至")
    ended_at = models.DateTimeField("提前结束于", null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, verbose_name="结束人", related_name="+")

    class Meta:
        verbose_name = "应急启封"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(first_code=models.F("second_code")), name="unsealed_by_two_codes"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__gt=models.F("opened_at")), name="unsealing_ends_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"应急启封 {self.opened_at:%F %T}"
