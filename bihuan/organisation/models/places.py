"""Regions and units: codes, names of all times, mergers."""

from django.db import models

from bihuan.core.audit import Recorded


class Region(Recorded):
    """Region (行政区划): a GB/T 2260 code, or a local one for a zone that has none."""

    code = models.CharField("代码", max_length=12)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=30, blank=True)
    level = models.CharField("级别", max_length=10)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, verbose_name="上级", related_name="children"
    )

    class Meta:
        verbose_name = "行政区划"
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="region_code_once")]

    def __str__(self) -> str:
        return self.name


class Unit(Recorded):
    """Unit (单位): kept after it merged or was renamed; `succeeded_by` names what it became."""

    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=60, blank=True)
    initials = models.CharField("拼音首字母", max_length=120, blank=True)
    kind = models.CharField("类别", max_length=20)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, verbose_name="行政区域", related_name="units")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, verbose_name="上级单位", related_name="children"
    )
    valid_from = models.DateField("设立", null=True)
    valid_until = models.DateField("撤销", null=True)
    succeeded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, verbose_name="职能承接单位", related_name="predecessors"
    )

    class Meta:
        verbose_name = "单位"
        constraints = [models.UniqueConstraint(fields=["city", "name"], name="unit_name_once")]

    def __str__(self) -> str:
        return self.name


class UnitName(Recorded):
    """Another name (别名, 原名) by which papers call a unit."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, verbose_name="单位", related_name="names")
    name = models.CharField("名称", max_length=120)
    is_former = models.BooleanField("原名", default=False)

    class Meta:
        verbose_name = "单位别名"
        constraints = [models.UniqueConstraint(fields=["city", "name"], name="unit_other_name_once")]

    def __str__(self) -> str:
        return self.name
