"""Reads where something is when no village says so: roads, house numbers, housing estates, landmarks; and whose it is.

Hides the words around them: what leads in, what ends a name, figures that are written out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bihuan.lib import chinese
from bihuan.lib.reading.addresses import names_of, read_address, towns_of
from bihuan.lib.reading.businesses import GENERIC, TRADES

_HAN = "\u3400-\u9fff"
_FIGURE = re.compile(r"[零〇一二两三四五六七八九十百千]+(?=[号米点时年亩吨台])")
# What stands before a place and is none of it; each becomes an edge.
_LEAD = re.compile(
    "举报件称|来信称|反映称|举报称|反映|举报|来电|来访|位于|地处|坐落于|交叉路口|交叉口|交汇处|十字路口|路口|底商"
    "|临街|沿街"
    "|向[镇乡村县市区](?:里|政府)?|据|村民(?!主)|离村|[本全我该]村|村庄|找过|附近|旁边|对面|隔壁|往[东西南北]"
    "|(?:[东西][南北]|[东西南北])[侧角边头]|楼下|门[口前]|院内|院外|路[东西南北]"
    "|(?<=[到在往排进了至])村[东西南北外里边头]|(?<=村)(?:[东西][南北]|[东西南北外里边头])"
    "|村委会旁|[0-9]+(?:余)?米|[0-9]+年来?|[0-9]+[点时]|以后|有(?![限色机])|的|是|在|与"
)
# What is counted has no name.
_COUNTED = re.compile("[一几多两某][家个处些间]")
_ROAD = re.compile(
    rf"(?P<road>[{_HAN}0-9GSX]{{1,6}}?(?:大道|国道|省道|县道|干道|大街|路|街|巷"
    rf"|胡同))(?![桥面灯基政])(?:[东西南北中]段)?(?:(?P<door>[0-9]+)号)?"
)
_NO_ROAD = re.compile(
    r"(?:.*[道马公铁小土一条该本此这那上面修通]路|.*[走沿过堵倒淌流泼筑铺]路|.*(?:街道|大道路|一条街|步行街|上街|沿街|时路"
    r"|[砂石泥沙]+路|.*[得流满到了].*))$"
)
_PIECES = re.compile(r"(?P<edge>^|[|~，。,;:、()“”!?])(?P<words>[^|~，。,;:、()“”!?]+)")
_PARK = re.compile(
    rf"[{_HAN}]{{2,10}}?(?:产业园区?|工业园区?|[装科物创][备技流业]园|园区|[经高]开区|高新区|集聚区|聚集区|开发区)"
)
_VILLAGE = re.compile(rf"[{_HAN}]{{1,7}}?(?<!新)村")
_ESTATES = (
    "(?:小区|花园|家园|名苑|新城|社区|华府|公寓|庄园|[家花雅佳名锦丽文新]苑|[嘉佳]园|国际城|公馆|华庭|名邸|名城"
    "|花城|家属院|大院|御景|豪庭"
    "|新村|府邸|名都|丽景|雅居|佳居|广厦)"
)
_ESTATE = re.compile(
    rf"(?P<estate>[{_HAN}]{{2,8}}?{_ESTATES})"
    r"(?!项目|工程|改造|建设(?!工地)|门口的|居民|街道|酒店|宾馆|大厦)"
)
_NO_ESTATE = re.compile(
    "(?:.*[该本我某各此个整全老多几两找向被给问朝对靠临挨到旧新了漫堵进围]|居民|住宅|附近|周边|生活)(?:小区|社区|公寓|大院|新村)"
)
_LANDMARK = re.compile(
    rf"(?P<mark>[{_HAN}]{{2,8}}?(?:小学|中学|学校|大学|学院|医院|幼儿园|公园|广场|超市|百货|商场|车站|东站|西站"
    rf"|体育馆|博物馆|图书馆"
    r"|影院|加油站|大桥|水库|市场|批发城|宾馆|派出所|法院))(?=\||$)"
)
# Stuff that is worked or sold: who names no more than it names nobody.
_STUFF = "竹木砂沙石砖瓦煤铁钢铝铜胶塑布纱纸酒鱼虾茶药猪鸡牛羊鸭鹅奶皮棉盐糖豆粉米面肉菜车油衣鞋"
_COMPANY = "(?:有限责任公司|股份有限公司|有限公司|公司|集团|专业合作社|合作社|经营部|门市部|服务部|KTV|厂)"
_STRONG = rf"(?:{_COMPANY}|中心|会所|商行|车行|作坊|养殖场|项目|工程|工地|大?排档|市场|超市|宾馆|店|馆)"
_FORM = rf"(?:{_STRONG}|大厦|场|城|厅|吧|站|点|坊|铺|摊|室|浴池|池|楼|庄|堂|园|院|社|部|所|学校|班|户)"
_IS_COMPANY = re.compile(f"{_COMPANY}$")
_NOT_BEHIND = "(?![房区界长家子门里面外上])"
_NAMES = tuple(
    re.compile(rf"(?P<name>[{_HAN}A-Za-z0-9某×*]{{1,14}}{how})") for how in (rf"{_FORM}$", rf"?{_STRONG}{_NOT_BEHIND}")
)
# A name without a form stands alone and ends in a trade.
_BARE = re.compile(
    rf"(?P<name>[{_HAN}某×*]{{2,5}}?(?:串串香|饭庄|养鸡|预制|肥业|禽业|茶楼|酿酒|纸业|化工|牧业|农牧|养[猪鸡牛羊殖]|建材|铸造"
    r"|橡塑|家具|门业|石材|石业|机械|塑业|板材|木业|竹业|渔业|鞋业|药业|钙业|水产|电镀|表面处理|镀业|烧烤|火锅|洗浴|汽修|羊肉汤|米粉|酒业"
    r"|食品|服饰|纺织|针织|家纺|印染|矿业|酒家|焦化|煤业|煤矿|矿山|炭业|路桥|制品|冷库|果业|茶业|米业|粮油|塑胶|彩印|包装|物流|商砼"
    r"|采石|洗选|选矿|钢构|陶瓷|饲料)+)(?=$|夜|昼|白天|长期|偷排|违法|非法|私)"
)
_ANY_FORM = re.compile(f"{_FORM}$")
_TIME = re.compile(
    r"(?<![0-9])(?P<years>[0-9]{1,2})(?:多|余)?年(?:[来了多]|以来|之久|[,，。])|(?<![0-9])(?P<hour>[0-9]{1,2})[点时]"
)
_SIZES = "小大老黑新散"  # before a trade
_LEAST = 2  # letters that tell a name
_SHORT = 3  # letters of a name of which none is a trade that is known
_ALONE = re.compile(rf"[{_HAN}]{{3,7}}")
_MASK = re.compile("[某×*]")
_NOUN = 16  # letters
_VERB = re.compile("[排倒流冒漏吵响臭熏震飘污噪]")
_NOT_IN_NAME = re.compile(
    "[排把往了埋将从到着被没不就很让给请要使离影响冒漏倒熏震整声臭飘磨切锯煮扔占乱炒毁垦砍挖照]|里.|堆[满放]|[气异]味|味[道飘]|[半连][夜]"
)
# What stands before these tells a name from others.
_TRADE = re.compile(rf"{TRADES}|{GENERIC}")


@dataclass(frozen=True, slots=True)
class Spots:
    """What a text names: `doors` are roads with their number, `names` those of businesses.

    `times` are since how many years and from which hour on.
    `nouns` stand where a name may stand, and say what kind of business it is; `perhaps` may be names without a form.

    `text` has an edge where something led to a place, `ground` besides where an estate stood: no village is one.
    """

    text: str
    ground: str = ""
    roads: tuple[str, ...] = ()
    doors: tuple[str, ...] = ()
    estates: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    parks: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    times: tuple[str, ...] = ()


# What a region's name begins and is no region.
_NO_REGION = rf"(?![东西南北中]?大?[路街道镇乡]|{_ESTATES}(?!{_ESTATES})|.{{0,2}}(?:农场|街道|开发区)"
_NO_REGION += rf"|(?<![县市区旗])[{_HAN}](?<![一小大某老新黑的有])(?:{TRADES})+{_FORM}?(?:[^{_HAN}]|$))"


def plain(text: str, regions: tuple[str, ...]) -> str:
    """The text with its figures in digits, and an edge where a region or a word that leads to a place stood."""
    shown = chinese.half_width(chinese.clean(text).text).replace(" ", "")
    shown = _FIGURE.sub(lambda found: str(chinese.number(found[0]) or found[0]), shown)
    towns, cut = towns_of(regions), _regions(regions)
    if not (towns and cut):
        return cut.sub("|", shown) if cut else shown
    said, left = towns.findall(shown), towns.split(shown)
    return "".join(cut.sub("|", piece) + town for piece, town in zip(left, (*said, ""), strict=True))


@cache
def _regions(regions: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds the names of these regions, but where one begins the name of a road, an estate or a business."""
    known = "|".join(name for name in names_of(regions) if len(name) > 1)
    return re.compile(f"(?:{known}){_NO_REGION}") if known else None


def read_spots(text: str, regions: tuple[str, ...]) -> Spots:
    """Roads, numbers, estates, landmarks and businesses of a text; refuses nothing: what is not said is missing."""
    shown = plain(text, regions)
    edged = _LEAD.sub("|", _COUNTED.sub("|~", shown))
    town = read_address(edged, regions).town
    left = _VILLAGE.sub("|", edged.replace(town, "|") if town else edged)
    marks = [found["mark"] for found in _LANDMARK.finditer(left)]
    left = _without(left, marks)
    roads, doors = [], []
    for found in _ROAD.finditer(left):
        if not _NO_ROAD.fullmatch(found["road"]):
            roads.append(found["road"])
            doors += [f"{found['road']}{found['door']}号"] if found["door"] else []
    left = _without(left, doors, roads)
    estates = [found["estate"] for found in _ESTATE.finditer(left) if not _NO_ESTATE.fullmatch(found["estate"])]
    left = _without(left, estates)
    parks = [found[0] for found in _PARK.finditer(left)]
    left = _without(left, parks)
    ground = _without(edged, estates)
    said = (roads, doors, estates, marks, parks, _names(left), _nouns(left), _perhaps(left), _times(shown))
    return Spots(edged, ground, *(tuple(dict.fromkeys(some)) for some in said))


def _without(text: str, *found: Sequence[str]) -> str:
    for some in found:
        for one in some:
            text = text.replace(one, "|")
    return text


def _names(text: str) -> Iterator[str]:
    """The names of businesses: each begins where a place ends, or bears a company's form; a trade alone is none."""
    for piece in _PIECES.finditer(text):
        found = next((one for ways in (*_NAMES, _BARE) if (one := ways.match(piece["words"]))), None)
        if found and (piece["edge"] in ("", "|") or _IS_COMPANY.search(found["name"])) and _tells(found["name"]):
            yield found["name"]


def _nouns(text: str) -> Iterator[str]:
    """What stands where a place ends or something is counted, and is short: a business, by name or not."""
    for piece in _PIECES.finditer(text):
        is_place = piece["edge"] == "~" or (piece["edge"] == "|" and _ANY_FORM.search(piece["words"]))
        if is_place and 1 < len(piece["words"]) <= _NOUN and not _VERB.search(piece["words"]):
            yield piece["words"]


def _perhaps(text: str) -> Iterator[str]:
    """What may be a name without a form: it stands alone where a place ends."""
    for piece in _PIECES.finditer(text):
        if piece["edge"] == "|" and _ALONE.fullmatch(piece["words"]) and not _NOT_IN_NAME.search(piece["words"]):
            yield piece["words"]


def _times(text: str) -> Iterator[str]:
    """Since how many years, and from which hour of the day on."""
    for found in _TIME.finditer(text):
        yield f"{found['years']}年" if found["years"] else f"{found['hour']}点"


def _tells(name: str) -> bool:
    """Whether a name says more than the trade: what stands before the trade; of a masked one a letter is enough."""
    form = _ANY_FORM.search(name)
    stem = name[: form.start()] if form else name
    trade = _TRADE.search(name, 0 if _MASK.search(name) else _LEAST)
    told = name[: trade.start()] if trade and trade.start() < len(stem) + bool(form) else stem
    if _MASK.search(name):
        return bool(told)
    if not trade and len(stem) <= _SHORT and not name.endswith(("公司", "集团")):
        return False
    if len(told) < _LEAST or _TRADE.match(told.lstrip(_SIZES)) or _NOT_IN_NAME.search(told):
        return False
    return bool({*told} - {*_STUFF})
