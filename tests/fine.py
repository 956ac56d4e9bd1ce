"""Facts with which every condition of every lifecycle holds; a test names what does not."""

from datetime import date
from types import SimpleNamespace
from typing import Any

FINE: dict[str, Any] = {
    **dict.fromkeys(("is_deadline_settled", "is_received", "has_region", "is_hand_over_day", "is_with_units"), True),
    **dict.fromkeys(("lead_units", "first_responsible", "measures", "records"), 1),
    **dict.fromkeys(("days_since_issue", "built_upon", "undecided", "open_joined"), 0),
    **dict.fromkeys(("is_asker", "is_another", "is_agreer", "is_lasting", "has_password"), True),
    "decline_days": 3,
    "since_agreed": None,
    "since_made": None,
    "too_early": "",
    # a problem from its claim to its re-checks
    **dict.fromkeys(
        (
            *("unconfirmed", "claim_missing", "acceptance_missing", "waivers_unconfirmed", "sign_off_missing"),
            *("conditions_unanswered", "conditions_unmet", "experts_waited_for"),
        ),
        (),
    ),
    **dict.fromkeys(("county_checks", "acceptance_checks", "stage_checks", "proofs_since", "rebound_proofs"), 1),
    "changed_since_consent": 0,
    # a measure, an entry, a re-check
    **dict.fromkeys(("below_target", "milestones_open"), ()),
    "truth": "属实",
    **dict.fromkeys(("other_parts", "is_filled", "is_in_review"), 1),
    "items_left": (),
    "behind": (),
    **dict.fromkeys(("closing", "proposed"), "已办结"),
    **dict.fromkeys(("is_dissatisfied", "is_own_call"), False),
    "files": 1,
    "entries_waiting": 0,
    # a plan
    "plan_state": "",
    "problems": 1,
    **dict.fromkeys(("without_measures", "without_lead", "undated", "bodies_missing", "bodies_against"), ()),
    "is_amended": True,
    "unexplained": 0,
    # a release
    "parts_missing": (),
    **dict.fromkeys(("has_period", "is_current"), True),
    "has_check": True,
    "not_reached": 0,
    # a sweep, a watch hit
    "places": 1,
    "unanswered": (),
    "is_concluded": True,
    "is_still_closed": True,
    "is_linked": False,
    # a petition that goes into another one, a pair
    "merge_refused": "",
    "is_merged": False,
}
TODAY, OVER, RUNNING = date(2022, 7, 15), date(2022, 7, 14), date(2022, 7, 15)


def fine(**otherwise: Any) -> Any:
    """Fine facts, but for what is otherwise."""
    return SimpleNamespace(
        **FINE | {"today": TODAY, "notice_ends_on": OVER, "is_own": False, "is_provincial": False} | otherwise
    )


def fine_for(flow: str, step: str) -> Any:
    """Fine facts for one step: two steps of one lifecycle may want the opposite of each other."""
    opposite: dict[tuple[str, str], dict[str, Any]] = {
        ("problem", "dismiss_notice"): {"notice_ends_on": RUNNING},
        ("problem", "report_up"): {"is_provincial": True},
        ("progress", "withdraw"): {"is_own": True},
        ("plan", "keep"): {"is_amended": False},
        ("extension", "withdraw"): {"is_own": True},
        ("petition", "stage"): {"proposed": "阶段性办结"},
    }
    return fine(**opposite.get((flow, step), {}))
