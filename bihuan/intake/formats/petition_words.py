"""The vocabulary of petition papers: what their short answers mean.

Hides the synonyms of eight years of rounds; whoever reads a layout asks here what a word stands for.
"""

import re
from functools import lru_cache

from bihuan.lib.chinese import half_width, number
from bihuan.lib.reading.petition_numbers import SERIAL_PART
from bihuan.lib.reading.regions import PROVINCES_SHORT

_TYPES: tuple[tuple[str, str], ...] = (
    ("重金属", "重金属"),
    ("(?:餐饮)?油烟", "油烟"),
    ("(?:道路|工地|施工)?扬尘", "扬尘"),
    ("(?:核与|核|电磁)?辐射|电磁", "辐射"),
    ("海洋|近岸", "海洋"),
    ("(?:社会|生活|工业|施工|建筑|交通)*(?:噪声|噪音|譟音|噪)|声", "噪声"),
    ("(?:工业|一般|生活|建筑|农业)*(?:固体废弃物|固体废物|固废|垃圾)|危废|危险废物", "固废"),
    ("(?:工业)?(?:大气|废气|异味|恶臭|臭气|空气)|气", "大气"),
    ("土壤|土", "土壤"),
    ("(?:自然)?生态", "生态"),
    ("(?:工业|生产|生活)?(?:水|废水|污水)|水质|黑臭水体", "水"),
    ("其他|其它", "其他"),
)
TYPE_WORD = (
    r"(?:重金属|油烟|扬尘|辐射|电磁辐射|海洋|噪声|噪音|固体废物|固废|垃圾|大气|废气|土壤|生态|地下水|地表水|水|其他|其它)"
    r"(?:环境)?(?:污染|破坏|类|问题|环境)*"
)
_DIVIDED = re.compile(r"(?<!核)[、,;/\s+和及与]+(?![^()]*\))|(?<=核)[、,;/\s+和及]+(?![^()]*\))")


def pollution_types(words: str) -> list[tuple[str, str | None]]:
    """Each type named, with the type of the office's list that it means, `None` for one that is not on the list."""
    unbroken = re.sub(r"\s*\n\s*", "", words)  # a narrow column breaks 大气 itself
    joined = pollution_types(unbroken) if unbroken != words else []
    if joined and all(known for _, known in joined):
        return joined
    found: list[tuple[str, str | None]] = []
    for word in _DIVIDED.split(half_width(words)):
        name = _closed(word.strip("。."))
        if name and pollution_type(name) is None and re.fullmatch(rf"(?:{TYPE_WORD}){{2,}}", name):
            found.extend((part, pollution_type(part)) for part in re.findall(TYPE_WORD, name))
        elif name:
            found.append((name, pollution_type(name)))
    return found


def _closed(name: str) -> str:
    """The name without a bracket that was never opened or closed, or that stands around the whole of it."""
    if name.count("(") == name.count(")") == 1 and not (name[0] == "(" and name[-1] == ")"):
        return name
    return name.strip("()")


@lru_cache(maxsize=1024)
def pollution_type(word: str) -> str | None:
    """The type of the office's list that a word means (噪音 → 噪声, 大气类 → 大气), `None` if it is not known."""
    bare = re.sub(r"\(.*\)$|等$", "", re.sub(r"^涉(?:及)?", "", word))
    stem = re.sub(r"(?:环境)?(?:污染|破坏|类型?|问题|环境)+$", "", bare)
    for pattern, name in _TYPES:
        if re.fullmatch(rf"(?:地下|地表|饮用)?(?:{pattern})(?:和?垃圾)?", stem):
            return name
    return None


_TRUTHS = {
    "是": "属实", "属实": "属实", "基本属实": "基本属实", "部分属实": "部分属实", "否": "不属实", "不属实": "不属实",
    "不实": "不属实", "部分是": "部分属实", "基本是": "基本属实", "部份属实": "部分属实", "√": "属实", "✓": "属实",
    "×": "不属实", "部分不属实": "部分属实",
}  # fmt: skip
TRUTH = r"(?:(?:基本|部分|全部|不)?属实|是|否|不实)"
# What may stand before a verdict: 经查, 举报情况, 群众反映问题.
_SAID = re.compile(
    r"^(?:经?(?:查证?|核[查实]|调查|查实)后?,?|该?(?:群众|投诉人|举报人|信访人|信访|举报|投诉|反映|交办)+(?:的|件)*|情况|问题|内容|事项|均|全部|都)+(?=.)"
)


def truth(words: str) -> str | None:
    """属实, 基本属实, 部分属实 or 不属实, `None` for other words."""
    if len(words) > 20:
        return None
    folded = re.sub(r"[\s。,.;、]+", "", half_width(words))
    bare, _, inside = folded.rstrip(")").partition("(")
    named = {_TRUTHS.get(_SAID.sub("", part.removesuffix("情况"))) for part in (bare, inside) if part}
    verdict = _TRUTHS.get(_SAID.sub("", inside)) if bare in {"是", "否"} else None
    if verdict and bare == "否" and verdict != "不属实":
        return None
    return verdict or (None if len(named - {None}) > 1 else _TRUTHS.get(_SAID.sub("", bare.removesuffix("情况"))))


def verdicts(words: str) -> list[str]:
    """The verdicts of a list (1属实；2不属实), in its order; empty where the words give only one."""
    folded = re.sub(r"\s+", "", half_width(words))
    if len(folded) > 120:
        return []
    found = re.findall(
        r"(?:基本|部[分份]|全部|不)?属实|(?<=[\d.、:一二三四五六七八九十])[是否](?=$|[;,。、\d])", folded
    )
    return [_TRUTHS[one.replace("全部", "").replace("份", "分")] for one in found] if len(found) > 1 else []


_CLOSINGS: tuple[tuple[str, str], ...] = (
    (r"已验收销号|已销号|验收销号", "已验收销号"),
    (r"验收中|正在验收", "验收中"),
    (r"已?阶段性?办结", "阶段性办结"),
    (
        r"未办结|未完成办结|待办结|尚未办结|(?:正在)?办理中?|正在办理中?|在办|否|(?:正在)?整改中?|正在(?:推进|实施)中?|未完成(?:整改)?|整改中",
        "正在办理",
    ),
    (r"已?办结|是|已?完成|已?完成整改|已?整改完成|已?办理完毕|已?整改完毕|已?整改到位", "已办结"),
)


def closing(words: str) -> str | None:
    """The closing state that words say, `None` for other words."""
    folded = re.sub(r"[\s。,.;、]+", "", half_width(words))
    bare = re.sub(r"\([^()]*\)$", "", folded)
    return next((state for pattern, state in _CLOSINGS if re.fullmatch(pattern, bare)), None)


INTAKES = ("来电", "来信", "来访", "微信", "网络")


def intake(words: str) -> str | None:
    """来电, 来信, 来访, 微信 or 网络, `None` for other words."""
    folded = re.sub(r"\s+", "", words)
    named = [name for name in INTAKES if name in folded]
    if named:
        return named[0] if len(named) == 1 else None
    others = {"电": "来电", "信": "来信", "访": "来访", "信件": "来信", "信函": "来信", "走访": "来访"}
    return others.get(folded) or ("来电" if "电话" in folded else None)


_AMOUNT = r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+)\s*"
_MONEY = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<all>(?:合计|共计|累计|总计)?)(?:罚没?款|行政处罚|处罚)(?:金额|人民币|总额|约|款|为)*(?P<sum>(?:共计|合计|总计|累计)?)(?:人民币)?\s*{_AMOUNT}(?P<unit>亿元|万元|元|万)",
        rf"处(?:以|人民币|罚|了)*\s*{_AMOUNT}(?P<unit>亿元|万元|元|万)(?:人民币)?(?:整|的)*(?:行政)?(?:罚款|处罚)",
    )
)
_FIRMS = r"(?:家|个|件|户)"
_COUNTED: tuple[tuple[str, str], ...] = (
    ("ordered_correction", rf"责令(?:限期)?(?:改正|整改)(?:企业|单位)?(?P<n>\d+){_FIRMS}"),
    ("ordered_correction", rf"责令(?P<n>\d+){_FIRMS}(?:企业|单位|商户)?(?:限期|立即)?(?:改正|整改)"),
    ("fined_cases", r"立案(?:处罚|查处|调查处罚)(?:企业|案件)?(?P<n>\d+)(?:家|件|起|个|宗)"),
    ("fined_cases", rf"(?<!\d)(?P<n>\d+){_FIRMS}(?:企业|单位|商户)?(?:进行|予以|实施|均|已)*立案(?:处罚|查处)"),
    ("filed_cases", r"(?<!刑事)立案(?:调查)?(?P<n>\d+)(?:家|件|起|个|宗)"),
    ("closed_down", rf"(?:关停取缔|取缔关停|取缔|关停)(?:企业)?(?P<n>\d+){_FIRMS}"),
    ("suspended", rf"(?:停产整治|停产限产|限产停产|停产整顿|限产|停产)(?:企业)?(?P<n>\d+){_FIRMS}"),
    ("suspended", rf"责令(?P<n>\d+){_FIRMS}(?:企业|单位)?(?:停产|限产)"),
    ("sealed", r"查封(?:扣押)?(?:企业)?(?P<n>\d+)(?:家|件|起|个|宗|处)"),
    ("criminal_cases", r"(?:立案侦查|刑事立案)(?:案件)?(?P<n>\d+)(?:件|起|宗)"),
    ("administrative_detention", r"(?:行政拘留|行拘)(?:当事人|责任人|涉案人员|违法人员)?(?P<n>\d+)人"),
    ("criminal_detention", r"(?:刑事拘留|刑拘)(?:当事人|责任人|涉案人员|嫌疑人|犯罪嫌疑人)?(?P<n>\d+)人"),
    ("detention", r"(?<!行政)(?<!刑事)拘留(?P<n>\d+)人"),
    ("summoned", r"约谈(?:[企业相关有党政领导干部单位]*(?:责任人|负责人|干部))?(?P<n>\d+)(?:人|名|位)"),
    ("accountable", r"问责(?:[相关有党政领导干部]*(?:责任人|干部))?(?P<n>\d+)(?:人|名)"),
    ("accountable", r"对[^,。;\d]{0,8}(?P<n>\d+)(?:人|名[^,。;]{0,6})(?:进行|予以|实施)问责"),
)
_PENALTIES = tuple((name, re.compile(pattern)) for name, pattern in _COUNTED)
_UNITS = {"元": 1, "万": 10_000, "万元": 10_000, "亿元": 100_000_000}


def penalties(folded: str) -> list[tuple[str, int | float, re.Match[str]]]:
    """Every penalty with its figure that a text states (money in yuan as `fine_yuan`), in the order of the text.

    Where a sum of fines is stated, the fines that make it up are not counted beside it.
    """
    fines = [match for pattern in _MONEY for match in pattern.finditer(folded)]
    sums = [match for match in fines if match.groupdict().get("all") or match.groupdict().get("sum")]
    found: list[tuple[str, int | float, re.Match[str]]] = [
        ("fine_yuan", _yuan(match), match) for match in (sums if len(sums) == 1 else fines)
    ]
    for name, pattern in _PENALTIES:
        found.extend((name, int(match["n"]), match) for match in pattern.finditer(folded))
    return sorted(found, key=lambda one: one[2].start())


def _yuan(match: re.Match[str]) -> int | float:
    words = match["n"].replace(",", "")
    amount = float(words) if words[0].isdigit() else float(number(words) or 0)
    yuan = round(amount * _UNITS[match["unit"]], 2)
    return int(yuan) if yuan.is_integer() else yuan


_BLANK = r"\s?"
MARK = "[*★☆※▲﹡✱]"
NUMBER = (
    rf"(?:{MARK}\s?)?(?:[DX]\s?\d\s?[A-Z]\s?[A-Z](?:\s?\d){{12}}|[DX]20\d{{6}}-?\d{{2,4}}(?!\d)|[DX](?:{_BLANK}\d){{13,18}}"
    rf"|{PROVINCES_SHORT}{SERIAL_PART}|[A-Z]{{2}}[DX](?:{_BLANK}\d){{10,12}}|[\u4e00-\u9fff]{{2,4}}[DX]\d{{10,12}}"
    rf"|[\u4e00-\u9fff]{{2,6}}[〔\[(]\d{{4}}[〕\])]\s?\d{{5,8}}\s?号?|[DX]\d{{2,6}}(?:-\d{{1,4}}){{1,2}}|[DX][-—]?\d{{2,4}}(?![\d-])"
    rf"|(?<!\d)20\d{{9,10}}(?!\d))(?:\s?{MARK})?(?:\s?\((?:{MARK}|重点(?:关注)?(?:案?件)?)\))?"
)
