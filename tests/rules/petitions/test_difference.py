"""A later table against the petitions that stand: what it leaves empty is no change."""

from dataclasses import replace

from bihuan.petitions.rules.difference import changed_values, difference
from bihuan.petitions.rules.drafts import PetitionDraft, SubItemDraft

KNOWN = PetitionDraft(
    "X1", "D2HE202204120031", "D2HE202204120031", content="村东坑塘堆放垃圾。", truth="属实", region=7
)


def test_the_same_petition_has_no_difference() -> None:
    [change] = difference({KNOWN.number_key: KNOWN}, [KNOWN]).changes

    assert (change.status, change.fields) == ("same", {})


def test_a_value_left_empty_is_no_change() -> None:
    assert changed_values(KNOWN, replace(KNOWN, truth="", region=None)) == {}


def test_what_changed_is_told_as_the_reader_of_papers_names_it() -> None:
    read = replace(
        KNOWN,
        is_key_case=True,
        region=8,
        region_raw="沧县",
        repeats=("D001", "D002"),
        sub_items=(SubItemDraft(1, "噪声扰民", truth="属实"),),
    )

    [change] = difference({KNOWN.number_key: KNOWN}, [read]).changes

    assert (change.status, dict(change.fields)) == (
        "changed",
        {
            "key_case": ("否", "是"),
            "region": ("", "沧县"),
            "sub_items": ("", "1.噪声扰民 属实"),
            "duplicates": ("", "D001；D002"),
        },
    )


def test_a_petition_nobody_knows_is_new_and_one_that_is_missing_vanished() -> None:
    changes = difference({}, [KNOWN], [replace(KNOWN, key="X2", number="30号")]).changes

    assert [(one.status, one.known, one.read, one.label) for one in changes] == [
        ("new", "", "X1", "D2HE202204120031 村东坑塘堆放垃圾。"),
        ("vanished", "X2", "", "30号 村东坑塘堆放垃圾。"),
    ]
