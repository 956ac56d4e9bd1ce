from bihuan.lib.grams import grams, phrases


def test_chinese_becomes_pairs_and_a_last_single() -> None:
    assert grams("污水处理厂") == "污水 水处 处理 理厂 厂"


def test_letters_and_digits_become_words() -> None:
    assert grams("HE2-P008 新建42公里") == "he2 p008 新建 建 42 公里 里"


def test_two_characters_ask_for_their_pair() -> None:
    assert phrases("污水") == [["污水"]]


def test_one_character_asks_for_pairs_that_begin_with_it() -> None:
    assert phrases("水") == [["水*"]]


def test_several_words_are_all_asked_for() -> None:
    assert phrases("沧县 自备井") == [["沧县"], ["自备", "备井"]]


def test_signs_alone_ask_for_nothing() -> None:
    assert phrases('"*()') == []
