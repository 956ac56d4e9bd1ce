"""How templates write values for people, and that a name they were not given is an error."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from jinja2 import FileSystemLoader, UndefinedError

from bihuan.web import jinja

TEMPLATES = Path(jinja.__file__).parent / "templates"
LATE_EVENING = datetime(2022, 12, 14, 16, 30, tzinfo=UTC)  # already the 15th in the city


def test_dates_are_written_for_tables() -> None:
    assert jinja.day(date(2022, 12, 5)) == "2022-12-05"


def test_moments_are_told_in_the_city_s_time() -> None:
    assert jinja.moment(LATE_EVENING) == "2022-12-15 00:30"
    assert jinja.day(LATE_EVENING) == "2022-12-15"
    assert jinja.weekday(LATE_EVENING) == "周四"


WRITERS: tuple[Callable[[None], str], ...] = (
    jinja.day,
    jinja.moment,
    jinja.weekday,
)


def test_nothing_is_written_as_nothing() -> None:
    assert {write(None) for write in WRITERS} == {""}


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


def test_a_single_box_to_tick_of_many_is_drawn_as_a_group_with_its_own_name() -> None:
    class Asked(forms.Form):
        which = forms.MultipleChoiceField(
            label="要看哪几项", choices=[("text", "来件原文")], widget=forms.CheckboxSelectMultiple
        )

    environment = jinja.environment(loader=FileSystemLoader(TEMPLATES))
    page = environment.from_string('{% from "parts/form.html" import fields %}{{ fields(form) }}').render(form=Asked())

    assert "<legend>要看哪几项</legend>" in page
    assert re.search(r'<label for="id_which_0"><input type="checkbox"[^>]+>来件原文</label>', page)
