"""The next number of a series, without gaps: document numbers, codes of matters."""

from django.db import models

from bihuan.core import audit


class NumberSeries(audit.Recorded):
    """A series of numbers of one kind (a document kind and year, an inspection's problems …)."""

    kind = models.CharField("种类", max_length=60)
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = "编号"
        constraints = [models.UniqueConstraint(fields=["city", "kind"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.last}"


def take(kind: str, count: int = 1) -> int:
    """Take the next `count` numbers of a series, inside an action; returns the first of them."""
    city = audit.deed().by.city
    series = NumberSeries.objects.filter(city=city, kind=kind).first()
    if series is None:
        series = audit.create(NumberSeries(city=city, kind=kind))
    audit.change(series, last=series.last + count)
    return series.last - count + 1
