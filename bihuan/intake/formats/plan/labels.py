"""The labels of a plan (整改目标: 责任单位: …), as words before a colon, in 【】, alone on a line, or heading a column.

Hides the many words for one field and where, inside a line, one field ends and the next begins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.lib import chinese
from bihuan.lib.paper.passage import Passage, joined

_WORDS: dict[str, str] = {
    "text": (
        "反馈问题原文 反馈问题 督察反馈问题 督察反馈意见 反馈意见 督察指出 问题描述 问题表述 整改问题 "
        "存在问题描述 突出问题 问题内容 具体问题 整改任务 整改任务概述 任务内容 主要问题 "
        "反馈问题及表现 交办问题 问题概述 问题基本情况 基本情况 问题情况 问题简述 问题现状 存在问题 披露问题 通报问题 "
        "警示片指出 警示片披露 反馈指出 反馈意见指出 督察发现 问题 任务"
    ),
    "target": "整改目标 目标要求 整改要求 工作目标 目标任务 整改目标及要求 目标",
    "measures": (
        "整改措施 整改目标及措施 具体措施 具体整改措施 主要整改措施 整改具体措施 整改任务具体要求 整改措施及成效 "
        "工作措施 整改举措及措施 措施内容 整改措施内容 整改措施及完成情况 整改措施及进展情况 "
        "整改措施及进展 主要措施 整改内容 措施"
    ),
    "deadline": (
        "整改时限 整改期限 完成时限 整改时间 完成时间 整改完成时限 整改完成时间 时限要求 办结时限 "
        "计划完成时间 完成期限 时限"
    ),
    "lead": (
        "牵头单位 牵头部门 牵头责任单位 牵头整改单位 市级牵头单位 市级牵头部门 省级牵头单位 整改牵头单位 主责单位 牵头"
    ),
    "responsible": (
        "责任单位 责任单位及责任人 整改责任单位 整改责任主体 整改实施主体 责任部门 责任主体 整改主体 实施主体 实施单位 "
        "整改单位 落实单位 承办单位 县级责任单位 责任单位(部门)"
    ),
    "supporting": "配合单位 配合部门 协办单位 协同单位 参与单位 市级配合单位",
    "supervising": (
        "督导单位 督导部门 市级督导部门 市级督导单位 督办单位 监督单位 市级督导责任单位 行业督导单位 指导单位 监管单位 "
        "牵头督导单位 督导牵头单位 省级督导单位 省级牵头督导单位 市级牵头督导单位 督导责任单位"
    ),
    "accepting": (
        "验收单位 核查单位 验收部门 市级验收责任单位 市级验收单位 验收责任单位 验收销号单位 核查验收单位 销号单位"
    ),
    "leaders": (
        "责任领导 包案领导 包抓领导 市级责任领导 市级包案领导 挂联领导 分管领导 县级责任领导 包联领导 "
        "牵头领导 市级领导 包保领导 督办领导 责任市领导"
    ),
    "persons": "责任人 具体责任人 责任人员 整改责任人 直接责任人 责任人及职务 联络员 联系人 具体负责人",
    "telephone": "联系人及电话 联系电话 社会监督联系人及电话 监督电话 电话",
    "nature": "整改类别 整改类型 整改性质 整改方式 类型",
    "pollution_type": "污染类型 问题类型 污染类别 环境要素",
    "completion_sign": "完成标志 完成标准 验收标准 销号标准 整改标准 完成标志及成果 完成指标",
    "progress": (
        "进展情况 完成情况 整改进展 整改情况 整改进展情况 整改完成情况 工作进展 是否完成 整改成效 目前进展 落实情况"
    ),
    "remark": "备注 说明",
    "reason": "调整理由 调整原因 延期原因",
    "old_deadline": "原整改时限 原时限 原定时限 原完成时限 调整前时限 调整前整改时限 调整前",
    "new_deadline": "调整后整改时限 调整后时限 现整改时限 新时限 调整后完成时限 延期后时限 拟调整时限 调整后",
    "number": "序号 任务序号 问题序号 问题编号",
    "upper_中央": "中央序号 中央反馈序号 中央督察序号 中央方案序号 国家序号",
    "upper_省级": "省级序号 省序号 省方案序号 省级方案序号 对应省方案序号 省整改方案序号 省清单序号",
    "upper_市级": "市级序号 市序号 市方案序号 市级方案序号 对应市方案序号 市整改方案序号 市清单序号",
    "upper_上级": "上级序号 督察反馈序号 上级方案序号",
}
# These head columns only: in a line they are ordinary words.
_COLUMNS: dict[str, str] = {
    "number": "编号 县序号",
    "measure_number": "措施序号 措施编号",
    "aspect": "类别 方面 所属方面 问题类别 所属类别 领域 大类",
    "campaign": "整改举措 举措 所属举措",
    "text": "反馈问题(原文) 反馈问题具体内容 问题名称 督察反馈的问题 反馈内容 任务名称",
    "title": "标题 问题标题",
    "measures": "整改措施(具体) 措施及要求",
}
# Headings that offices put together themselves; those above are asked first.
_LEVEL = "(?:[省市县区州盟旗]级|[省市县区]直|行业|整改|主要|具体|相关|本级)*"
_PUT_TOGETHER: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern))
    for key, pattern in (
        ("number", r"(?:整改|反馈|督察|任务|问题|方案|清单|原)*(?:序号|编号)"),
        (
            "text",
            (
                r"(?:[中省市县区]级|中央|环保|生态|环境|保护|督察|警示片|反馈|报告|通报|移交|交办|指出|发现|披露|提出|存在|涉及|整改|具体|主要|突出|的)+问题"
                r"(?:清单|描述|表述|概述|摘要|内容|名称|原文|情况|表现|及表现)?"
            ),
        ),
        ("target", r"(?:整改|工作|任务|完成|总体|预期|主要)+目标(?:要求|任务)?"),
        ("measures", r"(?:整改|工作|具体|主要|落实|推进|任务|下步|细化|重点)+(?:措施|举措)(?:内容|清单|要求)?"),
        ("deadline", r"(?:整改|完成|办结|计划|预计|要求|目标|销号|拟|的)+(?:时限|期限|时间|节点)(?:要求|节点)?"),
        ("lead", rf"{_LEVEL}牵头{_LEVEL}(?:责任)?(?:单位|部门)"),
        ("responsible", rf"{_LEVEL}(?:责任|落实|承办|实施){_LEVEL}(?:单位|部门|主体)"),
        ("supporting", rf"{_LEVEL}(?:配合|协办|协同|参与){_LEVEL}(?:责任)?(?:单位|部门)"),
        ("supervising", rf"{_LEVEL}(?:督导|督办|指导|监管|监督){_LEVEL}(?:责任)?(?:单位|部门)"),
        ("accepting", rf"{_LEVEL}(?:验收|核查|销号|审核)+{_LEVEL}(?:责任|牵头)?(?:单位|部门)"),
        ("leaders", rf"{_LEVEL}(?:责任|包案|包抓|挂联|分管|包联|牵头|包保|督办|联系|挂牌){_LEVEL}领导"),
    )
)
_BY_WORD = {word: key for key, words in _WORDS.items() for word in words.split()}
_BY_HEADING = _BY_WORD | {word: key for key, words in _COLUMNS.items() for word in words.split()}
# In a line these are too common to count without a colon.
_NEEDS_COLON = {
    "目标",
    "措施",
    "时限",
    "牵头",
    "整改任务",
    "整改情况",
    "完成情况",
    "说明",
    "电话",
    "类型",
    "调整前",
    "调整后",
}
_NEEDS_COLON |= {"主要措施", "主要问题", "工作目标", "目标任务", "突出问题", "交办问题", "任务内容", "基本情况"}
_NEEDS_COLON |= {
    "问题",
    "任务",
    "序号",
    "存在问题",
    "披露问题",
    "通报问题",
    "问题现状",
    "问题情况",
    "督察发现",
    "反馈指出",
}

# Inside a line these are ordinary words even before a colon.
_ONLY_FIRST = {"问题", "任务", "序号"}

_LONGEST = 120  # no heading of a column is longer, blanks and line ends included
_LONGEST_FIRST = sorted(_BY_WORD, key=len, reverse=True)
_WORD = "|".join(r"\s*".join(map(re.escape, word)) for word in _LONGEST_FIRST)
_BRACKETED = rf"[【\[](?P<bracketed>{_WORD})[】\]]\s*:?"
_WITH_COLON = rf"(?P<colon>{_WORD})(?:\([^()]{{0,12}}\))?\s*:"
_INSIDE = re.compile(rf"{_BRACKETED}|{_WITH_COLON}")
_BREAKS = re.compile(r"\s*\n\s*")
_LEAD = r"\s*(?:(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.．]\s*|\([一二三四五六七八九十\d]{1,3}\)\s*)?"
_ALONE = re.compile(rf"{_LEAD}(?P<alone>{_WORD})\s*$")
_BOLD = re.compile(
    rf"\s*(?P<bold>{_WORD})(?:\s+|(?=[\u4e00-\u9fff\d(]))(?![落要内的应须和及与按、等为是不未已由进到])(?=\S)"
    r"(?!.{0,12}(?:清单|方案|台账)$)"
)
# The shortest labels count without a colon where a blank follows them.
_SHORT = re.compile(r"\s*(?P<short>问题|任务|措施|目标|时限)[ \t]+(?=\S)(?!(?:\d+|[一二三四五六七八九十]+)\s*[:：])")
# Behind a label without a colon the next may have none either: 责任单位 某局 完成时限 2023年6月.
_BETWEEN = re.compile(rf"(?<=[ \t])(?P<between>{_WORD})[ \t]+(?=\S)")
_LEADING = re.compile(rf"{_LEAD}(?:{_BRACKETED}|{_WITH_COLON})")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line: the field whose label stands before it (empty: none), its label, and the words."""

    key: str
    label: str
    words: Passage


def column_key(heading: str) -> str:
    """The field that a column with this heading holds; empty if it is none of a plan."""
    if len(heading) > _LONGEST:
        return ""
    bare = re.sub(r"[\s:：]+", "", chinese.half_width(chinese.clean(heading).text))
    candidates = (bare, re.sub(r"\(.*?\)", "", bare), *re.findall(r"\((.+?)\)", bare), *re.split(r"[/及、]", bare))
    known = next((_BY_HEADING[candidate] for candidate in candidates if candidate in _BY_HEADING), "")
    return known or next((key for key, pattern in _PUT_TOGETHER if pattern.fullmatch(candidates[1])), "")


def mended(paragraph: Passage) -> Passage:
    """The paragraph without the line breaks that stand inside its labels."""
    broken = [found.span() for found in _INSIDE.finditer(paragraph.folded) if "\n" in found[0].strip()]
    parts, at = [], 0
    for start, end in broken:
        parts += [paragraph.cut(at, start), paragraph.cut(start, end).without(_BREAKS)]
        at = end
    return joined([*parts, paragraph.cut(at)], "") if broken else paragraph


def segments(line: Passage) -> Iterator[Segment]:
    """The line cut at its labels; the first stretch has none where the line does not open with one."""
    folded = line.folded
    depths = _depths(folded)
    marks = [(*found.span(), _bare(found)) for found in _INSIDE.finditer(folded) if not depths[found.start()]]
    marks = [mark for mark in marks if mark[2] not in _ONLY_FIRST or not folded[: mark[0]].strip()]
    if opening := _opening(folded):
        marks = [opening, *(mark for mark in marks if mark[0] >= opening[1])]
        if folded[opening[1] - 1] in " \t":
            marks = sorted([*marks, *_between(folded, marks)])
    if not marks:
        yield Segment("", "", line.strip())
        return
    starts = [start for start, _, _ in marks]
    if lead := line.cut(0, starts[0]).strip():
        yield Segment("", "", lead)
    for (_, end, word), stop in zip(marks, [*starts[1:], len(folded)], strict=True):
        # What a label follows on the same line ends there; the last may go on in the next line, its comma with it.
        edges = " \t\n" if stop == len(folded) else " \t\n;；,，"
        yield Segment(_BY_WORD[word], word, line.cut(end, stop).strip(edges))


def _between(folded: str, marks: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The labels between blanks that were not found by their colon."""
    for found in _BETWEEN.finditer(folded, marks[0][1]):
        if _bare(found) not in _NEEDS_COLON and all(
            found.end() <= start or end <= found.start() for start, end, _ in marks
        ):
            yield (*found.span(), _bare(found))


def _depths(folded: str) -> list[int]:
    """How deep in brackets each character stands: labels in brackets belong to the measure that they follow."""
    depths, depth = [], 0
    for at, char in enumerate(folded):
        if char == ")":
            depth = max(0, depth - 1)
        depths.append(depth)
        if char == "(" and ")" in folded[at : at + 90]:
            depth += 1
    return depths


def _bare(found: re.Match[str]) -> str:
    groups = found.groupdict()
    word = next(value for value in groups.values() if value)
    return re.sub(r"\s+", "", word)


def _opening(folded: str) -> tuple[int, int, str] | None:
    """The label that a line opens with, its own heading number included; with or without a colon."""
    if found := _LEADING.match(folded):
        return 0, found.end(), _bare(found)
    if found := _SHORT.match(folded):
        return 0, found.end(), _bare(found)
    if found := _ALONE.match(folded):
        word = _bare(found)
        return None if word in _NEEDS_COLON and len(word) < 4 else (0, found.end(), word)
    found = _BOLD.match(folded)
    if found and _bare(found) not in _NEEDS_COLON and len(_bare(found)) >= 3:
        return 0, found.end(), _bare(found)
    return None
