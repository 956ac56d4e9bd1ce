"""How a file says where it was taken."""

from decimal import Decimal

from bihuan.matters.rules.evidence import position_words


def test_a_position_is_told_with_its_system_or_not_at_all() -> None:
    assert position_words(Decimal("38.123456"), Decimal("116.5"), "WGS84") == "38.12346, 116.50000（WGS84）"
    assert position_words(None, None, "") == ""
