"""How a person proves who he is, and where he is signed in now: second factors, codes, slips, sign-ins, sessions."""

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from bihuan.core.audit import Recorded
from bihuan.organisation.models.people import Account, Person


class Factor(Recorded):
    """Second factor (第二验证) of an account: a phone's six digits (totp) or a passkey.

    The secret is sealed with the key outside the database; row and trail hold the same sealed text.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, verbose_name="账号", related_name="factors")
    kind = models.CharField("类别", max_length=10)
    label = models.CharField("名称", max_length=40)
    secret = models.TextField("密封的密钥")
    credential = models.CharField("通行密钥标识", max_length=1400, blank=True)
    used = models.BigIntegerField("用到", default=0)
    is_removed = models.BooleanField("已停用", default=False)

    class Meta:
        verbose_name = "第二验证"
        indexes = [models.Index(fields=["account", "is_removed"], name="factor_of_account")]

    def __str__(self) -> str:
        return self.label


class RecoveryCode(Recorded):
    """Recovery code (备用码): lets its owner in once when the second factor is not at hand. Only its hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, verbose_name="账号", related_name="recovery_codes")
    digest = models.CharField("哈希", max_length=64)
    spent_at = models.DateTimeField("用于", null=True)

    class Meta:
        verbose_name = "备用码"
        constraints = [models.UniqueConstraint(fields=["city", "account", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.account} 备用码"


class Slip(Recorded):
    """One-time slip (一次性凭条): lets a person set a first or a new password himself, so that nobody else knows it.

    `ends_factors` where the second factor was lost as well. A slip that wants confirmation opens only after a second
    person gave it. Only the code's hash is kept.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, verbose_name="账号", related_name="slips")
    digest = models.CharField("哈希", max_length=64)
    reason = models.CharField("缘由", max_length=200)
    ends_factors = models.BooleanField("同时停用第二验证", default=False)
    valid_until = models.DateTimeField("有效至")
    printed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, verbose_name="打印人", related_name="slips_printed"
    )
    wants_confirmation = models.BooleanField("须另一人确认", default=False)
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, verbose_name="确认人", related_name="slips_confirmed"
    )
    spent_at = models.DateTimeField("用于", null=True)
    voided_at = models.DateTimeField("作废于", null=True)

    class Meta:
        verbose_name = "一次性凭条"
        indexes = [models.Index(fields=["account", "spent_at"], name="slip_of_account")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | models.Q(printed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("printed_by")),
                name="slip_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} 凭条"


class SignIn(Recorded):
    """Sign-in (登录): who came in when, from where, on which device, by what proof; when and why it ended."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, verbose_name="账号", related_name="sign_ins")
    device = models.CharField("设备", max_length=40)
    browser = models.CharField("浏览器", max_length=120, blank=True)
    origin = models.CharField("来处", max_length=60, blank=True)
    proof = models.CharField("凭据", max_length=20)
    began_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束", null=True)
    ended_because = models.CharField("结束缘由", max_length=20, blank=True)

    class Meta:
        verbose_name = "登录"
        indexes = [models.Index(fields=["account", "ended_at"], name="sign_in_open")]

    def __str__(self) -> str:
        return f"{self.account} {self.began_at:%F %T}"


class Session(AbstractBaseSession):
    """Session (会话) of a browser: Django's, and whose it is, so that it can be listed and ended by its owner."""

    sign_in = models.ForeignKey(
        SignIn, on_delete=models.PROTECT, null=True, verbose_name="登录", related_name="sessions"
    )
    seen_at = models.DateTimeField("最近操作", null=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "会话"

    def __str__(self) -> str:
        return f"会话 {self.sign_in_id or '未登录'}"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that Django keeps sessions of this model in."""
        from bihuan.organisation.sessions import SessionStore  # noqa: PLC0415 -- the store imports this model

        return SessionStore
