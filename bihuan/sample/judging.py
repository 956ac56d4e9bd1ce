"""Two experts asked about the sample city's claim: one has given his opinion, one is waited for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.organisation.queries import scope
from bihuan.rectification.actions import experts as actions
from bihuan.rectification.queries import experts

if TYPE_CHECKING:
    from bihuan.rectification.models import Problem

ASKED = datetime(2022, 12, 9, 1, 0, tzinfo=UTC)
GIVEN = datetime(2022, 12, 10, 2, 0, tzinfo=UTC)
UNTIL = date(2022, 12, 19)
LOOK_AT = "退出区域的过水是否稳定，修复措施能否维持。"
WORDS = "退池还湿工程量与台账一致。过水设施现由施工单位代管，条件是验收前明确管护单位和经费，并补一次枯水期水位记录。"


def judge(problem: Problem, accepter: Actor, waiting: Actor) -> None:
    """Let the accepting unit ask every expert of the city, and all but the one who is waited for answer."""
    for one in experts.candidates(problem, day_of(ASKED)):
        actions.invite_expert(problem, one.person, UNTIL, LOOK_AT, by=accepter, at=ASKED)
        if one.person != waiting.person:
            held = scope.held_by(one.person, problem.city, day_of(GIVEN))
            expert = Actor(person=one.person, name=one.name, city=problem.city, held=held)
            read = experts.package_for(expert, problem.matter.code, day_of(GIVEN))
            if read is None:
                raise LookupError(f"{one.name} does not read {problem.matter.code}")
            actions.give_opinion(read.invitation, "有条件同意", WORDS, read.digest, by=expert, at=GIVEN)
