"""Linking petitions with problems and measures (关联事项), both ways: made and ended by the office, with a reason."""

from datetime import datetime

from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.matters import queries as matters
from bihuan.matters.actions import linking
from bihuan.matters.models import Matter, MatterLink
from bihuan.matters.rules import linking as rules
from bihuan.organisation.actions import acting
from bihuan.rectification.queries import linking as links

NOT_FOUND = "没有这个编号的信访件、问题或措施，或者不在您能看的范围。"


@action
def link_matters(
    matter: Matter, code: str, kind: str, reason: str, *, by: Actor, at: datetime, note: str = ""
) -> MatterLink:
    """Link a petition with a problem or a measure, named by its code, from either end. It moves neither.

    Refuses everybody but the city's office and a county's whose units answer for both; what is not in sight; two of one
    kind; and what `linking.link` refuses.
    """
    other = links.end_named(by, code)
    if other is None:
        raise Refused(NOT_FOUND)
    if not links.is_pair(matter, other):
        raise Refused(rules.NOT_A_PAIR)
    _take_post(matter, other)
    first, second = (matter, other) if matter.kind == links.PETITION else (other, matter)
    return linking.link(first, second, kind, reason)


@action
def end_link(link: MatterLink, *, by: Actor, at: datetime, note: str) -> MatterLink:
    """End a link, with a reason; it stays in the trail. Refuses as `link_matters`, and without a reason."""
    _take_post(link.first, link.second)
    return linking.end(link, note)


def _take_post(one: Matter, other: Matter) -> None:
    """Act in an appointment that may, at both ends; whoever links or judges one of them at the same time waits."""
    matters.lock([one.code, other.code], one.city)
    for matter in (one, other):
        acting.take_capacity(rules.MAKERS, links.answering(matter), matter.code, rules.NOT_YOURS)
