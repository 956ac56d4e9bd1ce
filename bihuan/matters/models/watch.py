"""The watch that sign-off starts: what a signed-off matter is found by, what was compared with it, what came near."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.matters.models.matter import Matter


class WatchKey(models.Model):
    """Watch key (比对键): a plain string under which a signed-off matter is looked for (`rules.nearness`).

    Derived, as the search index is: written once a round of the matter, and no business record. A round that was
    reopened keeps its keys, which then count for nothing. `since` is the day of the sign-off, None where nobody knows.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="watch_keys")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    key = models.CharField("键", max_length=160)
    since = models.DateField("自", null=True)

    class Meta:
        verbose_name = "比对键"
        constraints = [models.UniqueConstraint(fields=["key", "matter", "round_number"], name="watch_key_once")]

    def __str__(self) -> str:
        return self.key


class Comparison(Recorded):
    """Comparison (比对): that what came in was held against the signed-off matters: how many, how many are near."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, verbose_name="来件", related_name="comparison")
    compared_at = models.DateTimeField("比对时间")
    held_against = models.PositiveIntegerField("比对件数", default=0)
    found = models.PositiveSmallIntegerField("线索数", default=0)

    class Meta:
        verbose_name = "比对"

    def __str__(self) -> str:
        return f"{self.matter} {self.found}"


class WatchHit(Recorded):
    """Watch hit (反弹线索): something that came in near a signed-off matter, with the reasons; a person judges it.

    It belongs to two matters, and not everybody who reads the one may read the other: so it stands in the trail of
    neither, and is shown only to whoever may read both.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="已销号事项", related_name="watch_hits")
    round_number = models.PositiveSmallIntegerField("轮次", default=1)
    newcomer = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="来件", related_name="raised_hits")
    strength = models.PositiveSmallIntegerField("相近程度")
    reasons = models.JSONField("理由", default=list)
    state = models.CharField("状态", max_length=20)
    raised_at = models.DateTimeField("提出时间")
    judged_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="研判人", related_name="+"
    )
    judged_at = models.DateTimeField("研判时间", null=True)
    opinion = models.TextField("研判意见", blank=True)

    class Meta:
        verbose_name = "反弹线索"
        constraints = [
            models.UniqueConstraint(fields=["city", "matter", "round_number", "newcomer"], name="watch_hit_once")
        ]
        indexes = [models.Index(fields=["state", "matter"], name="watch_hit_open")]

    def __str__(self) -> str:
        return f"{self.matter} {self.newcomer}"
