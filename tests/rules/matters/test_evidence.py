"""How a file says where it was taken."""

from decimal import Decimal

from bihuan.matters.rules.evidence import position_words, unlike_kind


def test_a_position_is_told_with_its_system_or_not_at_all() -> None:
    assert position_words(Decimal("38.123456"), Decimal("116.5"), "WGS84") == "38.12346, 116.50000（WGS84）"
    assert position_words(None, None, "") == ""


def test_a_photograph_is_a_picture() -> None:
    assert unlike_kind("整改前照片", "塘.JPG") == unlike_kind("监测报告", "监测.pdf") == ""
    assert unlike_kind("整改后照片", "监测.pdf").startswith("“监测.pdf”不是照片，不能作整改后照片")
