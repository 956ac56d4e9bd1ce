"""The chain of hands: on one round of a matter who reported, who approved, who accepted and who signed are different
persons, in every office, however small.
"""

from collections.abc import Mapping

LINKS: Mapping[str, Mapping[str, str]] = {
    "problem": {
        "claim_done": "unit",
        "pass_preliminary": "county",
        "accept": "acceptance",
        "sustain": "acceptance",
        "consent": "consent",
        "sign_off": "signature",
    },
    "measure": {"finish": "unit", "confirm": "lead"},
    "petition": {"approve": "city", "apply": "unit", "accept": "acceptance"},
    "undertaking": {"report_findings": "unit", "county_approve": "county"},
    "plan": {"submit": "county", "pass": "city"},
    "release": {"redact": "draft", "approve": "approval"},
}
"""{lifecycle: {step: the link of the chain that it is}}. One person may take several steps of one link."""

LABELS = {
    "unit": "上报",
    "lead": "确认",
    "county": "县级审核",
    "city": "市级审核",
    "acceptance": "验收",
    "consent": "同意",
    "signature": "销号",
    "draft": "拟稿",
    "approval": "审批",
}


def link_of(flow: str, step: str) -> str:
    """The link that a step of that lifecycle is, or ""."""
    return LINKS.get(flow, {}).get(step, "")


def same_hand(link: str, taken: str) -> str:
    """The sentence that refuses the second link to the hand that took the first."""
    return f"这件事的{LABELS[taken]}是您办的，{LABELS[link]}要由另一个人办。"
