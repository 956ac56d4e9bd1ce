"""The working-day calendar: the statutory table of `lib.workdays`, corrected by days that somebody has settled."""

from datetime import date

from django.db import models

from bihuan.core import audit, still


class CalendarDay(audit.Recorded):
    """A day that an administrator settled: worked or not, and by which notice."""

    day = models.DateField("日期")
    is_working = models.BooleanField("上班")
    note = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "工作日历"
        constraints = [models.UniqueConstraint(fields=["city", "day"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.is_working else '休息'}"


def corrections(city: str) -> dict[date, bool]:
    """The settled days of a city, as `lib.workdays` takes them."""
    days = CalendarDay.objects.filter(city=city).values_list("day", "is_working")
    return still.known(("calendar", city), lambda: dict(days))


def days_in(city: str) -> models.QuerySet[CalendarDay]:
    """The settled days of a city, newest first."""
    return CalendarDay.objects.filter(city=city).order_by("-day")
