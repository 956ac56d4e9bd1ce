"""What a program of another office may do here, and the token by which it is known."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.organisation.models.people import Account, Person


class InterfaceToken(Recorded):
    """Interface token (接口令牌) of an interface's account, with its contract: which operations, from which networks,
    how often a minute, from when to when. Only the token's hash is kept.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, verbose_name="账号", related_name="tokens")
    label = models.CharField("用途", max_length=60)
    paper_number = models.CharField("合同文号", max_length=60, blank=True)
    digest = models.CharField("哈希", max_length=64, unique=True)
    beginning = models.CharField("开头几位", max_length=12)
    operations = models.JSONField("操作", default=list)
    networks = models.JSONField("网络地址", default=list)
    rate = models.PositiveIntegerField("每分钟次数")
    starts_on = models.DateField("起")
    ends_on = models.DateField("止")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, verbose_name="制发人", related_name="+")
    ended_at = models.DateTimeField("停用于", null=True)
    used_at = models.DateTimeField("最近使用", null=True)

    untrailed = frozenset({"used_at"})

    class Meta:
        verbose_name = "接口令牌"
        indexes = [models.Index(fields=["account", "ended_at"], name="token_of_account")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="token_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.label}"
