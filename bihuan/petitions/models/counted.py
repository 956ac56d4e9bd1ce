"""What figures count of a petition, in one narrow row."""

from typing import ClassVar

from django.db import models

from bihuan.petitions.models.penalties import PenaltyCounts
from bihuan.petitions.models.petition import Batch
from bihuan.petitions.rules.penalties import PENALTIES

BY = ("region", "state", "closing", "truth", "main_type", "channel")
"""By these petitions are counted most, in the order of the index that answers it."""


class CountedPetition(PenaltyCounts):
    """Counted petition (计件): what figures count of a petition, copied from its own row and that of its matter, so
    that an index answers how many there are of all, without opening the texts of a single one.

    Derived: a deed that changes what it is copied from writes it anew, in the same transaction.
    """

    matter = models.OneToOneField(
        "bihuan.Matter", on_delete=models.PROTECT, verbose_name="事项", related_name="counted", primary_key=True
    )
    city = models.CharField("市", max_length=12)
    is_withdrawn = models.BooleanField("已撤回导入")
    inspection = models.ForeignKey("bihuan.Inspection", on_delete=models.PROTECT, verbose_name="督察", related_name="+")
    region = models.ForeignKey(
        "bihuan.Region", on_delete=models.PROTECT, null=True, verbose_name="属地", related_name="+", db_index=False
    )
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, verbose_name="批次", related_name="+", db_index=False)
    state = models.CharField("状态", max_length=30)
    due_on = models.DateField("现行时限", null=True)
    closing = models.CharField("是否办结", max_length=10)
    truth = models.CharField("是否属实", max_length=10)
    main_type = models.CharField("主要污染类型", max_length=20)
    channel = models.CharField("受理方式", max_length=10)
    answered_on = models.DateField("反馈日期", null=True)
    is_key_case = models.BooleanField("重点关注件")
    is_joint = models.BooleanField("联合办理")

    made_from: ClassVar = ("bihuan_matter", "bihuan_petition")
    """The tables whose rows this one repeats: an answer that was read from here holds until the trail names them."""

    class Meta:
        verbose_name = "计件"
        indexes = [
            models.Index(
                fields=[*BY, "answered_on", "is_key_case", "city", "is_withdrawn", *PENALTIES, "matter"],
                name="counted_by",
            ),
            models.Index(
                fields=["state", "due_on", "matter", "closing", "truth", "answered_on", "city", "is_withdrawn"],
                name="counted_open",
            ),
            models.Index(
                fields=["matter", "city", "is_withdrawn"], name="counted_joint", condition=models.Q(is_joint=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.state}"
