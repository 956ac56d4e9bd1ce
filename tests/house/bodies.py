"""What is sent over the API to write something down about a plan; `expectations` and the walk read it."""

WRITTEN_OF_PLANS = {
    "deliberation": {"body": "none", "held_on": "2022-07-04", "outcome": "none"},
    "explanation": {"kind": "none", "code": "HE2-M001-01", "words": "none", "reason": "none"},
    "tie": {"measure": "HE2-M001-01"},
}
