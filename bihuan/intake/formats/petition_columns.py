"""The columns and labels of petition papers: which field a heading names.

Hides the synonyms of eight years of rounds: those that were seen, and the ways in which offices put new ones together.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from bihuan.lib.chinese import half_width

_SYNONYMS: Mapping[str, str] = {
    "row": "序号",
    "number": (
        "受理编号 信访编号 举报编号 交办编号 案件编号 编号 受理号 信访件编号 举报件编号 转办编号 信访件号 "
        "案号 受理序号 交办件编号 信访受理编号 举报受理编号 交办问题编号"
    ),
    "intake": "受理方式 举报方式 信访方式 反映方式 信访形式 举报来源 信访来源 来源方式 举报形式 受理途径 来件方式",
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
        "举报类型 涉及污染类型 类别"
    ),
    "findings": (
        "调查核实情况 核查情况 调查情况 核实情况 调查核查情况 现场核查情况 调查结果 核查结果 调查核实结果 "
        "调查核实 调查了解情况 现场调查情况 现场检查情况 核实调查情况"
    ),
    "truth": "是否属实 属实情况 属实与否 是否属实情况 核查结论 举报是否属实 是否属实(是/否) 问题是否属实",
    "handling": (
        "处理和整改情况 处理整改情况 处理及整改情况 整改情况 处理情况 处理和整改 查处整改情况 "
        "处理整改 处理及整改 处理与整改情况 整改处理情况 整改落实情况 办理情况 办理结果 处理结果 "
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
    "told": "查处情况 调查处理情况 查处结果",
    "key_case": "是否重点 是否重点件 是否重点关注 是否重点关注件 是否重点案件 重点关注件 重点件 是否为重点件 重点关注",
    "batch": "批次 交办批次 转办批次 受理批次 批次号 所属批次",
}
# Headings that offices put together themselves; those above are asked first.
_CHECKED, _MENDED = "调查|核查|核实|检查|查证|勘[察查]", "整改|处理|处置|查处|办理|整治|处罚"
_PUT_TOGETHER: tuple[tuple[str, str], ...] = (
    ("number", r"(?:受理|信访|举报|投诉|交办|转办|来电|来信|案|件){1,4}(?:编号|编码|号)"),
    (
        "content",
        (
            r"(?=.{0,14}(?:反映|举报|投诉|信访|交办|转办|诉求))(?:信访|举报|投诉|交办|转办|群众|来电|来信|反映|件|人|的|主要|基本|具体|环境){1,7}"
            r"(?:问题|情况|内容|事项|诉求|基本)+(?:描述|概述|摘要|简述)?"
        ),
    ),
    ("told", rf"(?:{_CHECKED}){{1,2}}(?:情况)?[、和与及](?:{_MENDED}){{1,2}}(?:的)?(?:情况|结果)"),
    (
        "findings",
        rf"(?:现场|实地|初步|具体)?(?:{_CHECKED}){{1,3}}(?:[、和与及]?\(?(?:{_CHECKED}|取证)\)?)?(?:的)?(?:情况|结果|事实)",
    ),
    (
        "accountability",
        (
            r"(?:对)?(?:相关|有关)?(?=.{0,14}(?:责任|问责|追责))(?:责任(?:人员?|单位|部门)|人员|[和及、])*(?:被)?"
            r"(?:问责|追责|处理|追究|责任追究|处分|[和及、])+(?:的)?(?:情况|结果)?"
        ),
    ),
    (
        "handling",
        rf"(?:{_MENDED})(?:[、和与及]?\(?(?:{_MENDED}|落实|完成)\)?){{0,2}}(?:的)?(?:情况|结果|进展|进展情况|措施)",
    ),
    ("truth", r"(?:举报|反映|投诉|信访|问题)*是否(?:属实|真实)(?:情况)?|属实性|(?:核实|调查)结论"),
    ("closing", r"(?:整改|问题)?是否(?:已)?(?:办结|完成|整改到位|完成整改)|(?:办结|办理|整改)(?:状态|进度|类型)"),
    (
        "region",
        (
            r"(?:所属|所在|涉及|责任|办理|属地)?(?:地区|区域|州市|县市|旗县区?|[旗县市区]\([市县州旗、区]+\)|市县|市州|地市|盟市|区市|市区|县级市|师市|师团|师市?[、(]?团场\)?|团场|镇街|街镇|乡镇"
            r"|镇\(街道?\)|乡镇\(街道?\)|镇\(街、园区\))|(?:所在|所属)地"
        ),
    ),
    ("types", r"(?:主要|环境|生态|污染|问题|所属|涉及|举报)+(?:类型|类别|种类|要素)"),
)
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _PUT_TOGETHER)
_COLUMNS = {word: name for name, words in _SYNONYMS.items() for word in words.split()}
WORDS = "|".join(sorted(map(re.escape, _COLUMNS), key=len, reverse=True))
LABELS = "|".join(
    [
        *(pattern for name, pattern in _PUT_TOGETHER if name not in {"truth", "region", "types", "closing"}),
        WORDS,
    ]
)
PERSONAL = re.compile(
    r"(?:举报人|投诉人|信访人|反映人|来电人|来信人)(?!要求|反映)|^姓名$|身份证|^联系(?:电话|方式)$|^手机"
)
_LONGEST = 40
_LEADING = re.compile(r"^(?:涉及的?|所属的?|所在的?|主要的?|具体的?|群众)")


@lru_cache(maxsize=1024)
def column(words: str) -> str | None:
    """The field that a heading names, whatever blanks and line breaks stand in it; `None` if it is not known."""
    if len(words) > _LONGEST:
        return None
    folded = re.sub(r"\s+", "", half_width(words)).strip(":*")
    folded = re.sub(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、])", "", folded)
    bare = re.sub(r"\(.*\)$", "", folded)
    known = _COLUMNS.get(folded) or _COLUMNS.get(bare) or _COLUMNS.get(_LEADING.sub("", bare))
    return known or next(
        (name for name, pattern in _PATTERNS for word in (folded, bare) if pattern.fullmatch(word)), None
    )


_TOLD = re.compile(r"信访|举报|投诉|受理|交办|转办|边督边改|群众|反映|来[信电]")


def tell(names: Collection[str], above: str, numbers: Iterable[str]) -> bool:
    """Whether it is told that such columns hold petitions: by what was found, by the words above, or by a number.

    Number, problem, type and place alone head the problems of a plan just as well.
    """
    is_checked = bool({"truth", "findings", "told", "intake"} & set(names))
    return is_checked or bool(_TOLD.search(above)) or any(map(_COMPLAINT_NUMBER.search, numbers))


_COMPLAINT_NUMBER = re.compile(r"[A-Z]{1,4}\s*\d|\d{8}|〔|号")


def are_petitions(names: Collection[str]) -> bool:
    """Whether these columns are those of petitions: a plan's table, too, has numbers, problems and what was done."""
    if "content" not in names or len(names) < 3:
        return False
    return bool({"truth", "findings", "told"} & set(names)) or (
        "number" in names and bool({"intake", "region", "types"} & set(names)) and "goal" not in names
    )
