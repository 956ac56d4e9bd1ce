"""Seeing for oneself: field checks of a problem, the answers to the conditions of acceptance, re-checks."""

from collections.abc import Mapping
from datetime import date, datetime

from bihuan.core import audit, moving
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.matters import queries as matters
from bihuan.matters.actions import checks as proofs
from bihuan.matters.actions.checks import Seen
from bihuan.matters.models import ConditionAnswer, FieldCheck, Matter, Recheck
from bihuan.matters.queries import work
from bihuan.matters.rules import rechecks
from bihuan.matters.rules.recheck import RECHECK, SENDERS
from bihuan.organisation.actions import acting
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Capacity
from bihuan.rectification.models import Problem
from bihuan.rectification.queries import aftercare
from bihuan.rectification.queries.facts import facts_of_recheck
from bihuan.rectification.rules.acceptance import CONDITIONS
from bihuan.rectification.rules.problem import ProblemState

UNSEEN = (ProblemState.DRAFT, ProblemState.ISSUED, ProblemState.WITHDRAWN)
ANSWERED_IN = (ProblemState.VERIFYING, ProblemState.UNCONTESTED, ProblemState.RECTIFYING, ProblemState.SUSTAINED)


@action
def hand_in_check(
    problem: Problem, seen: Seen, *, by: Actor, at: datetime, recheck: Recheck | None = None, note: str = ""
) -> FieldCheck:
    """Hand in a field check of a problem and of each of its measures; a re-check that waited for it has it then.

    Refuses who may not check, before the problem was signed for, and everything that `hand_in` refuses. Nobody changes
    it afterwards.
    """
    problem.matter = matters.locked_round(problem.matter).matter
    if problem.matter.state in UNSEEN:
        raise Refused("这一项还没有开始整改，或已撤销，不用核查。")
    measures = Matter.objects.filter(measure__problem=problem, is_withdrawn=False)
    check = proofs.hand_in(problem.matter, seen, [*measures])
    if recheck is not None:
        if recheck.matter_id != problem.matter.pk or not RECHECK.step("hand_in", recheck.state):
            raise Refused("这次复查已经交过核查记录，或已取消。")
        proofs.take_to(recheck, check)
    return check


@action
def answer_condition(
    problem: Problem, condition: str, words: str, *, is_met: bool, by: Actor, at: datetime, note: str = ""
) -> ConditionAnswer:
    """Answer one condition of acceptance (met or not, and by what), as the accepting unit; an earlier answer ends.

    Refuses without words, and while the problem is not with the accepting unit.
    """
    [answer] = _answered(problem, {condition: (is_met, words)}, note)
    return answer


@action
def answer_conditions(
    problem: Problem, told: Mapping[str, tuple[bool, str]], *, by: Actor, at: datetime, note: str = ""
) -> list[ConditionAnswer]:
    """Answer several conditions of acceptance at once, all of them or none: {condition: (whether it is met, by what)}.

    Refuses as `answer_condition`, and where none is answered.
    """
    if not told:
        raise Refused("没有新的答复，请至少答一条。")
    return _answered(problem, told, note)


def _answered(problem: Problem, told: Mapping[str, tuple[bool, str]], note: str) -> list[ConditionAnswer]:
    if not {*told} <= {*CONDITIONS}:
        raise Refused("没有这一条验收条件。")
    if not all(words.strip() for _, words in told.values()):
        raise Refused("请写明依据：看了什么、凭什么。")
    problem.matter = matters.locked_round(problem.matter).matter
    if problem.matter.state not in ANSWERED_IN:
        raise Refused("这一项现在不在验收中，不用答复验收条件。")
    answering = matters.answering(problem.matter)
    acting.take_capacity(
        frozenset({Capacity.ACCEPTING}), answering, problem.matter.code, "只有验收单位可以答复验收条件。"
    )
    return [_answer(problem, key, words, is_met=is_met, note=note) for key, (is_met, words) in told.items()]


def _answer(problem: Problem, condition: str, words: str, *, is_met: bool, note: str) -> ConditionAnswer:
    for old in work.answers_of(problem.matter).filter(condition=condition):
        audit.change(old, is_ended=True, because=note)
    return audit.create(
        ConditionAnswer(
            matter=problem.matter,
            round_number=problem.matter.round_number,
            condition=condition,
            is_met=is_met,
            words=words.strip(),
            answered_by_id=audit.deed().by.person,
        ),
        because=f"{CONDITIONS[condition]}：{'符合' if is_met else '不符合'}",
    )


@action
def draw_rechecks(seed: str, count: int, planned_on: date, *, by: Actor, at: datetime, note: str = "") -> list[Recheck]:
    """Draw so many of the signed-off problems by lot, by a seed that stands with each, and plan their re-check.

    Anybody can repeat the draw by hand (`rechecks.draw`). Problems that an earlier draw still waits on are not in it.
    Refuses everybody but the supervision group and the head, a day that is past, and what `draw` refuses.
    """
    acting.take_capacity(SENDERS, (), "", "只有整改督办组或主任可以抽取复查。")
    if planned_on < day_of(at):
        raise Refused("复查的日子不能在今天以前。")
    by_code = {one.matter.code: one for one in aftercare.to_draw_from(by)}
    drawn = rechecks.draw([*by_code], seed.strip(), count=count)
    rows = [
        Recheck(
            matter=by_code[code].matter,
            round_number=by_code[code].matter.round_number,
            kind="随机抽查",
            planned_on=planned_on,
            state=RECHECK.initial,
            seed=seed.strip()[:60],
        )
        for code in drawn.drawn
    ]
    audit.create_many(rows, because=drawn.sentence)
    return rows


@action
def move_recheck(recheck: Recheck, name: str, *, by: Actor, at: datetime, note: str = "") -> Recheck:
    """Take one step of a re-check (派出, 认定巩固, 取消), or refuse with the sentence why not."""
    matters.locked_round(recheck.matter)
    answering = matters.answering(recheck.matter)
    acting.take_post(RECHECK, name, recheck.state, answering, recheck.matter.code)
    able = scope.capacities(audit.deed().by, answering)
    moving.make_move(RECHECK, recheck, name, note=note, capacities=able, facts=facts_of_recheck(recheck))
    return recheck
