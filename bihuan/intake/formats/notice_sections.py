"""The parts of a public notice of acceptance or sign-off: which line opens which, and where each ends.

Hides the many headings ("三、整改主要工作及成效:", "六、整改完成时间。2021年9月") and the closing phrases.
"""

import re
from collections.abc import Mapping

from bihuan.lib.paper.passage import Passage

_HEADINGS: tuple[tuple[str, str], ...] = (
    ("measures_results", "整改措施及(?:整改)?(?:成效|完成情况|落实情况)|整改措施和成效"),
    (
        "results",
        (
            "(?:整改)?(?:主要)?工作及成效|整改主要工作及成效|整改措施落实情况|整改任务完成情况|整改完成情况|整改落实情况"
            "|整改工作情况|整改工作完成情况|完成情况及成效|整改进展(?:情况)?|整改情况|整改成效|完成情况|落实情况|整改结果"
        ),
    ),
    ("finished_on", "整改完成时间|完成整改时间|实际完成时间|完成时间"),
    ("deadline", "整改期限|整改时限|完成时限|整改时间|时限要求"),
    ("target", "整改目标|工作目标|目标"),
    ("measures", "整改措施|具体整改措施|整改具体措施|主要措施|工作措施"),
    (
        "problem",
        (
            "督察反馈问题|反馈(?:的)?(?:具体)?问题|整改(?:任务)?问题|整改任务(?:概述|内容)?|反馈意见|督察反馈意见|存在问题"
            "|问题(?:描述|概述|原文|内容|基本情况)?"
        ),
    ),
    ("lead", "(?:整改)?牵头(?:单位|部门)"),
    ("responsible", "(?:整改)?责任(?:单位|主体|部门)|整改(?:实施|责任)主体|实施主体|整改单位"),
    ("supporting", "(?:整改)?(?:配合|协办|协同|参与)(?:单位|部门)"),
    ("supervising", "(?:[市省县区]级)?(?:整改)?(?:督导|督办|指导|监管)(?:单位|部门)"),
    ("accepting", "(?:[市省县区]级)?(?:整改)?(?:验收|核查|销号)(?:责任)?(?:单位|部门)"),
    ("leaders", "(?:[市省县区]级)?(?:包案|包抓|责任|挂联|分管|督办)领导"),
    ("conclusion", "验收(?:结论|意见|情况|结果)|核查(?:结论|意见)|销号意见"),
    ("period", "公示(?:时间|期限|日期|期)"),
    ("receiver", "受理(?:单位|部门|机构)|意见反馈(?:单位|部门)|监督单位|反馈单位"),
    (
        "other",
        "(?:受理|监督|联系|举报|咨询|固定|办公)?(?:电话|地址|方式|邮箱|号码)|联\\s*系\\s*人|电子邮[箱件]|邮\\s*编|公示方式",
    ),
)
_LEAD = r"(?:[一二三四五六七八九十]{1,3}\s*[、.]|\([一二三四五六七八九十\d]{1,3}\)|【)?\s*"
_PATTERNS = tuple(
    (name, re.compile(rf"{_LEAD}(?P<label>[^,。:;\n]{{0,24}}?(?:{words}))\s*(?P<end>】?\s*[::]|[。】]|$)"))
    for name, words in _HEADINGS
)
_TOP = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.]")
_CLOSING = re.compile(
    r"(?:如(?:果)?对|如有异议|以上整改|以上情况|以上内容|现(?:将|予以|向社会)|特此公示|欢迎|公示期|联\s*系\s*人|手机号码|附件?:|\*{3,}"
    r"|20\d\d年\d{1,2}月\d{1,2}日$|.{2,40}(?:办公室|委员会|人民政府|生态环境局|领导小组)$)"
)


def sections(passage: Passage) -> Mapping[str, Passage]:
    """The words of each part by its field's name; a part that comes twice keeps its first words.

    What stands before the first heading is `opening`, what follows the last part is `ending`.
    """
    found: dict[str, Passage] = {}
    current = "opening"
    for line in passage.lines():
        name, value = _heading(line)
        # The first line below a heading belongs to it, though it may look like a signature (牵头单位 / 某县人民政府).
        if name is None and current not in {"opening", "ending"} and found.get(current) and _CLOSING.match(line.folded):
            name, value = "ending", line
        if name is None:
            _append(found, current, line)
            continue
        current = "ending" if name in {"period", "receiver", "other"} else name
        if name in {"period", "receiver"}:
            _append(found, name, value)
        _append(found, current, line if current == "ending" else value)
    return {name: piece for name, piece in found.items() if piece}


def _append(found: dict[str, Passage], name: str, piece: Passage) -> None:
    before = found.get(name)
    found[name] = before.upto(piece) if before else piece


def _heading(line: Passage) -> tuple[str | None, Passage]:
    for name, pattern in _PATTERNS:
        match = pattern.match(line.folded)
        if match and _opens(line, match):
            return name, line.piece(match.end(), len(line.folded))
    return None, line


def _opens(line: Passage, match: re.Match[str]) -> bool:
    """Whether the words open a part: behind a heading's number, before a colon, or alone in a short line."""
    if ":" in match["end"]:
        return len(match["label"]) <= 16 or bool(_TOP.match(line.folded))
    return bool(_TOP.match(line.folded)) or (match.end() == len(line.folded) and len(line.folded) <= 12)
