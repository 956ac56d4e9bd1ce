"""The vocabulary of petition papers: what columns and labels are called, and what their short answers mean.

Hides the synonyms of eight years of rounds; whoever reads a layout asks here what a word stands for.
"""

import re
from collections.abc import Collection, Mapping

from bihuan.lib.chinese import half_width

_SYNONYMS: Mapping[str, str] = {
    "row": "序号",
    "number": (
        "受理编号 信访编号 举报编号 交办编号 案件编号 编号 受理号 信访件编号 举报件编号 转办编号 信访件号 "
        "案号 受理序号 交办件编号 信访受理编号 举报受理编号 交办问题编号"
    ),
    "intake": "受理方式 举报方式 信访方式 反映方式 信访形式 举报来源 信访来源 来源方式 举报形式 受理途径",
    "content": (
        "交办问题基本情况 问题基本情况 基本情况 反映情况 反映问题 举报内容 信访内容 投诉内容 群众反映问题 "
        "群众反映情况 反映的主要问题 反映主要问题 主要问题 交办问题 信访件内容 举报问题 反映内容 信访问题 "
        "信访件基本情况 举报件基本情况 交办内容 群众举报问题 群众举报内容 信访举报内容 信访举报问题 "
        "问题描述 举报情况 交办件基本情况 信访反映问题 反映问题基本情况"
    ),
    "region": (
        "行政区域 所属新城 涉及区县 所属区县 所属县区 所属区域 属地 区县 县区 县(市、区) 县市区 涉及县区 "
        "涉及县(市、区) 所属县(市、区) 所在区域 行政区划 所属地区 涉及区域 所属行政区域 区(市、县) 区(市) "
        "县(市) 区(县) 辖区 涉及地区"
    ),
    "types": (
        "污染类型 问题类型 类型 涉及类型 污染类别 问题类别 环境要素 污染种类 主要类型 环境问题类型 "
        "举报类型 涉及污染类型"
    ),
    "findings": (
        "调查核实情况 核查情况 调查情况 核实情况 调查核查情况 现场核查情况 调查结果 核查结果 调查核实结果 "
        "调查核实 调查了解情况 现场调查情况 现场检查情况 调查处理情况 核实调查情况"
    ),
    "truth": "是否属实 属实情况 属实与否 是否属实情况 核查结论 举报是否属实 是否属实(是/否) 问题是否属实",
    "handling": (
        "处理和整改情况 处理整改情况 处理及整改情况 整改情况 处理情况 处理和整改 查处整改情况 "
        "处理整改 处理及整改 处理与整改情况 整改处理情况 查处情况 整改落实情况 办理情况 办理结果 处理结果 "
        "处理和整改落实情况 处理(处罚)和整改情况 处置情况 整改措施及落实情况"
    ),
    "goal": "办结目标 整改目标",
    "closing": "是否办结 办结情况 办理状态 办结状态 办理进度 办结与否 是否已办结 办理进展 办结类型",
    "accountability": (
        "责任人被处理情况 问责 责任追究 问责情况 追责问责情况 责任追究情况 责任人处理情况 问责处理情况 "
        "责任人被问责情况 追责情况 责任人员处理情况 处理责任人情况 被处理责任人情况"
    ),
    "deadline": "整改时限 办结时限 完成时限 整改期限 办理时限 完成期限 整改完成时限",
    "unit": "责任单位 承办单位 办理单位 牵头单位 主办单位",
    "received": "受理时间 受理日期 交办日期 交办时间 转办日期 转办时间 受理时日",
    "remark": "备注 说明",
    "duplicates": "重复件 重复情况 是否重复 重复举报情况 关联件",
}
_COLUMNS = {word: name for name, words in _SYNONYMS.items() for word in words.split()}
LABELS = "|".join(sorted((re.escape(word) for word in _COLUMNS), key=len, reverse=True))
PERSONAL = re.compile(
    r"(?:举报人|投诉人|信访人|反映人|来电人|来信人)(?!要求|反映)|^姓名$|身份证|^联系(?:电话|方式)$|^手机"
)
_LEADING = re.compile(r"^(?:涉及的?|所属的?|所在的?|主要的?|具体的?|群众)")


def column(words: str) -> str | None:
    """The field that a heading names, whatever blanks and line breaks stand in it; `None` if it is not known."""
    folded = re.sub(r"\s+", "", half_width(words)).strip(":*")
    folded = re.sub(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、])", "", folded)
    bare = re.sub(r"\(.*\)$", "", folded)
    return _COLUMNS.get(folded) or _COLUMNS.get(bare) or _COLUMNS.get(_LEADING.sub("", bare))


def are_petitions(names: Collection[str]) -> bool:
    """Whether these columns are those of petitions: a plan's table, too, has numbers, problems and what was done."""
    if "content" not in names or len(names) < 3:
        return False
    return bool({"truth", "findings"} & set(names)) or (
        "number" in names and bool({"intake", "region", "types"} & set(names)) and "goal" not in names
    )


_TYPES: tuple[tuple[str, str], ...] = (
    ("重金属", "重金属"),
    ("油烟", "油烟"),
    ("扬尘", "扬尘"),
    ("辐射|电磁", "辐射"),
    ("海洋|近岸", "海洋"),
    ("噪声|噪音|譟音|噪", "噪声"),
    ("固体废物|固废|垃圾|危废|危险废物", "固废"),
    ("大气|废气|异味|恶臭", "大气"),
    ("土壤", "土壤"),
    ("生态", "生态"),
    ("水", "水"),
    ("其他|其它", "其他"),
)
TYPE_WORD = (
    r"(?:重金属|油烟|扬尘|辐射|电磁辐射|海洋|噪声|噪音|固体废物|固废|垃圾|大气|废气|土壤|生态|地下水|地表水|水|其他|其它)"
    r"(?:环境)?(?:污染|破坏|类|问题|环境)*"
)
_DIVIDED = re.compile(r"[、,;/\s+和及与]+")


def pollution_types(words: str) -> list[tuple[str, str | None]]:
    """Each type named, with the type of the office's list that it means, `None` for one that is not on the list."""
    unbroken = re.sub(r"\s*\n\s*", "", words)  # a narrow column breaks 大气 itself
    joined = pollution_types(unbroken) if unbroken != words else []
    if joined and all(known for _, known in joined):
        return joined
    found: list[tuple[str, str | None]] = []
    for word in _DIVIDED.split(half_width(words)):
        name = word.strip("。.()")
        if name and pollution_type(name) is None and re.fullmatch(rf"(?:{TYPE_WORD}){{2,}}", name):
            found.extend((part, pollution_type(part)) for part in re.findall(TYPE_WORD, name))
        elif name:
            found.append((name, pollution_type(name)))
    return found


def pollution_type(word: str) -> str | None:
    """The type of the office's list that a word means (噪音 → 噪声, 大气类 → 大气), `None` if it is not known."""
    stem = re.sub(r"(?:环境)?(?:污染|破坏|类|问题|环境)+$", "", word)
    for pattern, name in _TYPES:
        if re.fullmatch(rf"(?:地下|地表|饮用)?(?:{pattern})(?:和?垃圾)?", stem):
            return name
    return None


_TRUTHS = {
    "是": "属实", "属实": "属实", "全部属实": "属实", "基本属实": "基本属实", "部分属实": "部分属实", "否": "不属实",
    "不属实": "不属实", "不实": "不属实", "部分是": "部分属实", "基本是": "基本属实", "√": "属实", "×": "不属实",
}  # fmt: skip
TRUTH = r"(?:(?:基本|部分|全部|不)?属实|是|否|不实)"


def truth(words: str) -> str | None:
    """属实, 基本属实, 部分属实 or 不属实, `None` for other words."""
    if len(words) > 12:
        return None
    return _TRUTHS.get(re.sub(r"[\s。,.;、]+", "", half_width(words)).removesuffix("情况"))


_CLOSINGS: tuple[tuple[str, str], ...] = (
    (r"已验收销号|已销号|验收销号", "已验收销号"),
    (r"验收中|正在验收", "验收中"),
    (r"阶段性?办结", "阶段性办结"),
    (r"未办结|正在办理|办理中|在办|否|正在整改|未完成", "正在办理"),
    (r"已办结|办结|是|已完成|完成", "已办结"),
)


def closing(words: str) -> str | None:
    """The closing state that words say, `None` for other words."""
    folded = re.sub(r"[\s。,.;、]+", "", half_width(words))
    return next((state for pattern, state in _CLOSINGS if re.fullmatch(pattern, folded)), None)


INTAKES = ("来电", "来信", "来访", "微信", "网络")


def intake(words: str) -> str | None:
    """来电, 来信, 来访, 微信 or 网络, `None` for other words."""
    folded = re.sub(r"\s+", "", words)
    return next((name for name in INTAKES if name in folded), "来电" if "电话" in folded else None)


_MONEY = re.compile(r"罚款(?:金额|共计|人民币|合计|总额|约)*(?P<n>\d+(?:\.\d+)?)(?P<unit>亿元|万元|元)")
_COUNTED: tuple[tuple[str, str], ...] = (
    ("ordered_correction", r"责令(?:限期)?(?:改正|整改)(?:企业|单位)?(?P<n>\d+)(?:家|个|件)"),
    ("fined_cases", r"立案(?:处罚|查处|调查处罚)(?:企业|案件)?(?P<n>\d+)(?:家|件|起|个|宗)"),
    ("closed_down", r"关停取缔(?:企业)?(?P<n>\d+)(?:家|个|件)"),
    ("suspended", r"(?:停产整治|停产限产|限产停产|停产整顿|限产|停产)(?:企业)?(?P<n>\d+)(?:家|个|件)"),
    ("sealed", r"查封扣押(?:企业)?(?P<n>\d+)(?:家|件|起|个|宗)"),
    ("criminal_cases", r"立案侦查(?:案件)?(?P<n>\d+)(?:件|起|宗)"),
    ("administrative_detention", r"行政拘留(?P<n>\d+)人"),
    ("criminal_detention", r"刑事拘留(?P<n>\d+)人"),
    ("detention", r"(?<!行政)(?<!刑事)拘留(?P<n>\d+)人"),
    ("summoned", r"约谈(?:党政领导干部|责任人|相关责任人)?(?P<n>\d+)人"),
    ("accountable", r"问责(?:党政领导干部|责任人|相关责任人)?(?P<n>\d+)人"),
)
_PENALTIES = tuple((name, re.compile(pattern)) for name, pattern in _COUNTED)
_UNITS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


def penalties(folded: str) -> list[tuple[str, int | float, re.Match[str]]]:
    """Every penalty with its figure that a text states (money in yuan as `fine_yuan`), in the order of the text."""
    found: list[tuple[str, int | float, re.Match[str]]] = []
    for match in _MONEY.finditer(folded):
        yuan = round(float(match["n"]) * _UNITS[match["unit"]], 2)
        found.append(("fine_yuan", int(yuan) if yuan.is_integer() else yuan, match))
    for name, pattern in _PENALTIES:
        found.extend((name, int(match["n"]), match) for match in pattern.finditer(folded))
    return sorted(found, key=lambda one: one[2].start())


_BLANK = r"\s?"
NUMBER = (
    rf"(?:[DX]\s?\d\s?[A-Z]\s?[A-Z](?:\s?\d){{12}}|[DX](?:{_BLANK}\d){{14,18}}|[A-Z]{{2}}[DX](?:{_BLANK}\d){{10,12}}"
    r"|[\u4e00-\u9fff]{2,4}[DX]\d{10,12}|[\u4e00-\u9fff]{2,6}[〔\[(]\d{4}[〕\])]\s?\d{5,8}\s?号?|[DX][-—]?\d{2,4}(?!\d)"
    r"|(?<!\d)20\d{10}(?!\d))\s?[*★]?"
)
