"""Letting a missing proof, or a condition that is not met, pass by name: a leader alone, with a reason, for ever."""

from datetime import datetime

from bihuan.core import audit, outbox
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.matters import queries as matters
from bihuan.organisation.actions import acting
from bihuan.organisation.queries import hands, scope
from bihuan.rectification.models import Exemption, Problem
from bihuan.rectification.queries import exemptions
from bihuan.rectification.rules import exemptions as rules


@action
def exempt(problem: Problem, what: str, reason: str, *, by: Actor, at: datetime, note: str = "") -> Exemption:
    """Let one missing item, or one condition answered with no, pass on a problem in its present round.

    Refuses everybody but the leading group and the head of the office; what nobody may let pass; what is not missing;
    without a reason; before the work began and after the consent was asked; and who claimed, passed or accepted this
    round himself. Nothing takes it back.
    """
    problem.matter = matters.locked_round(problem.matter).matter
    matter = problem.matter
    acting.take_capacity(rules.EXEMPTERS, matters.answering(matter), matter.code, rules.NOT_YOURS)
    if refusal := rules.refusal(what, reason) or _not_now(problem, what, by):
        raise Refused(refusal)
    doer = audit.deed().by
    if doer.person is None:
        raise Refused("破例放行只能由领导本人办。")
    exemption = audit.create(
        Exemption(
            matter=matter,
            round_number=matter.round_number,
            what=what,
            reason=reason.strip(),
            person_id=doer.person,
            name=doer.name,
            post=doer.post,
            passed_at=at,
        ),
        because=f"{rules.LABELS[what]}：{reason.strip()}",
    )
    told = [
        scope.persons_meant(one, matters.answering(matter), matter.city, day_of(at)) for one in ("accepting", "office")
    ]
    words = f"{doer.name}对“{problem.title[:80]}”的“{rules.LABELS[what]}”破例放行。"
    outbox.tell(frozenset[int]().union(*told), words, at=at, matter_code=matter.code)
    return exemption


def _not_now(problem: Problem, what: str, by: Actor) -> str:
    """Why that is not let pass by this person as things stand, or ""."""
    if problem.matter.state not in rules.OPEN_IN:
        return "这一项现在不在整改、验收、公示中，不能破例放行。"
    if what not in exemptions.missing(problem):
        return f"“{rules.LABELS[what]}”没有缺，或已经放行过；条件要先由验收单位答复“不符合”。"
    taken = hands.links_taken(problem.matter.code, problem.city)
    own = next((link for link, person in taken if person == by.person and link in rules.DOERS), "")
    return rules.did_it_himself(own) if own else ""
