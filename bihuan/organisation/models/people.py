"""People, posts, who holds which from when to when, groups, and the names by which people log in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from bihuan.core.audit import Recorded
from bihuan.organisation.models.places import Unit
from bihuan.organisation.rules.keeping import GrantStanding


class Person(Recorded):
    """Person (人员)."""

    name = models.CharField("姓名", max_length=60)
    initials = models.CharField("拼音首字母", max_length=30, blank=True)
    office_phone = models.CharField("办公电话", max_length=40, blank=True)

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.name


class Post(Recorded):
    """Post (岗位) in a unit."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, verbose_name="单位", related_name="posts")
    title = models.CharField("职务", max_length=60)

    class Meta:
        verbose_name = "岗位"
        constraints = [models.UniqueConstraint(fields=["city", "unit", "title"], name="post_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.title}"


class Appointment(Recorded):
    """Appointment (任职): who holds which post, in which principal's role, from when to when.

    A delegation (代理) is an appointment with an end that names the one it stands in for. What a person granted gives
    nothing until a second person confirmed it; what the system made stands confirmed. `inspection` bounds the role of
    an inspector. `until` ends it within its last day: an emergency's (see `Unsealing`), which two persons gave.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="人员", related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, verbose_name="岗位", related_name="appointments")
    role = models.CharField("角色", max_length=4)
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True)
    stands_in_for = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, verbose_name="代理", related_name="stand_ins"
    )
    paper_number = models.CharField("文号", max_length=60, blank=True)
    inspection = models.ForeignKey(
        "bihuan.Inspection", on_delete=models.PROTECT, null=True, verbose_name="督察", related_name="+"
    )
    standing = models.CharField("授予状态", max_length=10, default=GrantStanding.CONFIRMED.value)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, verbose_name="授予人", related_name="+")
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, verbose_name="确认人", related_name="+"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True)
    until = models.DateTimeField("到点", null=True)

    class Meta:
        verbose_name = "任职"
        constraints = [
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{one}__isnull": True})
                    | models.Q(**{f"{other}__isnull": True})
                    | ~models.Q(**{one: models.F(other)}),
                    name=name,
                )
                for one, other, name in (
                    ("granted_by", "person", "granter_is_not_holder"),
                    ("confirmed_by", "person", "confirmer_is_not_holder"),
                    ("confirmed_by", "granted_by", "confirmer_is_not_granter"),
                )
            ),
            models.CheckConstraint(
                condition=models.Q(granted_by__isnull=True)
                | ~models.Q(standing=GrantStanding.CONFIRMED.value)
                | models.Q(confirmed_by__isnull=False),
                name="grant_is_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="appointment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(stands_in_for__isnull=True) | models.Q(ends_on__isnull=False),
                name="delegation_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True)
                | models.Q(granted_by__isnull=False, confirmed_by__isnull=False, ends_on__isnull=False),
                name="emergency_is_given_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.post}"


class Group(Recorded):
    """Group (工作组): the leading group, its office, and the office's four groups."""

    name = models.CharField("名称", max_length=60)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, verbose_name="上级", related_name="children"
    )

    class Meta:
        verbose_name = "工作组"
        constraints = [models.UniqueConstraint(fields=["city", "name"], name="group_once")]

    def __str__(self) -> str:
        return self.name


class Membership(Recorded):
    """Who belongs to a group, in which place, from when to when."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, verbose_name="工作组", related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="人员", related_name="memberships")
    title = models.CharField("组内职务", max_length=40, blank=True)
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True)

    class Meta:
        verbose_name = "工作组成员"

    def __str__(self) -> str:
        return f"{self.group} {self.person}"


class SavedView(Recorded):
    """View (我的视图): a question to a ledger that somebody keeps under a name of his own."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, verbose_name="人员", related_name="views")
    ledger = models.CharField("台账", max_length=40)
    label = models.CharField("名称", max_length=40)
    question = models.TextField("条件", blank=True)
    is_dropped = models.BooleanField("已删去", default=False)

    class Meta:
        verbose_name = "视图"
        indexes = [models.Index(fields=["person", "ledger"], name="view_of_person")]

    def __str__(self) -> str:
        return self.label


class Accounts(BaseUserManager["Account"]):
    """Finds an account by its login name, with its person: every request asks for both."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        """Accounts with their persons."""
        return super().get_queryset().select_related("person")

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account with that login name."""
        return self.get(username=username)


class Account(AbstractBaseUser, Recorded):
    """Account (账号): a person's login name; one person, one account.

    `subject` is who he is to the city's identity provider, as a keyed digest; "" where his account is not linked.
    """

    username = models.CharField("登录名", max_length=60, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, verbose_name="人员", related_name="account")
    is_active = models.BooleanField("启用", default=True)
    subject = models.CharField("统一身份", max_length=64, blank=True, default="")

    objects = Accounts()
    USERNAME_FIELD = "username"
    untrailed = frozenset({"last_login"})
    digested = frozenset({"password"})

    class Meta:
        verbose_name = "账号"
        constraints = [
            models.UniqueConstraint(fields=["subject"], condition=~models.Q(subject=""), name="subject_of_one_account")
        ]

    def __str__(self) -> str:
        return self.username
