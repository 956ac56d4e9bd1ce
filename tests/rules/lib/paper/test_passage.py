"""Stretches of cleaned text that know where they stood."""

import re

from bihuan.lib.paper.document import Span
from bihuan.lib.paper.passage import Passage, joined, passage

CELL = Span(0, 20, table=0, row=2, cell=3)


def test_a_cut_leads_back_to_its_raw_words() -> None:
    words = passage("整改目標(biāo)：消除黑臭水體", CELL)

    part = words.cut(words.text.index("黑臭")).strip()

    assert (part.text, part.raw) == ("黑臭水体", "黑臭水體")
    assert part.span == Span(13, 17, table=0, row=2, cell=3)


def test_a_span_in_pasted_text_counts_in_the_whole_of_it() -> None:
    words = passage("整改目标:达标", Span(100, 107))

    assert words.cut(5).span == Span(105, 107)


def test_joined_passages_keep_the_words_of_each() -> None:
    whole = joined([passage("消除", Span(0, 2, paragraph=4)), passage("黑臭", Span(0, 2, paragraph=5))])

    assert (whole.text, whole.raw) == ("消除\n黑臭", "消除\n黑臭")
    assert whole.span == Span(0, 2, paragraph=4, also=(Span(0, 2, paragraph=5),))
    assert whole.cut(3).span == Span(0, 2, paragraph=5)
    assert [line.text for line in whole.lines()] == ["消除", "黑臭"]


def test_words_cut_out_of_the_middle_leave_the_rest_in_place() -> None:
    words = passage("消除\n黑臭", CELL).without(re.compile(r"\n"))

    assert (words.text, words.raw) == ("消除黑臭", "消除\n黑臭")


def test_nothing_is_empty_and_stands_nowhere() -> None:
    nothing = Passage("")

    assert not nothing
    assert not passage(" \n", CELL)
    assert (nothing.raw, nothing.span) == ("", None)
    assert joined([]).text == ""
    assert list(passage(" \n ", CELL).lines()) == []


def test_the_folded_text_keeps_every_place() -> None:
    words = passage("（１）整改：", CELL)

    assert words.folded == "(1)整改:"


def test_words_of_several_cells_name_each_of_them() -> None:
    whole = joined([passage("一是排查", CELL), passage("二是整治", Span(0, 4, table=0, row=4, cell=3))])

    assert whole.span
    assert whole.span.plain() == {
        "table": 0,
        "row": 2,
        "cell": 3,
        "start": 0,
        "end": 4,
        "also": [{"table": 0, "row": 4, "cell": 3, "start": 0, "end": 4}],
    }


def test_lines_of_a_pasted_text_are_one_stretch_of_it() -> None:
    whole = joined([passage("消除", Span(5, 7)), passage("黑臭", Span(8, 10)), passage("水体", Span(40, 42))])

    assert whole.span == Span(5, 10, also=(Span(40, 42),))


def test_pieces_of_one_passage_go_from_the_first_to_the_last() -> None:
    whole = passage("经查， 该举报 属实。", Span(10, 22))

    first, last = whole.piece(0, 3), whole.piece(7, 11)

    assert last.upto(first).text == "经查， 该举报 属实。"
    assert (last.start, last.end, last.span) == (8, 11, Span(18, 21))
    assert whole.value == "经查，该举报属实。"
