"""What is worth comparing is found by keys, and by no more than plain strings."""

import pytest

from bihuan.matters.rules.likeness import Named, Trace, likeness
from bihuan.matters.rules.nearness import Signed, asked, keys
from tests.bench.recurrence_words import HOLDOUT
from tests.bench.recurrences import HOLDOUT_SEEDS, world

CANG = ("130900", "130921")
OLD = Trace(
    "S1",
    CANG,
    "沧县杜林乡倪桥村渤海大道18号",
    (Named("沧县华兴纸业有限公司"),),
    position=(38.3012, 116.8512),
    park="西环 工业园区",
    types=("水",),
    numbers=("D2HE202204100012",),
)


def test_a_trace_is_kept_under_plain_strings() -> None:
    assert keys(OLD) == (
        "number:D2HE202204100012",
        "village:130921:倪桥",
        "door:130921:渤海大道18号",
        "park:130921:西环工业园区:水",
        "name:130921:huaxing",
        "name:130921:huazhi",
        "name:130921:xingzhi",
        "cell:7660:23370",
    )


def test_a_trace_is_looked_for_in_the_cells_around_and_where_no_county_was_known() -> None:
    found = asked(OLD)

    assert len([key for key in found if key.startswith("cell:")]) == 9
    assert {*keys(OLD)} < {*found}
    assert "name:130900:huaxing" in found


def test_without_a_county_every_county_is_asked() -> None:
    old = Trace("S2", ("130900",), objects=(Named("华兴纸业厂"),), types=("水",))

    assert [one.old for one in Signed([OLD, old]).near(Trace("N", ("130900",), objects=(Named("华兴纸业"),)))] == [
        "S1",
        "S2",
    ]
    assert [one.old for one in Signed([old]).near(OLD)] == ["S2"]
    assert keys(Trace("N")) == asked(Trace("N")) == ()


def test_a_surer_link_leaves_out_what_is_weak_beside_it() -> None:
    pond = Trace("S3", CANG, "沧县杜林乡倪桥村", text="坑塘", types=("水",))
    new = Trace("N", CANG, "沧县杜林乡倪桥村", (Named("华兴纸业"),), "污水排入坑塘", types=("水",))
    nameless = Trace("N", CANG, "沧县杜林乡倪桥村", text="污水排到沟里", types=("水",))

    assert [one.old for one in Signed([pond, OLD]).near(new)] == ["S1"]
    assert [one.old for one in Signed([pond, OLD]).near(nameless)] == ["S1", "S3"]


def test_nothing_is_near_itself_or_kept_twice() -> None:
    signed = Signed([OLD])

    assert signed.near(OLD) == ()
    with pytest.raises(ValueError, match=r"^S1已经在册。$"):
        signed.add(OLD)


def test_the_keys_miss_nothing_that_comparing_each_with_each_finds() -> None:
    made = world(HOLDOUT_SEEDS[0], HOLDOUT, matters=120, planted=14, others=24)
    signed = Signed(made.signed_off)

    found = {(old.code, new.code) for old in made.signed_off for new in made.arrivals if likeness(old, new)}
    compared = {(old.code, new.code) for new in made.arrivals for old in signed.candidates(new)}
    assert (len(found) >= 14, found - compared) == (True, set())
    assert len(compared) < len(made.signed_off) * len(made.arrivals) / 20
