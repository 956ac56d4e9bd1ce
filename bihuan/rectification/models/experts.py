"""Experts for an acceptance: who was asked to read a claim's package, until when, and the one opinion that he gave."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.matters.models import Manifest, Matter


class ExpertInvitation(Recorded):
    """Expert invitation (专家邀请): who reads the package of a claim from when until when, and what he is asked.

    `name` and `post` are how he was called then. `unheard` is why the acceptance does not wait for him (any more).
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="expert_invitations")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    expert = models.ForeignKey("bihuan.Person", on_delete=models.PROTECT, verbose_name="专家", related_name="+")
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("职务", max_length=120, blank=True)
    asked = models.TextField("请看什么", blank=True)
    invited_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="邀请人", related_name="+"
    )
    starts_on = models.DateField("邀请日期")
    until = models.DateField("截止日期")
    unheard = models.TextField("不等的理由", blank=True)
    is_ended = models.BooleanField("已收回", default=False)

    class Meta:
        verbose_name = "专家邀请"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("starts_on")), name="expert_reads_from_his_invitation_on"
            )
        ]
        indexes = [models.Index(fields=["expert", "is_ended", "until"], name="expert_desk")]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_on}至{self.until}"

    @property
    def about(self) -> str:
        return self.matter.code


class ExpertOpinion(Recorded):
    """Expert opinion (专家意见): the one opinion of an invited expert, and the package that he gave it on, by hash.

    Nobody changes it afterwards; whether it is for the package as it stands is asked of its manifest.
    """

    invitation = models.OneToOneField(
        ExpertInvitation, on_delete=models.PROTECT, verbose_name="专家邀请", related_name="opinion"
    )
    verdict = models.CharField("结论", max_length=10)
    words = models.TextField("意见")
    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT, verbose_name="所看的材料", related_name="+")
    given_at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = "专家意见"

    def __str__(self) -> str:
        return f"{self.invitation.name}：{self.verdict}"

    @property
    def about(self) -> str:
        return self.invitation.matter.code
