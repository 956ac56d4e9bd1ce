"""The conditions of acceptance (验收条件), which the accepting unit answers one by one. Source: S1§2."""

from collections.abc import Mapping

LIKE = "like_elsewhere"
CONDITIONS: Mapping[str, str] = {
    "carried_out": "各项整改措施全部落实",
    "dealt_with": "违法问题依法处理到位",
    "effective": "整改效果符合法律法规和标准",
    LIKE: "举一反三到位(同一企业、同一区域和周边同类问题)",
    "cured": "从源头解决，长效机制建立",
}


def unanswered(answered: Mapping[str, bool]) -> tuple[str, ...]:
    """The conditions that nobody has answered."""
    return tuple(label for key, label in CONDITIONS.items() if key not in answered)


def unmet(answered: Mapping[str, bool]) -> tuple[str, ...]:
    """The conditions that were answered with no."""
    return tuple(label for key, label in CONDITIONS.items() if answered.get(key) is False)
