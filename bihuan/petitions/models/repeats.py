"""Petitions that may be one: what each is found by, the pairs that were proposed, and what was merged into what."""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.petitions.models.petition import Petition


class RepeatKey(models.Model):
    """Repeat key (查重键): a plain string under which a petition is looked for (`rules.repeats.keys`).

    Derived, as the search index is: written once the petition was compared, and no business record.
    """

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, verbose_name="信访件", related_name="repeat_keys")
    key = models.CharField("键", max_length=160)

    class Meta:
        verbose_name = "查重键"
        constraints = [models.UniqueConstraint(fields=["key", "petition"], name="repeat_key_once")]

    def __str__(self) -> str:
        return self.key


class PetitionPair(Recorded):
    """Pair of petitions (疑似重复) that may be one complaint or speak of one object, with the reasons.

    A person judges it. It belongs to two petitions, and not everybody who reads the one may read the other: so it
    stands in the trail of neither, and is shown only to whoever may read both.
    """

    earlier = models.ForeignKey(Petition, on_delete=models.PROTECT, verbose_name="先来的", related_name="later_pairs")
    later = models.ForeignKey(Petition, on_delete=models.PROTECT, verbose_name="后来的", related_name="earlier_pairs")
    kind = models.CharField("可能是", max_length=10)
    strength = models.PositiveSmallIntegerField("相近程度")
    reasons = models.JSONField("理由", default=list)
    state = models.CharField("状态", max_length=20)
    proposed_at = models.DateTimeField("提出时间")
    judged_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="研判人", related_name="+"
    )
    judged_at = models.DateTimeField("研判时间", null=True)
    opinion = models.TextField("研判意见", blank=True)

    class Meta:
        verbose_name = "疑似重复"
        constraints = [models.UniqueConstraint(fields=["city", "earlier", "later"], name="petition_pair_once")]
        indexes = [models.Index(fields=["state", "later"], name="petition_pair_open")]

    def __str__(self) -> str:
        return f"{self.earlier} {self.later}"


class Merger(Recorded):
    """Merger (并案): into which petition another one went. A correction of the step marks it withdrawn."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, verbose_name="信访件", related_name="mergers")
    target = models.ForeignKey(Petition, on_delete=models.PROTECT, verbose_name="并入", related_name="merged")
    is_withdrawn = models.BooleanField("已更正收回", default=False)

    class Meta:
        verbose_name = "并案"
        constraints = [
            models.UniqueConstraint(
                fields=["city", "petition"], condition=models.Q(is_withdrawn=False), name="merged_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.petition} {self.target}"

    @property
    def about(self) -> str:
        return self.petition.matter.code
