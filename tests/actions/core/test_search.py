import pytest

from bihuan.core import search
from bihuan.rectification import queries
from bihuan.rectification.actions.plan import index_problems
from tests.cast import Cast
from tests.makers import make_problem


@pytest.fixture
def _indexed(cast: Cast) -> None:
    problem = make_problem(cast, title="城镇污水处理厂超负荷", text="台账不全，管网雨污混接42处")
    index_problems([problem])


@pytest.mark.parametrize(
    "words", ["污水", "水", "处理厂", "污水处理", "台账", "42", "污水 混接", "HE2-P001", "p001", "1"]
)
@pytest.mark.usefixtures("_indexed")
def test_it_is_found_by(cast: Cast, words: str) -> None:
    assert [one.title for one in queries.problems_found(cast.chen, words)] == ["城镇污水处理厂超负荷"]


@pytest.mark.parametrize("words", ["水污", "大气", "污水 大气", '"', "' OR 1=1", "NEAR(", "厂超负荷了"])
@pytest.mark.usefixtures("_indexed")
def test_it_is_not_found_by(cast: Cast, words: str) -> None:
    found = [one.title for one in queries.problems_found(cast.chen, words)]

    assert found == []


@pytest.mark.usefixtures("_indexed")
def test_the_next_county_finds_nothing(cast: Cast) -> None:
    assert [*queries.problems_found(cast.qian, "污水")] == []


def test_new_words_take_the_place_of_old_ones(cast: Cast) -> None:
    problem = make_problem(cast, text="旧的说法")
    index_problems([problem])
    search.index([(problem.matter_id, "新的提法")])

    assert [*queries.problems_found(cast.chen, "旧的")] == []
    assert [*queries.problems_found(cast.chen, "新的")] == [problem]
