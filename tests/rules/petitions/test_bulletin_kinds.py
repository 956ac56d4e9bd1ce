"""A wording goes through its form and through the setting unchanged; a wrong tag is named."""

import json

import pytest

from bihuan.petitions.rules.bulletin import KINDS, fault, plain, wording_of
from bihuan.petitions.rules.bulletin.kinds import edited, refusal, tags_of, typed_of
from bihuan.petitions.rules.bulletin.tags import tags


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_touched_stays(kind: str) -> None:
    _, wording = KINDS[kind]

    assert edited(wording, typed_of(wording)) == wording
    assert wording_of(json.loads(json.dumps(plain(wording)))) == wording
    assert not refusal(wording) and not fault(wording)


@pytest.mark.parametrize("kind", KINDS)
def test_every_tag_that_the_house_uses_is_among_those_that_are_shown(kind: str) -> None:
    _, wording = KINDS[kind]
    known = {name for _, names in tags_of(wording) for name in names} | {"累计", "合计", "分别"}

    assert {name for one in wording.paragraphs for tag in tags(one) for name in tag.names} <= known


@pytest.mark.parametrize("kind", KINDS)
def test_every_tag_that_is_shown_can_be_filled_in(kind: str) -> None:
    _, wording = KINDS[kind]
    for _, names in tags_of(wording):
        for name in names:
            assert not fault(wording.but(paragraphs=(f"[{{{name}}}]",))), name


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"paragraphs": "本批{没有的}件"}, "没有“没有的”这个标签"),
        ({"paragraphs": "本批{件数件"}, "括号不成对"),
        ({"paragraphs": "本批[{件数}件"}, "括号不成对"),
        ({"paragraphs": "本批{}件"}, "空的标签"),
        ({"list0_text": "{名}{没有}件"}, "没有“没有”这个标签"),
    ],
)
def test_a_wrong_tag_is_named(typed: dict[str, str], words: str) -> None:
    assert words in fault(edited(KINDS["handed_over"][1], typed))


def test_a_wording_says_something() -> None:
    _, wording = KINDS["handed_over"]

    assert refusal(edited(wording, {"paragraphs": " \n "})) == "请至少写一段。"
    assert "不能空" in refusal(edited(wording, {"verb": " "}))
    assert "最多" in refusal(edited(wording, {"paragraphs": "甲\n" * 21}))
