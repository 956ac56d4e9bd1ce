"""What a matter's page says of its schedule: the bar, the sum, the curve, the forecast, and how it stood on any day."""

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.core import clock
from tests.cast import Cast, account_of
from tests.loop import Loop, make_loop
from tests.makers import make_measure

SUM = re.compile(r"序时([\d.]+)%（(\d+)个节点已到(\d+)个）；上报([\d.]+)%（(\d+)眼中(\d+)眼）：落后([\d.]+)个百分点。")


@pytest.fixture
def loop(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Loop:
    """Nine of twenty wells, and the milestone of September past."""
    loop = make_loop(cast)
    loop.to_rectifying()
    loop.later(14)
    loop.report(4)
    loop.later(30)
    loop.report(9)
    loop.later(60)
    monkeypatch.setattr(clock, "now", lambda: loop.now)
    return loop


def page(client: Client, loop: Loop, kind: str, question: str = "") -> str:
    client.force_login(account_of(loop.cast.chen))
    code = (loop.problem if kind == "problems" else loop.measure).matter.code
    return client.get(f"/{kind}/{code}/{question}").content.decode()


def test_every_figure_can_be_reached_by_hand_from_the_terms_shown(client: Client, loop: Loop) -> None:
    text = page(client, loop, "measures")
    told = SUM.search(text)
    assert told is not None
    planned, count, due, actual, target, done, behind = map(Decimal, told.groups())

    def points(part: Decimal, whole: Decimal) -> Decimal:
        return (100 * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)

    assert planned == points(due, count)
    assert actual == points(done, target)
    assert planned - actual == behind


def test_a_problem_is_the_mean_of_the_measures_that_its_page_shows(client: Client, loop: Loop) -> None:
    make_measure(loop.problem, 2)
    text = page(client, loop, "problems")
    rows = re.findall(r'<span class="sub">序时([\d.]+)%，上报([\d.]+)%，', text)
    told = re.search(r"2项措施平均：序时([\d.]+)%；上报([\d.]+)%", text)

    assert told is not None
    assert len(rows) == 2
    for place in (0, 1):
        mean = sum(Decimal(row[place]) for row in rows) / 2
        assert Decimal(told.groups()[place]) == mean.quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_each_approved_entry_is_a_point_of_the_curve(client: Client, loop: Loop) -> None:
    text = page(client, loop, "measures")

    assert text.count('<circle class="dot"') == 2
    assert "<title>2022-07-18：" in text
    assert 'class="pb late"' in text
    assert "未达到序时进度" in text


def test_a_past_day_is_shown_as_it_was(client: Client, loop: Loop) -> None:
    text = page(client, loop, "measures", "?on=2022-07-20")

    assert "2022-07-20的样子" in text
    assert "20眼中4眼" in text.split('id="schedule"')[1]
    assert "回到今天" in text


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("昨天", "日期要写成“2022-11-25”这样，下面是今天的样子。"),
        ("2030-01-01", "2030-01-01还没有到，下面是今天的样子。"),
        ("2022-07-01", "2022-07-01还没有交办，下面是今天的样子。"),
    ],
)
def test_a_day_that_cannot_be_shown_is_answered_with_today(client: Client, loop: Loop, on: str, sentence: str) -> None:
    text = page(client, loop, "problems", f"?on={on}")

    assert sentence in text
    assert "<small>今天</small>" in text


def test_the_forecast_is_open_where_it_warns(client: Client, loop: Loop) -> None:
    loop.later(50)
    text = page(client, loop, "measures")

    assert '<details class="asked" open>' in text
    assert "预警：难以按期完成" in text


def test_a_draft_shows_no_curve(client: Client, cast: Cast) -> None:
    loop = make_loop(cast)

    assert 'id="schedule"' not in page(client, loop, "problems")


def test_the_page_asks_the_same_for_many_measures(client: Client, loop: Loop) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, loop, "problems")
        return len(queries)

    asked()
    one = asked()
    for number in range(2, 8):
        make_measure(loop.problem, number)
    asked()

    assert asked() == one


def test_a_program_reads_the_same_sum(client: Client, loop: Loop) -> None:
    text = page(client, loop, "measures")
    answer = client.get(f"/api/v1/measures/{loop.measure.matter.code}").json()["progress"]

    assert (answer["planned"], answer["actual"], answer["gap"], answer["pace"]) == (100, 45, -55, "behind")
    assert answer["sentence"] in text
