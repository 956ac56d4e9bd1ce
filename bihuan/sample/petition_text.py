"""The sample city's 205 petitions: what people complained of, what was found, in the words such tables use.

Made from a seed, so that every city is the same city. Villages are ××, companies 某某, people invented.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bihuan.lib.reading.regions import places

SEED = 20220323
CITY = "130900"
FIRST_DAY = date(2022, 3, 26)
TOTAL, BATCHES = 205, 20
SIDES = ("东", "南", "西", "北", "西北", "东南")


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of complaint: its types, the complaint, what was found where it is true and where not, what was done."""

    types: str
    content: str
    found: str
    unfounded: str
    handled: str


KINDS = (
    Kind(
        "固废",
        "{place}村{side}坑塘内倾倒大量生活垃圾、建筑垃圾，无人清理，夏季恶臭扰民。",
        "经现场核查，村{side}坑塘内有生活垃圾和少量建筑垃圾约{n}立方米，为周边村民零星倾倒。",
        "经现场核查，坑塘内为村民临时堆放的农作物秸秆，未发现生活垃圾和建筑垃圾。",
        "{town}组织人员机械清运至指定填埋场，设立警示牌{m}处，明确专人巡查。",
    ),
    Kind(
        "大气",
        "{place}村{side}某某家具厂喷漆异味刺鼻，无治理设施，夜间生产，要求查处。",
        "经查，该厂喷漆工序配有活性炭吸附装置，但更换不及时，现场可闻到油漆味。",
        "经查，该厂已于上年停产，设备已拆除，厂房空置，无生产迹象。",
        "属地生态环境分局责令立即更换活性炭，立案处罚，罚款{m}万元，并安装用电监控。",
    ),
    Kind(
        "噪声",
        "{place}街道某某小区{side}侧建筑工地夜间施工，噪音扰民，影响学生休息。",
        "经查，该工地因浇筑混凝土连续作业，夜间施工至{m}时，未提前公告。",
        "经查，该工地近期无夜间施工记录，走访周边{n}户居民，均表示无噪声扰民。",
        "责令施工单位合理安排工期，夜间禁止产生噪声的作业，确需连续作业的提前公告。",
    ),
    Kind(
        "水",
        "{place}村{side}某某养殖场污水直排沟渠，水体发黑，苍蝇多。",
        "经查，该场建有粪污贮存池，但雨季外溢，沟渠约{n}米水体发黑。",
        "经查，该场粪污由第三方定期清运，有转运台账，沟渠内无污水排入痕迹。",
        "责令养殖场加高贮存池围堰，清理沟渠{n}米，粪污交有资质单位处理。",
    ),
    Kind(
        "水、土壤",
        "{place}村某某电镀加工点私设暗管，废水渗入地下，担心井水受污染。",
        "经查，该加工点无环评手续，生产废水未经处理排入院内渗坑，未发现暗管。",
        "经查，该地点为闲置院落，无生产设备；采集地下水样品检测，结果符合标准。",
        "依法取缔，清理渗坑污泥{m}吨交有资质单位处置，案件移送公安机关。",
    ),
    Kind(
        "大气",
        "{place}镇{side}部某某水泥制品厂物料露天堆放，车辆进出扬尘严重。",
        "经查，厂区砂石料苫盖不全，出入口冲洗设施损坏，道路积尘。",
        "经查，厂区砂石料已入棚封闭，出入口冲洗设施运行正常，道路湿扫。",
        "责令停产整改，修复冲洗设施，砂石料入棚，对扬尘违法行为罚款{m}万元。",
    ),
    Kind(
        "油烟",
        "{place}街道某某烧烤店露天烧烤，油烟直排居民楼，多次反映无果。",
        "经查，该店店外支炉经营，油烟净化器未开启。",
        "经查，该店油烟净化设施运行正常，已入店经营，有清洗记录。",
        "没收炭炉{m}台，责令清洗油烟净化设施并建立清洗台账。",
    ),
    Kind(
        "生态",
        "{place}村{side}有人非法取土，形成大坑，破坏耕地。",
        "经查，取土坑面积约{m}亩，为上年修路取土形成，未及时回填复耕。",
        "经查，该处为历史遗留坑塘，已列入生态修复计划，近期无取土痕迹。",
        "责令取土单位限期回填复耕，{town}建立巡查台账。",
    ),
    Kind(
        "大气、噪声",
        "{place}村{side}某某暖气片厂焊接烟尘大，切割噪声扰民，没有环评手续。",
        "经查，该厂有环评登记手续，焊接工位烟尘收集不全，切割机临近居民一侧。",
        "经查，该厂手续齐全，监测噪声、烟尘均达标。",
        "责令切割工序移至厂区{side}侧并加装隔声，焊接工位全部加装集气罩。",
    ),
    Kind(
        "其他",
        "{place}村{side}垃圾中转站管理不善，蚊蝇多，气味大，请求迁走。",
        "经查，该中转站垃圾日产日清，但冲洗不及时，渗滤液收集池满溢。",
        "经查，该中转站封闭运行，定时消杀，现场无明显异味。",
        "增加冲洗和消杀频次，清理渗滤液收集池，公示监督电话。",
    ),
)


@dataclass(frozen=True, slots=True)
class PetitionText:
    """One row of a batch's table."""

    row: int
    number: str
    is_key_case: bool
    content: str
    region: str
    types: str
    findings: str
    truth: str
    handling: str
    accountability: str


ELSEWHERE, HOME = "泊头市洼里王镇西北部某某水泥制品厂", "沧县"


@dataclass(frozen=True, slots=True)
class BatchText:
    """One batch."""

    number: int
    day: date
    rows: tuple[PetitionText, ...]


def batches(*, total: int = TOTAL, count: int = BATCHES, answered: int = 12) -> Iterator[BatchText]:
    """The batches, day by day; the first `answered` of them with findings."""
    dice = random.Random(SEED)  # noqa: S311 -- a sample, not a secret
    sizes = [total // count + (1 if place < total % count else 0) for place in range(count)]
    for place, size in enumerate(sizes):
        day = FIRST_DAY + timedelta(days=place)
        rows = tuple(_petition(dice, day, row, is_answered=place < answered) for row in range(1, size + 1))
        rows = (*rows[:-1], _twofold(rows[-1])) if place == count - 1 else rows
        yield BatchText(place + 1, day, tuple(_at_home(row) for row in rows))


def _at_home(row: PetitionText) -> PetitionText:
    """One whose result is public and not finished lies in the county whose people the demonstration has."""
    if not row.content.startswith(ELSEWHERE):
        return row
    return replace(row, region=HOME, content=f"{HOME}兴济镇西北部某某水泥制品厂{row.content.removeprefix(ELSEWHERE)}")


def _twofold(row: PetitionText) -> PetitionText:
    """The last petition of all complains of two things, which its own text counts."""
    return replace(row, content=f"一是{row.content.rstrip('。')}；二是夜间有车辆拉运渣土，沿路抛洒，扬尘大。")


def _petition(dice: random.Random, day: date, row: int, *, is_answered: bool) -> PetitionText:
    counties = places().counties(CITY)
    county = dice.choice(counties)
    towns = [town.name for town in places().towns(county.code)] or [county.name]
    town, kind = dice.choice(towns), dice.choice(KINDS)
    words = {
        "place": f"{county.name}{town}××" if "村" in kind.content[:8] else f"{county.name}{town}",
        "side": dice.choice(SIDES),
        "town": town,
        "n": dice.randint(20, 160),
        "m": dice.randint(2, 9),
    }
    content = kind.content.replace("{place}街道", "{place}").replace("{place}镇", "{place}").format(**words)
    truth = dice.choices(("属实", "部分属实", "基本属实", "不属实"), (40, 38, 8, 14))[0]
    found = kind.unfounded if truth == "不属实" else kind.found
    letter = dice.choice("DDX")
    return PetitionText(
        row=row,
        number=f"{letter}2HE{day:%Y%m%d}{dice.randint(1, 9) * 1000 + row:04}",
        is_key_case=dice.random() < 0.1,
        content=content,
        region=county.name,
        types=kind.types,
        findings=found.format(**words) if is_answered else "",
        truth=truth if is_answered else "",
        handling=("无需整改，将加强巡查。" if truth == "不属实" else kind.handled.format(**words))
        if is_answered
        else "",
        accountability="无" if is_answered else "",
    )
