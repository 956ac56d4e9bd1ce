"""In which appointment a step is taken, and who may not take it though a duty of his allows it."""

from collections.abc import Collection

from bihuan.core import audit
from bihuan.lib.flow import Flow, Refused
from bihuan.organisation.queries import emergency, hands, scope
from bihuan.organisation.rules.duties import Answering, Capacity, Role


def take_post(flow: Flow, name: str, state: str, answering: Collection[Answering], about: str) -> None:
    """Let the deed be done in the first appointment that allows this step on the matter `about` (its code, or "" for a
    step on none), inside an action; it stays as it is where none does, which the lifecycle then refuses.

    Refuses in an emergency's post whatever its holder changed himself, and to one hand a second link of the chain.
    """
    by, known = audit.deed().by, flow.step(name, state)
    post = scope.post_for(by, known.who, answering) if known else None
    emergency.refuse_own(post, by, about)
    hands.refuse_same_hand(flow.name, name, by, about)
    if post is not None:
        audit.deed().by = by.acting_in(post.appointment, post.post, post.behalf)


def take_capacity(
    capacities: frozenset[Capacity], answering: Collection[Answering], about: str, refusal: str
) -> frozenset[Capacity]:
    """Let a deed that is no step be done in the first appointment that gives one of these capacities on the matter
    `about`, inside an action; returns those of them that its doer has. Refuses with that sentence who has none.
    """
    by = audit.deed().by
    post = scope.post_for(by, capacities, answering)
    if post is None:
        raise Refused(refusal)
    emergency.refuse_own(post, by, about)
    audit.deed().by = by.acting_in(post.appointment, post.post, post.behalf)
    return scope.capacities(by, answering) & capacities


def take_role(role: Role, refusal: str) -> None:
    """Let a deed that no duty on a matter gives be done in the first appointment of that role, inside an action.
    Refuses with that sentence who has none.
    """
    by = audit.deed().by
    post = next((one for one in by.held if one.role == role), None)
    if post is None:
        raise Refused(refusal)
    audit.deed().by = by.acting_in(post.appointment, post.post, post.behalf)
