"""What is proposed to be blacked out of a public copy, measured on passages in the forms of real papers; people are
invented. A mark 【kind:words】 in a sample is what a person would black out.
"""

import re
import time
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.lib import redaction
from bihuan.lib.redact import LABELS, masked
from bihuan.lib.redaction import BLACK, Proposal, also, blacked, proposals
from tests.house.source import ROOT

MARK = re.compile(r"【(\w+):([^】]+)】")
PAGES = sorted((ROOT / "tests/samples/redaction").glob("*.txt"))
PASSAGES = [line for page in PAGES for line in page.read_text().splitlines()]
FLOOR = 0.97


@dataclass(frozen=True)
class Measured:
    """How many marks there are, how many of them were proposed, and how many proposals there were."""

    wanted: int
    found: int
    proposed: int


def read(line: str) -> tuple[str, set[tuple[str, int, int]]]:
    """A sample's text, and what should be proposed of it: (kind, from, to)."""
    text, wanted, done = "", set(), 0
    for mark in MARK.finditer(line):
        text += line[done : mark.start()]
        wanted.add((mark[1], len(text), len(text) + len(mark[2])))
        text, done = text + mark[2], mark.end()
    return text + line[done:], wanted


def measure(passages: list[str]) -> Measured:
    wanted = found = proposed = 0
    for line in passages:
        text, marks = read(line)
        told = {(one.kind, one.start, one.end) for one in proposals(text)}
        wanted, found, proposed = wanted + len(marks), found + len(marks & told), proposed + len(told)
    return Measured(wanted, found, proposed)


def test_nearly_all_of_it_is_proposed_and_hardly_anything_else() -> None:
    result = measure(PASSAGES)

    assert len(PASSAGES) >= 29
    assert result.wanted >= 30
    assert result.found / result.wanted >= FLOOR
    assert result.found / result.proposed >= FLOOR


def test_a_miss_and_a_false_alarm_both_count() -> None:
    assert measure(["【name:无名氏】路过"]) == Measured(1, 0, 0)
    assert measure(["电话13900000001"]) == Measured(0, 0, 1)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("周小树女士来电", "name", "周小树"),
        ("户主陈立业在家中", "name", "陈立业"),
        ("韩冬，13800000003", "name", "韩冬"),
        ("在和平里小区3号楼2单元501经营", "address", "和平里小区3号楼2单元501"),
        ("回电１３９００００００００", "phone", "１３９００００００００"),
    ],
)
def test_a_public_copy_names_nobody(text: str, kind: str, words: str) -> None:
    assert (kind, words) in [(one.kind, one.words) for one in proposals(text)]


@pytest.mark.parametrize(
    "text",
    [
        "张某女士来电",
        "全体女士们",
        "家住附近的居民反映",
        "村民反映强烈",
        "业主代表在场",
        "天水路与合川路交叉口",
        "第3号楼",
        "监督电话:0317-2000000",
    ],
)
def test_what_names_nobody_is_left(text: str) -> None:
    assert proposals(text) == ()


def test_what_is_blacked_out_looks_alike_whatever_its_length() -> None:
    short, long = "我叫李四，反映", "我叫欧阳小芳，反映"

    assert blacked(short, proposals(short)) == blacked(long, proposals(long)) == f"我叫{BLACK}，反映"
    assert {one.label for one in proposals(short)} == {LABELS["name"]}


@given(st.text(max_size=200))
def test_proposals_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found: tuple[Proposal, ...] = proposals(text)

    assert all(text[one.start : one.end] == one.words for one in found)
    assert all(one.end <= after.start for one, after in pairwise(found))


@pytest.mark.parametrize("more", [["杨树林"], ["杨树林场"], ["林场的", "杨树林"]])
def test_an_added_word_is_blacked_out_where_it_reaches_over_another(more: list[str]) -> None:
    text = "我叫杨树，林场的杨树林场长"
    beside = [Proposal("name", 9, 11, "树林"), *proposals(text)]

    shown = blacked(text, [*beside, *also(text, more, beside)])

    assert not any(word in shown for word in (*more, "杨树", "杨"))


LONG = 15_000
HELD = 0.3  # seconds of the processor: a text of 50,000 characters then costs a request one second
HEADS = ("家住", "住址", "电话", "微信", "QQ", "身份证", "举报人", "张三", "代表：", "姓名\t张三\n", "")
TAILS = (" ", "\n", "\t", " \n", "张三", "房号1", "举报人：张三 ", "13800000001，", "我是甲村的", "1", "a@", "甲小区1-")


def cost(text: str) -> float:
    """How long it takes to mask a text, to propose what to black out of it, and to do it."""
    begun = time.process_time()
    found = proposals(text)
    blacked(text, [*found, *also(text, ["张三", "1"], found)])
    masked(text)
    return time.process_time() - begun


def costly(long: int, most: float) -> list[tuple[str, str]]:
    """Out of what a text of that length is made that holds somebody up for longer."""
    return [(head, tail) for head in HEADS for tail in TAILS if cost((head + tail * long)[:long]) > most]


def test_no_text_holds_a_request_up() -> None:
    assert costly(LONG, HELD) == []


def test_a_pattern_that_tries_blanks_again_and_again_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The teeth: blanks that three parts of a pattern may share among them, in a text far shorter."""
    again = redaction._TITLED.pattern.replace("*+", "*")
    monkeypatch.setattr(redaction, "_TITLED", re.compile(again))

    assert cost("张三" + " " * 1_000) > HELD / 15
