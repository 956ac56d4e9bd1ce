"""When something new lies near a signed-off matter, how strong that is, and the sentences that say why."""

from dataclasses import replace

import pytest

from bihuan.matters.rules.likeness import Named, Trace, likeness

CANG, RENQIU = ("130900", "130921"), ("130900", "130982")
AT = (38.30, 116.85)
PLANT = Trace(
    "S1",
    CANG,
    "沧县杜林乡倪桥村村南",
    (Named("沧县华兴纸业有限公司", ("沧县老纸厂",)),),
    "倪桥村村南沧县华兴纸业有限公司废水直排。经查，群众反映情况属实。",
    AT,
    "临港化工产业园",
    ("水",),
    ("D2HE202204100012",),
)
POND = Trace("S2", CANG, "沧县杜林乡倪桥村", text="坑塘黑臭", position=AT, types=("水",))


def new(place: str = "沧县杜林乡倪桥村", name: str = "", text: str = "污水排到沟里", **given: object) -> Trace:
    """Something new of the plant's county and type."""
    objects = (Named(name),) if name else ()
    values: dict[str, object] = {"regions": CANG, "types": ("水",)} | given
    return Trace("N1", place=place, objects=objects, text=text, **values)


def north(metres: float) -> tuple[float, float]:
    return (AT[0] + metres / 111_320, AT[1])


VILLAGE, WATER = "同一村（杜林乡倪桥村）。", "同为水。"


@pytest.mark.parametrize(
    ("trace", "strength", "reasons"),
    [
        (
            new(name="华兴纸业集团"),
            95,
            ("同一对象：“华兴纸业集团”即“沧县华兴纸业有限公司”（名称相同）。", VILLAGE, WATER, "都涉及造纸。"),
        ),
        (
            new("沧县渤海大道88号", "沧县老纸厂"),
            85,
            ("同一对象：“沧县老纸厂”即“沧县老纸厂”（名称相同，系其别名）。", WATER, "都涉及造纸。"),
        ),
        (
            new("沧县兴济镇李坨村", "华兴纸业厂"),
            70,
            (
                "同一对象：“华兴纸业厂”即“沧县华兴纸业有限公司”（名称相同）。",
                "所写地点不同（沧县杜林乡倪桥村村南、沧县兴济镇李坨村），请核对。",
                WATER,
                "都涉及造纸。",
            ),
        ),
        (
            new("沧县倪桥村", "华兴科技有限公司", types=("大气",)),
            70,
            (
                "同一对象：“华兴科技有限公司”即“沧县华兴纸业有限公司”（字号相同）。",
                "同一村（杜林乡倪桥村，有一件未写明乡镇）。",
            ),
        ),
        (
            new(name="华某纸业"),
            65,
            ("同一对象：“华某纸业”即“沧县华兴纸业有限公司”（部分隐去）。", VILLAGE, WATER, "都涉及造纸。"),
        ),
        (
            new(name="兴纸业"),
            75,
            ("同一对象：“兴纸业”即“沧县华兴纸业有限公司”（差一个字）。", VILLAGE, WATER, "都涉及造纸。"),
        ),
        (new("杜林乡倪桥村村北"), 58, (VILLAGE, WATER)),
        (new(name="××公司", text="造纸废水直排"), 68, (VILLAGE, WATER, "都涉及造纸。")),
        (new("沧县307国道路北", position=north(120)), 70, ("相距120米。", WATER)),
        (new("沧县307国道路北", text="造纸废水", position=north(250)), 60, ("相距250米。", WATER, "都涉及造纸。")),
        (
            new("沧县307国道路北", "博凯纸制品厂", position=north(40)),
            52,
            (
                "相距40米。",
                WATER,
                "都涉及造纸。",
                "对象名称不同（沧县华兴纸业有限公司、博凯纸制品厂），请核对。",
            ),
        ),
        (
            new("沧县", text="园区内造纸废水", park="临港化工產業園"),
            60,
            ("同一园区（临港化工产业园）。", WATER, "都涉及造纸。"),
        ),
        (
            new("任丘市", "博凯化工", regions=RENQIU, numbers=("ｄ2HE202204100012",)),
            98,
            ("编号相同：D2HE202204100012。", "对象名称不同（沧县华兴纸业有限公司、博凯化工），请核对。"),
        ),
        (new("沧州市", "华兴纸业厂", regions=("130900",)), 85, None),
    ],
)
def test_what_is_near_says_how_strong_and_why(trace: Trace, strength: int, reasons: tuple[str, ...] | None) -> None:
    found = likeness(PLANT, trace)

    assert found and (found.old, found.new, found.strength) == ("S1", "N1", strength)
    assert reasons is None or found.reasons == reasons


@pytest.mark.parametrize(
    "trace",
    [
        pytest.param(new("任丘市于村乡倪桥村", "华兴纸业有限公司", regions=RENQIU), id="same name in another county"),
        pytest.param(new(name="博凯化工厂", types=("大气",)), id="same village, other object and pollution"),
        pytest.param(new(name="博凯制革厂"), id="same village and pollution, other object"),
        pytest.param(new(text="羊圈粪水横流"), id="same village and pollution, other cause"),
        pytest.param(new("沧县兴济镇李坨村", "博凯纸业厂"), id="same industry in the county"),
        pytest.param(new("沧县兴济镇倪桥村"), id="village of that name in another town"),
        pytest.param(new("沧县兴济镇李坨村", "华兴水泥厂"), id="same core, other trade and town"),
        pytest.param(new(name="华兴水泥厂", types=("大气",)), id="same core, other trade and pollution"),
        pytest.param(new("沧县兴济镇李坨村", "华某纸业"), id="masked, elsewhere"),
        pytest.param(new(name="盛某纸业"), id="masked, but another"),
        pytest.param(new("沧县兴济镇李坨村", text=PLANT.text[-14:]), id="same boilerplate"),
        pytest.param(new("沧县307国道路北", position=north(250)), id="a neighbour, nothing more said"),
        pytest.param(new("沧县307国道路北", position=north(400), text="造纸废水"), id="too far"),
        pytest.param(new("沧县", "博凯纸业", park=PLANT.park), id="another plant of the park"),
        pytest.param(new("沧县杜林乡", numbers=("12",), types=("大气",)), id="a number too short to be one matter's"),
    ],
)
def test_what_only_looks_like_it_is_not_near(trace: Trace) -> None:
    assert likeness(PLANT, trace) is None


def test_who_names_one_means_that_one_and_not_whatever_the_village_has() -> None:
    assert likeness(POND, new(name="博凯养殖厂", text="粪污排入坑塘")) is None
    assert likeness(POND, new(text="大坑里的水又黑又臭")) is not None
    assert likeness(replace(POND, text="造纸废水"), new(name="博凯纸业")) is not None


def test_a_house_number_is_a_place() -> None:
    old = replace(POND, place="沧县渤海大道18号", position=None)

    found = likeness(old, new("沧县渤海大道18号院内"))
    assert found and found.reasons == ("同一门牌（渤海大道18号）。", WATER)


def test_nameless_matters_of_one_park_are_near() -> None:
    old = replace(POND, place="沧县", text="异味", position=None, park="西环工业园区")

    found = likeness(old, new("沧县", park="西环工业园区"))
    assert found and (found.strength, found.reasons) == (50, ("同一园区（西环工业园区）。", WATER))
