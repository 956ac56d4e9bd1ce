"""The lifecycle of a plan (整改方案): drafted, opinions asked for, deliberated, issued, revised.

Hides the two ways to the same papers: the city's plan goes to its own meetings; a county's or a department's is checked
against the city's by the office first. What came in as an issued paper stands at 印发: a fact, and no step of it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity

DRAFT_WORDS = ("征求意见稿", "讨论稿", "送审稿", "审议稿", "草案", "修订稿")
GOVERNMENT_MEETING, PARTY_MEETING, GROUP_MEETING = "政府常务会", "党委常委会", "党组（党委）会"
BODIES = (GOVERNMENT_MEETING, PARTY_MEETING, GROUP_MEETING)
PASSED, PASSED_AMENDED, DEFERRED = "通过", "原则通过，修改后印发", "未通过，修改后再议"
OUTCOMES = (PASSED, PASSED_AMENDED, DEFERRED)
WITHOUT_WORDS, WITH_WORDS = "无意见", "有意见"
ANSWERS = (WITHOUT_WORDS, WITH_WORDS)
NAMED = 5


class PlanState(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    CONSULTING = "consulting"
    CHECKING = "checking"
    DELIBERATING = "deliberating"
    ISSUED = "issued"
    REVISING = "revising"


STATES: dict[str, str] = {
    PlanState.DRAFT: "起草",
    PlanState.CONSULTING: "征求意见",
    PlanState.CHECKING: "市级核对",
    PlanState.DELIBERATING: "审议",
    PlanState.ISSUED: "印发",
    PlanState.REVISING: "修订",
}
IN_FORCE = frozenset({PlanState.ISSUED, PlanState.REVISING})
ASKING = frozenset({PlanState.CONSULTING, PlanState.REVISING})
LISTENING = ASKING | {PlanState.CHECKING, PlanState.DELIBERATING}
LEAVING = frozenset({"deliberate", "submit"})  # steps that say who has not answered
MEETING = frozenset({PlanState.DELIBERATING, PlanState.REVISING})


class PlanFacts(Protocol):
    """What can be asked about a plan."""

    @property
    def problems(self) -> int:
        """How many problems it has."""

    @property
    def without_measures(self) -> tuple[str, ...]:
        """The problems that no measure answers, as they are called."""

    @property
    def without_lead(self) -> tuple[str, ...]:
        """The problems that nobody leads."""

    @property
    def undated(self) -> tuple[str, ...]:
        """The problems and measures whose deadline is in doubt."""

    @property
    def bodies_missing(self) -> tuple[str, ...]:
        """The meetings that have to consider it and have no record yet."""

    @property
    def bodies_against(self) -> tuple[str, ...]:
        """The meetings whose last word is that it does not pass."""

    @property
    def is_amended(self) -> bool:
        """Whether a new edition was written since the revision began."""

    @property
    def unexplained(self) -> int:
        """How many findings against the city's plan nobody explained."""


def issued_title(title: str) -> str:
    """A title without the words that call it a draft."""
    for word in DRAFT_WORDS:
        title = title.replace(f"（{word}）", "").replace(f"({word})", "").replace(word, "")
    return title.strip()


def not_in_force(state: str) -> str:
    """How a plan stands that is not in force; "" where it is."""
    return "" if state in IN_FORCE else STATES.get(state, state)


def is_draft_title(title: str) -> bool:
    """Whether a paper's own title says that it is not issued yet (征求意见稿, 送审稿 …)."""
    return any(word in title for word in DRAFT_WORDS)


def bodies_for(kind: str, government: str) -> tuple[str, ...]:
    """The meetings that have to consider the plan of a unit of that kind; `government` is the kind of a 党委和政府."""
    return (GOVERNMENT_MEETING, PARTY_MEETING) if kind == government else (GROUP_MEETING,)


def problems_listed(facts: PlanFacts) -> str:
    """Why an empty plan goes nowhere, or ""."""
    return "" if facts.problems else "方案里还没有整改问题。"


def measures_listed(facts: PlanFacts) -> str:
    """Why it goes nowhere while a problem has no measure, or ""."""
    return _left("还没有整改措施", facts.without_measures)


def leads_named(facts: PlanFacts) -> str:
    """Why it goes nowhere while nobody leads a problem, or ""."""
    return _left("还没有牵头单位", facts.without_lead)


def deadlines_settled(facts: PlanFacts) -> str:
    """Why it goes nowhere while a deadline is in doubt, or ""."""
    return _left("时限还没有定", facts.undated)


def _left(what: str, names: tuple[str, ...]) -> str:
    more = f"等{len(names)}处" if len(names) > NAMED else ""
    return f"{'、'.join(names[:NAMED])}{more}{what}。" if names else ""


def deliberated(facts: PlanFacts) -> str:
    """Why it may not be issued before the meetings considered it, or ""."""
    missing = facts.bodies_missing
    return f"还没有审议记录：{'、'.join(missing)}。" if missing else ""


def passed(facts: PlanFacts) -> str:
    """Why it may not be issued against a meeting's word, or ""."""
    against = facts.bodies_against
    return f"{'、'.join(against)}没有通过，修改后要再审议。" if against else ""


def too_early(dated_on: date, held_on: Iterable[date]) -> str:
    """Why a paper of that day cannot be the one that these meetings passed, or ""."""
    last = max(held_on, default=dated_on)
    return f"文件日期{dated_on}早于审议日期{last}，请核对。" if dated_on < last else ""


def answer_refusal(answer: str, words: str, asked_on: date, answered_on: date, today: date) -> str:
    """Why a unit's answer cannot be written down so, or ""."""
    if answer not in ANSWERS:
        return "请选“无意见”或“有意见”。"
    if answer == WITH_WORDS and not words.strip():
        return "有意见的，请写明是什么意见。"
    if answered_on < asked_on:
        return f"答复日期{answered_on}早于发出日期{asked_on}，请核对。"
    return f"答复日期{answered_on}还没有到，请核对。" if answered_on > today else ""


def unanswered_words(names: Sequence[str]) -> str:
    """Who was asked and has not answered, or ""."""
    more = f"等{len(names)}家" if len(names) > NAMED else ""
    return f"征求意见还没有答复的：{'、'.join(names[:NAMED])}{more}。" if names else ""


def amended(facts: PlanFacts) -> str:
    """Why a revision is not issued before its text is here, or ""."""
    return "" if facts.is_amended else "修订后的方案还没有导入，没有新的版次。"


def not_amended(facts: PlanFacts) -> str:
    """Why a revision is not given up once its text was written, or ""."""
    return "修订后的方案已经写入台账，请办“印发修订”。" if facts.is_amended else ""


def explained(facts: PlanFacts) -> str:
    """Why the office does not pass it while a difference from the city's plan is unexplained, or ""."""
    left = facts.unexplained
    return f"与市方案核对还有{left}处没有说明。" if left else ""


PAPER = "文号和日期"
S, C = PlanState, Capacity
OFFICE, HEAD = frozenset({C.OFFICE, C.OFFICE_HEAD}), frozenset({C.OFFICE_HEAD})
LOWER = frozenset({C.COUNTY, C.LEAD})
CITY_WRITERS, LOWER_WRITERS = OFFICE, LOWER | {C.COUNTY_CLERK, C.REPORTING}
COMPLETE = (
    Condition("列有整改问题", problems_listed),
    Condition("每个问题都有措施", measures_listed),
    Condition("每个问题都有牵头单位", leads_named),
    Condition("时限都已确定", deadlines_settled),
)
CONSIDERED = (Condition("会议审议过", deliberated), Condition("审议通过", passed))
EXPLAINED = Condition("与市方案的差异都有说明", explained)


def _rest(authors: frozenset[Capacity], before: tuple[PlanState, ...], *more: Condition) -> tuple[Move, ...]:
    """The rows that both ways share, taken by whoever writes the plan."""
    return (
        Move("redraft", "退回起草", before, S.DRAFT, authors, note_required=True),
        Move("issue", "印发", (S.DELIBERATING,), S.ISSUED, authors, CONSIDERED, asks=PAPER, tells=("office",)),
        Move("revise", "启动修订", (S.ISSUED,), S.REVISING, authors, note_required=True, tells=("office",)),
        Move(
            "reissue",
            "印发修订",
            (S.REVISING,),
            S.ISSUED,
            authors,
            (Condition("修订稿已写入", amended), *more, *CONSIDERED),
            asks=PAPER,
            tells=("office",),
        ),
        Move(
            "keep",
            "不再修订",
            (S.REVISING,),
            S.ISSUED,
            authors,
            (Condition("没有写入修订稿", not_amended),),
            note_required=True,
        ),
    )


_CITY = (
    Move("consult", "征求意见", (S.DRAFT,), S.CONSULTING, OFFICE, COMPLETE, tells=("office",)),
    Move("deliberate", "提请审议", (S.CONSULTING,), S.DELIBERATING, OFFICE, note_required=True, tells=("office",)),
    *_rest(OFFICE, (S.CONSULTING, S.DELIBERATING)),
)
_LOWER = (
    Move("consult", "征求意见", (S.DRAFT,), S.CONSULTING, LOWER, COMPLETE),
    Move("submit", "报市整改办核对", (S.CONSULTING,), S.CHECKING, LOWER, note_required=True, tells=("office",)),
    Move("pass", "核对通过", (S.CHECKING,), S.DELIBERATING, HEAD, (EXPLAINED,), tells=("county", "lead")),
    Move("return", "退回修改", (S.CHECKING,), S.DRAFT, OFFICE, note_required=True, tells=("county", "lead")),
    Move("demand", "要求修订", (S.ISSUED,), S.REVISING, OFFICE, note_required=True, tells=("county", "lead")),
    *_rest(LOWER, (S.CONSULTING, S.DELIBERATING), EXPLAINED),
)
_CITY_STATES = {state: label for state, label in STATES.items() if state != S.CHECKING}
PLAN = {True: Flow("plan", S.DRAFT, STATES, _LOWER), False: Flow("plan", S.DRAFT, _CITY_STATES, _CITY)}
"""{whether a plan is a county's or a department's: its lifecycle}."""
