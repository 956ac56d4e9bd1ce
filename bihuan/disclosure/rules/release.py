"""The lifecycle of a release (公开文本): drafted, redacted, approved by another, put out, taken down.

Hides nothing else: a public notice's text is a release, and nothing but a release is ever shown to the public.
"""

from dataclasses import dataclass
from enum import StrEnum

from bihuan.disclosure.rules.wording import PERIOD
from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity


class ReleaseState(StrEnum):
    """Where a release stands."""

    DRAFT = "draft"
    REDACTED = "redacted"
    APPROVED = "approved"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


STATES: dict[str, str] = {
    ReleaseState.DRAFT: "拟稿",
    ReleaseState.REDACTED: "已脱敏，待审批",
    ReleaseState.APPROVED: "已审批",
    ReleaseState.RELEASED: "已公开",
    ReleaseState.WITHDRAWN: "已撤下",
}


OVERTAKEN = "拟稿以后，信访件的答复改过了：这一稿不用，请按现在的答复重新拟。"


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What the steps ask: the empty parts, whether the days have their place (where it has days), whether somebody else
    drafted it, whether what it was drafted from (a petition's answer) still says so.
    """

    parts_missing: tuple[str, ...]
    has_period: bool
    is_another: bool
    is_current: bool = True


def parts_written(facts: ReleaseFacts) -> str:
    """Why a text cannot go on, or ""."""
    return f"还没有写：{'、'.join(facts.parts_missing)}。" if facts.parts_missing else ""


def period_placed(facts: ReleaseFacts) -> str:
    """Why the days of the notice have no place in the text, or ""."""
    return "" if facts.has_period else f"导语里要留一处“{PERIOD}”，公开那天由系统填上起止日期。"


def by_another(facts: ReleaseFacts) -> str:
    """Why the drafter may not approve, or ""."""
    return "" if facts.is_another else "自己拟的稿，不能由自己审批。"


def still_so(facts: ReleaseFacts) -> str:
    """Why a text that its source has overtaken goes no further, or ""."""
    return "" if facts.is_current else OVERTAKEN


S, C = ReleaseState, Capacity
GROUP, HEAD = frozenset({C.PUBLICITY}), frozenset({C.OFFICE_HEAD})
SYSTEM = frozenset({C.CONSEQUENCE})
UNRELEASED = (S.DRAFT, S.REDACTED, S.APPROVED)
RELEASE = Flow(
    "release",
    S.DRAFT,
    STATES,
    (
        Move(
            "redact",
            "脱敏，送审批",
            (S.DRAFT,),
            S.REDACTED,
            GROUP,
            (
                Condition("各部分都写了", parts_written),
                Condition("留了公示期的位置", period_placed),
                Condition("与信访件现在的答复一致", still_so),
            ),
            tells=("office",),
        ),
        Move("return", "退回修改", (S.REDACTED, S.APPROVED), S.DRAFT, GROUP | HEAD, note_required=True),
        Move(
            "approve",
            "审批",
            (S.REDACTED,),
            S.APPROVED,
            HEAD,
            (Condition("不是自己拟的稿", by_another), Condition("与信访件现在的答复一致", still_so)),
            basis="S1§3",
        ),
        Move("put_out", "公开", (S.APPROVED,), S.RELEASED, SYSTEM, basis="S1§3"),
        Move("take_down", "随办理撤下", (*UNRELEASED, S.RELEASED), S.WITHDRAWN, SYSTEM),
        Move("withdraw", "撤下", (S.RELEASED,), S.WITHDRAWN, HEAD, note_required=True),
        Move("discard", "不用这一稿", UNRELEASED, S.WITHDRAWN, GROUP | HEAD, note_required=True),
    ),
    frozenset({S.WITHDRAWN}),
)
WEIGHTY = {"approve": RELEASE.rows("approve")[0].label}
"""The step before which a person shows again who he is: what he lets pass is put before the public;
as it is called."""
