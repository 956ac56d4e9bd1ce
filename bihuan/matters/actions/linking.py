"""Links between matters, inside an action: made with a word and a reason, ended with a reason, never removed."""

from bihuan.core import audit
from bihuan.lib import redact
from bihuan.lib.flow import Refused
from bihuan.matters.models import Matter, MatterLink
from bihuan.matters.queries import linking
from bihuan.matters.rules import linking as rules
from bihuan.matters.rules.watch import WatchState


def link(first: Matter, second: Matter, kind: str, reason: str) -> MatterLink:
    """Say that two matters have to do with each other. What tells of a petitioner in the reason is masked.

    Refuses an unknown word, no reason, what is linked already, and a pair whose watch hit was judged to be unrelated.
    """
    if kind not in rules.KINDS:
        raise Refused(rules.NO_KIND.format(kind))
    if not reason.strip():
        raise Refused(rules.NO_REASON)
    if linking.are_linked(first.pk, second.pk):
        raise Refused(rules.ALREADY)
    if any(hit.state == WatchState.UNRELATED for hit in linking.hits_between(first, [second.pk])):
        raise Refused(rules.UNRELATED)
    told = redact.masked(reason.strip())[:300]
    deed = audit.deed()
    return audit.create(
        MatterLink(
            city=first.city,
            first=first,
            second=second,
            kind=kind,
            reason=told,
            linked_by_id=deed.by.person,
            linked_at=deed.at,
        ),
        because=f"{kind}，{first.code}与{second.code}：{told}",
    )


def end(link: MatterLink, reason: str) -> MatterLink:
    """End a link; it stays in the trail. Refuses without a reason, and what is ended already."""
    if not reason.strip():
        raise Refused(rules.NO_END_REASON)
    if link.is_ended:
        raise Refused(rules.ENDED)
    told = redact.masked(reason.strip())
    return audit.change(link, is_ended=True, because=f"{link.first.code}与{link.second.code}：{told}")
