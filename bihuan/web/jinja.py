"""The template environment: the few names every template may use, and how values are written for people.

Hides the formats: dates 2022-12-22 in tables and 2022年12月22日 in papers, moments in Asia/Shanghai, figures with
thousands, the minus sign of Chinese typesetting. A name that a page was not given is an error, never an empty cell.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

CITY_TIME = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"
MINUS = "−"


def _local(value: date | datetime) -> date | datetime:
    return value.astimezone(CITY_TIME) if isinstance(value, datetime) and value.tzinfo else value


def day(value: date | datetime | None) -> str:
    """A date in a table: 2022-12-22."""
    return "" if value is None else _local(value).strftime("%Y-%m-%d")


def day_long(value: date | datetime | None) -> str:
    """A date in a paper: 2022年12月22日."""
    if value is None:
        return ""
    local = _local(value)
    return f"{local.year}年{local.month}月{local.day}日"


def moment(value: datetime | None) -> str:
    """A moment in the city's time, to the minute: 2022-12-22 09:20."""
    return "" if value is None else _local(value).strftime("%Y-%m-%d %H:%M")


def weekday(value: date | datetime | None) -> str:
    """周四."""
    return "" if value is None else f"周{WEEKDAYS[_local(value).weekday()]}"


def number(value: float | None) -> str:
    """A figure with thousands and a true minus sign: −1,386; no figure is an empty string."""
    if value is None:
        return ""
    written = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return written.replace("-", MINUS)


def signed(value: int | None) -> str:
    """A difference: +4, 0, −35."""
    if value is None:
        return ""
    return f"+{value:,}" if value > 0 else number(value)


def percent(value: float | None, digits: int = 0) -> str:
    """A share of one as 45% (or 96.1% with one digit)."""
    return "" if value is None else f"{value * 100:.{digits}f}%".replace("-", MINUS)


def rest_days(value: int | None) -> str:
    """How far away a deadline is: 余16天, 今天到期, 逾期3天."""
    if value is None:
        return ""
    if value == 0:
        return "今天到期"
    return f"余{value:,}天" if value > 0 else f"逾期{-value:,}天"


def clip(value: object, length: int = 42) -> str:
    """At most `length` characters, the last of them … where something was cut."""
    text = str(value)
    return text if len(text) <= length else f"{text[: length - 1]}…"


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend asks for; templates refuse names they were not given."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701 -- Django's backend passes autoescape=True among the options
    made.globals |= {"static": static, "url": lambda name, *args, **kwargs: reverse(name, args=args, kwargs=kwargs)}
    made.filters |= {
        "clip": clip,
        "day": day,
        "day_long": day_long,
        "moment": moment,
        "number": number,
        "percent": percent,
        "rest_days": rest_days,
        "signed": signed,
        "weekday": weekday,
    }
    return made
