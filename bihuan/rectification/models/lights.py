"""What lights and schedules come to, kept for ledgers and filters: derived, written again by every deed behind them.

What a leader set by hand is a record of its own.
"""

from django.db import models

from bihuan.core.audit import Recorded
from bihuan.matters.models import Matter
from bihuan.matters.rules.lateness import LIGHT_WORDS, Light


class LightSpan(models.Model):
    """Light span (灯号时段): days in a row with the same light, what made it so, and the sum on its first day.

    The spans of a matter follow each other without a gap from its hand-over on; the last is open (`until` None).
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="light_spans")
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    light = models.CharField("灯号", max_length=8)
    cause = models.TextField("缘由")
    terms = models.TextField("算式")

    class Meta:
        verbose_name = "灯号时段"
        constraints = [models.UniqueConstraint(fields=["matter", "since"], name="light_span_once")]
        indexes = [models.Index(fields=["light", "since", "until", "matter"], name="light_span_day")]

    def __str__(self) -> str:
        return f"{self.since} {self.light}"


class ScheduleFigure(models.Model):
    """Schedule figure (序时数): planned and actual of a matter as of a day (`on`), and the word for them.

    A deed writes it for its own day, and every night all are carried on.
    """

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="figure", primary_key=True
    )
    on = models.DateField("截至")
    planned = models.DecimalField("序时", max_digits=5, decimal_places=1, null=True)
    actual = models.DecimalField("实际", max_digits=5, decimal_places=1)
    pace = models.CharField("序时状态", max_length=16)

    class Meta:
        verbose_name = "序时数"

    def __str__(self) -> str:
        return f"{self.on} {self.actual}"


class HandLight(Recorded):
    """Hand-set light (手工设灯): a light that a leader set for a matter, why, until when, and when it was lifted.

    What the rules compute is not touched by it.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, verbose_name="事项", related_name="hand_lights")
    light = models.CharField("灯号", max_length=8)
    since = models.DateField("设定日期")
    until = models.DateField("截止日期")
    reason = models.TextField("理由")
    set_by = models.ForeignKey(
        "bihuan.Person", on_delete=models.PROTECT, null=True, verbose_name="设灯人", related_name="+"
    )
    lifted_on = models.DateField("撤去日期", null=True)

    class Meta:
        verbose_name = "手工设灯"
        indexes = [models.Index(fields=["matter", "since"], name="hand_light_matter")]

    def __str__(self) -> str:
        return f"{LIGHT_WORDS[Light(self.light)]}，{self.since}至{self.until}"

    @property
    def about(self) -> str:
        return self.matter.code
