"""The vault of petitioners: their data under a key each, who opened or exported them and why, who destroyed a key.

None of these rows belongs to a matter's trail, which its units read: their `about` stays empty.
"""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.petitions.models import Petition


class Petitioner(Recorded):
    """Petitioner (举报人): the identity side of a petition, and the texts of it that were masked elsewhere.

    Row and trail hold the same ciphertext. The wrapped key and the keyed digests stand in the row alone, so that a
    destroyed key is nowhere left.
    """

    petition = models.OneToOneField(
        Petition, on_delete=models.PROTECT, verbose_name="信访件", related_name="petitioner"
    )
    code = models.CharField("代号", max_length=16)
    name = models.BinaryField("姓名", default=b"")
    phone = models.BinaryField("电话", default=b"")
    id_number = models.BinaryField("身份证号", default=b"")
    address = models.BinaryField("住址", default=b"")
    email = models.BinaryField("电子邮箱", default=b"")
    wechat = models.BinaryField("微信", default=b"")
    note = models.BinaryField("备注", default=b"")
    original = models.BinaryField("来件原文", default=b"")
    wrapped_key = models.BinaryField("密钥", default=b"")
    phone_index = models.CharField("电话索引", max_length=64, blank=True, default="")
    id_number_index = models.CharField("身份证号索引", max_length=64, blank=True, default="")
    destroyed_on = models.DateField("密钥销毁", null=True)
    is_withdrawn = models.BooleanField("已撤回导入", default=False)

    untrailed = frozenset({"wrapped_key", "phone_index", "id_number_index"})

    class Meta:
        verbose_name = "举报人"
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="petitioner_code_once")]
        indexes = [
            models.Index(fields=["phone_index"], name="petitioner_phone"),
            models.Index(fields=["id_number_index"], name="petitioner_id"),
        ]

    def __str__(self) -> str:
        return self.code


class Opening(Recorded):
    """Opening (查看): somebody asked to read fields of a petitioner; `until` while they stand open to him."""

    petitioner = models.ForeignKey(Petitioner, on_delete=models.PROTECT, verbose_name="举报人", related_name="openings")
    asked_by = models.ForeignKey("bihuan.Person", on_delete=models.PROTECT, verbose_name="提出人", related_name="+")
    asked_at = models.DateTimeField("提出时间")
    fields = models.JSONField("字段", default=list)
    reason = models.CharField("理由", max_length=20)
    words = models.CharField("说明", max_length=300, blank=True)
    is_kin = models.BooleanField("有亲属或利害关系", default=False)
    state = models.CharField("状态", max_length=20)
    decided_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="批准人", related_name="+"
    )
    decided_at = models.DateTimeField("批准时间", null=True)
    opened_at = models.DateTimeField("打开时间", null=True)
    until = models.DateTimeField("有效到", null=True)

    class Meta:
        verbose_name = "举报人查看"
        indexes = [models.Index(fields=["asked_by", "opened_at"], name="opening_of_person")]

    def __str__(self) -> str:
        return f"{self.petitioner} {self.reason}"


class Lookup(Recorded):
    """Lookup (按号码查找): somebody looked for a telephone or an identity number; not which, only how many it found."""

    person = models.ForeignKey("bihuan.Person", on_delete=models.PROTECT, verbose_name="查找人", related_name="+")
    looked_at = models.DateTimeField("时间")
    field = models.CharField("字段", max_length=20)
    found = models.PositiveIntegerField("找到", default=0)

    class Meta:
        verbose_name = "举报人查找"
        indexes = [models.Index(fields=["person", "looked_at"], name="lookup_of_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.field}"


class Export(Recorded):
    """Export (举报人信息导出): one encrypted file, asked for by one person and agreed to by another.

    Which petitions is settled when it is asked for. The password stands sealed in the row alone, until whoever agreed
    has seen it once or a day is over; it is in no trail.
    """

    code = models.CharField("编号", max_length=20)
    asked_by = models.ForeignKey("bihuan.Person", on_delete=models.PROTECT, verbose_name="申请人", related_name="+")
    asked_at = models.DateTimeField("提出时间")
    codes = models.JSONField("信访件", default=list)
    fields = models.JSONField("字段", default=list)
    reason = models.CharField("理由", max_length=20)
    words = models.CharField("说明", max_length=300)
    recipient = models.CharField("交给", max_length=100)
    paper = models.CharField("依据文号", max_length=100)
    state = models.CharField("状态", max_length=20)
    decided_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="批准人", related_name="+"
    )
    decided_at = models.DateTimeField("批准时间", null=True)
    opinion = models.CharField("意见", max_length=300, blank=True)
    made_at = models.DateTimeField("生成时间", null=True)
    count = models.PositiveIntegerField("举报人数", default=0)
    shown_at = models.DateTimeField("密码取走", null=True)
    sealed_password = models.BinaryField("密码", default=b"")

    untrailed = frozenset({"sealed_password"})

    class Meta:
        verbose_name = "举报人信息导出"
        constraints = [
            models.UniqueConstraint(fields=["city", "code"], name="export_code_once"),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="export_decided_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(made_at__isnull=True) | models.Q(decided_by__isnull=False),
                name="export_made_when_agreed",
            ),
        ]
        indexes = [models.Index(fields=["asked_by", "made_at"], name="export_of_person")]

    def __str__(self) -> str:
        return self.code


class Destruction(Recorded):
    """Destruction (销毁): a key's end, proposed by one person and confirmed by another."""

    petitioner = models.ForeignKey(
        Petitioner, on_delete=models.PROTECT, verbose_name="举报人", related_name="destructions"
    )
    proposed_by = models.ForeignKey("bihuan.Person", on_delete=models.PROTECT, verbose_name="提出人", related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    reason = models.CharField("理由", max_length=300)
    state = models.CharField("状态", max_length=20)
    decided_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="确认人", related_name="+"
    )
    decided_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        verbose_name = "举报人信息销毁"

    def __str__(self) -> str:
        return f"{self.petitioner} {self.state}"
