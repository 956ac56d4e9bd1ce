"""Two petitions that are one complaint, or speak of one object, are told from those that only look alike."""

import pytest

from bihuan.matters.rules.likeness import Named, Trace
from bihuan.petitions.rules.common_words import common_words
from bihuan.petitions.rules.repeats import Kind, asked, keys, repeat, strongest
from bihuan.petitions.rules.told import Told
from bihuan.petitions.rules.weighing import Sign, is_likely

CANG, QING = ("130900", "130921"), ("130900", "130922")


def told(text: str, *types: str, code: str = "N", **facts: object) -> Told:
    values: dict[str, object] = {"regions": CANG, "text": text, "types": types} | facts
    return Told(Trace(code, **values))


MILL = told("群众反映，沧县杜林乡倪桥村村东华兴纸业有限公司，夜间偷排废水。", "水", code="A")
GRILL = told("群众反映，沧县浮阳大道与黄河路交叉口锦绣花园底商老王烧烤店，油烟直排。", "油烟", code="A")


@pytest.mark.parametrize(
    ("first", "again", "strength", "reason"),
    [
        (MILL, told("来电反映倪桥村的华兴纸厂把黑水放到沟里。", "水"), 90, "同一村（杜林乡倪桥村）。"),
        (MILL, told("沧县307国道附近华兴纸业，污水发臭。", "水"), 85, "同为水。"),
        (GRILL, told("黄河路浮阳大道路口有烧烤摊，烤串的烟呛人。", "油烟"), 68, "同一路口（浮阳大道与黄河路）。"),
        (GRILL, told("锦绣花园旁边的烤串店，半夜烟熏火燎。", "油烟"), 68, "同一小区（锦绣花园）。"),
    ],
)
def test_a_complaint_told_again_in_other_words_is_one(first: Told, again: Told, strength: int, reason: str) -> None:
    found = repeat(first, again)

    assert found
    assert (found.kind, found.strength) == (Kind.REPEAT, strength)
    assert reason in found.reasons


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (MILL, told("青县倪桥村华兴纸业有限公司，夜间偷排废水。", "水", regions=QING)),
        (MILL, told("沧县杜林乡倪桥村村东天艺纸业有限公司，夜间偷排废水。", "水")),
        (MILL, told("沧县杜林乡倪桥村村东有一家养猪场，粪水直排坑塘。", "水")),
        (GRILL, told("沧县浮阳大道708号一家烧烤店，油烟直排。", "油烟")),
        (GRILL, told("沧县浮阳大道与黄河路交叉口锦绣花园底商的KTV，唱歌声音很大。", "噪声")),
        (
            told("沧县凤凰小区夜间噪声扰民，严重影响周边居民正常生活，多次反映没有解决。", "噪声"),
            told("沧县金鼎小区夜间噪声扰民，严重影响周边居民正常生活，多次反映没有解决。", "噪声"),
        ),
    ],
)
def test_what_only_looks_alike_is_none(first: Told, other: Told) -> None:
    assert repeat(first, other) is None


@pytest.mark.parametrize(
    ("first", "again", "types", "regions"),
    [
        (
            "洮北区果园社区里大福熟食加工厂,凌晨2:30左右开始加工熟食,味道特别大,居民不敢开窗户,加工时噪音大。",
            "群众再次反映果园社区内的熟食加工厂半夜加工,油烟和噪音扰民,至今未解决。",
            ("噪声",),
            ("220800", "220802"),
        ),
        (
            "洮北区东风乡大柳山村6社,东风检查站附近新修的铁路,已通车,噪声特别大。",
            "东风乡大柳山村旁边铁路火车鸣笛,昼夜噪声扰民。",
            ("噪声",),
            ("220800", "220802"),
        ),
        (
            "奉新县赤田镇赤岭村的虎岭被好几家采石场挖空,生态破坏严重。",
            "赤田镇赤岭村虎岭采石场无序开采,山体裸露,植被破坏,未复绿。",
            ("生态",),
            ("360900", "360921"),
        ),
        (
            "沧县杜林乡桥口村西北方向1公里处河沟内堆放有大量生活、建筑垃圾,长期无人清理,恶臭扰民。",
            "沧县杜林乡桥口村西北河沟里倾倒建筑垃圾和生活垃圾,气味难闻。",
            ("固废",),
            CANG,
        ),
        (
            "任丘市于村乡史庄村村西南史某某喷涂厂、张某某喷涂厂,无环评手续,粉尘及刺鼻废气无组织排放。",
            "于村乡史家庄村西南角两家喷塑厂,没有手续,喷粉的废气味道刺鼻。",
            ("大气",),
            ("130900", "130982"),
        ),
        (
            "沣西新城马王镇新庄村108国道南侧金某彩钢厂,近期产生浓重的油漆味,生产噪音严重扰民。",
            "马王镇新庄村108国道边的彩钢厂又开始生产,油漆味很大。",
            ("大气",),
            ("610100",),
        ),
        (
            "李沧区世园街道天水路与合川路交叉口西北侧路边,绿化带外侧,山林地被毁坏。",
            "世园街道合川路、天水路路口山坡上的树被毁,林地被平整后出租。",
            ("生态",),
            ("370200", "370213"),
        ),
    ],
)
def test_what_is_written_as_tables_are_is_one(
    first: str, again: str, types: tuple[str, ...], regions: tuple[str, ...]
) -> None:
    one, other = (told(text, *types, code=code, regions=regions) for code, text in (("A", first), ("B", again)))

    assert {*keys(one)} & {*asked(other)}
    assert repeat(one, other)


def test_what_speaks_against_a_pair_is_said_with_it() -> None:
    first = told("沧县杜林乡倪桥村有一家造纸厂，已有3年，废水直排。", "水", code="A")
    again = told("沧县杜林乡倪桥村造纸厂，八年来废水直排。", "水")

    found = repeat(first, again)

    assert found
    assert found.reasons[-1] == "所写年限或时段不同，请核对。"


@pytest.mark.parametrize(
    ("signs", "is_one"),
    [
        ({Sign.TYPE, Sign.BUSINESS}, True),
        ({Sign.TYPE, Sign.UNKNOWN}, True),
        ({Sign.TYPE, Sign.UNKNOWN, Sign.OTHER_TIME}, False),
        ({Sign.TYPE, Sign.HALF_KNOWN, Sign.HALF_NAMED}, False),
        ({Sign.TYPE, Sign.HALF_KNOWN, Sign.HALF_NAMED, Sign.DOOR}, True),
        ({Sign.OTHER_TYPE, Sign.BUSINESS, Sign.HALF_NAMED}, False),
    ],
)
def test_signs_are_weighed_against_each_other(signs: set[Sign], *, is_one: bool) -> None:
    assert is_likely(signs) is is_one


def test_another_complaint_of_one_object_is_said_to_be_that() -> None:
    found = repeat(MILL, told("沧县杜林乡倪桥村华兴纸业有限公司机器轰鸣，吵得睡不着。", "噪声"))

    assert found
    assert (found.kind, found.reasons[-1]) == (Kind.SAME_OBJECT, "反映的污染类型不同。")


def test_a_number_that_is_cited_is_enough() -> None:
    first = told("废水直排。", code="A", numbers=("D2HE202204120031",))
    again = told("同前次举报。", numbers=("X3HE202504120007", "D2HE202204120031"))

    found = repeat(first, again)

    assert found
    assert (found.strength, found.reasons) == (98, ("写明同一编号：D2HE202204120031。",))


def test_the_name_that_is_recorded_counts_and_not_the_text_alone() -> None:
    again = told("倪桥村一家工厂废水发黑。", "水", objects=(Named("华兴纸业有限公司"),))

    assert repeat(MILL, again)


def test_a_surer_pair_leaves_out_what_is_weak_beside_it() -> None:
    again = told("倪桥村华兴纸业夜间偷排废水。", "水")
    nameless = told("沧县杜林乡倪桥村有造纸厂，废水直排。", "水", code="C")
    found = [one for old in (MILL, nameless) if (one := repeat(old, again))]

    assert [(one.earlier, one.strength) for one in found] == [("A", 95), ("C", 68)]
    assert [one.earlier for one in strongest(found)] == ["A"]
    assert [one.earlier for one in strongest(found[1:])] == ["C"]


def test_a_petition_is_found_by_plain_strings_and_by_one_that_says_no_county() -> None:
    again = told("锦绣花园旁边的烤串店，半夜烟熏火燎。", "油烟", regions=("130900",))

    assert keys(GRILL) == (
        "130921:锦绣花园",
        "130921:阳大道|黄河路",
        "130921:name:laowang",
        "130921:name:laoshao",
        "130921:name:wangshao",
    )
    assert {*keys(GRILL)} & {*asked(again)} == {"130921:锦绣花园"}
    assert {*keys(again)} & {*asked(GRILL)} == {"130900:锦绣花园"}


def test_common_words_stand_where_both_texts_have_them() -> None:
    one, other = "华兴纸业夜间偷排废水", "又是夜间，倪桥村的华兴纸业在排废水"

    first, second = common_words(one, other)

    assert [one[start:end] for start, end in first] == ["华兴纸业", "夜间", "排废水"]
    assert [other[start:end] for start, end in second] == ["夜间", "华兴纸业", "排废水"]


def test_set_phrases_are_no_common_words() -> None:
    assert common_words("群众反映，希望尽快解决。", "群众反映，希望尽快解决。") == ((), ())
