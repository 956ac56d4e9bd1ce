"""A petition's text proposes its split where it counts itself, and nothing where it only has figures."""

import pytest

from bihuan.petitions.rules.petition import PetitionState
from bihuan.petitions.rules.splitting import MOST, OPEN, places_of, proposed, refusal, shut


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "群众反映：一是甲村东砖厂夜间排放黑烟；二是厂区扬尘大，影响村民；三是废水直排北沟。希望有关部门查处。",
            ("甲村东砖厂夜间排放黑烟", "厂区扬尘大，影响村民", "废水直排北沟"),
        ),
        (
            "来电1.某街道甲路与乙路交叉口西北侧路边，山林地被毁坏。2.某社区办公楼前挖种植土留下大坑（6-7亩），用石头填埋。",
            ("某街道甲路与乙路交叉口西北侧路边，山林地被毁坏", "某社区办公楼前挖种植土留下大坑（6-7亩），用石头填埋"),
        ),
        (
            "1、2006年至2013年甲村引进五家企业，占地54.57亩；2、鸡场堆放鸡粪，距村1.5公里。",
            ("2006年至2013年甲村引进五家企业，占地54.57亩", "鸡场堆放鸡粪，距村1.5公里"),
        ),
        ("反映（1）油烟扰民（2）空调外机噪声大,请解决", ("油烟扰民", "空调外机噪声大,请解决")),
        ("反映（一）油烟扰民；（二）餐饮污水横流。", ("油烟扰民", "餐饮污水横流")),
        ("①噪声大②油烟扰民③垃圾乱堆", ("噪声大", "油烟扰民", "垃圾乱堆")),
        ("反映两个问题：第一，夜间施工噪声；第二，渣土车扬尘。", ("夜间施工噪声", "渣土车扬尘")),
        ("一、占用耕地堆料。二、向河里倒土。", ("占用耕地堆料", "向河里倒土")),
        ("一是某厂偷排。厂门朝东。二是夜间噪声。厂门朝西。", ("某厂偷排。厂门朝东", "夜间噪声。厂门朝西")),
        ("一是粉尘大，1.2米的围墙挡不住；二是2.5吨的车超载。", ("粉尘大，1.2米的围墙挡不住", "2.5吨的车超载")),
    ],
)
def test_what_counts_itself_is_proposed_word_by_word(text: str, parts: tuple[str, ...]) -> None:
    assert proposed(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "某厂夜间噪声扰民。",
        "村东有养殖场1家，距村1.5公里，有2处排口。",
        "某厂围墙高1.2米，罚款2.5万元。",
        "一是某厂夜间噪声扰民。",  # one is no split
        "1.甲 2.乙",  # what a part says must be something
        "某厂是否违法，第二天仍在排放，一是二是说不清",
        "2.先写二 1.后写一",
        "",
    ],
)
def test_figures_and_single_marks_propose_nothing(text: str) -> None:
    assert proposed(text) == ()


def test_what_is_proposed_stands_in_the_text_from_left_to_right() -> None:
    text = "群众反映：一是甲村东砖厂夜间排放黑烟；二是厂区扬尘大。"
    parts = proposed(text)

    found = [*places_of(text, parts)]

    assert [text[start:end] for start, end, _ in found] == [*parts]
    assert [place for *_, place in found] == [0, 1]
    assert [*places_of(text, ["别处的话", "砖厂夜间", "甲村东砖厂夜间"])] == [(7, 14, 2)]


def test_only_before_the_answer() -> None:
    assert {state for state in PetitionState if not shut(state)} == {*OPEN}
    assert shut("answered") == "已反馈的信访件不能再改分项。"


@pytest.mark.parametrize(
    ("texts", "standing", "words"),
    [
        ([], [], "请至少写一个分项。"),
        (["嗯"], [], "太短"),
        (["污" * 2001], [], "超过2000个字"),
        (["油烟扰民"], ["油烟扰民"], "已经有了"),
        (["油烟扰民", "油烟扰民"], [], "已经有了"),
        ([f"第{n}处排口" for n in range(MOST)], ["油烟扰民"], f"最多{MOST}个分项"),
        (["油烟扰民"], ["噪声扰民"], ""),
    ],
)
def test_what_does_not_become_a_sub_item(texts: list[str], standing: list[str], words: str) -> None:
    said = refusal(texts, standing)

    assert words in said and bool(said) == bool(words)
