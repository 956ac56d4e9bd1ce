"""The parts of a public notice of acceptance or sign-off: which line opens which, and where each ends.

Hides the many headings ("三、整改主要工作及成效:", "六、整改完成时间。2021年9月") and the closing phrases.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from bihuan.lib.chinese import half_width, number
from bihuan.lib.paper.passage import Passage, joined

_HEADINGS: tuple[tuple[str, str], ...] = (
    ("measures_results", "整改措施及(?:整改)?(?:成效|完成情况|落实情况)|整改措施和成效"),
    (
        "results",
        (
            "(?:整改)?(?:主要)?工作及成效|整改主要工作及成效|整改措施落实情况|整改任务完成情况|整改完成情况|整改落实情况"
            "|整改工作情况|整改工作完成情况|完成情况及成效|(?:整改)?(?:工作)?进展(?:情况)?|整改措施完成情况|整改(?:落实)?情况(?:及成效)?|(?:整改|工作)成效|完成情况|落实情况"
            "|整改结果|整改(?:工作)?开展情况"
        ),
    ),
    ("finished_on", "整改完成时间|完成整改时间|实际完成时间|完成时间"),
    ("deadline", "整改期限|整改时限|完成时限|整改时间|时限要求|办结时限|完成期限|计划完成时[间限]"),
    ("target", "整改目标|工作目标|办结目标|目标"),
    ("measures", "整改措施|具体整改措施|整改具体措施|主要措施|工作措施"),
    ("number", "(?:任务|问题|整改)?(?:序号|编号)"),
    ("source", "督察(?:类别|来源|轮次|名称)|问题来源"),
    (
        "problem",
        (
            "督察反馈问题|反馈(?:的)?(?:具体)?问题|整改(?:任务)?问题|整改(?:任务|事项)(?:概述|内容|名称)?|任务名称|反馈意见|督察反馈意见"
            "|存在问题|问题(?:描述|表述|概述|原文|内容|名称|基本情况)?"
        ),
    ),
    ("lead", "(?:整改)?牵头(?:单位|部门)"),
    ("responsible", "(?:整改)?责任(?:单位|主体|部门)|整改(?:实施|责任)主体|实施主体|整改单位"),
    ("supporting", "(?:整改)?(?:配合|协办|协同|参与)(?:单位|部门)"),
    ("supervising", "(?:[市省县区]级)?(?:整改)?(?:督导|督办|指导|监管)(?:单位|部门)"),
    ("accepting", "(?:[市省县区]级)?(?:整改)?(?:验收|核查|销号)(?:责任)?(?:单位|部门)"),
    ("leaders", "(?:[市省县区]级)?(?:包案|包抓|责任|挂联|分管|督办)领导"),
    ("conclusion", "验收(?:核查)?(?:结论|意见|情况|结果)|核查(?:结论|意见)|整改结论|销号(?:结论|意见)"),
    ("period", "公示(?:起止)?(?:时间|期限|日期|期)"),
    ("receiver", "受理(?:单位|部门|机构)|意见反馈(?:单位|部门)|(?:监督|反馈|联系)(?:单位|部门)"),
    (
        "other",
        (
            "(?:受理|监督|联系|举报|咨询|固定|办公)?(?:电话|地址|方式|邮箱|号码)|联\\s*系\\s*人|电子邮[箱件]|邮\\s*编|公示方式"
            "|意见反馈|反馈(?:渠道|途径)|异议(?:反馈|受理)"
        ),
    ),
)
_LEAD = r"(?:[一二三四五六七八九十]{1,3}\s*[、.]|\([一二三四五六七八九十\d]{1,3}\)|【)?\s*"
_PATTERNS = tuple(
    (name, re.compile(rf"{_LEAD}(?P<label>[^,。:;\n]{{0,24}}?(?:{words}))\s*(?P<end>】?\s*[::]|[。】]|$)"))
    for name, words in _HEADINGS
)
_WHOLE = tuple((name, re.compile(rf"(?:{words})(?:\(.*\))?")) for name, words in _HEADINGS)
_LONGEST = 24
_TITLE = re.compile(r"[^。,;:]{4,22}:?")
_TOP = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.]")
_CLOSING = re.compile(
    r"(?:如(?:果)?对|如有异议|以上整改|以上情况|以上内容|现(?:将|予以|向社会)|特此公示|欢迎|公示期|联\s*系\s*人|手机号码|附件?:|\*{3,}"
    r"|20\d\d年\d{1,2}月\d{1,2}日$|.{2,40}(?:办公室|委员会|人民政府|生态环境局|领导小组)$)"
)


# A line that opens one of several problems, and may go on with its words: 整改任务27:… , 二、整改任务(二).
_PROBLEM = re.compile(
    rf"{_LEAD}(?:整改|反馈|督察)*(?:任务|问题|事项)\s*(?:\(?\s*(?:序号|编号)?\s*:?)\s*(?P<n>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})\s*\)?\s*"
    r"(?:\(\s*(?:整改|反馈|督察|任务|问题|方案)*(?:序号|编号|第)\s*:?\s*(?P<own>\d{1,3})\s*[项号]?\s*\)\s*)?(?::|$)"
    rf"|{_LEAD}第\s*(?P<nth>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})\s*[项个](?:整改)?(?:任务|问题)?\s*(?::|$)"
)
# A label that follows the words of another on the same line.
_INSIDE = re.compile(
    r"(?<=[;。\s])(?=(?:整改)?(?:牵头|责任|配合|督导|督办|验收|销号)(?:责任)?(?:单位|部门)\s*:|(?:整改|完成|办结)(?:时限|期限)\s*:"
    r"|整改(?:目标|措施)\s*:)"
)
_SHARED = frozenset(("opening", "ending", "period", "receiver", "source", "other"))
_REPEATED = frozenset(("problem", "target", "number"))


def sections(passage: Passage) -> Mapping[str, Passage]:
    """The words of each part of a notice of one problem; of several, those of the first."""
    return notices(passage)[0]


def notices(passage: Passage) -> list[Mapping[str, Passage]]:
    """The words of each part by its field's name, for each problem that the paper tells of.

    What stands before the first heading is `opening`, what follows the last part is `ending`; these and the period
    belong to all. A part that comes again after others goes on with its words; problem or target open the next problem.
    """
    reading = _Reading()
    for line in passage.lines():
        starts = [0, *(found.start() for found in _INSIDE.finditer(line.folded)), len(line.folded)]
        for start, stop in pairwise(starts):
            reading.take(line.piece(start, stop))
    return [
        {name: piece for name, piece in {**own, **reading.shared}.items() if piece} for own in reading.problems or [{}]
    ]


def part_named(words: str) -> str | None:
    """The part whose heading these words are, as above a column; `None` where they are none."""
    folded = re.sub(r"\s+", "", half_width(words)).strip(":")
    if len(folded) > _LONGEST:
        return None
    return next((name for name, pattern in _WHOLE if pattern.fullmatch(folded)), None)


@dataclass
class _Reading:
    """What was read so far: the parts of all, those of each problem, and the part that the next line goes on with."""

    shared: dict[str, Passage] = field(default_factory=dict)
    problems: list[dict[str, Passage]] = field(default_factory=list)
    current: str = "opening"
    top: int = 0  # the number of the last heading

    def take(self, line: Passage) -> None:
        """Read one line."""
        opened = _PROBLEM.match(line.folded)
        name, value = (None, line) if opened else _heading(line)
        is_next = self._counts_on(line, is_heading=name is not None)
        if opened:
            self._open(line, opened)
        elif name is None and is_next:
            self.current = "unread"
        elif name is None:
            self._go_on(line)
        else:
            self._begin(name, value, line)

    def _counts_on(self, line: Passage, *, is_heading: bool) -> bool:
        """Whether a short line has the number that the next heading has: it ends a part, whatever it is called."""
        mark = _TOP.match(line.folded)
        count = number(mark[0].strip(" 、.")) if mark else None
        is_next = count is not None and count == self.top + 1 and self.top > 0
        if is_heading and count is not None:
            self.top = count
        elif is_next and _TITLE.fullmatch(line.folded):
            self.top += 1
            return True
        return False

    def _open(self, line: Passage, opened: re.Match[str]) -> None:
        named = next(name for name in ("own", "nth", "n") if opened[name])
        is_number = named != "n" or opened["n"].isdigit()  # (一) only counts the problems of this notice
        self.problems.append({"number": line.found(opened, named)} if is_number else {})
        self.current = "problem"
        self._append("problem", line.piece(opened.end(), len(line.folded)))

    def _go_on(self, line: Passage) -> None:
        # The first line below a heading belongs to it, though it may look like a signature (牵头单位 / 某县人民政府).
        begun = self._parts().get(self.current)
        if self.current not in {"opening", "ending"} and begun and _CLOSING.match(line.folded):
            self.current = "ending"
        self._append(self.current, line)

    def _begin(self, name: str, value: Passage, line: Passage) -> None:
        if name in {"period", "receiver", "other"}:
            self.current = "ending"
            self._append(name, value)
            self._append("ending", line)
            return
        if name not in _SHARED and (not self.problems or self._is_next(name)):
            self.problems.append({})
        self.current = name
        self._append(name, value)

    def _is_next(self, name: str) -> bool:
        own = self.problems[-1]
        is_told = bool({"results", "measures_results"} & own.keys())
        return name in _REPEATED and name in own and name != self.current and is_told

    def _parts(self) -> dict[str, Passage]:
        return self.shared if self.current in _SHARED or not self.problems else self.problems[-1]

    def _append(self, name: str, piece: Passage) -> None:
        parts = self.shared if name in _SHARED or not self.problems else self.problems[-1]
        parts[name] = _together(parts.get(name), piece)


def _together(before: Passage | None, piece: Passage) -> Passage:
    """The words one after the other: one stretch of the paper where nothing stands between them."""
    if not before:
        return piece
    if before.root is piece.root and not before.root.folded[before.end : piece.start].strip():
        return before.upto(piece)
    return joined([before, piece])


def _heading(line: Passage) -> tuple[str | None, Passage]:
    for name, pattern in _PATTERNS:
        match = pattern.match(line.folded)
        if match and _opens(line, match):
            return name, line.piece(match.end(), len(line.folded))
    return None, line


def _opens(line: Passage, match: re.Match[str]) -> bool:
    """Whether the words open a part: behind a heading's number, before a colon, or alone in a short line."""
    if match["label"].count("(") != match["label"].count(")"):
        return False
    if line.folded.startswith("【") and match["end"].startswith("】"):
        return True
    if ":" in match["end"]:
        return len(match["label"]) <= 16 or bool(_TOP.match(line.folded))
    return bool(_TOP.match(line.folded)) or (match.end() == len(line.folded) and len(line.folded) <= 12)
