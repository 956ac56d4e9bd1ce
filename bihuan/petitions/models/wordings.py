"""How a city words its bulletins, where it does not word them as the house does."""

from django.db import models

from bihuan.core.audit import Recorded


class BulletinWording(Recorded):
    """Bulletin wording (通报用语) of one kind in one city; where `is_ended` the house's own holds again."""

    kind = models.CharField("通报", max_length=20)
    wording = models.JSONField("用语", default=dict)
    is_ended = models.BooleanField("已恢复默认", default=False)

    class Meta:
        verbose_name = "通报用语"
        constraints = [models.UniqueConstraint(fields=["city", "kind"], name="bulletin_wording_once")]

    def __str__(self) -> str:
        return "通报用语"
