"""Which facts of a problem or a measure the office may still put right by hand, in which state."""

from bihuan.rectification.rules.measure import PROVEN
from bihuan.rectification.rules.problem import CLOSED, STATES, ProblemState

PROBLEM_FACTS = ("target", "pollution_type", "nature", "remark")
MEASURE_FACTS = ("completion_sign",)
FIXED_WHEN_ISSUED = frozenset({"deadline", "nature", "lead", "first_responsible"})
EXTEND = "已下达，时限不能直接改；请申请延期，或导入修订的方案。"
HANDED_OVER = "已下达，不能直接改；请导入修订的方案。"
OPEN = ("", ProblemState.DRAFT)  # "": of a campaign, which is never issued


def problem_shut(fact: str, state: str) -> str:
    """Why that fact of a problem in that state may not be changed by hand, or ""."""
    if state in CLOSED:
        return f"{STATES[state]}，不能再改。"
    if fact in FIXED_WHEN_ISSUED and state != ProblemState.DRAFT:
        return EXTEND if fact == "deadline" else HANDED_OVER
    return ""


def measure_shut(fact: str, state: str, problem_state: str) -> str:
    """Why that fact of a measure may not be changed by hand, or ""; `problem_state` is "" for one of a campaign."""
    if problem_state in CLOSED:
        return f"所属问题{STATES[problem_state]}，不能再改。"
    if state in PROVEN:
        return "措施已确认，不能再改。"
    return EXTEND if fact == "deadline" and problem_state not in OPEN else ""
