"""Bulletins that newspapers printed, rebuilt as data: petitions that are distributed so, and the wording as a value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from bihuan.petitions.rules.bulletin import (
    CITY_HANDED_OVER,
    CITY_HANDLED,
    CITY_RESULTS,
    PROVINCE_HANDED_OVER,
    PROVINCE_HANDLED,
    TOTALS,
    Listing,
    Occasion,
    PetitionRow,
    Series,
    Wording,
)

PRINTED = Path(__file__).parents[2] / "samples" / "printed_bulletins"
Spread = Sequence[tuple[Any, int]]


def spread(words: str) -> list[tuple[str, int]]:
    """石家庄市18 保定市15 … as pairs."""
    return [(one.rstrip("0123456789"), int(one[len(one.rstrip("0123456789")) :])) for one in words.split()]


def dealt(batch: int, total: int, **columns: Spread) -> list[PetitionRow]:
    """So many invented petitions of a batch; each column gives its values to the rows from the first on."""
    rows = [
        PetitionRow(f"B{batch}-{at}", f"第{batch}批", batch, date(2024, 6, 1), date(2024, 6, 1))
        for at in range(1, total + 1)
    ]
    for name, values in columns.items():
        given = list(chain.from_iterable(repeat(value, times) for value, times in values))
        assert len(given) <= total, (name, len(given), total)
        rows[: len(given)] = [replace(row, **{name: value}) for row, value in zip(rows, given, strict=False)]
    return rows


def punished(rows: Sequence[PetitionRow], **totals: int | Decimal) -> list[PetitionRow]:
    """The rows, with penalties that make up these totals."""
    given: list[dict[str, int | Decimal]] = [{} for _ in rows]
    for name, total in totals.items():
        whole = min(int(total), len(rows) - 1)
        for at in range(whole):
            given[at][name] = 1
        if total - whole:
            given[whole][name] = total - whole
    return [replace(row, penalties=own) for row, own in zip(rows, given, strict=True)]


def of(words: str) -> list[tuple[tuple[str, ...], int]]:
    return [(tuple(name.split("和")), count) for name, count in spread(words)]


def less(since: str, batch: str) -> str:
    """What came before: what came since the beginning less what came now."""
    now = dict(spread(batch))
    return " ".join(f"{name}{count - now.get(name, 0)}" for name, count in spread(since))


@dataclass(frozen=True)
class Printed:
    """One printed bulletin: its file, the rows, the occasion, the wording."""

    file: str
    rows: Sequence[PetitionRow]
    occasion: Occasion
    wording: Wording

    @property
    def text(self) -> str:
        return (PRINTED / f"{self.file}.txt").read_text()


HEBEI = (
    "石家庄市", "保定市", "唐山市", "邢台市", "邯郸市", "沧州市", "定州市", "承德市", "张家口市",
    "秦皇岛市", "廊坊市", "衡水市", "辛集市", "雄安新区",
)  # fmt: skip
NOISE = {"其他": "其他污染", "噪声": "噪音", "海洋": "海洋"}
NOISY = Listing("类型", "{名}类{件数}件", last=("其他",), names=NOISE, order=("大气", "土壤", "水"))


def hebei_third() -> Printed:
    places = "石家庄市18 保定市15 邯郸市6 沧州市5 唐山市3 定州市3 邢台市2 辛集市2 承德市1 衡水市1 雄安新区1"
    since = (
        "石家庄市44 保定市24 唐山市12 邯郸市9 沧州市9 承德市7 邢台市5 定州市3 张家口市2 "
        "廊坊市2 衡水市2 辛集市2 秦皇岛市1 雄安新区1"
    )
    types = spread("大气16 水16 土壤12 生态8 噪声2 其他3")
    day = date(2022, 3, 26)
    rows = [
        *dealt(2, 66, places=of(less(since, places)), is_key_case=[(True, 12)]),
        *dealt(3, 57, places=of(places), main_type=types, is_key_case=[(True, 7)], assigned_on=[(day, 57)]),
    ]
    occasion = Occasion("中央第一生态环境保护督察组", day, "第3批", HEBEI)
    wording = PROVINCE_HANDED_OVER.but(lists={"各类型": replace(NOISY, order=("大气", "水", "土壤"))})
    return Printed("hebei_2022_03_26", rows, occasion, wording)


def hebei_fourth() -> Printed:
    places = (
        "石家庄市21 邯郸市8 保定市6 唐山市4 邢台市4 承德市4 廊坊市4 沧州市2 定州市2 张家口市2 秦皇岛市2 衡水市1 辛集市1"
    )
    since = (
        "石家庄市65 保定市30 邯郸市17 唐山市16 沧州市11 承德市11 邢台市9 廊坊市6 定州市5 张家口市4 "
        "秦皇岛市3 衡水市3 辛集市3 雄安新区1"
    )
    types = spread("大气16 土壤16 水12 生态9 噪声3 海洋1 其他4")
    rows = [
        *dealt(3, 123, places=of(less(since, places)), is_key_case=[(True, 19)]),
        *dealt(4, 61, places=of(places), main_type=types, is_key_case=[(True, 12)]),
    ]
    wording = PROVINCE_HANDED_OVER.but(
        paragraphs=(
            PROVINCE_HANDED_OVER.paragraphs[0],
            "本批{转办}的{简称}，{各地}。本批{转办}的{简称}，涉{各类型}。",
            PROVINCE_HANDED_OVER.paragraphs[3].replace("中，涉及", "，涉及"),
        ),
        lists={"各类型": NOISY},
    )
    occasion = Occasion("中央第一生态环境保护督察组", date(2022, 3, 27), "第4批", HEBEI)
    return Printed("hebei_2022_03_27", rows, occasion, wording)


def hebei_totals() -> Printed:
    """Three cities stand in none of the printed lists: theirs is the rate of the province."""
    founded = {  # place: put right, not put right
        "雄安新区": (65, 0), "定州市": (65, 0), "辛集市": (65, 0), "衡水市": (117, 1), "邯郸市": (149, 3),
        "秦皇岛市": (151, 5), "保定市": (253, 9), "石家庄市": (1334, 62), "承德市": (153, 37), "沧州市": (326, 30),
        "廊坊市": (321, 27), "唐山市": (276, 16), "张家口市": (276, 16), "邢台市": (207, 12),
    }  # fmt: skip
    columns: dict[str, Spread] = {
        "places": [
            *(((place,), done) for place, (done, _) in founded.items()),
            *(((place,), left) for place, (_, left) in founded.items()),
            (("石家庄市",), 745),
        ],
        "truth": [("属实", 3976), ("不属实", 745)],
        "closing": [("已办结", 3758), ("正在办理", 218), ("已办结", 745)],
    }
    occasion = Occasion(
        "中央第一环保督察组", date(2018, 7, 31), "", HEBEI, begun=date(2018, 5, 31), ended=date(2018, 6, 30)
    )
    fast, slow = TOTALS.lists["较快的地方"], TOTALS.lists["较慢的地方"]
    done, most = TOTALS.lists["已完成的地方"], TOTALS.lists["最多的地方"]
    assert isinstance(fast, Listing) and isinstance(slow, Listing)
    assert isinstance(done, Listing) and isinstance(most, Listing)
    wording = TOTALS.but(
        addressee="河北省",
        paragraphs=(
            TOTALS.paragraphs[0].replace("开展了", "开展了为期一个月的"),
            TOTALS.paragraphs[1].replace("数量较多的有", "数量较多的设区市有"),
        ),
        lists={
            "已完成的地方": replace(done, order=("雄安新区", "定州市", "辛集市")),
            "较快的地方": replace(fast, is_short=True),
            "较慢的地方": replace(slow, is_short=True),
            "最多的地方": replace(most, is_short=True),
            "整改进展": Series(
                (
                    "{已完成的地方}已全部完成整改",
                    "{较快的地方}市整改进度快于全省平均水平，{较快的地方·分别}完成{较快的完成率}",
                    "{较慢的地方}整改进度慢于全省平均水平，{较慢的地方·分别}完成{较慢的完成率}",
                ),
                "；",
            ),
        },
    )
    return Printed("hebei_2018_totals", dealt(1, 4721, **columns), occasion, wording)


def zhangjiakou() -> Printed:
    places = "经开区3 怀来县2 桥西区2 赤城县2 宣化区1 怀安县1 张北县1 涿鹿县1 沽源县1"
    since = (
        "怀来县61 桥西区58 桥东区56 宣化区51 经开区40 张北县24 怀安县24 赤城县22 万全区21 蔚县19 涿鹿县19 "
        "沽源县19 阳原县18 尚义县13 崇礼区11 下花园区8 康保县8 塞北管理区2 察北管理区2"
    )
    types = spread("大气6 固废1 生态5 土壤2")
    rows = [
        *dealt(21, 462, places=of(less(since, places))),
        *dealt(22, 14, places=of(places), main_type=types, channel=[("来电", 14)], is_key_case=[(True, 2)]),
    ]
    batch = CITY_HANDED_OVER.lists["各地"]
    assert isinstance(batch, Listing)
    wording = CITY_HANDED_OVER.but(
        lists={
            "各类型": Listing("类型", "{名}类{件数}件", sort="given", order=("大气", "固废", "生态", "土壤")),
            "各地": replace(batch, order=tuple(name for name, _ in spread(places))),
        }
    )
    order = tuple(name for name, _ in spread(since))
    return Printed(
        "zhangjiakou_22", rows, Occasion("河北省第一生态环境保护督察组", date(2022, 5, 29), "第22批", order), wording
    )


def hainan() -> Printed:
    rows = [
        *dealt(
            22,
            1343,
            truth=spread("属实440 部分属实779 基本属实108 不属实16"),
            closing=spread("已办结436 阶段性办结291 正在办理616"),
        ),
        *dealt(23, 84, truth=[("不属实", 84)], closing=spread("已办结56 正在办理28")),
    ]
    occasion = Occasion("中央第三生态环境保护督察组", date(2023, 12, 23), "第23批")
    return Printed("hainan_2023_12_23", rows, occasion, PROVINCE_HANDLED.but(decimals={"办结率": 1}))


def inner_mongolia() -> Printed:
    earlier = {
        "ordered": 85,
        "punished": 38,
        "fined": Decimal("251542.71"),
        "investigated": 18,
        "arrested": 3,
        "talked_to": 5,
        "held_to_account": 6,
    }
    rows = [
        *punished(dealt(1, 368, closing=spread("已办结144 阶段性办结192 正在办理32")), **earlier),
        *punished(
            dealt(11, 27, closing=spread("已办结7 阶段性办结17 正在办理3")),
            ordered=3,
            punished=8,
            held_to_account=2,
        ),
    ]
    occasion = Occasion("中央督察组", date(2025, 6, 17), "第11批")
    return Printed("inner_mongolia_2025_06_17", rows, occasion, CITY_HANDLED.but(addressee="全区"))


def bayannur() -> Printed:
    rows = [
        *punished(
            dealt(1, 43, closing=spread("已办结21 阶段性办结19 未办结3")),
            ordered=9,
            punished=2,
            investigated=1,
        ),
        *punished(dealt(16, 5, closing=spread("已办结1 阶段性办结3 未办结1")), ordered=3, punished=3),
    ]
    return Printed("bayannur_2025_06_22", rows, Occasion("中央督察组", date(2025, 6, 22), "第16批"), CITY_HANDLED)


def chifeng() -> Printed:
    rows = [
        *punished(
            dealt(2, 87, closing=spread("已办结32 阶段性办结51 未办结4")),
            ordered=8,
            punished=11,
            fined=9360,
        ),
        *punished(dealt(17, 11, closing=spread("已办结8 阶段性办结3")), punished=4),
    ]
    sentences = [one.replace("{批次}", "{批次}涉及赤峰市") for one in CITY_HANDLED.paragraphs]
    wording = CITY_HANDLED.but(
        paragraphs=(sentences[0], sentences[1].replace("{简称}", "{信访件}")),
        lists={"处罚": Series(("责令整改{责令改正}家", "立案处罚{立案处罚}家", "罚款{罚款金额}"), "、")},
    )
    return Printed("chifeng_2025_06_23", rows, Occasion("中央督察组", date(2025, 6, 23), "第17批"), wording)


def jinan() -> Printed:
    rows = dealt(
        27,
        50,
        channel=spread("来电11 来信39"),
        closing=spread("已办结42 正在办理8"),
        truth=spread("属实39 不属实3"),
        places=of("市中区42 天桥区2 章丘区2 历城区1 槐荫区1 高新区1 历城区和南部山区1"),
    )
    rows = punished(
        rows,
        ordered=17,
        closed_down=9,
        suspended=1,
        punished=3,
        fined=56200,
        talked_to=1,
        held_to_account=2,
    )
    kinds: list[Mapping[str, int]] = [{"诫勉谈话": 1}, {"通报批评": 1}]
    rows[:2] = [replace(row, accountability=kind) for row, kind in zip(rows, kinds, strict=False)]
    order = ("天桥区", "章丘区", "历城区", "槐荫区", "高新区", "南部山区")
    return Printed(
        "jinan_2017_09_16", rows, Occasion("中央第三环保督察组", date(2017, 9, 16), "第27批", order), CITY_RESULTS
    )


def shandong() -> Printed:
    rows = punished(
        dealt(9, 168, channel=spread("来电53 来信115"), closing=spread("已办结117 阶段性办结35 未办结16")),
        ordered=55,
        punished=5,
        held_to_account=2,
    )
    wording = CITY_RESULTS.but(
        paragraphs=(
            "{督察组}{转办}山东{批次}{信访件}共计{件数}件（其中{各方式}）。截至{日期}，{办结情况}。[其中，{处罚}。]",
        ),
        noun="信访举报件",
        lists={
            "各方式": Listing("方式", sort="given", separator="，"),
            "办结情况": Series(("已办结{已办结}件", "阶段性办结{阶段性办结}件", "未办结{未办结}件")),
        },
    )
    return Printed(
        "shandong_2021_09_13", rows, Occasion("中央第二生态环境保护督察组", date(2021, 9, 13), "第9批"), wording
    )


def shaanxi() -> Printed:
    types = "水11 大气20 土壤25 生态18 辐射1 噪声30 其他3"
    since = "水341 大气435 土壤535 生态280 辐射7 噪声526 其他70"
    rows = [
        *dealt(9, 2086, main_type=spread(less(since, types)), channel=spread("来电1384 来信702")),
        *dealt(10, 108, main_type=spread(types), channel=spread("来电61 来信47")),
    ]
    order = tuple(name for name, _ in spread(types))
    names = {name: f"{name}污染问题" for name in order} | {"生态": "生态破坏问题", "辐射": "辐射类问题"}
    wording = PROVINCE_HANDED_OVER.but(
        paragraphs=(
            "{督察组}向{本地}{转办}{信访件}共{件数}件，其中{各方式}。涉及{各类型}。",
            "截至{日期}，{督察组}累计向{本地}{转办}{信访件}{累计·件数}件，其中{累计·各方式}。涉及{累计·各类型}。",
        ),
        noun="信访举报件",
        lists={
            "各方式": Listing("方式", sort="given", separator="，"),
            "各类型": Listing("类型", "{名}{件数}个", sort="given", order=order, names=names),
        },
    )
    return Printed(
        "shaanxi_2025_06_25", rows, Occasion("中央第四生态环境保护督察组", date(2025, 6, 25), "第10批"), wording
    )


def henan() -> Printed:
    places = (
        "南阳市25 郑州市18 平顶山市13 焦作市11 洛阳市8 商丘市8 信阳市8 驻马店市7 开封市4 濮阳市4 安阳市3 漯河市3 "
        "鹤壁市2 新乡市2 许昌市2 三门峡市2 周口市2 济源示范区1"
    )
    rows = [*dealt(25, 2148, places=of("郑州市2148")), *dealt(26, 123, places=of(places))]
    wording = PROVINCE_HANDED_OVER.but(
        paragraphs=(
            "{日期}，{督察组}向{本地}{转办}{批次}{件数}件{信访件}，其中{各地}",  # printed without its full stop
            "截至{日期}，{督察组}共向{本地}{转办}{累计·件数}件{信访件}。",
        ),
        verb="交办",
        noun="群众举报件",
    )
    order = (
        "郑州市", "开封市", "洛阳市", "平顶山市", "安阳市", "鹤壁市", "新乡市", "焦作市", "濮阳市",
        "许昌市", "漯河市", "三门峡市", "南阳市", "商丘市", "信阳市", "周口市", "驻马店市", "济源示范区",
    )  # fmt: skip
    return Printed(
        "henan_2023_12_18", rows, Occasion("中央第二生态环境保护督察组", date(2023, 12, 18), "第26批", order), wording
    )


ALL = (
    hebei_third, hebei_fourth, hebei_totals, zhangjiakou, hainan, inner_mongolia, bayannur, chifeng, jinan, shandong,
    shaanxi, henan,
)  # fmt: skip
