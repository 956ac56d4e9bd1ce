from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from bihuan.core import audit, examine, search
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.grams import grams
from bihuan.petitions.queries import petitions_found
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.actions.plan import index_problems
from bihuan.rectification.queries import sight
from tests.cast import NOON, ROBOT, Cast
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_plan, make_problem


@pytest.fixture
def _indexed(cast: Cast) -> None:
    problem = make_problem(cast, title="城镇污水处理厂超负荷", text="台账不全，管网雨污混接42处")
    index_problems([problem])


@pytest.mark.parametrize(
    "words", ["污水", "水", "处理厂", "污水处理", "台账", "42", "污水 混接", "HE2-P001", "p001", "1"]
)
@pytest.mark.usefixtures("_indexed")
def test_it_is_found_by(cast: Cast, words: str) -> None:
    assert [one.title for one in sight.problems_found(cast.chen, words)] == ["城镇污水处理厂超负荷"]


@pytest.mark.parametrize("words", ["水污", "大气", "污水 大气", '"', "' OR 1=1", "NEAR(", "厂超负荷了"])
@pytest.mark.usefixtures("_indexed")
def test_it_is_not_found_by(cast: Cast, words: str) -> None:
    found = [one.title for one in sight.problems_found(cast.chen, words)]

    assert found == []


@pytest.mark.usefixtures("_indexed")
def test_the_next_county_finds_nothing(cast: Cast) -> None:
    assert [*sight.problems_found(cast.qian, "污水")] == []


def test_new_words_take_the_place_of_old_ones(cast: Cast) -> None:
    problem = make_problem(cast, text="旧的说法")
    index_problems([problem])
    search.index("problem", [(problem.matter_id, "新的提法")])

    assert [*sight.problems_found(cast.chen, "旧的")] == []
    assert [*sight.problems_found(cast.chen, "新的")] == [problem]
    index_problems([problem])


def test_what_is_found_comes_newest_first_also_below_what_one_may_not_see(cast: Cast) -> None:
    plan = make_plan(make_inspection(cast), cast.party)
    own = [make_problem(cast, number, plan=plan, title=f"堆放垃圾{number}") for number in (1, 2)]
    others = [make_problem(cast, number, plan=plan, title="堆放垃圾", lead=cast.neighbour) for number in (3, 4)]
    index_problems([*own, *others])
    for problem in (*own, *others):
        make_measure(problem)
        move_problem(problem, "issue", by=cast.wang, at=NOON)

    assert [one.number for one in sight.problems_found(cast.chen, "堆放垃圾")] == [4, 3, 2, 1]
    assert [one.number for one in sight.problems_found(cast.zhang, "堆放垃圾")[:1]] == [2]
    assert sight.problems_found(cast.zhang, "堆放垃圾").count() == 2


def run(statement: str, *values: object) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    return [str(one) for one in examine.findings()]


@pytest.mark.broken
@pytest.mark.parametrize("maker", ["problem", "measure", "petition"])
def test_a_row_that_search_would_miss_is_named(cast: Cast, maker: str) -> None:
    problem = make_problem(cast)
    rows = {"problem": problem, "measure": make_measure(problem)}
    rows["petition"] = make_petition(cast, make_batch(problem.plan.inspection))
    matter = rows[maker].matter
    clean = [str(one) for one in examine.findings()]
    search.index("problem", [(matter.pk, "别的词")])
    stale = [str(one) for one in examine.findings()]

    missing = run("DELETE FROM bihuan_search WHERE rowid = %s", matter.pk)

    assert clean == []
    assert stale == [f"I14 {matter.code}：查找索引里的词与台账不符。"]
    assert missing == [f"I14 {matter.code}：查找索引里没有这一件。"]


@pytest.mark.broken
def test_a_row_of_the_index_without_its_matter_is_named(cast: Cast) -> None:
    search.index("problem", [(990, "没有的事")])

    assert [str(one) for one in examine.findings()] == ["I14 查找索引 990：索引里有这一行，没有这件事项。"]


@pytest.mark.broken
def test_a_text_changed_past_the_index_is_named(cast: Cast) -> None:
    problem = make_problem(cast)

    @action
    def retitle(*, by: Actor, at: object) -> None:
        audit.change(problem, title="另一个说法")

    retitle(by=ROBOT, at=NOON)

    assert [str(one) for one in examine.findings()] == [f"I14 {problem.matter.code}：查找索引里的词与台账不符。"]


def test_more_rows_than_one_chunk_are_all_held_to_the_index(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = make_plan(make_inspection(cast), cast.party)
    problems = [make_problem(cast, number, plan=plan) for number in (1, 2, 3)]
    monkeypatch.setattr(search, "CHUNK", 2)
    search.index("problem", [(problems[2].matter_id, "别的词")])

    found = [str(one) for one in examine.findings()]
    index_problems(problems)

    assert found == [f"I14 {problems[2].matter.code}：查找索引里的词与台账不符。"]


def test_a_search_of_one_kind_finds_no_other(cast: Cast) -> None:
    plan = make_plan(make_inspection(cast), cast.party)
    make_problem(cast, plan=plan, title="堆放垃圾")
    make_petition(cast, make_batch(plan.inspection), content="堆放垃圾")

    assert [one.title for one in sight.problems_found(cast.chen, "堆放垃圾")] == ["堆放垃圾"]
    assert petitions_found(cast.chen, "堆放垃圾").count() == 1


OLDER = {
    "sqlite": "UPDATE bihuan_search SET words = %s WHERE rowid = %s",
    "postgresql": "UPDATE bihuan_search SET words = to_tsvector('simple', %s) WHERE rowid = %s",
}


def test_an_index_from_before_the_kinds_is_brought_up_to_date(cast: Cast) -> None:
    plan = make_plan(make_inspection(cast), cast.party)
    problem = make_problem(cast, plan=plan, title="堆放垃圾，垃圾42处")
    petition = make_petition(cast, make_batch(plan.inspection), content="堆放垃圾")
    index_problems([problem])
    with connection.cursor() as cursor:
        for one, words in (
            (problem, f"{problem.matter.code} {problem.title} {problem.text} {problem.target}"),
            (petition, f"{petition.matter.code} {petition.number_key} {petition.content}"),
        ):
            cursor.execute(OLDER[connection.vendor], [grams(words), one.matter_id])
        assert not petitions_found(cast.chen, "堆放垃圾").exists()
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        import_module("bihuan.migrations.0017_search_kinds").name_kinds(apps, editor)
        import_module("bihuan.migrations.0020_search_letters").mark_kinds(apps, editor)

    assert petitions_found(cast.chen, "堆放垃圾").count() == 1
    assert [*examine.findings()] == []
