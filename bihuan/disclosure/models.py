"""What the public may read, frozen as it was approved, and what the public says against it."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.disclosure.rules.release import UNRELEASED, ReleaseState
from bihuan.disclosure.rules.wording import NOTICE, PETITION


class Release(Recorded):
    """Release (公开文本): one text for the public. It names its source by code alone, so that nothing leads there.

    `sections` is what is being written, `redacted` what the public reads: frozen when redacted, named by `digest` when
    approved. `publication` counts the notices of one round: a text that replaces one taken down belongs to the same; of
    a petition it counts the texts that the public was shown. `source` is what a petition's answer said when its text
    was drafted; the facts beside it are those of the text, by which the public looks for it.
    """

    code = models.CharField("编号", max_length=24)
    kind = models.CharField("种类", max_length=16, default=NOTICE)
    about_code = models.CharField("所公开的事项", max_length=24)
    about_round = models.PositiveSmallIntegerField("轮次", default=1)
    publication = models.PositiveSmallIntegerField("第几次公示", default=0)
    title = models.CharField("标题", max_length=200)
    sections = models.JSONField("稿", default=dict)
    redacted = models.JSONField("公开稿", default=dict)
    left = models.JSONField("提出而未涂", default=list)
    state = models.CharField("状态", max_length=20)
    drafted_by = models.ForeignKey("bihuan.Person", on_delete=models.PROTECT, verbose_name="拟稿人", related_name="+")
    drafted_at = models.DateTimeField("拟稿时间")
    approved_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="审批人", related_name="+"
    )
    approved_at = models.DateTimeField("审批时间", null=True)
    digest = models.CharField("所审哈希", max_length=64, blank=True)
    published_at = models.DateTimeField("公开时间", null=True)
    starts_on = models.DateField("公示起", null=True)
    ends_on = models.DateField("公示止", null=True)
    days = models.PositiveSmallIntegerField("公示天数", default=0)
    counted_as = models.CharField("按", max_length=10, blank=True)
    period = models.CharField("公示期", max_length=120, blank=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    source = models.CharField("所据答复", max_length=64, blank=True, default="")
    petition_number = models.CharField("受理编号", max_length=60, blank=True, default="")
    inspection_name = models.CharField("督察", max_length=100, blank=True, default="")
    batch_label = models.CharField("批次", max_length=40, blank=True, default="")
    county = models.CharField("行政区域", max_length=60, blank=True, default="")
    main_type = models.CharField("主要污染类型", max_length=20, blank=True, default="")
    truth = models.CharField("是否属实", max_length=10, blank=True, default="")
    closing = models.CharField("是否办结", max_length=10, blank=True, default="")

    source_now: str  # brought by `petition_texts.with_sources`

    class Meta:
        verbose_name = "公开文本"
        constraints = [
            models.UniqueConstraint(fields=["city", "code"], name="release_code_once"),
            models.UniqueConstraint(
                fields=["city", "about_code", "about_round"],
                condition=models.Q(kind=NOTICE) & ~models.Q(state=ReleaseState.WITHDRAWN),
                name="release_live_once",
            ),
            models.UniqueConstraint(
                fields=["city", "about_code"],
                condition=models.Q(kind=PETITION, state__in=UNRELEASED),
                name="release_in_hand_once",
            ),
            models.UniqueConstraint(
                fields=["city", "about_code"],
                condition=models.Q(kind=PETITION, state=ReleaseState.RELEASED),
                name="release_shown_once",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("drafted_by")),
                name="release_approved_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "state", "ends_on"], name="release_running"),
            models.Index(fields=["city", "about_code", "kind", "state"], name="release_about"),
            models.Index(fields=["kind", "state", "code"], name="release_code"),
            models.Index(fields=["kind", "state", "id"], name="release_newest"),
            models.Index(fields=["kind", "state", "published_at"], name="release_published"),
            models.Index(fields=["kind", "state", "petition_number"], name="release_number"),
            models.Index(fields=["kind", "state", "inspection_name", "batch_label", "city"], name="release_batches"),
            models.Index(fields=["kind", "state", "county", "main_type", "truth", "closing"], name="release_counted"),
            *(
                models.Index(fields=["kind", "state", one, "id"], name=f"release_{one}")
                for one in ("inspection_name", "batch_label", "county", "main_type", "truth", "closing")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        return self.code


class Objection(Recorded):
    """Objection (不同意见): what somebody of the public says against a notice. `text` is masked; the words as they came
    and how to reach their writer are sealed, and stand in row and trail as the same ciphertext.
    """

    code = models.CharField("编号", max_length=24)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, verbose_name="公开文本", related_name="objections")
    text = models.TextField("意见")
    has_contact = models.BooleanField("留了联系方式", default=False)
    sealed = models.BinaryField("原文和联系方式", default=b"")
    wrapped_key = models.BinaryField("密钥", default=b"")
    received_at = models.DateTimeField("收到时间")
    state = models.CharField("状态", max_length=20)
    answer = models.TextField("核查结论", blank=True)
    decided_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="认定人", related_name="+"
    )
    decided_at = models.DateTimeField("认定时间", null=True)

    untrailed = frozenset({"wrapped_key"})

    class Meta:
        verbose_name = "不同意见"
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="objection_code_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def about(self) -> str:
        return self.code
