"""Setting a light by hand, and lifting it before its end; by its end it goes by itself."""

from datetime import date, datetime

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.matters import queries as matter_queries
from bihuan.organisation.actions import acting
from bihuan.rectification.models import HandLight
from bihuan.rectification.queries import lights, proofs
from bihuan.rectification.queries.proofs import Subject
from bihuan.rectification.rules import hand_light as rules


@action
def set_light(
    subject: Subject, light: str, until: date, reason: str, *, by: Actor, at: datetime, note: str = ""
) -> HandLight:
    """Show another light than the rules compute, for a reason and until a day.

    Refuses everybody but the leading group and the head of the office, a matter that shows no light, a light or an end
    that the rules do not allow, and a second one while one holds.
    """
    matter = matter_queries.locked_round(subject.matter).matter
    acting.take_capacity(rules.SETTERS, proofs.answering(subject), matter.code, rules.NOT_YOURS)
    today = day_of(at)
    if refusal := rules.refusal(light, until, reason, today):
        raise Refused(refusal)
    if not lights.is_lit(matter, today):
        raise Refused("这一件现在没有灯，不能手工设灯。")
    if lights.hand_on(matter, today) is not None:
        raise Refused("已有一次手工设灯还没有到期，请先撤去。")
    return audit.create(
        HandLight(matter=matter, light=light, since=today, until=until, reason=reason.strip(), set_by_id=by.person),
        because=note or reason.strip(),
    )


@action
def lift_light(subject: Subject, *, by: Actor, at: datetime, note: str = "") -> HandLight:
    """Lift the light that was set by hand: from today on the computed one is shown. Refuses where none holds."""
    matter = matter_queries.locked_round(subject.matter).matter
    acting.take_capacity(rules.SETTERS, proofs.answering(subject), matter.code, rules.NOT_YOURS)
    held = lights.hand_on(matter, day_of(at))
    if held is None:
        raise Refused("现在没有手工设的灯。")
    return audit.change(held, lifted_on=day_of(at), because=note)
