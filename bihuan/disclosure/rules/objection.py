"""The lifecycle of an objection (不同意见): received from the public, checked, found right or wrong.

Hides how it is heard: how long it may be, how often one address and one notice are heard within the hour.
"""

from datetime import timedelta
from enum import StrEnum

from bihuan.lib.flow import Flow, Move
from bihuan.organisation.rules.duties import Capacity

SHORTEST, LONGEST, CONTACT = 10, 2000, 200
HEARD_WITHIN = timedelta(hours=1)
FROM_ADDRESS, ON_NOTICE = 5, 100
TOO_MANY = "提意见的太多，一时收不下。您写的还在，请过一会儿再提交。"


class ObjectionState(StrEnum):
    """Where an objection stands."""

    RECEIVED = "received"
    CHECKING = "checking"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


STATES: dict[str, str] = {
    ObjectionState.RECEIVED: "收到",
    ObjectionState.CHECKING: "核查中",
    ObjectionState.UPHELD: "成立",
    ObjectionState.DISMISSED: "不成立",
}
S, C = ObjectionState, Capacity
UNDECIDED = (S.RECEIVED, S.CHECKING)
HEAD = frozenset({C.OFFICE_HEAD})
OBJECTION = Flow(
    "objection",
    S.RECEIVED,
    STATES,
    (
        Move("check", "开始核查", (S.RECEIVED,), S.CHECKING, frozenset({C.OFFICE, C.OFFICE_HEAD}), basis="S1§3"),
        Move("uphold", "认定成立", (S.CHECKING,), S.UPHELD, HEAD, note_required=True, tells=("office",)),
        Move("dismiss", "认定不成立", (S.CHECKING,), S.DISMISSED, HEAD, note_required=True, tells=("office",)),
    ),
    frozenset({S.UPHELD, S.DISMISSED}),
)


def unfit(text: str, contact: str) -> dict[str, str]:
    """{field: why it cannot be taken}, empty where all of it can."""
    found = {}
    if len(text.strip()) < SHORTEST:
        found["text"] = f"请写明哪里与公示不符，至少{SHORTEST}个字。"
    if len(text) > LONGEST:
        found["text"] = f"最多{LONGEST}字，现在{len(text)}字。"
    if len(contact) > CONTACT:
        found["contact"] = f"最多{CONTACT}字。"
    return found


def is_heard(from_address: int, on_notice: int) -> bool:
    """Whether one more is heard, after so many within the hour."""
    return from_address < FROM_ADDRESS and on_notice < ON_NOTICE
