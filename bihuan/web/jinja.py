"""The template environment: the few names every template may use, and how values are written for people.

Hides the formats: dates as 2022-12-22, moments in Asia/Shanghai. A name that a page was not given is an error, never an
empty cell.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from jinja2 import Environment, StrictUndefined

from bihuan.lib.quantity import span

CITY_TIME = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"


def _local(value: date | datetime) -> date | datetime:
    return value.astimezone(CITY_TIME) if isinstance(value, datetime) and value.tzinfo else value


def day(value: date | datetime | None) -> str:
    """A date in a table: 2022-12-22."""
    return "" if value is None else _local(value).strftime("%Y-%m-%d")


def moment(value: datetime | None) -> str:
    """A moment in the city's time, to the minute: 2022-12-22 09:20."""
    return "" if value is None else _local(value).strftime("%Y-%m-%d %H:%M")


def weekday(value: date | datetime | None) -> str:
    """周四."""
    return "" if value is None else f"周{WEEKDAYS[_local(value).weekday()]}"


def clip(value: object, length: int = 42) -> str:
    """At most `length` characters, the last of them … where something was cut."""
    text = str(value)
    return text if len(text) <= length else f"{text[: length - 1]}…"


def one_token(request: HttpRequest) -> dict[str, Any]:
    """The hidden token of a page's forms, masked once an answer and only where a form asks for it: of a page with four
    hundred forms the masks alone took a quarter of the time.
    """
    return {"csrf_input": SimpleLazyObject(lambda: csrf_input(request))}


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend asks for; templates refuse names they were not given."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701 -- Django's backend passes autoescape=True among the options
    made.globals |= {"static": static, "url": lambda name, *args, **kwargs: reverse(name, args=args, kwargs=kwargs)}
    made.filters |= {
        "clip": clip,
        "day": day,
        "moment": moment,
        "span": span,
        "weekday": weekday,
    }
    return made
