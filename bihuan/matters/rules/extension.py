"""The lifecycle of an extension (延期) of a problem's or a measure's deadline; the first deadline stays for ever.

Nobody applies for one here yet: every step waits for the application.
"""

from enum import StrEnum

from bihuan.lib.flow import Flow, Move
from bihuan.organisation.rules.duties import Capacity


class ExtensionState(StrEnum):
    """Where an application stands: each agreement is a state, so that whose turn it is can be read off."""

    APPLIED = "applied"
    LEAD_AGREED = "lead_agreed"
    OFFICE_AGREED = "office_agreed"
    GROUP_AGREED = "group_agreed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATES: dict[str, str] = {
    ExtensionState.APPLIED: "已申请",
    ExtensionState.LEAD_AGREED: "牵头同意",
    ExtensionState.OFFICE_AGREED: "整改办同意",
    ExtensionState.GROUP_AGREED: "领导小组同意",
    ExtensionState.APPROVED: "已批准",
    ExtensionState.REFUSED: "不批准",
    ExtensionState.WITHDRAWN: "撤回",
}
APPLICATION, ABOVE = "延期申请", "延期申请和方案批准机关的文号"
S, C = ExtensionState, Capacity
HEAD = frozenset({C.OFFICE_HEAD})
GROUP = frozenset({C.LEADING_GROUP})
PENDING = (S.APPLIED, S.LEAD_AGREED, S.OFFICE_AGREED, S.GROUP_AGREED)
EXTENSION = Flow(
    "extension",
    S.APPLIED,
    STATES,
    (
        Move("lead_agree", "牵头单位同意", (S.APPLIED,), S.LEAD_AGREED, frozenset({C.LEAD_HEAD}), awaits=APPLICATION),
        Move("office_agree", "整改办同意", (S.LEAD_AGREED,), S.OFFICE_AGREED, HEAD, awaits=APPLICATION),
        Move("group_agree", "领导小组同意", (S.OFFICE_AGREED,), S.GROUP_AGREED, GROUP, awaits=APPLICATION),
        Move("approve", "批准", (S.GROUP_AGREED,), S.APPROVED, HEAD, awaits=ABOVE, tells=("lead", "responsible")),
        Move(
            "refuse",
            "不批准",
            PENDING,
            S.REFUSED,
            frozenset({C.LEAD_HEAD}) | HEAD | GROUP,
            note_required=True,
            awaits=APPLICATION,
            tells=("lead", "responsible"),
        ),
        Move("withdraw", "撤回申请", PENDING, S.WITHDRAWN, frozenset({C.LEAD_HEAD}), awaits=APPLICATION),
    ),
    frozenset({S.APPROVED, S.REFUSED, S.WITHDRAWN}),
)
