"""How templates write values for people, and that a name they were not given is an error."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader, UndefinedError

from bihuan.web import jinja

TEMPLATES = Path(jinja.__file__).parent / "templates"
LATE_EVENING = datetime(2022, 12, 14, 16, 30, tzinfo=UTC)  # already the 15th in the city


def test_dates_are_written_for_tables_and_for_papers() -> None:
    assert jinja.day(date(2022, 12, 5)) == "2022-12-05"
    assert jinja.day_long(date(2022, 12, 5)) == "2022年12月5日"


def test_moments_are_told_in_the_city_s_time() -> None:
    assert jinja.moment(LATE_EVENING) == "2022-12-15 00:30"
    assert jinja.day(LATE_EVENING) == "2022-12-15"
    assert jinja.day_long(LATE_EVENING) == "2022年12月15日"
    assert jinja.weekday(LATE_EVENING) == "周四"


WRITERS: tuple[Callable[[None], str], ...] = (
    jinja.day,
    jinja.day_long,
    jinja.moment,
    jinja.weekday,
    jinja.number,
    jinja.signed,
    jinja.percent,
    jinja.rest_days,
)


def test_nothing_is_written_as_nothing() -> None:
    assert {write(None) for write in WRITERS} == {""}


def test_figures_have_thousands_and_a_true_minus() -> None:
    assert [jinja.number(value) for value in (0, 1386, -20000, 0.8, 1234.5)] == [
        "0",
        "1,386",
        "−20,000",
        "0.8",
        "1,234.5",
    ]


def test_differences_carry_their_sign() -> None:
    assert [jinja.signed(value) for value in (4, 0, -35)] == ["+4", "0", "−35"]


def test_shares_are_written_as_percent() -> None:
    assert (jinja.percent(0.45), jinja.percent(0.961, 1), jinja.percent(1)) == ("45%", "96.1%", "100%")


def test_deadlines_are_written_as_days_left_or_late() -> None:
    assert [jinja.rest_days(days) for days in (16, 0, -3, -1200)] == ["余16天", "今天到期", "逾期3天", "逾期1,200天"]


def test_long_words_are_clipped_with_an_ellipsis() -> None:
    assert jinja.clip("地下水超采", 5) == "地下水超采"
    assert jinja.clip("地下水超采综合治理", 5) == "地下水超…"


def test_a_name_that_was_not_given_is_an_error() -> None:
    made = jinja.environment(autoescape=True)

    with pytest.raises(UndefinedError, match="'lead' is undefined"):
        made.from_string("{{ lead }}").render()


def test_values_are_escaped() -> None:
    made = jinja.environment(autoescape=True)

    assert made.from_string("{{ word }}").render(word="<b>") == "&lt;b&gt;"


def test_every_template_can_be_read() -> None:
    made = jinja.environment(autoescape=True, loader=FileSystemLoader(TEMPLATES))
    names = made.list_templates()

    assert {made.get_template(name).name for name in names} == set(names)
    assert {"base.html", "ledgers/ledger.html", "errors/500.html"} <= set(names)


def test_no_template_holds_a_script_or_a_style() -> None:
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    found = {path.name for path in TEMPLATES.rglob("*.html") if inline.search(path.read_text(encoding="utf-8"))}

    assert found == set()
