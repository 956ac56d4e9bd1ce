"""K3: a deed that breaks before its n-th statement, for every n, leaves nothing: no row, no trail, no key, no word."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from bihuan.core import action, audit
from bihuan.core.actor import Actor
from bihuan.intake.actions import papers as intake
from bihuan.intake.models import Intake
from bihuan.petitions import actions as petitions
from bihuan.petitions.models import Petition, Undertaking
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.models import Problem
from bihuan.web import many
from tests.actions.intake.test_intake import PLAN, commit, take
from tests.cast import NOON, Cast
from tests.kept import state_of_all
from tests.loop import Loop, make_loop
from tests.makers import make_batch, make_measure, make_petition, make_problem

MOST = 1000
Deed = Callable[[], Any]


class Broken(DatabaseError):  # noqa: N818 -- what happens, not what is wrong
    pass


@contextmanager
def breaking_before(statement: int) -> Iterator[list[int]]:
    """Raise once, before that statement; what is yielded counts them."""
    count = [0]

    def breaks(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 -- Django's
        count[0] += 1
        if count[0] == statement:
            raise Broken
        return execute(sql, params, many, context)

    with connection.execute_wrapper(breaks):
        yield count


def stored() -> Any:
    """Every row of every table, and the words; beside them may lie what was got ready for a deed that never came."""
    state = state_of_all()
    return state.rows, state.words


def broken_everywhere(deed: Deed) -> int:
    """Break the deed at each of its statements; all that may differ from before is nothing. How many there were."""
    before = stored()
    for statement in range(1, MOST):
        with breaking_before(statement) as count:
            try:
                deed()
            except Broken:
                transaction.set_rollback(False)  # the test's own transaction goes on
            else:
                if count[0] < statement:
                    return statement
        assert stored() == before, f"something is left of a deed that broke at statement {statement}"
    raise AssertionError("the deed never came to its end")


def commits(cast: Cast) -> Deed:
    paper = take(cast)
    return lambda: intake.commit_intake(Intake.objects.get(pk=paper.pk), by=cast.chen, at=NOON, key="k")


def commits_a_difference(cast: Cast) -> Deed:
    first = commit(cast)
    paper = take(cast, PLAN.replace("整改时限：2022年10月底", "整改时限：2022年12月底"), first.inspection)
    return lambda: intake.commit_intake(Intake.objects.get(pk=paper.pk), by=cast.chen, at=NOON, key="k")


def withdraws(cast: Cast) -> Deed:
    paper = commit(cast)
    return lambda: intake.withdraw_intake(
        Intake.objects.get(pk=paper.pk), by=cast.chen, at=NOON, note="导错了", key="k"
    )


def answers(cast: Cast) -> Deed:
    paper = commit(cast)
    return lambda: intake.answer_doubt(paper.doubts.get(), "2024-07-31", by=cast.chen, at=NOON, key="k")


def issues(cast: Cast) -> Deed:
    problem = make_problem(cast)
    make_measure(problem)
    return lambda: move_problem(Problem.objects.get(pk=problem.pk), "issue", by=cast.chen, at=NOON, key="k")


def assigns(cast: Cast) -> Deed:
    petition = make_petition(cast, make_batch(make_problem(cast).matter.inspection))
    return lambda: petitions.assign_petition(
        Petition.objects.get(pk=petition.pk), [cast.water, cast.farm], by=cast.chen, at=NOON, key="k"
    )


def signs(cast: Cast) -> Deed:
    petition = make_petition(cast, make_batch(make_problem(cast).matter.inspection))
    petitions.assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    return lambda: petitions.move_undertaking(Undertaking.objects.get(), "receive", by=cast.zhang, at=NOON, key="k")


def hands_on(cast: Cast) -> Deed:
    petition = make_petition(cast, make_batch(make_problem(cast).matter.inspection))
    petitions.assign_petition(petition, [cast.water, cast.farm], by=cast.chen, at=NOON)
    part = petition.undertakings.get(unit=cast.water)
    petitions.move_undertaking(part, "return", by=cast.zhang, at=NOON, note="不在本辖区")
    return lambda: petitions.reassign_undertaking(
        Undertaking.objects.get(pk=part.pk), [cast.neighbour], by=cast.chen, at=NOON, key="k"
    )


def corrects(cast: Cast) -> Deed:
    petition = make_petition(cast, make_batch(make_problem(cast).matter.inspection))
    petitions.assign_petition(petition, [cast.water, cast.farm], by=cast.chen, at=NOON)
    return lambda: petitions.correct_petition(
        Petition.objects.get(pk=petition.pk), by=cast.chen, at=NOON, note="点错了", key="k"
    )


def consents(cast: Cast) -> Deed:
    loop = make_loop(cast)
    loop.to_asked()
    return lambda: _step(loop, "consent", loop.group)


def signs_off(cast: Cast) -> Deed:
    loop = make_loop(cast)
    loop.to_consented()
    return lambda: _step(loop, "sign_off", cast.wang)


def _step(loop: Loop, name: str, by: Actor) -> Any:
    problem = Problem.objects.get(pk=loop.problem.pk)
    return move_problem(problem, name, by=by, at=loop.now, note="同意", key="k")


@pytest.mark.parametrize(
    "made",
    [
        commits,
        commits_a_difference,
        withdraws,
        answers,
        issues,
        assigns,
        signs,
        hands_on,
        corrects,
        consents,
        signs_off,
    ],
)
@pytest.mark.promise("K3")
def test_a_deed_that_breaks_anywhere_leaves_nothing(cast: Cast, made: Callable[[Cast], Deed]) -> None:
    statements = broken_everywhere(made(cast))

    assert statements > 15


def test_of_many_rows_those_done_before_the_break_stay_whole(cast: Cast) -> None:
    batch = make_batch(make_problem(cast).matter.inspection)
    codes = [make_petition(cast, batch, f"D2HE20220412000{number}").matter.code for number in range(3)]
    petitions_of = {code: Petition.objects.get(matter__code=code) for code in codes}

    with breaking_before(45), pytest.raises(Broken):
        many.do_all("petitions", "assign", codes, by=cast.chen, at=NOON, note="", key="k")

    states = [Petition.objects.get(pk=petitions_of[code].pk).matter.state for code in codes]
    assert len({*states}) == 2
    many.do_all("petitions", "assign", codes, by=cast.chen, at=NOON, note="", key="k")
    assert Undertaking.objects.count() == len(codes)


@pytest.mark.broken
@pytest.mark.teeth("K3")
def test_the_loop_has_teeth(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(action, "transaction", SimpleNamespace(atomic=nullcontext))

    with pytest.raises(AssertionError, match="something is left of a deed that broke"):
        broken_everywhere(assigns(cast))
    assert audit.current.get() is None
