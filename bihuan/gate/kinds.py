"""The kinds of matter by the letter in their codes: how each is found, called, opened and corrected.

Hides how a code (HE2-P0012) tells its kind.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import resolve, reverse

from bihuan.core.actor import Actor
from bihuan.lib.flow import Flow
from bihuan.petitions import actions as petition_actions
from bihuan.petitions import queries as petitions
from bihuan.petitions.rules.petition import PETITION
from bihuan.petitions.rules.undertaking import UNDERTAKING
from bihuan.rectification.actions import handing_over, planning
from bihuan.rectification.queries import plans, sight
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.plan import PLAN
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PROBLEM


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of matter: what it is called, its page, the rows that somebody sees, the field by which one is called.

    `stepped` finds what somebody took the last step on, `correct` corrects that step.
    `flows` are its lifecycles; `code` the field by which its rows are found.
    """

    called: str
    page: str
    seen: Callable[[Actor], Any]
    words: str
    flows: tuple[Flow, ...]
    stepped: Callable[[str, Actor], Any]
    correct: Callable[..., Any]
    code: str = "matter__code"


KINDS = {
    "P": Kind(
        "整改问题",
        "problem_detail",
        sight.problems_seen,
        "title",
        (PROBLEM[ACCEPT_FIRST],),
        sight.problem_stepped,
        handing_over.correct_problem,
    ),
    "M": Kind(
        "整改措施",
        "measure_detail",
        sight.measures_seen,
        "text",
        (MEASURE,),
        sight.measure_stepped,
        handing_over.correct_measure,
    ),
    "X": Kind(
        "信访件",
        "petition_detail",
        petitions.petitions_seen,
        "content",
        (UNDERTAKING, PETITION),
        petitions.petition_stepped,
        petition_actions.correct_petition,
    ),
    "F": Kind(
        "整改方案",
        "plan_detail",
        plans.plans_for,
        "title",
        (PLAN[True],),
        plans.plan_stepped,
        planning.correct_plan,
        code="called_code",
    ),
}


def kind_of(code: str) -> Kind | None:
    """The kind of matter that a code names."""
    _, _, rest = code.partition("-")
    return KINDS.get(rest[:1])


def in_sight(codes: Collection[str], by: Actor) -> dict[str, str]:
    """{code: how it is called} of those of these matters that this actor may open."""
    found: dict[str, str] = {}
    for kind in KINDS.values():
        alike = [code for code in codes if kind_of(code) is kind]
        if alike:
            rows = kind.seen(by).filter(**{f"{kind.code}__in": alike}).order_by()
            found |= dict(rows.values_list(kind.code, kind.words))
    return found


def url_of(code: str) -> str:
    """The page that a matter's code opens, or ""."""
    kind = kind_of(code)
    return reverse(kind.page, args=[code]) if kind else ""


def page_called(path: str) -> str:
    """What the page at an address is about, as people would say: a matter and its code, else another page."""
    try:
        code = str(resolve(path).kwargs.get("code", ""))
    except Http404:
        code = ""
    kind = kind_of(code)
    return f"{kind.called} {code}" if kind else "别的页面"
