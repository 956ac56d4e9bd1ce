"""What was done to those who pollute, as a petition and a report of it count it."""

from django.db import models

from bihuan.core.audit import Recorded


class PenaltyCounts(models.Model):
    """Penalties (查处): how many of each kind, the fine in yuan; None where nobody has said."""

    ordered = models.PositiveIntegerField("责令改正(家)", null=True)
    punished = models.PositiveIntegerField("立案处罚(家)", null=True)
    fined = models.DecimalField("罚款(元)", max_digits=14, decimal_places=2, null=True)
    closed_down = models.PositiveIntegerField("关停取缔(家)", null=True)
    suspended = models.PositiveIntegerField("停产限产(家)", null=True)
    seized = models.PositiveIntegerField("查封扣押(家)", null=True)
    investigated = models.PositiveIntegerField("立案侦查(件)", null=True)
    detained = models.PositiveIntegerField("行政拘留(人)", null=True)
    arrested = models.PositiveIntegerField("刑事拘留(人)", null=True)
    talked_to = models.PositiveIntegerField("约谈(人)", null=True)
    held_to_account = models.PositiveIntegerField("问责(人)", null=True)

    class Meta:
        abstract = True


class Penalties(PenaltyCounts, Recorded):
    """A business row that says them."""

    class Meta:
        abstract = True
